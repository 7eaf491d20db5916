import { expect } from 'chai';
import { MemoryLevel } from 'memory-level';
import { heal, lacking, readHeld } from '../../../chaincode/pledges/healing/operations.ts';
import { readBatchEvidence } from '../../../chaincode/pledges/evidence-operations.ts';
import { heldPlace } from '../../../chaincode/pledges/held-records.ts';
import type { BatchContent, BatchSigner } from '../../../chaincode/pledges/portfolio/batch.ts';
import * as operations from '../../../chaincode/pledges/portfolio/batch-operations.ts';
import { cmsHash } from '../../../chaincode/trust/evidence.ts';
import { cessionOf, confirming, deciding } from '../../../gateway/stands/story/batch.ts';
import { salt } from '../../../gateway/stands/story/signers.ts';
import type { Stage } from '../../../gateway/stands/story/stage.ts';
import { levelOptions } from '../../../network/local/engine/level.ts';
import { healed } from '../../../scripts/private-data/heal.ts';
import { lackingFindings } from '../../../scripts/private-data/lacking.ts';
import { lose } from '../../support/lost-records.ts';
import { cessionLine, egknLine, PortfolioScene } from '../../support/portfolio-scene.ts';
import { there } from '../../support/there.ts';
import { connectionTo } from '../../support/unit-connection.ts';

const parties = ['AlphaMSP', 'GosCorpMSP'];

describe('a holder that lost signatures under a batch', () => {
  const level = new MemoryLevel<Uint8Array, Uint8Array>(levelOptions);
  const lines = [cessionLine(egknLine(1))];
  let scene: PortfolioScene;
  let content: BatchContent;
  let batch: string;

  before(async function () {
    this.timeout(60_000);
    scene = await PortfolioScene.create(level);
    await scene.imports([egknLine(1)]);
    batch = await scene.opensCession(lines);
    ({ content } = (await scene.ledger.done(operations.getBatch, { batch }, alpha)).opened);
  });
  after(() => scene.close());

  const alpha = { org: 'AlphaMSP' };

  async function partOf(signer: BatchSigner) {
    const { opened } = await scene.ledger.done(operations.getBatch, { batch }, alpha);
    const { cms, depositor } = there(opened.signatures.find(({ by }) => by === signer));
    return { kind: 'BATCH_EVIDENCE', cms, depositor: there(depositor) } as const;
  }

  const losesOf = async (mspId: string, by: BatchSigner) =>
    lose(level, mspId, heldPlace(batch, await partOf(by), mspId));

  const lackingAt = async (org: string) =>
    (await scene.ledger.done(lacking, { of: 'BATCHES' }, { org })).lacking;

  const textAt = async (org: string, by: BatchSigner) =>
    (await scene.ledger.done(readHeld, { record: batch, part: await partOf(by) }, { org })).text;

  const evidenceAt = (org: string, by: BatchSigner) =>
    scene.ledger.call(readBatchEvidence, { batch, by }, { org });

  const holders = () =>
    ['BetaMSP', ...parties].map((mspId) => ({
      host: `peer0.${mspId}`,
      mspId,
      connection: connectionTo(scene.ledger, mspId),
    }));

  it('reads the evidence of each that it holds, from which its verdict follows', async () => {
    for (const by of ['CEDENT', 'PLEDGEE'] as const) {
      const { answer } = await evidenceAt('AlphaMSP', by);
      expect(answer?.demand.manifest).to.include({ record: batch, purpose: 'confirmation' });
      expect(answer && cmsHash(answer)).to.equal((await partOf(by)).cms);
      expect((await evidenceAt('GosCorpMSP', by)).answer).to.eql(answer);
    }
    expect((await evidenceAt('GosCorpMSP', 'REGISTRAR')).codes).to.eql([]);
    for (const org of ['AlphaMSP', 'BetaMSP']) {
      expect((await evidenceAt(org, 'REGISTRAR')).codes).to.eql(['EVIDENCE_NOT_HELD']);
    }
    const client = { ...alpha, role: 'client' as const, attributes: {} };
    const asked = await scene.ledger.call(readBatchEvidence, { batch, by: 'CEDENT' }, client);
    expect(asked.codes).to.eql(['ROLE_MISSING']);
  });

  it('learns which, by the hashes that stand on the ledger', async () => {
    for (const org of parties) expect(await lackingAt(org)).to.eql([]);
    await losesOf('AlphaMSP', 'CEDENT');
    const part = await partOf('CEDENT');
    expect(await lackingAt('AlphaMSP')).to.eql([{ record: batch, platform: 'AlphaMSP', part }]);
    for (const org of ['GosCorpMSP', 'BetaMSP']) expect(await lackingAt(org)).to.eql([]);
    expect((await evidenceAt('AlphaMSP', 'CEDENT')).codes).to.eql(['EVIDENCE_LACKING']);
    const said = (await lackingFindings(holders())).map(({ what }) => what);
    expect(said).to.have.length(1);
    expect(said[0]).to.contain('peer0.AlphaMSP').and.to.contain(`of batch ${batch}`);
  });

  it('takes no other bytes, and nothing from a stranger', async () => {
    const [part, text] = [await partOf('CEDENT'), await textAt('GosCorpMSP', 'CEDENT')];
    const given = async (org: string, sent: string, record = batch) =>
      (
        await scene.ledger.call(
          heal,
          { salt: salt(), record, part, text: sent },
          { org, endorsers: parties },
        )
      ).codes;
    expect(await given('GosCorpMSP', `${text} `)).to.eql(['RECORD_DIFFERS']);
    expect(await given('NitMSP', text)).to.eql(['NOT_ALLOWED']);
    expect(await given('GosCorpMSP', text, crypto.randomUUID())).to.eql(['BATCH_UNKNOWN']);
    expect(await lackingAt('AlphaMSP')).to.have.length(1);
  });

  it('gets the same bytes back from the other holder, whichever of the two it is', async () => {
    const text = await textAt('GosCorpMSP', 'CEDENT');
    await losesOf('GosCorpMSP', 'PLEDGEE');
    const [gone] = await lackingAt('GosCorpMSP');
    expect(gone).to.deep.include({ platform: 'AlphaMSP', part: await partOf('PLEDGEE') });
    const result = await healed(holders());
    expect([result.healed.length, result.lost]).to.eql([2, []]);
    expect(await textAt('AlphaMSP', 'CEDENT')).to.equal(text);
    for (const by of ['CEDENT', 'PLEDGEE'] as const) {
      expect(await textAt('AlphaMSP', by)).to.equal(await textAt('GosCorpMSP', by));
    }
    for (const org of parties) expect(await lackingAt(org)).to.eql([]);
  });

  it('is told what nobody else holds: the officer’s is the State Corporation’s alone', async () => {
    await losesOf('GosCorpMSP', 'REGISTRAR');
    const part = await partOf('REGISTRAR');
    const { lost } = await healed(holders());
    expect(lost).to.eql([{ record: batch, platform: 'GosCorpMSP', part }]);
  });

  it('gets nothing back that was purged, and nobody deposits it anew', async () => {
    const [part, text] = [await partOf('CEDENT'), await textAt('AlphaMSP', 'CEDENT')];
    await scene.cedes(batch, 1, lines);
    await scene.ledger.done(operations.purgeBatch, { salt: salt(), batch }, alpha);
    for (const org of parties) {
      const given = await scene.ledger.call(
        heal,
        { salt: salt(), record: batch, part, text },
        { org, endorsers: parties },
      );
      expect(given.codes).to.eql(['RECORD_DIFFERS']);
      expect(await lackingAt(org)).to.eql([]);
      expect((await evidenceAt(org, 'CEDENT')).codes).to.eql(['EVIDENCE_NOT_HELD']);
    }
    expect(await healed(holders())).to.eql({ healed: [], lost: [] });
    for (const signing of [
      confirming(scene.props, content, 'CEDENT'),
      deciding(scene.props, content),
    ]) {
      expect(await (await signing)().catch(String)).to.contain('BATCH_OPENED_ALREADY');
    }
  });

  it('finds all of them: they are taken from a party or the State Corporation alone', async () => {
    const other = cessionOf(scene.props, [lines]);
    const relayedBy = async (org: string) => {
      const { stage } = scene.props;
      const done: Stage['done'] = (operation, input) => stage.done(operation, input, { org });
      const send = await confirming({ ...scene.props, stage: { ...stage, done } }, other, 'CEDENT');
      return send().catch(String);
    };
    expect(await relayedBy('NitMSP')).to.contain('NOT_ALLOWED');
    for (const org of parties) expect(await relayedBy(org)).to.contain(other.batch);
  });
});
