import { expect } from 'chai';
import type { HistoryAnswer, PageAnswer, Row, Step } from '../chaincode/step.ts';
import type { Client, Subject } from '../client.ts';
import { refusalOf } from '../refusal.ts';

/** Public state by key, by range, by composite key, in pages, and its history. */
export function stateCases(subject: Subject): void {
  const put = (key: string, value: string): Step => ({ do: 'put', key, value });
  const get = (key: string): Step => ({ do: 'get', key });

  describe('state by key', () => {
    it('is written, replaced and deleted', async () => {
      const client = subject.client('alpha');
      const key = subject.key('k');
      await client.submit([put(key, '1')]);
      expect(await client.evaluate([get(key)])).to.deep.equal(['1']);
      await client.submit([put(key, '2')]);
      expect(await client.evaluate([get(key)])).to.deep.equal(['2']);
      await client.submit([{ do: 'delete', key }]);
      expect(await client.evaluate([get(key)])).to.deep.equal([null]);
    });

    it('does not show a transaction its own writes', async () => {
      const client = subject.client('alpha');
      const key = subject.key('own');
      await client.submit([put(key, 'before')]);
      const committed = await client.submit([
        put(key, 'after'),
        get(key),
        { do: 'delete', key },
        get(key),
      ]);
      expect(committed.answers).to.deep.equal([null, 'before', null, 'before']);
    });

    it('keeps the last of several writes of one key', async () => {
      const client = subject.client('alpha');
      const key = subject.key('last');
      await client.submit([put(key, '1'), put(key, '2'), { do: 'delete', key }, put(key, '3')]);
      expect(await client.evaluate([get(key)])).to.deep.equal(['3']);
      await client.submit([put(key, '4'), { do: 'delete', key }]);
      expect(await client.evaluate([get(key)])).to.deep.equal([null]);
    });

    it('takes the deletion of a key that is not there', async () => {
      const client = subject.client('alpha');
      const key = subject.key('absent');
      expect((await client.run([{ do: 'delete', key }])).code).to.equal('VALID');
    });

    it('takes keys and values of any letters, and an empty value as none', async () => {
      const client = subject.client('alpha');
      const key = `${subject.key('ключ')}/ә ✓ "'`;
      await client.submit([put(key, 'мән 🏠 \u0000 "')]);
      expect(await client.evaluate([get(key)])).to.deep.equal(['мән 🏠 \u0000 "']);
      const empty = subject.key('empty');
      expect((await client.run([put(empty, '')])).code).to.equal('VALID');
      expect(await client.evaluate([get(empty)])).to.deep.equal([null]);
    });

    it('takes a value of a megabyte', async () => {
      const client = subject.client('alpha');
      const key = subject.key('big');
      await client.submit([{ do: 'putBig', key, bytes: 1_000_000 }]);
      const [value] = await client.evaluate([get(key)]);
      expect(value).to.equal('b'.repeat(1_000_000));
    });

    it('is each chaincode’s own', async () => {
      const client = subject.client('alpha');
      const key = subject.key('apart');
      await client.submit([put(key, 'caller')]);
      expect(await client.evaluate([get(key)], { chaincode: 'callee' })).to.deep.equal([null]);
    });
  });

  describe('state by range', () => {
    let client: Client;
    let base: string;
    const key = (suffix: string): string => `${base}${suffix}`;
    const within = (from: string, to: string): Step => ({
      do: 'range',
      start: key(from),
      end: key(to),
    });

    before(async () => {
      client = subject.client('alpha');
      base = subject.key('range');
      // UTF-16 would put the house before the private letter, bytes put it after.
      const suffixes = ['/b', '/a', '/B', '/aa', '/ә', '/🏠', '/\uf8ff', '0'];
      await client.submit(suffixes.map((suffix) => put(key(suffix), suffix)));
      await client.submit([
        { do: 'putComposite', type: base, attributes: ['x', '1'], value: 'x1' },
        { do: 'putComposite', type: base, attributes: ['x', '2'], value: 'x2' },
        { do: 'putComposite', type: base, attributes: ['xy', '3'], value: 'xy3' },
        { do: 'putComposite', type: base, attributes: ['ү', 'қ'], value: 'үқ' },
      ]);
    });

    it('comes in the order of the keys’ bytes, without its end', async () => {
      const [rows] = (await client.evaluate([within('/', '0')])) as [Row[]];
      const suffixes = ['/B', '/a', '/aa', '/b', '/ә', '/\uf8ff', '/🏠'];
      expect(rows).to.deep.equal(suffixes.map((suffix) => [key(suffix), suffix]));
    });

    it('is empty where nothing lies, or the end is before the start', async () => {
      const [nothing, backwards] = await client.evaluate([within('/c', '/d'), within('0', '/')]);
      expect(nothing).to.deep.equal([]);
      expect(backwards).to.deep.equal([]);
    });

    it('may be left before its end', async () => {
      const [rows] = (await client.evaluate([
        { do: 'range', start: key('/'), end: key('0'), stopAt: 2 },
      ])) as [Row[]];
      expect(rows.map(([, value]) => value)).to.deep.equal(['/B', '/a']);
    });

    it('does not show a transaction its own writes', async () => {
      const [, , rows] = (await client.evaluate([
        put(key('/c'), 'new'),
        { do: 'delete', key: key('/a') },
        within('/a', '/d'),
      ])) as [null, null, Row[]];
      expect(rows.map(([, value]) => value)).to.deep.equal(['/a', '/aa', '/b']);
    });

    it('leaves out composite keys, which have a range of their own', async () => {
      const [all, composite, one] = (await client.evaluate([
        { do: 'range', start: '', end: '' },
        { do: 'composite', type: base, attributes: ['x'] },
        { do: 'composite', type: base, attributes: ['ү', 'қ'] },
      ])) as [Row[], unknown, unknown];
      expect(all.filter(([, value]) => value === 'x1')).to.deep.equal([]);
      expect(all.filter(([, value]) => value === '/b').length).to.be.greaterThan(0);
      expect(composite).to.deep.equal([
        [{ objectType: base, attributes: ['x', '1'] }, 'x1'],
        [{ objectType: base, attributes: ['x', '2'] }, 'x2'],
      ]);
      // Attributes are compared whole, and all of them together find the one key.
      expect(one).to.deep.equal([[{ objectType: base, attributes: ['ү', 'қ'] }, 'үқ']]);
    });

    it('comes in as many messages as it takes', async () => {
      const many = subject.key('many');
      const keys = Array.from({ length: 250 }, (_, n) => `${many}/${String(n).padStart(3, '0')}`);
      await client.submit(keys.map((each) => put(each, each)));
      const [rows] = (await client.evaluate([{ do: 'range', start: many, end: `${many}~` }])) as [
        Row[],
      ];
      expect(rows.map(([each]) => each)).to.deep.equal(keys);
    });

    describe('in pages', () => {
      const pageOf = async (size: number, bookmark?: string): Promise<PageAnswer> => {
        const page = bookmark === undefined ? { size } : { size, bookmark };
        const [answer] = await client.evaluate([
          { do: 'page', start: key('/'), end: key('0'), page },
        ]);
        return answer as PageAnswer;
      };

      it('gives a page, its count, and the key at which the next one starts', async () => {
        const first = await pageOf(3);
        expect(first.records.map(([, value]) => value)).to.deep.equal(['/B', '/a', '/aa']);
        expect(first).to.include({ fetched: 3, bookmark: key('/b') });
        const second = await pageOf(3, first.bookmark);
        expect(second.records.map(([, value]) => value)).to.deep.equal(['/b', '/ә', '/\uf8ff']);
        expect(second).to.include({ fetched: 3, bookmark: key('/🏠') });
        const third = await pageOf(3, second.bookmark);
        expect(third.records.map(([, value]) => value)).to.deep.equal(['/🏠']);
        expect(third).to.include({ fetched: 1, bookmark: '' });
      });

      it('gives no bookmark if the page ends with the range', async () => {
        expect(await pageOf(7)).to.include({ fetched: 7, bookmark: '' });
      });

      it('gives an empty page of an empty range', async () => {
        const [answer] = await client.evaluate([
          { do: 'page', start: key('/c'), end: key('/d'), page: { size: 3 } },
        ]);
        expect(answer).to.deep.equal({ records: [], fetched: 0, bookmark: '' });
      });

      it('gives composite keys likewise', async () => {
        const ask = (page: { size: number; bookmark?: string }): Step => ({
          do: 'compositePage',
          type: base,
          attributes: ['x'],
          page,
        });
        const [first] = (await client.evaluate([ask({ size: 1 })])) as [PageAnswer];
        expect(first.records.map(([, value]) => value)).to.deep.equal(['x1']);
        expect(first.bookmark).to.equal(`\u0000${base}\u0000x\u00002\u0000`);
        const [second] = (await client.evaluate([ask({ size: 1, bookmark: first.bookmark })])) as [
          PageAnswer,
        ];
        expect(second.records.map(([, value]) => value)).to.deep.equal(['x2']);
        expect(second.bookmark).to.equal('');
      });
    });
  });

  describe('mixes of reads and writes that Fabric refuses', () => {
    const key = 'mixed';
    const page: Step = { do: 'page', start: 'a', end: 'b', page: { size: 2 } };
    const range: Step = { do: 'privateRange', collection: 'open', start: 'a', end: 'b' };
    const write: Step = put(key, '1');
    const privateWrite: Step = { do: 'privatePut', collection: 'open', key, value: '1' };
    const organisations = ['AlphaMSP'];

    const afterPage = 'Transaction has already performed a paginated query. Writes are not allowed';
    const beforePage = 'Paginated queries are supported only in a read-only transaction';
    const afterRange =
      'Transaction has already performed queries on pvt data. Writes are not allowed';
    const beforeRange = 'Queries on pvt data is supported only in a read-only transaction';

    const mixes: readonly [string, readonly Step[], string, string][] = [
      ['a page, then a write', [page, write], 'PUT_STATE', afterPage],
      ['a page, then a deletion', [page, { do: 'delete', key }], 'DEL_STATE', afterPage],
      ['a page, then a private write', [page, privateWrite], 'PUT_STATE', afterPage],
      [
        'a page, then a key’s policy',
        [page, { do: 'setPolicy', key, organisations }],
        'PUT_STATE_METADATA',
        afterPage,
      ],
      ['a write, then a page', [write, page], 'GET_STATE_BY_RANGE', beforePage],
      ['a private write, then a page', [privateWrite, page], 'GET_STATE_BY_RANGE', beforePage],
      ['a private range, then a write', [range, write], 'PUT_STATE', afterRange],
      ['a private range, then a deletion', [range, { do: 'delete', key }], 'DEL_STATE', afterRange],
      ['a private range, then a private write', [range, privateWrite], 'PUT_STATE', afterRange],
      [
        'a private range, then a purge',
        [range, { do: 'privatePurge', collection: 'open', key }],
        'PURGE_PRIVATE_DATA',
        afterRange,
      ],
      ['a write, then a private range', [write, range], 'GET_STATE_BY_RANGE', beforeRange],
      [
        'a private write, then a private range',
        [privateWrite, range],
        'GET_STATE_BY_RANGE',
        beforeRange,
      ],
    ];
    for (const [name, steps, call, words] of mixes) {
      it(name, async () => {
        const { code, message } = await refusalOf(subject.client('alpha').evaluate(steps));
        expect(code).to.equal('UNKNOWN');
        // The misspelling is Fabric's.
        expect(message).to.match(
          new RegExp(
            `chaincode response 500, ${call} failed: transaction ID: ([0-9a-f]{64}): txid \\[\\1\\]: unsuppored transaction\\. ${words}$`,
          ),
        );
      });
    }

    it('but not a range and a write', async () => {
      const committed = await subject
        .client('alpha')
        .run([
          { do: 'range', start: 'a', end: 'a' },
          put(subject.key('after'), '1'),
          { do: 'range', start: 'a', end: 'a' },
        ]);
      expect(committed.code).to.equal('VALID');
    });

    it('rich queries, which peers with LevelDB do not have', async () => {
      const client = subject.client('alpha');
      const query = await refusalOf(client.evaluate([{ do: 'query', selector: '{}' }]));
      expect(query.message).to.match(
        /GET_QUERY_RESULT failed: transaction ID: [0-9a-f]{64}: ExecuteQuery not supported for leveldb$/,
      );
      const paged = await refusalOf(
        client.evaluate([{ do: 'queryPage', selector: '{}', page: { size: 2 } }]),
      );
      expect(paged.message).to.match(
        /GET_QUERY_RESULT failed: transaction ID: [0-9a-f]{64}: ExecuteQueryWithMetadata not supported for leveldb$/,
      );
      const secret = await refusalOf(
        client.evaluate([{ do: 'privateQuery', collection: 'open', selector: '{}' }]),
      );
      expect(secret.message).to.match(
        /GET_QUERY_RESULT failed: transaction ID: [0-9a-f]{64}: ExecuteQuery not supported for leveldb$/,
      );
    });
  });

  describe('history of a key', () => {
    it('has each valid write and deletion, the newest first', async () => {
      const client = subject.client('alpha');
      const key = subject.key('history');
      const first = await client.submit([put(key, '1')]);
      await client.run([put(key, 'void')], { endorsers: ['AlphaMSP'] });
      const second = await client.submit([{ do: 'delete', key }]);
      const third = await client.submit([put(key, '2'), put(key, '3')]);
      const [history] = (await subject.client('beta').evaluate([{ do: 'history', key }])) as [
        HistoryAnswer[],
      ];
      expect(history.map(({ timestamp: _, ...entry }) => entry)).to.deep.equal([
        { txId: third.txId, value: '3', isDelete: false },
        { txId: second.txId, value: '', isDelete: true },
        { txId: first.txId, value: '1', isDelete: false },
      ]);
      const times = history.map(({ timestamp }) => Date.parse(timestamp));
      expect(times).to.deep.equal(times.toSorted((a, b) => b - a));
    });

    it('is empty for a key that never was', async () => {
      const key = subject.key('never');
      const [history] = await subject.client('alpha').evaluate([{ do: 'history', key }]);
      expect(history).to.deep.equal([]);
    });

    it('carries the time of each transaction', async () => {
      const client = subject.client('alpha');
      const key = subject.key('timed');
      const committed = await client.submit([put(key, '1'), { do: 'transaction' }]);
      const [, { timestamp }] = committed.answers as [null, { timestamp: string }];
      const [[entry]] = (await client.evaluate([{ do: 'history', key }])) as [[HistoryAnswer]];
      expect(entry.timestamp).to.equal(timestamp);
    });
  });
}
