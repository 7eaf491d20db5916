import { expect } from 'chai';
import type { common, peer } from '@hyperledger/fabric-protos';
import type { Subject } from '../client.ts';
import {
  argsOf,
  endorseAt,
  endorsersOf,
  envelopeIn,
  envelopeOf,
  proposalOf,
  transactionFor,
} from '../raw.ts';
import { refusalOf } from '../refusal.ts';

type ProposalResponse = peer.ProposalResponse;

/** Who endorses, and what becomes of a transaction that too few or the wrong ones endorsed. */
export function endorseCases(subject: Subject): void {
  describe('endorse', () => {
    it('finds a sufficient set of organisations by itself, the own one among them', async () => {
      const key = subject.key('majority');
      const client = subject.client('beta');
      const transaction = await client.endorse([{ do: 'put', key, value: '1' }]);
      const endorsers = endorsersOf(envelopeIn(transaction));
      expect(endorsers).to.have.length(3);
      expect(endorsers).to.include('BetaMSP');
      expect((await client.commit(transaction)).code).to.equal('VALID');
    });

    it('asks a chaincode’s own policy, and no organisation more', async () => {
      const client = subject.client('alpha');
      const transaction = await client.endorse(
        [{ do: 'put', key: subject.key('callee'), value: '1' }],
        { chaincode: 'callee' },
      );
      expect(endorsersOf(envelopeIn(transaction))).to.deep.equal(['AlphaMSP']);
      expect((await client.commit(transaction)).code).to.equal('VALID');
    });

    it('goes past an own organisation that the policy does not need', async () => {
      const client = subject.client('nit');
      const transaction = await client.endorse(
        [{ do: 'put', key: subject.key('callee'), value: '1' }],
        { chaincode: 'callee' },
      );
      const endorsers = endorsersOf(envelopeIn(transaction));
      expect(endorsers).to.have.length(1);
      expect(endorsers[0]).to.be.oneOf(['AlphaMSP', 'BetaMSP']);
      expect((await client.commit(transaction)).code).to.equal('VALID');
    });

    it('asks exactly the organisations that the caller names', async () => {
      const endorsers = ['AuthorityMSP', 'GosCorpMSP', 'NitMSP'];
      const client = subject.client('alpha');
      const transaction = await client.endorse(
        [{ do: 'put', key: subject.key('named'), value: '1' }],
        { endorsers },
      );
      expect(endorsersOf(envelopeIn(transaction))).to.deep.equal(endorsers);
      expect((await client.commit(transaction)).code).to.equal('VALID');
    });

    it('does not check the named organisations against the policy; the peers do, in the block', async () => {
      const client = subject.client('alpha');
      const key = subject.key('too-few');
      const committed = await client.run([{ do: 'put', key, value: '1' }], {
        endorsers: ['AlphaMSP', 'BetaMSP'],
      });
      expect(committed.code).to.equal('ENDORSEMENT_POLICY_FAILURE');
      expect(await client.evaluate([{ do: 'get', key }])).to.deep.equal([null]);
    });

    it('refuses an organisation that the channel does not have', async () => {
      const call = subject.client('alpha').endorse([], { endorsers: ['AlphaMSP', 'NobodyMSP'] });
      expect(await refusalOf(call)).to.deep.equal({
        stage: 'EndorseError',
        code: 'UNAVAILABLE',
        message: 'failed to find any endorsing peers for org(s): NobodyMSP',
        details: [],
      });
    });

    it('refuses a chaincode that the channel does not have', async () => {
      const contract = subject.client('alpha').network.getContract('absent');
      expect(await refusalOf(contract.submitTransaction('run'))).to.deep.equal({
        stage: 'EndorseError',
        code: 'FAILED_PRECONDITION',
        message: `no combination of peers can be derived which satisfy the endorsement policy: No metadata was found for chaincode absent in channel ${subject.network.channel}`,
        details: [],
      });
    });

    it('refuses a channel that the peer does not have', async () => {
      const contract = subject
        .client('alpha')
        .gateway.getNetwork('elsewhere')
        .getContract('conformance');
      expect(await refusalOf(contract.submitTransaction('nothing'))).to.deep.equal({
        stage: 'EndorseError',
        code: 'FAILED_PRECONDITION',
        message:
          'no combination of peers can be derived which satisfy the endorsement policy: No metadata was found for chaincode conformance in channel elsewhere',
        details: [],
      });
    });

    it('catches chaincode that writes otherwise on another peer', async () => {
      const call = subject.client('alpha').endorse([{ do: 'random', key: subject.key('random') }]);
      const refusal = await refusalOf(call);
      expect(refusal).to.deep.include({
        stage: 'EndorseError',
        code: 'ABORTED',
        message:
          'failed to collect enough transaction endorsements, see attached details for more info',
      });
      // The local network adds both write sets, which Fabric leaves to its log.
      expect(refusal.details.map(({ message }) => message)).to.include(
        'ProposalResponsePayloads do not match',
      );
    });

    it('catches chaincode that answers otherwise on another peer', async () => {
      const refusal = await refusalOf(subject.client('alpha').endorse([{ do: 'randomAnswer' }]));
      expect(refusal.code).to.equal('ABORTED');
      expect(refusal.details.map(({ message }) => message)).to.include(
        'ProposalResponsePayloads do not match',
      );
    });

    it('by a peer past its gateway is an endorsement as good', async () => {
      const client = subject.client('alpha');
      const key = subject.key('by-hand');
      const { txId, envelope } = await endorsedAt(['alpha', 'goscorp', 'nit'], key);
      const committed = await client.commit(await transactionFor(client, txId, envelope));
      expect(committed.code).to.equal('VALID');
      expect(await client.evaluate([{ do: 'get', key }])).to.deep.equal(['by hand']);
    });

    it('counts an organisation once, however often it endorsed', async () => {
      const client = subject.client('alpha');
      const key = subject.key('twice');
      const { txId, envelope } = await endorsedAt(['alpha', 'goscorp'], key, (responses) => [
        ...responses,
        ...responses,
      ]);
      const committed = await client.commit(await transactionFor(client, txId, envelope));
      expect(committed.code).to.equal('ENDORSEMENT_POLICY_FAILURE');
    });

    it('does not count a signature that is not of the endorser', async () => {
      const client = subject.client('alpha');
      const { txId, envelope } = await endorsedAt(
        ['alpha', 'goscorp', 'nit'],
        subject.key('forged'),
        ([first, second, ...rest]) => {
          const signature = second?.getEndorsement()?.getSignature() ?? '';
          first?.getEndorsement()?.setSignature(signature);
          return [first, second, ...rest].filter((response) => response !== undefined);
        },
      );
      const committed = await client.commit(await transactionFor(client, txId, envelope));
      expect(committed.code).to.equal('ENDORSEMENT_POLICY_FAILURE');
    });

    /** Endorses a write past the gateways, at the peers of exactly these organisations. */
    async function endorsedAt(
      organisations: readonly string[],
      key: string,
      tampered: (responses: readonly ProposalResponse[]) => readonly ProposalResponse[] = (same) =>
        same,
    ): Promise<{ txId: string; envelope: common.Envelope }> {
      const creator = subject.client('alpha').member;
      const proposal = proposalOf({
        channel: subject.network.channel,
        creator,
        args: argsOf([{ do: 'put', key, value: 'by hand' }]),
      });
      const peers = organisations.map((name) => subject.client(name));
      const responses = tampered(await endorseAt(peers, proposal, creator));
      return { txId: proposal.txId, envelope: envelopeOf(proposal, responses) };
    }
  });
}
