import { expect } from 'chai';
import { MemoryLevel } from 'memory-level';
import type { Application } from '../../../chaincode/pledges/application.ts';
import { heal, lacking, readHeld } from '../../../chaincode/pledges/healing/operations.ts';
import { type HeldPart, heldPlace } from '../../../chaincode/pledges/held-records.ts';
import { readEvidence } from '../../../chaincode/pledges/evidence-operations.ts';
import * as pledges from '../../../chaincode/pledges/operations.ts';
import { purged, registered } from '../../../gateway/stands/story/pledge.ts';
import { salt } from '../../../gateway/stands/story/signers.ts';
import { levelOptions } from '../../../network/local/engine/level.ts';
import { lose } from '../../support/lost-records.ts';
import { unitPlayground } from '../../support/unit-playground.ts';

const dossier: HeldPart = { kind: 'DOSSIER', revision: 1 };
const signature: HeldPart = { kind: 'EVIDENCE', revision: 1, participant: 2 };
const decision: HeldPart = { kind: 'DECISION', decision: 1, byRegistrar: true };
const parties = ['AlphaMSP', 'GosCorpMSP'];

describe('a holder that lost private records', () => {
  const level = new MemoryLevel<Uint8Array, Uint8Array>(levelOptions);
  const { ledger, props, next } = unitPlayground({ level });
  let application: Application['id'];

  before(async function () {
    this.timeout(60_000);
    ({ id: application } = await registered(props()));
  });

  const loses = (mspId: string, part: HeldPart) =>
    lose(level, mspId, heldPlace(application, part, 'AlphaMSP'));

  async function lackingAt(org: string): Promise<readonly HeldPart[]> {
    const found = await ledger().done(lacking, {}, { org });
    return found.lacking.map(({ part }) => part);
  }

  const textAt = async (org: string, part: HeldPart) =>
    (await ledger().done(readHeld, { record: application, part }, { org })).text;

  const healed = (org: string, part: HeldPart, text: string) =>
    ledger().call(
      heal,
      { salt: salt(), record: application, part, text },
      { org, endorsers: parties },
    );

  it('learns which, by the hashes that stand on the ledger', async () => {
    expect(await lackingAt('AlphaMSP')).to.eql([]);
    await loses('AlphaMSP', dossier);
    await loses('AlphaMSP', signature);
    expect(await lackingAt('AlphaMSP')).to.eql([dossier, signature]);
    for (const org of ['GosCorpMSP', 'BetaMSP']) expect(await lackingAt(org)).to.eql([]);
    const read = await ledger().call(pledges.readDossier, { application }, { org: 'AlphaMSP' });
    expect(read.codes).to.eql(['DOSSIER_LACKING']);
    const asked = { application, participant: signature.participant };
    const proof = await ledger().call(readEvidence, asked, { org: 'AlphaMSP' });
    expect(proof.codes).to.eql(['EVIDENCE_LACKING']);
  });

  it('takes no other bytes, and nothing from a stranger', async () => {
    const text = await textAt('GosCorpMSP', dossier);
    expect((await healed('GosCorpMSP', dossier, `${text} `)).codes).to.eql(['RECORD_DIFFERS']);
    expect((await healed('GosCorpMSP', signature, text)).codes).to.eql(['RECORD_DIFFERS']);
    expect((await healed('BetaMSP', dossier, text)).codes).to.eql(['NOT_ALLOWED']);
    const client = { org: 'GosCorpMSP', role: 'client' as const, endorsers: parties };
    const input = { salt: salt(), record: application, part: dossier, text };
    expect((await ledger().call(heal, input, client)).codes).to.eql(['ROLE_MISSING']);
    const elsewhere = { org: 'BetaMSP', endorsers: ['GosCorpMSP'] };
    const stolen = await ledger().call(readHeld, { record: application, part: dossier }, elsewhere);
    expect(stolen.codes).to.eql(['RECORD_NOT_HELD']);
  });

  it('is whole again when the other holder deposits the same bytes', async () => {
    for (const part of [dossier, signature]) {
      const text = await textAt('GosCorpMSP', part);
      expect((await healed('GosCorpMSP', part, text)).codes).to.eql([]);
      expect(await textAt('AlphaMSP', part)).to.equal(text);
    }
    expect(await lackingAt('AlphaMSP')).to.eql([]);
    await ledger().done(pledges.readDossier, { application }, { org: 'AlphaMSP' });
  });

  it('is whole again, if it is the State Corporation, by the platform', async () => {
    await loses('GosCorpMSP', signature);
    expect(await lackingAt('GosCorpMSP')).to.eql([signature]);
    const text = await textAt('AlphaMSP', signature);
    const input = { salt: salt(), record: application, part: signature, text };
    await ledger().done(heal, input, { org: 'AlphaMSP' });
    expect(await lackingAt('GosCorpMSP')).to.eql([]);
  });

  it('gets nothing that it never held: the officer is the State Corporation’s alone', async () => {
    const text = await textAt('GosCorpMSP', decision);
    expect((await healed('GosCorpMSP', decision, text)).codes).to.eql([]);
    const read = await ledger().call(
      readHeld,
      { record: application, part: decision },
      { org: 'AlphaMSP' },
    );
    expect(read.codes).to.eql(['RECORD_NOT_HELD']);
  });

  it('gets nothing back that was purged', async () => {
    const text = await textAt('AlphaMSP', dossier);
    await purged(props(), { id: application } as Application);
    expect((await healed('AlphaMSP', dossier, text)).codes).to.eql(['RECORD_DIFFERS']);
    expect(await lackingAt('AlphaMSP')).to.eql([]);
  });

  it('finds out in pages', async function () {
    this.timeout(20_000);
    const other = await registered(next());
    const first = await ledger().done(lacking, { limit: 1 }, { org: 'AlphaMSP' });
    expect(first.next).to.be.a('string');
    const rest = await ledger().done(
      lacking,
      { limit: 1, cursor: first.next ?? '' },
      { org: 'AlphaMSP' },
    );
    expect([...first.lacking, ...rest.lacking]).to.eql([]);
    expect(other.state).to.equal('REGISTERED');
  });
});
