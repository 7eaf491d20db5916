import { expect } from 'chai';
import * as pledges from '../../../chaincode/pledges/operations.ts';
import { changedLine, type ImportedLine } from '../../../chaincode/pledges/portfolio/batch.ts';
import { people } from '../../../gateway/stands/eds/people.ts';
import { cessionOf } from '../../../gateway/stands/story/dossiers.ts';
import { carriedThrough, registered } from '../../../gateway/stands/story/pledge.ts';
import { hashOf } from '../../../gateway/stands/story/signers.ts';
import {
  changeLine,
  egknLine,
  PortfolioScene,
  terminationLine,
} from '../../support/portfolio-scene.ts';

const { bin: alpha } = people.alphaHead;
const { bin: beta } = people.betaHead;

describe('a change of a pledge that EGKN registered elsewhere (PL-1, PL-15)', () => {
  let scene: PortfolioScene;

  before(async function () {
    this.timeout(60_000);
    scene = await PortfolioScene.create();
  });
  after(() => scene.close());

  async function pledgeOn({ property }: Pick<ImportedLine, 'property'>) {
    const found = await scene.ledger.done(pledges.register, { property }, { org: 'NitMSP' });
    const [only] = found.pledges;
    if (only === undefined) throw new Error('nothing stands there');
    return only.encumbrance;
  }

  const amendment = (n: number, registeredAt: string) => {
    const { property, acceptance, change } = changeLine(n, 'A-1', { registeredAt });
    const terms = { titleDocument: hashOf('agreement'), consentToRepledge: true };
    return changedLine.parse({ kind: 'AMENDMENT', property, acceptance, change, ...terms });
  };

  it('changes holder or terms once, and the rank never', async () => {
    const lines = [egknLine(1), changeLine(1, 'C-1'), amendment(1, '2026-03-13T09:00:00.000Z')];
    const [first] = await scene.imports(lines);
    expect(first).to.deep.include({ already: [], refused: [] });
    const { holders, terms, consentToRepledge, acceptance } = await pledgeOn(egknLine(1));
    expect(holders.map(({ bin, since }) => [bin, since])).to.eql([
      [alpha, '2026-03-10T09:00:00.000Z'],
      [beta, '2026-03-12T09:00:00.000Z'],
    ]);
    expect(terms.at(-1)).to.include({ titleDocument: hashOf('agreement') });
    expect(consentToRepledge).to.equal(true);
    expect(acceptance).to.include(egknLine(1).acceptance);

    const [again] = await scene.imports(lines);
    expect(again).to.deep.include({ already: [1, 2, 3], refused: [] });
  });

  it('is refused for itself where it is of nothing, of another, too early, or of what has ended', async () => {
    await scene.imports([egknLine(2), changeLine(2, 'C-1'), egknLine(3), terminationLine(3)]);
    const differing = { ...changeLine(2, 'C-1'), holder: alpha };
    const [outcome] = await scene.imports([
      changeLine(50, 'C-1'),
      differing as ImportedLine,
      changeLine(2, 'C-9', { registeredAt: '2026-03-11T09:00:00.000Z' }),
      { ...changeLine(2, 'C-9'), acceptance: { egknNumber: 'E-77' } },
      changeLine(3, 'C-9', { registeredAt: '2026-03-16T09:00:00.000Z' }),
      changeLine(2, 'C-9', { registeredAt: '2026-03-16T09:00:00.000Z' }),
    ]);
    expect(outcome?.refused).to.eql([
      { line: 1, codes: ['IMPORT_CHANGES_UNKNOWN'] },
      { line: 2, codes: ['IMPORT_DIFFERS'] },
      { line: 3, codes: ['IMPORT_DIFFERS'] },
      { line: 4, codes: ['IMPORT_CHANGES_UNKNOWN'] },
      { line: 5, codes: ['ENCUMBRANCE_TERMINATED'] },
      { line: 6, codes: ['HOLDER_ALREADY'] },
    ]);
  });

  it('is named by its application where a platform filed it, and enters nothing then', async function () {
    this.timeout(20_000);
    const props = { ...scene.props, slot: 1 };
    const pledge = await registered(props);
    const ceded = await carriedThrough({ ...props, slot: 2 }, cessionOf(props.stage, pledge));
    const [{ property }] = pledge.targets as [(typeof pledge.targets)[number]];
    const { egknNumber = '' } = pledge.acceptance ?? {};
    const of = (application: string) => ({
      ...changeLine(60, 'C-1', { application }),
      property,
      application: pledge.id,
      acceptance: { egknNumber },
    });
    const [outcome] = await scene.imports([of(ceded.id), of(crypto.randomUUID())]);
    expect(outcome).to.deep.include({
      already: [1],
      refused: [{ line: 2, codes: ['IMPORT_OF_UNREGISTERED_APPLICATION'] }],
    });
  });

  it('leaves the share as it was pledged, by which an entry is known too', async () => {
    const half = egknLine(7, { share: '1/2' });
    await scene.imports([half]);
    expect(await pledgeOn(half)).to.include({ share: '1/2' });
    const [again] = await scene.imports([half, egknLine(7)]);
    expect(again).to.deep.include({
      already: [1],
      refused: [{ line: 2, codes: ['IMPORT_DIFFERS'] }],
    });
  });
});
