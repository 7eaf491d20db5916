import { expect } from 'chai';
import { NotesContract } from '../../../../support/notes-contract.ts';
import type { CallOutcome } from '../../../../support/call-outcome.ts';
import { UnitLedger } from '../../../../support/unit-ledger.ts';

const alpha = { org: 'AlphaMSP' };

describe('public state', () => {
  let ledger: UnitLedger;

  const submit = (name: string, argument: object) => ledger.submit('notes', name, argument, alpha);
  const evaluate = (name: string, argument: object) =>
    ledger.evaluate('notes', name, argument, alpha);
  const put = async (...keys: readonly string[]) => {
    for (const key of keys) await submit('put', { key, value: `value of ${key}` });
  };
  const listed = ({ payload }: CallOutcome): unknown => JSON.parse(payload);

  beforeEach(async () => {
    ledger = await UnitLedger.create({ module: { contracts: [NotesContract] } });
  });

  afterEach(() => ledger.close());

  it('never shows a transaction its own writes', async () => {
    await put('a');
    const { payload } = await submit('readOwnWrite', { key: 'a', value: 'new' });
    expect(payload).to.equal('value of a');
    expect(ledger.state('a')).to.equal('new');
  });

  it('reads a key that is not there as nothing, and forgets a deleted one', async () => {
    expect((await evaluate('get', { key: 'a' })).payload).to.equal('');
    await put('a');
    await submit('delete', { key: 'a' });
    expect(ledger.state('a')).to.equal(undefined);
  });

  it('takes an empty value for a deletion', async () => {
    await put('a');
    await submit('put', { key: 'a', value: '' });
    expect(ledger.state('a')).to.equal(undefined);
  });

  it('lists a range in the order of UTF-8 bytes, its end left out', async () => {
    await put('b', 'a', '\u{1F600}', '\uFF5E', 'c');
    expect(listed(await evaluate('list', {}))).to.deep.equal([
      'a',
      'b',
      'c',
      '\uFF5E',
      '\u{1F600}',
    ]);
    expect(listed(await evaluate('list', { start: 'b', end: 'c' }))).to.deep.equal(['b']);
  });

  it('lists more rows than one batch of the stream holds', async () => {
    const keys = Array.from({ length: 230 }, (_key, index) => `k${String(index).padStart(3, '0')}`);
    await submit('fill', { count: keys.length });
    expect(listed(await evaluate('list', {}))).to.deep.equal(keys);
  });

  it('keeps composite keys out of plain ranges, and finds them by their first parts', async () => {
    await put('plain');
    for (const parts of [
      ['a', '1'],
      ['a', '2'],
      ['b', '1'],
    ]) {
      await submit('composite', { type: 'pair', parts, put: true });
    }
    const found = await evaluate('composite', { type: 'pair', parts: ['a'] });
    expect(listed(found)).to.deep.equal([
      ['a', '1'],
      ['a', '2'],
    ]);
    expect(listed(await evaluate('list', {}))).to.deep.equal(['plain']);
  });

  it('gives pages with a bookmark, in a transaction that writes nothing', async () => {
    await put('a', 'b', 'c');
    const first = listed(await evaluate('page', { size: 2 }));
    expect(first).to.deep.equal({ keys: ['a', 'b'], bookmark: 'c', fetchedRecordsCount: 2 });
    const second = listed(await evaluate('page', { size: 2, bookmark: 'c' }));
    expect(second).to.deep.equal({ keys: ['c'], bookmark: '', fetchedRecordsCount: 1 });
    const { refusal } = await submit('page', { size: 2, write: 'x' });
    expect(refusal).to.match(
      /PUT_STATE failed: transaction ID: \w+: txid \[\w+\]: unsuppored transaction\. Transaction has already performed a paginated query\. Writes are not allowed$/,
    );
  });

  it('tells the history of a key, newest first', async () => {
    await put('a');
    ledger.now = '2026-02-01T00:00:00Z';
    await submit('delete', { key: 'a' });
    expect(listed(await evaluate('changes', { key: 'a' }))).to.deep.equal([
      { value: '', isDelete: true, seconds: Date.parse('2026-02-01T00:00:00Z') / 1000 },
      { value: 'value of a', isDelete: false, seconds: Date.parse('2026-01-15T06:00:00Z') / 1000 },
    ]);
    expect(listed(await evaluate('changes', { key: 'b' }))).to.deep.equal([]);
  });

  it('answers no rich query, as LevelDB peers do not', async () => {
    const { refusal } = await evaluate('rich', {});
    expect(refusal).to.match(
      /^GET_QUERY_RESULT failed: transaction ID: \w+: ExecuteQuery not supported for leveldb$/,
    );
  });
});
