import { expect } from 'chai';
import { Authority } from '../../../network/identity/authority.ts';
import type { Role } from '../../../network/identity/msp.ts';
import type { CallerAnswer } from '../chaincode/step.ts';
import { signAs, type Client, type Subject } from '../client.ts';
import type { Member } from '../network-handle.ts';
import { argsOf, proposalFor, proposalOf, type ProposalParts } from '../raw.ts';
import { refusalOf, type Refusal } from '../refusal.ts';

const dayMs = 24 * 3600 * 1000;
const aroundNow = {
  notBefore: new Date(Date.now() - dayMs),
  notAfter: new Date(Date.now() + dayMs),
};

/** Who may speak, and what chaincode learns of who spoke. */
export function identityCases(subject: Subject): void {
  /** A member whose certificate Alpha's authority issued, or another in its name. */
  function member(
    options: {
      role?: Role;
      attributes?: Record<string, string>;
      expired?: boolean;
      authority?: Authority;
    } = {},
  ): Member {
    const authority = options.authority ?? Authority.load(subject.organisation('alpha').authority);
    const validity = options.expired
      ? { notBefore: new Date(Date.now() - 2 * dayMs), notAfter: new Date(Date.now() - dayMs) }
      : aroundNow;
    const issued = authority.issue({
      commonName: 'somebody',
      purpose: {
        kind: 'identity',
        role: options.role ?? 'client',
        ...(options.attributes === undefined ? {} : { attributes: options.attributes }),
      },
      validity,
    });
    return { mspId: 'AlphaMSP', ...issued };
  }

  const callerAt = async (client: Client, ...attributes: string[]): Promise<CallerAnswer> => {
    const [caller] = await client.evaluate([{ do: 'caller', attributes }]);
    return caller as CallerAnswer;
  };

  describe('what chaincode learns of the caller', () => {
    it('is the MSP, the certificate’s names and its attributes', async () => {
      const issued = member({ attributes: { 'kepil.role': 'gateway', 'kepil.unit': 'ө"1' } });
      const caller = await callerAt(
        subject.clientAt('alpha', issued),
        'kepil.role',
        'kepil.unit',
        'kepil.absent',
      );
      expect(caller.mspId).to.equal('AlphaMSP');
      expect(caller.id).to.match(/^x509::.*CN=somebody.*::.*/);
      expect(caller.attributes).to.deep.equal({
        'kepil.role': 'gateway',
        'kepil.unit': 'ө"1',
        'kepil.absent': null,
      });
    });

    it('has the NodeOU of its role in the subject', async () => {
      for (const role of ['client', 'admin'] as const) {
        const caller = await callerAt(subject.clientAt('alpha', member({ role })));
        expect(caller.id).to.include(`OU=${role}`);
      }
    });

    it('is the same at every organisation’s peer', async () => {
      const issued = member({ attributes: { 'kepil.role': 'auditor' } });
      const seen = new Set<string>();
      for (const { name } of subject.network.organisations) {
        seen.add(JSON.stringify(await callerAt(subject.clientAt(name, issued), 'kepil.role')));
      }
      expect(seen.size).to.equal(1);
    });
  });

  describe('a caller whom no peer should believe', () => {
    /** How evaluate and endorse refuse a member, or a proposal made by hand. */
    async function refusals(
      who: Member,
      parts: Partial<ProposalParts> = {},
      signer: Member = who,
    ): Promise<{ evaluated: Refusal; endorsed: Refusal }> {
      const client = subject.clientAt('alpha', who);
      const proposal = proposalOf({
        channel: subject.network.channel,
        creator: who,
        args: argsOf([]),
        ...parts,
      });
      const signature = await signAs(signer, proposal.bytes);
      const proposed = await proposalFor(client, proposal, signature);
      return {
        evaluated: await refusalOf(proposed.evaluate()),
        endorsed: await refusalOf(proposed.endorse()),
      };
    }

    /** The proposal is malformed or its signer is not who it says: the first peer's word is final. */
    const notValid = (reason: string): { evaluated: Refusal; endorsed: Refusal } => {
      const message = `error validating proposal: ${reason}`;
      const details = [{ mspId: 'AlphaMSP', message }];
      return {
        evaluated: {
          stage: 'GatewayError',
          code: 'FAILED_PRECONDITION',
          message: `evaluate call to endorser returned error: ${message}`,
          details,
        },
        endorsed: {
          stage: 'EndorseError',
          code: 'ABORTED',
          message: 'failed to endorse transaction, see attached details for more info',
          details,
        },
      };
    };

    /** Refused at the peer's door, so that the gateway asks the next peer, and every one refuses. */
    function expectAtTheDoor(
      { evaluated, endorsed }: { evaluated: Refusal; endorsed: Refusal },
      reason: RegExp,
    ): void {
      expect(evaluated).to.include({
        code: 'UNAVAILABLE',
        message: 'failed to evaluate transaction, see attached details for more info',
      });
      expect(evaluated.details.map(({ mspId }) => mspId)).to.deep.equal(
        subject.network.organisations.map(({ mspId }) => mspId).toSorted(),
      );
      for (const { mspId, message } of evaluated.details) {
        const own = mspId === 'AlphaMSP';
        expect(message.startsWith('rpc error: code = Unknown desc = ')).to.equal(!own);
        expect(message).to.match(reason);
      }
      expect(endorsed).to.include({
        code: 'ABORTED',
        message: 'failed to endorse transaction, see attached details for more info',
      });
      expect(endorsed.details).to.have.length(1);
      expect(endorsed.details[0]?.mspId).to.equal('AlphaMSP');
      expect(endorsed.details[0]?.message).to.match(reason);
    }

    const unknownCreator = (): { evaluated: Refusal; endorsed: Refusal } =>
      notValid(
        `access denied: channel [${subject.network.channel}] creator org unknown, creator is malformed`,
      );
    const notTheCreator = (): { evaluated: Refusal; endorsed: Refusal } =>
      notValid(`access denied: channel [${subject.network.channel}] creator org [AlphaMSP]`);

    it('holds a certificate of a foreign authority', async () => {
      const authority = Authority.create('ca.nowhere.test', 'nowhere', aroundNow);
      expect(await refusals(member({ authority }))).to.deep.equal(unknownCreator());
    });

    it('claims another organisation than the one that issued the certificate', async () => {
      expect(await refusals({ ...member(), mspId: 'BetaMSP' })).to.deep.equal(unknownCreator());
    });

    it('claims an organisation that the channel does not have', async () => {
      expect(await refusals({ ...member(), mspId: 'NobodyMSP' })).to.deep.equal(unknownCreator());
    });

    it('shows no certificate at all', async () => {
      const nobody = { ...member(), certificatePem: 'nobody' };
      expect(await refusals(nobody)).to.deep.equal(unknownCreator());
    });

    it('signs with another key', async () => {
      expect(await refusals(member(), {}, member())).to.deep.equal(notTheCreator());
    });

    it('is a peer, who is no client', async () => {
      const message = `Failed evaluating policy on signed data during check policy on channel [${subject.network.channel}] with policy [/Channel/Application/Writers]: [implicit policy evaluation failed - 0 sub-policies were satisfied, but this policy requires 1 of the 'Writers' sub-policies to be satisfied]`;
      const { evaluated, endorsed } = await refusals(member({ role: 'peer' }));
      const details = [{ mspId: 'AlphaMSP', message }];
      expect(evaluated).to.deep.include({ code: 'FAILED_PRECONDITION', details });
      expect(endorsed).to.deep.include({ code: 'ABORTED', details });
    });

    it('has no NodeOU that the organisation knows', async () => {
      expect(await refusals(member({ role: 'nobody' as Role }))).to.deep.equal(notTheCreator());
    });

    it('computed another id than the one that follows from nonce and creator', async () => {
      const { evaluated, endorsed } = await refusals(member(), { txId: 'a'.repeat(64) });
      const reason = new RegExp(
        `error validating proposal: incorrectly computed txid '${'a'.repeat(64)}' -- expected '[0-9a-f]{64}'$`,
      );
      expect(evaluated).to.include({ code: 'FAILED_PRECONDITION' });
      expect(evaluated.message).to.match(reason);
      expect(endorsed).to.include({ code: 'ABORTED' });
      expect(endorsed.details[0]?.message).to.match(reason);
    });

    it('gives no nonce', async () => {
      const refused = await refusals(member(), { nonce: new Uint8Array(0) });
      expect(refused).to.deep.equal(notValid('nonce is empty'));
    });

    it('holds a certificate that has run out', async () => {
      expectAtTheDoor(
        await refusals(member({ expired: true })),
        /(^|desc = )proposal client identity expired$/,
      );
    });

    for (const [name, minutes] of [
      ['behind', -16],
      ['ahead', 16],
    ] as const) {
      it(`is sixteen minutes ${name}`, async () => {
        const timestamp = new Date(Date.now() + minutes * 60_000);
        const claimed = timestamp.toISOString().replace(/\.\d+Z$/, 'Z');
        expectAtTheDoor(
          await refusals(member(), { timestamp }),
          new RegExp(
            `(^|desc = )request unauthorized due to incorrect timestamp ${claimed}, peer time \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ, peer.authentication.timewindow 15m0s$`,
          ),
        );
      });
    }
  });

  describe('time', () => {
    it('is the proposal’s, within fifteen minutes', async () => {
      const client = subject.clientAt('alpha', member());
      const timestamp = new Date(Date.now() - 14 * 60_000);
      const proposal = proposalOf({
        channel: subject.network.channel,
        creator: client.member,
        args: argsOf([{ do: 'transaction' }]),
        timestamp,
      });
      const [answer] = JSON.parse(
        Buffer.from(await (await proposalFor(client, proposal)).evaluate()).toString('utf8'),
      ) as [{ timestamp: string }];
      expect(answer.timestamp).to.equal(timestamp.toISOString());
    });
  });
}
