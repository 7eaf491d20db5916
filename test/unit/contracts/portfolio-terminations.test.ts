import { expect } from 'chai';
import * as chaincode from '../../../chaincode/index.ts';
import * as pledges from '../../../chaincode/pledges/operations.ts';
import type { ImportedLine } from '../../../chaincode/pledges/portfolio/batch.ts';
import * as operations from '../../../chaincode/pledges/portfolio/batch-operations.ts';
import { importOf, opened } from '../../../gateway/stands/story/batch.ts';
import { registered, terminated } from '../../../gateway/stands/story/pledge.ts';
import { countingStateCalls } from '../../support/state-calls.ts';
import {
  cessionLine,
  egknLine,
  PortfolioScene,
  terminationLine,
} from '../../support/portfolio-scene.ts';

describe('a pledge that EGKN terminated elsewhere', () => {
  let scene: PortfolioScene;

  before(async function () {
    this.timeout(60_000);
    scene = await PortfolioScene.create();
  });
  after(() => scene.close());

  async function registerOf({ property }: Pick<ImportedLine, 'property'>) {
    const found = await scene.ledger.done(pledges.register, { property }, { org: 'NitMSP' });
    return found.pledges;
  }

  async function shown(line: Pick<ImportedLine, 'property'>) {
    const found = await registerOf(line);
    return found.map(({ encumbrance: { acceptance, state }, rank }) => [
      acceptance.egknNumber,
      state,
      rank,
    ]);
  }

  it('is a past one of its property, and those after it move up (PL-15)', async () => {
    const { property } = egknLine(1);
    const ends = { ...terminationLine(2), property };
    const lines = [1, 2, 3].map((n) => egknLine(n, { property }));
    const [first] = await scene.imports([...lines, ends]);
    expect(first).to.deep.include({ lines: 4, already: [], refused: [] });
    expect(await shown(ends)).to.eql([
      ['E-1', 'LIVE', 1],
      ['E-3', 'LIVE', 2],
      ['E-2', 'TERMINATED', undefined],
    ]);

    const [again] = await scene.imports([
      ...lines,
      ends,
      { ...ends, termination: { ...ends.termination, egknNumber: 'T-99' } },
      terminationLine(50),
    ]);
    expect(again).to.deep.include({
      already: [1, 2, 3, 4],
      refused: [
        { line: 5, codes: ['IMPORT_DIFFERS'] },
        { line: 6, codes: ['IMPORT_ENDS_UNKNOWN'] },
      ],
    });
    expect(await registerOf(terminationLine(50))).to.eql([]);
  });

  it('is ceded no more', async () => {
    await scene.imports([egknLine(10), terminationLine(10)]);
    const lines = [cessionLine(egknLine(10))];
    const { answer } = await scene.cedes(await scene.opensCession(lines), 1, lines);
    expect(answer?.refused).to.eql([{ line: 1, codes: ['ENCUMBRANCE_TERMINATED'] }]);
  });

  it('is named by its application where a platform filed it, and ends here but once', async function () {
    this.timeout(20_000);
    const props = { ...scene.props, slot: 1 };
    const pledge = await registered(props);
    const [{ property }] = pledge.targets as [(typeof pledge.targets)[number]];
    const { egknNumber = '' } = pledge.acceptance ?? {};
    const registeredAt = props.stage.now();
    const line = {
      ...terminationLine(20, { registeredAt }),
      property,
      acceptance: { egknNumber },
    };
    const named = { ...line, application: pledge.id };
    const filedToo = { ...named, termination: { ...named.termination, application: pledge.id } };
    const [outcome] = await scene.imports([line, filedToo, named]);
    expect(outcome?.refused).to.eql([
      { line: 1, codes: ['IMPORT_ENDS_UNKNOWN'] },
      { line: 2, codes: ['IMPORT_OF_UNREGISTERED_APPLICATION'] },
    ]);
    expect(await shown(line)).to.eql([[egknNumber, 'TERMINATED', undefined]]);
    const late = await terminated({ ...props, slot: 2 }, pledge).catch(String);
    expect(late).to.contain('ENCUMBRANCE_TERMINATED');
  });

  it('takes three state calls, for a sheet vouches for it and no entry of an index moves', async () => {
    const numbers = Array.from({ length: 22 }, (_, index) => 100 + index);
    const cut = <Item>(items: readonly Item[]) => [items.slice(0, 2), items.slice(2)] as const;
    await scene.imports(...cut(numbers.map((n) => egknLine(n))));
    const parts = cut(numbers.map((n) => terminationLine(n)));
    const { batch } = (await opened(scene.props, importOf(parts))).content;
    const callsOf = async (part: number) => {
      const input = { batch, part, lines: parts[part - 1] ?? [] };
      const { calls, ranges } = await countingStateCalls(chaincode.contracts, () =>
        scene.ledger.done(operations.importPart, input, { org: 'GosCorpMSP' }),
      );
      expect(ranges).to.equal(0);
      return calls;
    };
    const small = await callsOf(1);
    expect((await callsOf(2)) - small).to.equal(18 * 3);
  });
});
