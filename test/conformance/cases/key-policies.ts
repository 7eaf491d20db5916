import { expect } from 'chai';
import type { Step } from '../chaincode/step.ts';
import type { Committed, Subject } from '../client.ts';
import { endorsersOf, envelopeIn } from '../raw.ts';

/** Endorsement policies of single keys: what they bind, and what they do not. */
export function keyPolicyCases(subject: Subject): void {
  const put = (key: string, value = '1'): Step => ({ do: 'put', key, value });
  const bind = (key: string, ...organisations: string[]): Step => ({
    do: 'setPolicy',
    key,
    organisations,
  });
  const majority = ['AlphaMSP', 'GosCorpMSP', 'NitMSP'];

  /** Who endorsed what the gateway planned by itself, and the code. */
  async function planned(
    organisation: string,
    steps: readonly Step[],
  ): Promise<{ endorsers: readonly string[]; code: string }> {
    const client = subject.client(organisation);
    const transaction = await client.endorse(steps);
    const endorsers = endorsersOf(envelopeIn(transaction));
    return { endorsers, code: (await client.commit(transaction)).code };
  }

  const by = (endorsers: readonly string[], ...steps: Step[]): Promise<Committed> =>
    subject.client('alpha').run(steps, { endorsers });

  describe('the policy of a key', () => {
    it('does not bind the first write of the key', async () => {
      const key = subject.key('first');
      expect((await by(majority, bind(key, 'BetaMSP'), put(key))).code).to.equal('VALID');
    });

    it('replaces the chaincode’s policy from then on', async () => {
      const key = subject.key('bound');
      await by(majority, put(key), bind(key, 'BetaMSP'));
      const client = subject.client('alpha');
      expect(await client.evaluate([{ do: 'getPolicy', key }])).to.deep.equal([['BetaMSP']]);

      expect((await by(majority, put(key, 'three'))).code).to.equal('ENDORSEMENT_POLICY_FAILURE');
      expect((await by(['BetaMSP'], put(key, 'one'))).code).to.equal('VALID');
      expect(await client.evaluate([{ do: 'get', key }])).to.deep.equal(['one']);
    });

    it('binds its own change, and the key’s deletion', async () => {
      const key = subject.key('change');
      await by(majority, put(key), bind(key, 'BetaMSP'));
      const seized = await by(majority, bind(key, 'AlphaMSP'));
      expect(seized.code).to.equal('ENDORSEMENT_POLICY_FAILURE');
      const deleted = await by(majority, { do: 'delete', key });
      expect(deleted.code).to.equal('ENDORSEMENT_POLICY_FAILURE');
      const given = await by(['BetaMSP'], bind(key, 'AlphaMSP'));
      expect(given.code).to.equal('VALID');
      expect((await by(['AlphaMSP'], { do: 'delete', key })).code).to.equal('VALID');
    });

    it('goes with the key', async () => {
      const key = subject.key('gone');
      await by(majority, put(key), bind(key, 'BetaMSP'));
      await by(['BetaMSP'], { do: 'delete', key });
      const client = subject.client('alpha');
      expect(await client.evaluate([{ do: 'getPolicy', key }])).to.deep.equal([null]);
      expect((await by(majority, put(key))).code).to.equal('VALID');
    });

    it('does not stay on a key that holds nothing', async () => {
      const key = subject.key('nothing');
      expect((await by(majority, bind(key, 'BetaMSP'))).code).to.equal('VALID');
      const client = subject.client('alpha');
      expect(await client.evaluate([{ do: 'getPolicy', key }])).to.deep.equal([null]);
      expect((await by(['BetaMSP'], put(key))).code).to.equal('ENDORSEMENT_POLICY_FAILURE');
      expect((await by(majority, put(key))).code).to.equal('VALID');
    });

    it('asks for all of the organisations that it names', async () => {
      const key = subject.key('all');
      await by(majority, put(key), bind(key, 'AlphaMSP', 'BetaMSP'));
      expect((await by(['AlphaMSP'], put(key))).code).to.equal('ENDORSEMENT_POLICY_FAILURE');
      expect((await by(['AlphaMSP', 'BetaMSP'], put(key))).code).to.equal('VALID');
    });

    it('is kept by a write that says nothing of it', async () => {
      const key = subject.key('kept');
      await by(majority, put(key), bind(key, 'BetaMSP'));
      await by(['BetaMSP'], put(key, '2'));
      const policy = await subject.client('alpha').evaluate([{ do: 'getPolicy', key }]);
      expect(policy).to.deep.equal([['BetaMSP']]);
    });

    it('holds beside the chaincode’s policy for the other keys of a transaction', async () => {
      const [key, other] = [subject.key('mixed'), subject.key('other')];
      await by(majority, put(key), bind(key, 'BetaMSP'));
      const alone = await by(['BetaMSP'], put(key), put(other));
      expect(alone.code).to.equal('ENDORSEMENT_POLICY_FAILURE');
      const { endorsers, code } = await planned('alpha', [put(key), put(other)]);
      expect(code).to.equal('VALID');
      expect(endorsers).to.have.length(3);
      expect(endorsers).to.include('BetaMSP');
    });

    it('is read by the gateway for its plan', async () => {
      const key = subject.key('planned');
      await by(majority, put(key), bind(key, 'BetaMSP'));
      const plan = await planned('alpha', [put(key, '2')]);
      expect(plan).to.deep.equal({ endorsers: ['BetaMSP'], code: 'VALID' });
    });

    it('changed earlier in the same block makes a later write invalid', async () => {
      const client = subject.client('alpha');
      const key = subject.key('same-block');
      await client.submit([put(key, '0')]);
      const [changing, writing] = await Promise.all([
        client.endorse([bind(key, 'BetaMSP')], { endorsers: majority }),
        client.endorse([put(key, '1')], { endorsers: majority }),
      ]);
      await changing.submit();
      const written = await client.commit(writing);
      const changed = await client.status(changing.getTransactionId());
      expect(changed.code).to.equal('VALID');
      // Orderers promise no order; only a write that came after the change is late.
      if (written.code === 'VALID') {
        expect(written.blockNumber <= changed.blockNumber).to.equal(true);
      } else {
        expect(written.code).to.equal('ENDORSEMENT_POLICY_FAILURE');
      }
    });
  });

  describe('the policy of a private key', () => {
    const write = (key: string, value: string): Step => ({
      do: 'privatePut',
      collection: 'pair',
      key,
      value,
    });

    it('replaces the collection’s policy from the second write on', async () => {
      const client = subject.client('alpha');
      const key = subject.key('private');
      const first = await by(['AlphaMSP'], write(key, '1'), {
        do: 'privateSetPolicy',
        collection: 'pair',
        key,
        organisations: ['GosCorpMSP'],
      });
      expect(first.code).to.equal('VALID');
      const policy = await client.evaluate([{ do: 'privateGetPolicy', collection: 'pair', key }]);
      expect(policy).to.deep.equal([['GosCorpMSP']]);
      const refused = await by(['AlphaMSP'], write(key, '2'));
      expect(refused.code).to.equal('ENDORSEMENT_POLICY_FAILURE');
      const allowed = await by(['GosCorpMSP'], write(key, '3'));
      expect(allowed.code).to.equal('VALID');
      const read = await client.evaluate([{ do: 'privateGet', collection: 'pair', key }]);
      expect(read).to.deep.equal(['3']);
    });

    it('is read by the gateway for its plan', async () => {
      const key = subject.key('private-planned');
      await by(['AlphaMSP'], write(key, '1'), {
        do: 'privateSetPolicy',
        collection: 'pair',
        key,
        organisations: ['GosCorpMSP'],
      });
      const plan = await planned('alpha', [write(key, '2')]);
      expect(plan).to.deep.equal({ endorsers: ['GosCorpMSP'], code: 'VALID' });
    });
  });
}
