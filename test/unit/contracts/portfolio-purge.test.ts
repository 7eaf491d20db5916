import { expect } from 'chai';
import {
  dropSignature,
  getBatch,
  openBatch,
  purgeBatch,
} from '../../../chaincode/pledges/portfolio/batch-operations.ts';
import { cessionOf, signed } from '../../../gateway/stands/story/batch.ts';
import { salt } from '../../../gateway/stands/story/signers.ts';
import { cessionLine, egknLine, PortfolioScene } from '../../support/portfolio-scene.ts';

describe('the signatures under a batch', () => {
  let scene: PortfolioScene;

  before(async function () {
    this.timeout(60_000);
    scene = await PortfolioScene.create();
  });
  after(() => scene.close());

  const purge = async (batch: string, org: string) =>
    (await scene.ledger.call(purgeBatch, { salt: salt(), batch }, { org })).codes;

  /** How many signatures under a batch an organisation holds. */
  async function heldBy(org: string, batch: string): Promise<number> {
    const all = await scene.ledger.ledger.allPrivateState(org, `_implicit_org_${org}`);
    return [...all.keys()].filter((key) => key.startsWith(`batch.evidence:${batch}`)).length;
  }

  it('go when every part is carried out, and at the word of a party alone (CN-6)', async () => {
    const lines = [egknLine(1), egknLine(2)];
    await scene.imports(lines);
    const parts = lines.map((line) => [cessionLine(line)]);
    const batch = await scene.opensCession(...parts);
    expect(await heldBy('GosCorpMSP', batch)).to.equal(3);
    expect(await heldBy('AlphaMSP', batch)).to.be.greaterThan(0);

    await scene.cedes(batch, 1, parts[0] ?? []);
    expect(await purge(batch, 'AlphaMSP')).to.eql(['BATCH_NOT_CARRIED_OUT']);
    await scene.cedes(batch, 2, parts[1] ?? []);
    expect(await purge(batch, 'NitMSP')).to.eql(['NOT_ALLOWED']);
    expect(await purge(batch, 'AlphaMSP')).to.eql([]);
    for (const org of ['AlphaMSP', 'GosCorpMSP']) expect(await heldBy(org, batch), org).to.equal(0);
    expect(await purge(crypto.randomUUID(), 'AlphaMSP')).to.eql(['BATCH_UNKNOWN']);
  });

  it('go where the batch was never opened, at their depositor’s word; they open nothing then', async () => {
    const [line] = [egknLine(3)];
    await scene.imports([line]);
    const content = cessionOf(scene.props, [[cessionLine(line)]]);
    const verdicts: string[] = [];
    const { sendings, arrival } = await signed(scene.props, content);
    for (const send of sendings) verdicts.push(await send());
    const { batch } = content;
    const [first = ''] = verdicts;
    const { cms, depositor } = JSON.parse(first) as { cms: string; depositor: string };
    expect(depositor).to.equal('AlphaMSP');
    const drop = async (org: string) =>
      (await scene.ledger.call(dropSignature, { salt: salt(), batch, cms, depositor }, { org }))
        .codes;

    expect(await drop('BetaMSP')).to.eql(['NOT_ALLOWED']);
    const before = await heldBy('GosCorpMSP', batch);
    expect(await drop('AlphaMSP')).to.eql([]);
    expect(await heldBy('GosCorpMSP', batch)).to.equal(before - 1);
    const opening = { content, verdicts, arrival };
    const opened = () => scene.ledger.call(openBatch, opening, { org: 'GosCorpMSP' });
    expect((await opened()).codes).to.eql(['BATCH_SIGNATURE_DROPPED']);
  });

  it('stay as long as an opened batch rests on them and is not carried out', async () => {
    const lines = [egknLine(4)];
    await scene.imports(lines);
    const batch = await scene.opensCession(lines.map(cessionLine));
    const { opened } = await scene.ledger.done(getBatch, { batch }, { org: 'AlphaMSP' });
    for (const { cms, depositor = '' } of opened.signatures) {
      const input = { salt: salt(), batch, cms, depositor };
      const { codes } = await scene.ledger.call(dropSignature, input, { org: depositor });
      expect(codes).to.eql(['BATCH_RESTS_ON_SIGNATURE']);
    }
  });
});
