import { createHash } from 'node:crypto';
import { expect } from 'chai';
import type { Step } from '../chaincode/step.ts';
import type { Call, Client, Committed, Subject } from '../client.ts';
import { endorsersOf, envelopeIn } from '../raw.ts';
import { refusalOf } from '../refusal.ts';

const implicit = (mspId: string): string => `_implicit_org_${mspId}`;
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Collections, explicit and implicit: who holds, reads, writes, endorses; hashes; how data ends. */
export function privateDataCases(subject: Subject): void {
  const get = (collection: string, key: string): Step => ({ do: 'privateGet', collection, key });
  const put = (collection: string, key: string, value: string): Step => ({
    do: 'privatePut',
    collection,
    key,
    value,
  });
  /** A write of what the transient map carries under `secret`. */
  const deposit = (collection: string, key: string): Step => ({
    do: 'privatePut',
    collection,
    key,
    transient: 'secret',
  });
  const secret = (value: string, ...endorsers: string[]): Call => ({
    transient: { secret: value },
    ...(endorsers.length === 0 ? {} : { endorsers }),
  });
  const reasonOf = async (call: Promise<unknown>): Promise<string> => {
    const refusal = await refusalOf(call);
    return refusal.details[0]?.message ?? refusal.message;
  };
  const missing =
    /^chaincode response 500, GET_STATE failed: transaction ID: [0-9a-f]{64}: private data matching public hash version is not available\. Public hash version = \{BlockNum: \d+, TxNum: \d+\}, Private data version = <nil>$/;
  const denied = (call: string, access: 'read' | 'write'): RegExp =>
    new RegExp(
      `^chaincode response 500, ${call} failed: transaction ID: [0-9a-f]{64}: tx creator does not have ${access} access permission on privatedata in chaincodeName:conformance collectionName: pair$`,
    );

  describe('transient data', () => {
    it('reaches the chaincode and is in no block', async () => {
      const client = subject.client('alpha');
      const transient = { first: 'бір', second: 'қ'.repeat(100_000) };
      const transaction = await client.endorse(
        [{ do: 'putBig', key: subject.key('t'), bytes: 1 }],
        {
          transient,
        },
      );
      const envelope = Buffer.from(envelopeIn(transaction).serializeBinary());
      expect(envelope.includes('бір')).to.equal(false);
      expect((await client.commit(transaction)).code).to.equal('VALID');
      const [seen] = await client.evaluate([{ do: 'transient' }], { transient });
      expect(seen).to.deep.equal(transient);
    });

    it('is for the own organisation alone, if a question names no other', async () => {
      const key = subject.key('asked');
      await subject.client('alpha').submit([put('open', key, 'v')]);
      const refusal = await refusalOf(
        subject.client('beta').evaluate([get('open', key)], { transient: { a: '1' } }),
      );
      expect(refusal.details.map(({ mspId }) => mspId)).to.deep.equal(['BetaMSP']);
    });

    it('goes to whom the policy needs, if no collection is written', async () => {
      const client = subject.client('alpha');
      const transaction = await client.endorse(
        [{ do: 'put', key: subject.key('public'), value: '1' }],
        { transient: { secret: '1' } },
      );
      expect(endorsersOf(envelopeIn(transaction))).to.have.length(3);
      expect((await client.commit(transaction)).code).to.equal('VALID');
    });

    const outside = (collections: string): object => ({
      stage: 'EndorseError',
      code: 'FAILED_PRECONDITION',
      message: `requires endorsement from organisation(s) that are not in the distribution policy of the private data collection(s): ${collections}; retry specifying trusted endorsing organizations to protect transient data`,
      details: [],
    });

    it('does not leave the members: FAILED_PRECONDITION where they cannot satisfy the policy', async () => {
      const key = subject.key('outside');
      const call = subject.client('alpha').endorse([deposit('open', key)], secret('s'));
      expect(await refusalOf(call)).to.deep.equal(outside('[open]'));
    });

    it('nor for a public write beside a private one', async () => {
      const key = subject.key('public');
      const call = subject
        .client('alpha')
        .endorse([deposit('pair', key), { do: 'put', key, value: '1' }], secret('s'));
      expect(await refusalOf(call)).to.deep.equal(outside('[pair]'));
    });

    it('nor for two implicit collections, of which neither holds the other’s member', async () => {
      const key = subject.key('two');
      const call = subject
        .client('alpha')
        .endorse(
          [deposit(implicit('AlphaMSP'), key), deposit(implicit('GosCorpMSP'), key)],
          secret('s'),
        );
      const refusal = await refusalOf(call);
      // Fabric names the collections in the order of a hash map.
      const [, named = ''] = /\[(.*)\]/.exec(refusal.message) ?? [];
      expect(named.split(' ').toSorted()).to.deep.equal([
        implicit('AlphaMSP'),
        implicit('GosCorpMSP'),
      ]);
      expect(refusal).to.deep.equal(outside(`[${named}]`));
    });

    it('goes where the caller names the organisations', async () => {
      const client = subject.client('alpha');
      const key = subject.key('named');
      const committed = await client.submit(
        [deposit(implicit('AlphaMSP'), key), deposit(implicit('GosCorpMSP'), key)],
        secret('shared', 'AlphaMSP', 'GosCorpMSP'),
      );
      expect(committed.code).to.equal('VALID');
      expect(await client.evaluate([get(implicit('AlphaMSP'), key)])).to.deep.equal(['shared']);
      const other = await subject.client('goscorp').evaluate([get(implicit('GosCorpMSP'), key)]);
      expect(other).to.deep.equal(['shared']);
    });

    it('goes to another organisation’s own collection by itself', async () => {
      const key = subject.key('other');
      const client = subject.client('alpha');
      const transaction = await client.endorse(
        [deposit(implicit('GosCorpMSP'), key)],
        secret('for you'),
      );
      expect(endorsersOf(envelopeIn(transaction))).to.deep.equal(['GosCorpMSP']);
      expect((await client.commit(transaction)).code).to.equal('VALID');
    });
  });

  describe('a collection of two organisations', () => {
    it('is held by both, wherever it was endorsed', async () => {
      const key = subject.key('held');
      await subject.client('alpha').submit([deposit('pair', key)], secret('s', 'AlphaMSP'));
      for (const name of ['alpha', 'goscorp']) {
        const read = await subject.client(name).evaluate([get('pair', key)]);
        expect(read).to.deep.equal(['s']);
      }
    });

    it('shows its hash at every peer, and no hash where there is nothing', async () => {
      const key = subject.key('hashed');
      await subject.client('alpha').submit([deposit('pair', key)], secret('s'));
      const ask: Step = { do: 'privateHash', collection: 'pair', key };
      for (const { name } of subject.network.organisations) {
        expect(await subject.client(name).evaluate([ask])).to.deep.equal([sha256('s')]);
      }
      const never: Step = { do: 'privateHash', collection: 'pair', key: subject.key('never') };
      expect(await subject.client('beta').evaluate([never])).to.deep.equal([null]);
    });

    it('reads as nothing where nothing was written, member or not', async () => {
      const key = subject.key('never');
      for (const name of ['alpha', 'beta']) {
        expect(await subject.client(name).evaluate([get('open', key)])).to.deep.equal([null]);
      }
    });

    it('is missing at a peer of another organisation', async () => {
      const key = subject.key('missing');
      await subject.client('alpha').submit([put('open', key, 'v')]);
      const reason = await reasonOf(subject.client('beta').evaluate([get('open', key)]));
      expect(reason).to.match(missing);
    });

    it('is not shown the transaction that writes it', async () => {
      const client = subject.client('alpha');
      const key = subject.key('own');
      await client.submit([put('pair', key, 'before')]);
      const { answers } = await client.submit([
        put('pair', key, 'after'),
        get('pair', key),
        { do: 'privateDelete', collection: 'pair', key },
        get('pair', key),
      ]);
      expect(answers).to.deep.equal([null, 'before', null, 'before']);
    });

    it('is deleted, hash and all', async () => {
      const client = subject.client('alpha');
      const key = subject.key('deleted');
      await client.submit([put('pair', key, 'v')]);
      await client.submit([{ do: 'privateDelete', collection: 'pair', key }]);
      const hash: Step = { do: 'privateHash', collection: 'pair', key };
      expect(await client.evaluate([get('pair', key), hash])).to.deep.equal([null, null]);
      expect(await subject.client('beta').evaluate([hash])).to.deep.equal([null]);
    });

    it('is read by range at a member, and silently empty at another', async () => {
      const base = subject.key('range');
      const client = subject.client('alpha');
      await client.submit([
        put('open', `${base}/b`, 'b'),
        put('open', `${base}/a`, 'a'),
        put('open', `${base}0`, 'outside'),
        {
          do: 'privatePutComposite',
          collection: 'open',
          type: base,
          attributes: ['x', '1'],
          value: 'composite',
        },
      ]);
      const asked: Step[] = [
        { do: 'privateRange', collection: 'open', start: `${base}/`, end: `${base}0` },
        { do: 'privateComposite', collection: 'open', type: base, attributes: ['x'] },
      ];
      expect(await client.evaluate(asked)).to.deep.equal([
        [
          [`${base}/a`, 'a'],
          [`${base}/b`, 'b'],
        ],
        [[{ objectType: base, attributes: ['x', '1'] }, 'composite']],
      ]);
      expect(await subject.client('beta').evaluate(asked)).to.deep.equal([[], []]);
    });

    it('is endorsed by one member, where the collection’s policy says so', async () => {
      const key = subject.key('one');
      const code = await codeOf('alpha', [deposit('pair', key)], secret('s', 'GosCorpMSP'));
      expect(code).to.equal('VALID');
      const stranger = await codeOf('alpha', [put('pair', key, 's')], { endorsers: ['BetaMSP'] });
      expect(stranger).to.equal('ENDORSEMENT_POLICY_FAILURE');
    });

    it('is endorsed by both, where the collection’s policy says so', async () => {
      const client = subject.client('alpha');
      const key = subject.key('both');
      const transaction = await client.endorse([deposit('both', key)], secret('s'));
      expect(endorsersOf(envelopeIn(transaction))).to.deep.equal(['AlphaMSP', 'GosCorpMSP']);
      expect((await client.commit(transaction)).code).to.equal('VALID');
      const alone = await codeOf('alpha', [deposit('both', key)], secret('s', 'AlphaMSP'));
      expect(alone).to.equal('ENDORSEMENT_POLICY_FAILURE');
    });

    it('is endorsed by the chaincode’s majority, where it has no policy of its own', async () => {
      const key = subject.key('majority');
      const members = await codeOf('alpha', [put('open', key, 's')], {
        endorsers: ['AlphaMSP', 'GosCorpMSP'],
      });
      expect(members).to.equal('ENDORSEMENT_POLICY_FAILURE');
      // Strangers to the collection may endorse a write that reads nothing.
      const strangers = await codeOf('alpha', [put('open', key, 's')], {
        endorsers: ['AuthorityMSP', 'BetaMSP', 'NitMSP'],
      });
      expect(strangers).to.equal('VALID');
      expect(await subject.client('goscorp').evaluate([get('open', key)])).to.deep.equal(['s']);
    });

    it('cannot be read where the policy needs those who do not hold it', async () => {
      const client = subject.client('alpha');
      const key = subject.key('read');
      await client.submit([put('pair', key, 'v')]);
      const call = client.endorse([get('pair', key), { do: 'put', key, value: '1' }]);
      expect(await refusalOf(call)).to.deep.equal({
        stage: 'EndorseError',
        code: 'FAILED_PRECONDITION',
        message:
          'no combination of peers can be derived which satisfy the endorsement policy: no peer combination can satisfy the endorsement policy',
        details: [],
      });
    });

    it('is compared by hash where the policy needs those who do not hold it', async () => {
      const client = subject.client('alpha');
      const key = subject.key('compared');
      await client.submit([put('pair', key, 'v')]);
      const committed = await client.submit([
        { do: 'privateHash', collection: 'pair', key },
        { do: 'put', key, value: 'agrees' },
      ]);
      expect(committed.answers[0]).to.equal(sha256('v'));
    });

    it('that the chaincode does not have is refused', async () => {
      const client = subject.client('alpha');
      const channel = subject.network.channel;
      const none = `collection ${channel}/conformance/none could not be found`;
      const undefinedHere = (name: string): string =>
        `collection [${name}] not defined in the collection config for chaincode [conformance]`;
      const cases: readonly [Step, string][] = [
        [get('none', 'k'), none],
        [put('none', 'k', 'v'), none],
        [{ do: 'privateHash', collection: 'none', key: 'k' }, undefinedHere('none')],
        [get(implicit('NobodyMSP'), 'k'), undefinedHere(implicit('NobodyMSP'))],
      ];
      for (const [step, words] of cases) {
        expect((await reasonOf(client.evaluate([step]))).endsWith(`: ${words}`)).to.equal(
          true,
          JSON.stringify(step),
        );
      }
    });
  });

  describe('memberOnlyRead and memberOnlyWrite', () => {
    let key: string;
    let stranger: Client;

    before(async () => {
      key = subject.key('guarded');
      await subject.client('alpha').submit([deposit('pair', key)], secret('s'));
      // Beta's client asks Alpha's peer, which holds the data.
      stranger = subject.clientAt('alpha', subject.client('beta').member);
    });

    it('refuse a stranger’s client at a member’s peer', async () => {
      expect(await reasonOf(stranger.evaluate([get('pair', key)]))).to.match(
        denied('GET_STATE', 'read'),
      );
      const range: Step = { do: 'privateRange', collection: 'pair', start: '', end: '' };
      expect(await reasonOf(stranger.evaluate([range]))).to.match(
        denied('GET_STATE_BY_RANGE', 'read'),
      );
      const policy: Step = { do: 'privateGetPolicy', collection: 'pair', key };
      expect(await reasonOf(stranger.evaluate([policy]))).to.match(
        denied('GET_STATE_METADATA', 'read'),
      );
      expect(await reasonOf(stranger.evaluate([put('pair', key, 'x')]))).to.match(
        denied('PUT_STATE', 'write'),
      );
    });

    it('refuse a stranger’s client at its own peer', async () => {
      const client = subject.client('beta');
      const writes: readonly [Step, string][] = [
        [put('pair', key, 'x'), 'PUT_STATE'],
        [{ do: 'privateDelete', collection: 'pair', key }, 'DEL_STATE'],
        [{ do: 'privatePurge', collection: 'pair', key }, 'PURGE_PRIVATE_DATA'],
        [
          { do: 'privateSetPolicy', collection: 'pair', key, organisations: ['BetaMSP'] },
          'PUT_STATE_METADATA',
        ],
      ];
      for (const [step, call] of writes) {
        expect(await reasonOf(client.evaluate([step]))).to.match(denied(call, 'write'));
      }
      expect(await reasonOf(client.evaluate([get('pair', key)]))).to.match(
        denied('GET_STATE', 'read'),
      );
    });

    it('do not hide the hash', async () => {
      const [hash] = await subject
        .client('beta')
        .evaluate([{ do: 'privateHash', collection: 'pair', key }]);
      expect(hash).to.equal(sha256('s'));
    });

    it('let a stranger read who asks a member’s peer, where they are off', async () => {
      const open = subject.key('open');
      await subject.client('alpha').submit([put('open', open, 'v')]);
      expect(await stranger.evaluate([get('open', open)])).to.deep.equal(['v']);
    });
  });

  describe('an implicit collection', () => {
    it('is its organisation’s, who endorses alone', async () => {
      const client = subject.client('alpha');
      const key = subject.key('own');
      const transaction = await client.endorse(
        [deposit(implicit('AlphaMSP'), key)],
        secret('mine'),
      );
      expect(endorsersOf(envelopeIn(transaction))).to.deep.equal(['AlphaMSP']);
      expect((await client.commit(transaction)).code).to.equal('VALID');
      expect(await client.evaluate([get(implicit('AlphaMSP'), key)])).to.deep.equal(['mine']);
    });

    it('is missing elsewhere, where only its hash is', async () => {
      const key = subject.key('elsewhere');
      await subject.client('alpha').submit([deposit(implicit('AlphaMSP'), key)], secret('mine'));
      const client = subject.client('goscorp');
      expect(await reasonOf(client.evaluate([get(implicit('AlphaMSP'), key)]))).to.match(missing);
      const [hash] = await client.evaluate([
        { do: 'privateHash', collection: implicit('AlphaMSP'), key },
      ]);
      expect(hash).to.equal(sha256('mine'));
    });

    it('is shown to a stranger who asks its organisation’s peer', async () => {
      const key = subject.key('shown');
      await subject.client('alpha').submit([deposit(implicit('AlphaMSP'), key)], secret('mine'));
      const stranger = subject.clientAt('alpha', subject.client('beta').member);
      expect(await stranger.evaluate([get(implicit('AlphaMSP'), key)])).to.deep.equal(['mine']);
    });

    it('is not written without its organisation’s endorsement', async () => {
      const key = subject.key('foreign');
      const code = await codeOf('alpha', [deposit(implicit('GosCorpMSP'), key)], {
        transient: { secret: 's' },
        endorsers: ['AlphaMSP'],
      });
      expect(code).to.equal('ENDORSEMENT_POLICY_FAILURE');
      const client = subject.client('goscorp');
      expect(await client.evaluate([get(implicit('GosCorpMSP'), key)])).to.deep.equal([null]);
    });

    it('adds its organisation to the plan of a public write, as a seal does', async () => {
      const client = subject.client('beta');
      const key = subject.key('sealed');
      const steps: Step[] = [
        { do: 'put', key, value: 'record' },
        put(implicit('GosCorpMSP'), key, sha256('record')),
      ];
      const without = await codeOf('beta', steps, {
        endorsers: ['AlphaMSP', 'BetaMSP', 'NitMSP'],
      });
      expect(without).to.equal('ENDORSEMENT_POLICY_FAILURE');
      const transaction = await client.endorse(steps);
      const endorsers = endorsersOf(envelopeIn(transaction));
      expect(endorsers).to.include('GosCorpMSP');
      expect(endorsers).to.have.length(3);
      expect((await client.commit(transaction)).code).to.equal('VALID');
    });
  });

  describe('the end of private data', () => {
    const hash = (collection: string, key: string): Step => ({
      do: 'privateHash',
      collection,
      key,
    });

    it('by purge: value and hash are gone at every peer', async () => {
      const client = subject.client('alpha');
      const key = subject.key('purged');
      await client.submit([put('pair', key, 'v')]);
      const purge: Step = { do: 'privatePurge', collection: 'pair', key };
      const { answers } = await client.submit([purge, get('pair', key)]);
      expect(answers).to.deep.equal([null, 'v']);
      for (const name of ['alpha', 'goscorp']) {
        const read = await subject.client(name).evaluate([get('pair', key), hash('pair', key)]);
        expect(read).to.deep.equal([null, null]);
      }
      expect(await subject.client('beta').evaluate([hash('pair', key)])).to.deep.equal([null]);
    });

    it('by purge: the key may be written anew', async () => {
      const client = subject.client('alpha');
      const key = subject.key('again');
      await client.submit([put('pair', key, '1')]);
      await client.submit([{ do: 'privatePurge', collection: 'pair', key }]);
      await client.submit([put('pair', key, '2')]);
      expect(await subject.client('goscorp').evaluate([get('pair', key)])).to.deep.equal(['2']);
    });

    it('by purge: needs the collection’s endorsement, and no copy of the data', async () => {
      const key = subject.key('by-hash');
      const collection = implicit('AlphaMSP');
      await subject.client('alpha').submit([put(collection, key, 'v')]);
      const purge: Step = { do: 'privatePurge', collection, key };
      const foreign = await codeOf('beta', [purge], { endorsers: ['BetaMSP'] });
      expect(foreign).to.equal('ENDORSEMENT_POLICY_FAILURE');
      expect(await codeOf('beta', [purge], { endorsers: ['AlphaMSP'] })).to.equal('VALID');
      expect(await subject.client('alpha').evaluate([get(collection, key)])).to.deep.equal([null]);
    });

    it('by purge: of a key that never was is taken', async () => {
      const purge: Step = { do: 'privatePurge', collection: 'pair', key: subject.key('never') };
      expect(await codeOf('alpha', [purge])).to.equal('VALID');
    });

    it('by blockToLive: it stays for that many blocks and is gone with the next', async () => {
      const client = subject.client('alpha');
      const key = subject.key('brief');
      const { blockNumber } = await client.submit([put('brief', key, 'v')]);
      const ask = [get('brief', key), hash('brief', key)];
      let last = blockNumber;
      while (last < blockNumber + 3n) {
        expect(await client.evaluate(ask)).to.deep.equal(['v', sha256('v')]);
        last = (await client.submit([])).blockNumber;
      }
      expect(await client.evaluate(ask)).to.deep.equal(['v', sha256('v')]);
      await client.submit([]);
      expect(await client.evaluate(ask)).to.deep.equal([null, null]);
      expect(await subject.client('beta').evaluate([hash('brief', key)])).to.deep.equal([null]);
    });
  });

  async function codeOf(
    organisation: string,
    steps: readonly Step[],
    call: Call = {},
  ): Promise<Committed['code']> {
    return (await subject.client(organisation).run(steps, call)).code;
  }
}
