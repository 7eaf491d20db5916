import { createHash, randomBytes } from 'node:crypto';
import type { Transaction } from '@hyperledger/fabric-gateway';
import { expect } from 'chai';
import type { Client, Subject } from '../client.ts';
import { chaincodes } from '../network-handle.ts';
import { endorsersOf, envelopeIn } from '../raw.ts';
import { refusalOf } from '../refusal.ts';
import { take } from '../take.ts';

const holders = ['AlphaMSP', 'GosCorpMSP'];

/** The five shapes of our transactions, on the network that they were made for. */
export function shapeCases(subject: Subject): void {
  const newKey = (): string => randomBytes(12).toString('base64url');

  /** Endorses an operation of the contract of shapes; private input travels as transient data. */
  function endorse(
    client: Client,
    name: string,
    request: object,
    options: { secret?: object; endorsers?: readonly string[] } = {},
  ): Promise<Transaction> {
    const { secret, endorsers } = options;
    return client.network
      .getContract(chaincodes.caller, 'Shapes')
      .newProposal(name, {
        arguments: [JSON.stringify(request)],
        ...(secret === undefined ? {} : { transientData: { input: JSON.stringify(secret) } }),
        ...(endorsers === undefined ? {} : { endorsingOrganizations: [...endorsers] }),
      })
      .endorse();
  }

  /** Endorses and commits; gives the answer and the code. */
  async function submit(
    client: Client,
    ...call: [name: string, request: object, options?: Parameters<typeof endorse>[3]]
  ): Promise<{ answer: unknown; code: string; blockNumber: bigint }> {
    const transaction = await endorse(client, ...call);
    const answer = JSON.parse(Buffer.from(transaction.getResult()).toString()) as unknown;
    const { code, blockNumber } = await client.commit(transaction);
    return { answer, code, blockNumber };
  }

  async function ask(client: Client, name: string, input: object): Promise<unknown> {
    const contract = client.network.getContract(chaincodes.caller, 'Shapes');
    const answer = await contract.evaluateTransaction(name, JSON.stringify({ input }));
    return JSON.parse(Buffer.from(answer).toString()) as unknown;
  }

  /** The refusals that a contract threw, out of the peer's words. */
  async function refusalsOf(call: Promise<unknown>): Promise<unknown> {
    const { details } = await refusalOf(call);
    const [, json = '{}'] = /^chaincode response 500, (.*)$/s.exec(details[0]?.message ?? '') ?? [];
    return (JSON.parse(json) as { refusals: unknown }).refusals;
  }

  describe('a public command', () => {
    it('is endorsed by a majority and tells what happened', async () => {
      const client = subject.client('alpha');
      const input = { list: subject.key('public'), id: '1', text: 'жазба' };
      const transaction = await endorse(client, 'write', { key: newKey(), input });
      expect(endorsersOf(envelopeIn(transaction))).to.have.length(3);
      const committed = await client.commit(transaction);
      expect(committed.code).to.equal('VALID');
      const { blockNumber: startBlock } = committed;
      const [event] = await take(
        await client.network.getChaincodeEvents(chaincodes.caller, { startBlock }),
        1,
      );
      expect(event?.eventName).to.equal('Shapes:write');
      const told = JSON.parse(Buffer.from(event?.payload ?? []).toString()) as {
        events: unknown;
        transactionId: string;
      };
      expect(told.events).to.deep.equal([{ name: 'NoteWritten', list: input.list, id: '1' }]);
      expect(told.transactionId).to.equal(committed.txId);
      for (const { name } of subject.network.organisations) {
        const found = await ask(subject.client(name), 'find', { list: input.list, id: '1' });
        expect(found).to.deep.equal({ text: 'жазба', revision: 1, sealed: false });
      }
    });

    it('has one effect under one key, and the same answer however often it is sent', async () => {
      const client = subject.client('alpha');
      const key = newKey();
      const input = { list: subject.key('once'), id: '1', text: 'a' };
      const first = await submit(client, 'write', { key, input });
      const again = await submit(client, 'write', { key, input });
      expect([first.answer, again.answer]).to.deep.equal([{ revision: 1 }, { revision: 1 }]);
      expect(again.code).to.equal('VALID');
      const found = await ask(client, 'find', { list: input.list, id: '1' });
      expect(found).to.include({ revision: 1 });
    });

    it('has one effect if two envelopes under one key are alive', async () => {
      const client = subject.client('alpha');
      const key = newKey();
      const input = { list: subject.key('race'), id: '1', text: 'a' };
      const [one, other] = await Promise.all([
        endorse(client, 'write', { key, input }),
        endorse(client, 'write', { key, input }),
      ]);
      const codes = await Promise.all([client.commit(one), client.commit(other)]);
      expect(codes.map(({ code }) => code).toSorted()).to.deep.equal([
        'MVCC_READ_CONFLICT',
        'VALID',
      ]);
      const found = await ask(client, 'find', { list: input.list, id: '1' });
      expect(found).to.include({ revision: 1 });
    });

    it('refuses a key that was used for something else, and leaves other organisations theirs', async () => {
      const client = subject.client('alpha');
      const key = newKey();
      const listName = subject.key('reused');
      await submit(client, 'write', { key, input: { list: listName, id: '1', text: 'a' } });
      const other = { key, input: { list: listName, id: '2', text: 'b' } };
      expect(await refusalsOf(endorse(client, 'write', other))).to.deep.equal([
        { code: 'KEY_REUSED_WITH_ANOTHER_BODY', field: '/key' },
      ]);
      expect((await submit(subject.client('beta'), 'write', other)).code).to.equal('VALID');
    });

    it('refuses a form with every fault of it', async () => {
      const call = endorse(subject.client('alpha'), 'write', {
        key: newKey(),
        input: { list: 1, id: '1' },
      });
      const refusals = (await refusalsOf(call)) as { field: string }[];
      expect(refusals.map(({ field }) => field)).to.deep.equal(['/list', '/text']);
    });
  });

  describe('a query', () => {
    it('lists in pages, and an empty list too', async () => {
      const client = subject.client('alpha');
      const listName = subject.key('pages');
      expect(await ask(client, 'list', { list: listName, limit: 2 })).to.deep.equal({ ids: [] });
      for (const id of ['b', 'a', 'c']) {
        const input = { list: listName, id, text: id };
        await submit(client, 'write', { key: newKey(), input });
      }
      const first = (await ask(client, 'list', { list: listName, limit: 2 })) as { next: string };
      expect(first).to.deep.include({ ids: ['a', 'b'] });
      const rest = await ask(client, 'list', { list: listName, limit: 2, cursor: first.next });
      expect(rest).to.deep.equal({ ids: ['c'] });
    });
  });

  describe('a private command', () => {
    it('is endorsed by its holders, held by them alone, and not in the block', async () => {
      const client = subject.client('alpha');
      const place = subject.key('place');
      const secret = { place, text: 'жеке дерек' };
      const transaction = await endorse(
        client,
        'deposit',
        { key: newKey() },
        { secret, endorsers: holders },
      );
      expect(endorsersOf(envelopeIn(transaction))).to.deep.equal(holders);
      const envelope = Buffer.from(envelopeIn(transaction).serializeBinary());
      expect(envelope.includes(secret.text)).to.equal(false);
      expect((await client.commit(transaction)).code).to.equal('VALID');
      for (const name of ['alpha', 'goscorp']) {
        const held = await ask(subject.client(name), 'own', { place });
        expect(held).to.deep.equal({ text: secret.text });
      }
      expect(await ask(subject.client('beta'), 'own', { place })).to.deep.equal({ text: null });
    });

    it('is refused where the client names no holders', async () => {
      const call = endorse(
        subject.client('alpha'),
        'deposit',
        { key: newKey() },
        { secret: { place: subject.key('place'), text: 's' } },
      );
      const { code, message } = await refusalOf(call);
      expect(code).to.equal('FAILED_PRECONDITION');
      expect(message).to.include('not in the distribution policy');
    });

    it('gives the same receipt however often it is sent, and refuses another body', async () => {
      const client = subject.client('alpha');
      const key = newKey();
      const place = subject.key('place');
      const options = { secret: { place, text: '1' }, endorsers: holders };
      const first = await submit(client, 'deposit', { key }, options);
      const again = await submit(client, 'deposit', { key }, options);
      expect([first.answer, again.answer]).to.deep.equal([{ place }, { place }]);
      expect(again.code).to.equal('VALID');
      const other = endorse(
        client,
        'deposit',
        { key },
        { secret: { place, text: '2' }, endorsers: holders },
      );
      expect(await refusalsOf(other)).to.deep.equal([
        { code: 'KEY_REUSED_WITH_ANOTHER_BODY', field: '/key' },
      ]);
    });

    it('purges at every holder', async () => {
      const client = subject.client('alpha');
      const place = subject.key('place');
      const deposited = { secret: { place, text: '1' }, endorsers: holders };
      await submit(client, 'deposit', { key: newKey() }, deposited);
      const purged = { secret: { place }, endorsers: holders };
      const { code } = await submit(client, 'purge', { key: newKey() }, purged);
      expect(code).to.equal('VALID');
      for (const name of ['alpha', 'goscorp']) {
        const held = await ask(subject.client(name), 'own', { place });
        expect(held).to.deep.equal({ text: null });
      }
    });
  });

  describe('a verdict', () => {
    it('lets the majority rely on what the State Corporation’s own peer found', async () => {
      const client = subject.client('alpha');
      const verdict = JSON.stringify({ application: subject.key('application'), valid: true });
      const secret = { place: subject.key('place'), text: 'evidence', verdict };
      const input = { list: subject.key('filed'), id: '1', text: 'a', verdict };
      const early = endorse(client, 'file', { key: newKey(), input });
      expect(await refusalsOf(early)).to.deep.equal([
        { code: 'FIELD_REQUIRED', field: '/verdict' },
      ]);

      await submit(client, 'deposit', { key: newKey() }, { secret, endorsers: holders });
      const { code } = await submit(client, 'file', { key: newKey(), input });
      expect(code).to.equal('VALID');
      const changed = { ...input, verdict: verdict.replace('true', 'false') };
      expect(
        await refusalsOf(endorse(client, 'file', { key: newKey(), input: changed })),
      ).to.deep.equal([{ code: 'FIELD_REQUIRED', field: '/verdict' }]);
    });

    it('that the State Corporation did not endorse is none', async () => {
      const client = subject.client('alpha');
      const verdict = JSON.stringify({ application: subject.key('application'), forged: true });
      const secret = { place: subject.key('place'), text: 'evidence', verdict };
      const forged = await submit(
        client,
        'deposit',
        { key: newKey() },
        { secret, endorsers: ['AlphaMSP', 'BetaMSP'] },
      );
      expect(forged.code).to.equal('ENDORSEMENT_POLICY_FAILURE');
      const input = { list: subject.key('filed'), id: '1', text: 'a', verdict };
      const call = endorse(client, 'file', { key: newKey(), input });
      expect(await refusalsOf(call)).to.deep.equal([{ code: 'FIELD_REQUIRED', field: '/verdict' }]);
    });
  });

  describe('a seal', () => {
    const input = (): object => ({ list: subject.key('decided'), id: '1', text: 'decided' });

    it('is put into the plan by the gateway, and makes the record count', async () => {
      const client = subject.client('beta');
      const record = input() as { list: string };
      const transaction = await endorse(client, 'decide', { key: newKey(), input: record });
      expect(endorsersOf(envelopeIn(transaction))).to.include('GosCorpMSP');
      expect((await client.commit(transaction)).code).to.equal('VALID');
      for (const { name } of subject.network.organisations) {
        const found = await ask(subject.client(name), 'find', { list: record.list, id: '1' });
        expect(found).to.deep.equal({ text: 'decided', revision: 1, sealed: true });
      }
    });

    it('cannot be put by a majority without its organisation', async () => {
      const { code } = await submit(
        subject.client('beta'),
        'decide',
        { key: newKey(), input: input() },
        { endorsers: ['AlphaMSP', 'AuthorityMSP', 'BetaMSP', 'NitMSP'] },
      );
      expect(code).to.equal('ENDORSEMENT_POLICY_FAILURE');
    });

    it('does not agree with a record that was changed without it', async () => {
      const client = subject.client('beta');
      const record = input() as { list: string };
      await submit(client, 'decide', { key: newKey(), input: record });
      const changed = { ...record, text: 'changed by a majority' };
      await submit(client, 'write', { key: newKey(), input: changed });
      const found = await ask(client, 'find', { list: record.list, id: '1' });
      expect(found).to.deep.equal({ text: 'changed by a majority', revision: 2, sealed: false });
    });
  });

  describe('a batch', () => {
    it('decides each item for itself, and items see those before them', async () => {
      const client = subject.client('alpha');
      const listName = subject.key('batch');
      const written = { list: listName, id: 'known', text: 'before' };
      await submit(client, 'write', { key: newKey(), input: written });
      const { answer, code } = await submit(client, 'writeMany', {
        key: newKey(),
        input: { list: listName, ids: ['a', 'known', 'b', 'a'] },
      });
      expect(code).to.equal('VALID');
      expect(answer).to.deep.equal({
        outcomes: ['written', 'FIELD_UNKNOWN', 'written', 'FIELD_UNKNOWN'],
      });
      const known = await ask(client, 'find', { list: listName, id: 'known' });
      expect(known).to.deep.include({ text: 'before', revision: 1 });
      const found = await ask(client, 'find', { list: listName, id: 'a' });
      expect(found).to.deep.include({ text: 'from a batch', revision: 1 });
    });

    it('takes some hundred items in one transaction', async () => {
      const client = subject.client('alpha');
      const ids = Array.from({ length: 300 }, (_, n) =>
        createHash('sha256').update(`${n}`).digest('hex'),
      );
      const request = { key: newKey(), input: { list: subject.key('batch'), ids } };
      const { answer, code } = await submit(client, 'writeMany', request);
      expect(code).to.equal('VALID');
      expect(answer).to.deep.equal({ outcomes: ids.map(() => 'written') });
    });

    it('does not conflict with a batch of other items beside it', async () => {
      const client = subject.client('alpha');
      const listName = subject.key('batches');
      const endorsed = await Promise.all(
        ['x', 'y', 'z'].map((prefix) =>
          endorse(client, 'writeMany', {
            key: newKey(),
            input: { list: listName, ids: [`${prefix}1`, `${prefix}2`] },
          }),
        ),
      );
      const codes = await Promise.all(endorsed.map((each) => client.commit(each)));
      expect(codes.map(({ code }) => code)).to.deep.equal(['VALID', 'VALID', 'VALID']);
    });
  });
}
