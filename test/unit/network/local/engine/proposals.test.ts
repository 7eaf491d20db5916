import { common, peer } from '@hyperledger/fabric-protos';
import { expect } from 'chai';
import { validationCodeName } from '../../../../../network/local/engine/transaction.ts';
import { NotesContract } from '../../../../support/notes-contract.ts';
import { unitSigner, type UnitUser } from '../../../../support/unit-identities.ts';
import { UnitLedger } from '../../../../support/unit-ledger.ts';
import {
  unitEnvelope,
  unitProposal,
  type UnitProposal,
} from '../../../../support/unit-proposal.ts';

describe('a peer, given a proposal', () => {
  let ledger: UnitLedger;

  const proposal = (
    changes: { now?: Date; user?: UnitUser; chaincode?: string; channel?: string } = {},
  ) =>
    unitProposal({
      channel: changes.channel ?? 'kepil',
      chaincode: changes.chaincode ?? 'kepil',
      args: ['notes:get', '{"key":"a"}'],
      signer: unitSigner(changes.user ?? { mspId: 'AlphaMSP' }),
      now: changes.now ?? ledger.now,
    });
  const answer = async ({ signed }: UnitProposal): Promise<string> => {
    try {
      const { response } = await ledger.channel.processProposal('AlphaMSP', signed);
      const { status = 0, message = '' } = response.getResponse()?.toObject() ?? {};
      return `${status} ${message}`;
    } catch (error) {
      return String(error);
    }
  };

  before(async () => {
    ledger = await UnitLedger.create({ module: { contracts: [NotesContract] } });
  });

  after(() => ledger.close());

  it('answers one that is sound', async () => {
    expect(await answer(proposal())).to.equal('200 ');
  });

  it('refuses one from another hour', async () => {
    const minute = 60_000;
    const at = (offset: number) => proposal({ now: new Date(ledger.now.getTime() + offset) });
    expect(await answer(at(-14 * minute))).to.equal('200 ');
    expect(await answer(at(16 * minute))).to.equal(
      'ProposalError: request unauthorized due to incorrect timestamp 2026-01-15T06:16:00Z, ' +
        'peer time 2026-01-15T06:00:00Z, peer.authentication.timewindow 15m0s',
    );
    expect(await answer(at(-16 * minute))).to.match(/incorrect timestamp 2026-01-15T05:44:00Z/);
  });

  it("refuses strangers, and signatures that are not the caller's", async () => {
    expect(await answer(proposal({ user: { mspId: 'StrangerMSP' } }))).to.equal(
      'ProposalError: error validating proposal: access denied: channel [kepil] creator org unknown, creator is malformed',
    );
    const forged = proposal();
    forged.signed.setSignature(
      unitSigner({ mspId: 'BetaMSP' }).sign(forged.signed.getProposalBytes_asU8()),
    );
    expect(await answer(forged)).to.equal(
      'ProposalError: error validating proposal: access denied: channel [kepil] creator org [AlphaMSP]',
    );
  });

  it('refuses a transaction id that the caller did not compute', async () => {
    const changed = proposal();
    const content = peer.Proposal.deserializeBinary(changed.signed.getProposalBytes_asU8());
    const header = common.Header.deserializeBinary(content.getHeader_asU8());
    const channelHeader = common.ChannelHeader.deserializeBinary(header.getChannelHeader_asU8());
    channelHeader.setTxId('f'.repeat(64));
    header.setChannelHeader(channelHeader.serializeBinary());
    content.setHeader(header.serializeBinary());
    changed.signed.setProposalBytes(content.serializeBinary());
    changed.signed.setSignature(changed.signer.sign(changed.signed.getProposalBytes_asU8()));
    expect(await answer(changed)).to.match(
      /error validating proposal: incorrectly computed txid 'f{64}' -- expected '\w{64}'$/,
    );
  });

  it('refuses peers as writers', async () => {
    expect(await answer(proposal({ user: { mspId: 'AlphaMSP', role: 'peer' } }))).to.match(
      /with policy \[\/Channel\/Application\/Writers\]: \[implicit policy evaluation failed - 0 sub-policies were satisfied, but this policy requires 1 of the 'Writers' sub-policies to be satisfied\]$/,
    );
  });

  it('knows its channel and its chaincodes', async () => {
    expect(await answer(proposal({ channel: 'other' }))).to.equal("500 channel 'other' not found");
    expect(await answer(proposal({ chaincode: 'other' }))).to.equal(
      '500 make sure the chaincode other has been successfully defined on channel kepil and try again: chaincode other not found',
    );
  });
});

describe('the orderers, given an envelope', () => {
  let ledger: UnitLedger;

  const endorsed = async (): Promise<common.Envelope> => {
    const proposal = ledger.propose('notes', 'put', { key: 'a', value: '1' }, { org: 'AlphaMSP' });
    const endorsements = await ledger.endorse(proposal, { org: 'AlphaMSP' });
    return unitEnvelope(
      proposal,
      endorsements.map(({ response }) => response),
    );
  };
  const order = (envelope: common.Envelope) =>
    ledger.channel.order(envelope).then(() => 'taken', String);

  before(async () => {
    ledger = await UnitLedger.create({ module: { contracts: [NotesContract] } });
  });

  after(() => ledger.close());

  it('take what a member has signed', async () => {
    expect(await order(await endorsed())).to.equal('taken');
  });

  it('refuse what was changed on its way', async () => {
    const envelope = await endorsed();
    const other = await endorsed();
    envelope.setSignature(other.getSignature_asU8());
    expect(await order(envelope)).to.match(/permission denied$/);
  });

  it("refuse what is no envelope, and other channels'", async () => {
    expect(await order(new common.Envelope())).to.match(/^OrderError: /);
    const { signed, header, payload, signer, txId } = unitProposal({
      channel: 'other',
      chaincode: 'kepil',
      args: [],
      signer: unitSigner({ mspId: 'AlphaMSP' }),
      now: ledger.now,
    });
    const envelope = unitEnvelope({ signed, header, payload, signer, txId }, []);
    expect(await order(envelope)).to.equal('OrderError: channel does not exist');
  });

  it('take what will be found invalid, and its id is answered for', async () => {
    const proposal = ledger.propose('notes', 'put', { key: 'a', value: '1' }, { org: 'AlphaMSP' });
    const { code } = await ledger.commit(proposal, []);
    expect(validationCodeName(code)).to.equal('INVALID_ENDORSER_TRANSACTION');
    expect((await ledger.channel.transaction(proposal.txId))?.code).to.equal(code);
  });
});
