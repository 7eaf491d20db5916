import { expect } from 'chai';
import { compositeKey, sealValue } from '../../../chaincode/ledger/keys.ts';
import type { Application } from '../../../chaincode/pledges/application.ts';
import { encumbranceType } from '../../../chaincode/pledges/encumbrance.ts';
import * as pledges from '../../../chaincode/pledges/operations.ts';
import type { CededLine } from '../../../chaincode/pledges/portfolio/batch.ts';
import { terminated } from '../../../gateway/stands/story/pledge.ts';
import { Altered, writtenByMajority } from '../../support/altered-peer.ts';
import {
  cessionLine,
  egknLine,
  PortfolioScene,
  terminationLine,
} from '../../support/portfolio-scene.ts';

const unknown = (line: number) => ({ line, codes: ['ENCUMBRANCE_UNKNOWN'] });

describe('pledges on the sheet of one part, altered by three organisations (SE-3)', function () {
  this.timeout(60_000);
  let scene: PortfolioScene;
  let last = 0;

  before(async () => {
    scene = await PortfolioScene.create(undefined, [Altered]);
  });
  after(() => scene.close());

  /** Three pledges that one part entered: their numbers and the lines by which they are ceded. */
  async function three() {
    const numbers = [1, 2, 3].map(() => (last += 1));
    await scene.imports(numbers.map((n) => egknLine(n)));
    const lines = numbers.map((n) => cessionLine(egknLine(n)));
    return { numbers, lines: lines as [CededLine, CededLine, CededLine] };
  }

  const keyOf = ({ property, encumbrance }: CededLine) =>
    compositeKey(encumbranceType.name, [property, encumbrance]);
  const textOf = async (key: string) => (await scene.ledger.ledger.allState()).get(key) ?? '';

  async function write(key: string, text: string | null): Promise<void> {
    const outcome = await writtenByMajority(scene.ledger.ledger, { key, text });
    expect(outcome.code).to.equal('VALID');
  }

  /** What is refused of the three when they are ceded. */
  async function refusedOf(lines: readonly CededLine[]) {
    const batch = await scene.opensCession(lines);
    return (await scene.cedes(batch, 1, lines)).answer?.refused;
  }

  it('are not what they were before EGKN ended one, though its old text was put back', async () => {
    const { numbers, lines } = await three();
    const key = keyOf(lines[0]);
    const live = await textOf(key);
    await scene.imports([terminationLine(numbers[0] as number)]);
    expect(await textOf(key)).to.not.equal(live);
    await write(key, live);
    expect(await refusedOf(lines)).to.eql([unknown(1)]);
  });

  it('are not what they were before an application ended one', async () => {
    const { lines } = await three();
    const [{ encumbrance, property }] = lines;
    const key = keyOf(lines[0]);
    const live = await textOf(key);
    const pledge = { id: encumbrance, targets: [{ property }] } as unknown as Application;
    await terminated({ ...scene.props, slot: 1 }, pledge);
    const { pledges: shown } = await scene.ledger.done(
      pledges.register,
      { property },
      { org: 'NitMSP' },
    );
    expect(shown.map(({ encumbrance: { state, sheet } }) => [state, sheet])).to.eql([
      ['TERMINATED', undefined],
    ]);
    await write(key, live);
    expect(await refusedOf(lines)).to.eql([unknown(1)]);
  });

  it('are not what they were before they were ceded with others', async () => {
    const { lines } = await three();
    const [one, two, other] = lines;
    const before = await textOf(keyOf(one));
    expect(await refusedOf([one, other])).to.eql([]);
    await write(keyOf(one), before);
    expect(await refusedOf([one, two])).to.eql([unknown(1)]);
  });

  it('lend their place on it to nothing in another’s place', async () => {
    const { lines } = await three();
    await write(keyOf(lines[1]), await textOf(keyOf(lines[0])));
    expect(await refusedOf(lines)).to.eql([unknown(2)]);
  });

  it('go by their own seals where the sheet was written over, and what it then lists does not', async () => {
    const { lines } = await three();
    const [one] = lines;
    const text = await textOf(keyOf(one));
    const { data } = JSON.parse(text) as { data: { sheet: { batch: string; part: number } } };
    const sheetKey = compositeKey('pledge.sheet', [data.sheet.batch, '001']);
    const sheet = await textOf(sheetKey);
    const forged = text.replace('"consentToRepledge":false', '"consentToRepledge":true');
    expect(forged).to.not.equal(text);
    await write(keyOf(one), forged);
    await write(sheetKey, sheet.replace(sealValue(text), sealValue(forged)));
    expect(await textOf(sheetKey)).to.not.equal(sheet);
    expect(await refusedOf(lines)).to.eql([unknown(1)]);
  });

  it('are looked at one by one where what they say of a sheet is no place of one', async () => {
    const { lines } = await three();
    for (const text of [
      'no JSON',
      '{"data":{"sheet":{"batch":"x","part":0}},"type":"encumbrance"}',
    ]) {
      await write(keyOf(lines[2]), text);
      const batch = await scene.opensCession(lines);
      const { answer } = await scene.cedes(batch, 1, lines.slice());
      expect(answer?.refused.at(-1)).to.eql(unknown(3));
    }
  });
});
