import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { anyOf } from '../../../../../network/local/engine/policy-language.ts';
import { NotesContract } from '../../../../support/notes-contract.ts';
import { UnitLedger, type CallOptions } from '../../../../support/unit-ledger.ts';

const collections = [
  {
    name: 'shared',
    policy: "OR('AlphaMSP.member', 'BetaMSP.member')",
    memberOnlyRead: true,
    memberOnlyWrite: true,
    endorsementPolicy: { signaturePolicy: "OR('AlphaMSP.peer', 'BetaMSP.peer')" },
  },
  { name: 'open', policy: "OR('AlphaMSP.member')" },
  {
    name: 'brief',
    policy: "OR('AlphaMSP.member', 'BetaMSP.member')",
    blockToLive: 2,
    endorsementPolicy: { signaturePolicy: "OR('AlphaMSP.peer')" },
  },
];
const own = '_implicit_org_AlphaMSP';

describe('private data', () => {
  let ledger: UnitLedger;

  const call = (name: string, argument: object, options: Partial<CallOptions> = {}) =>
    ledger.submit('notes', name, argument, { org: 'AlphaMSP', ...options });
  const put = (
    collection: string,
    key: string,
    value: string,
    options: Partial<CallOptions> = {},
  ) => call('putPrivate', { collection, key }, { transient: { value }, ...options });
  const get = (collection: string, key: string, options: Partial<CallOptions> = {}) =>
    ledger.evaluate('notes', 'getPrivate', { collection, key }, { org: 'AlphaMSP', ...options });
  const pass = async (blocks: number) => {
    for (let each = 0; each < blocks; each += 1)
      await call('put', { key: 'tick', value: String(each) });
  };

  beforeEach(async () => {
    ledger = await UnitLedger.create({ module: { contracts: [NotesContract] }, collections });
  });

  afterEach(() => ledger.close());

  it('is held by the members of its collection, and by nobody else', async () => {
    const { code, endorsers, privateWrites } = await put('shared', 'k', 'secret');
    expect({ code, endorsers }).to.deep.equal({ code: 'VALID', endorsers: ['AlphaMSP'] });
    expect(privateWrites).to.deep.equal([
      { chaincode: 'kepil', collection: 'shared', key: 'k', value: 'secret' },
    ]);
    const held = ledger.organisations.map((org) => ledger.privateState(org, 'shared', 'k'));
    expect(held).to.deep.equal([undefined, undefined, undefined, 'secret', 'secret']);
    expect((await get('shared', 'k', { org: 'BetaMSP' })).payload).to.equal('secret');
  });

  it('leaves the value out of blocks', async () => {
    await put('shared', 'k', 'nobody sees this');
    const block = await ledger.channel.block(1n);
    expect(Buffer.from(block?.serializeBinary() ?? []).includes('nobody sees this')).to.equal(
      false,
    );
  });

  it("is refused to strangers at a member's peer by Fabric's words", async () => {
    await put('shared', 'k', 'secret');
    const { refusal } = await get('shared', 'k', { org: 'NitMSP', endorsers: ['AlphaMSP'] });
    expect(refusal).to.match(
      /GET_STATE failed: transaction ID: \w+: tx creator does not have read access permission on privatedata in chaincodeName:kepil collectionName: shared$/,
    );
    const write = await put('shared', 'k', 'x', { org: 'NitMSP', endorsers: ['AlphaMSP'] });
    expect(write.refusal).to.match(
      /tx creator does not have write access permission on privatedata in chaincodeName:kepil collectionName: shared$/,
    );
  });

  it('cannot be read where the organisation does not hold it', async () => {
    await put('open', 'k', 'secret');
    const { refusal } = await get('open', 'k', { org: 'NitMSP' });
    expect(refusal).to.match(
      /private data matching public hash version is not available\. Public hash version = \{BlockNum: 1, TxNum: 0\}, Private data version = <nil>$/,
    );
    expect((await get('open', 'nothing', { org: 'NitMSP' })).payload).to.equal('');
  });

  it('shows its hash to every organisation', async () => {
    await put('shared', 'k', 'secret');
    const { payload } = await ledger.evaluate(
      'notes',
      'privateHash',
      { collection: 'shared', key: 'k' },
      { org: 'NitMSP' },
    );
    expect(payload).to.equal(createHash('sha256').update('secret').digest('hex'));
  });

  it("needs the collection's own endorsement", async () => {
    const others = ['GosCorpMSP', 'AuthorityMSP', 'NitMSP'];
    expect((await put('shared', 'k', 'x', { endorsers: others })).code).to.equal(
      'ENDORSEMENT_POLICY_FAILURE',
    );
    expect((await put('open', 'k', 'x', { endorsers: ['AlphaMSP'] })).code).to.equal(
      'ENDORSEMENT_POLICY_FAILURE',
    );
    expect((await put('open', 'k', 'x')).code).to.equal('VALID');
  });

  it('of an organisation alone is endorsed by it alone', async () => {
    expect((await put(own, 'k', 'x', { org: 'NitMSP', endorsers: ['NitMSP'] })).code).to.equal(
      'ENDORSEMENT_POLICY_FAILURE',
    );
    expect((await put(own, 'k', 'mine')).code).to.equal('VALID');
    expect(ledger.privateState('AlphaMSP', own, 'k')).to.equal('mine');
    expect(ledger.privateState('BetaMSP', own, 'k')).to.equal(undefined);
  });

  it('conflicts by the versions of its hashes', async () => {
    await put('shared', 'k', 'one');
    const proposals = [1, 2].map(() =>
      ledger.propose(
        'notes',
        'privateHash',
        { collection: 'shared', key: 'k' },
        { org: 'AlphaMSP' },
      ),
    );
    const endorsed = [];
    for (const proposal of proposals)
      endorsed.push(await ledger.endorse(proposal, { org: 'AlphaMSP' }));
    expect((await ledger.commit(proposals[0]!, endorsed[0]!)).code).to.equal(0);
    await put('shared', 'k', 'two');
    expect((await ledger.commit(proposals[1]!, endorsed[1]!)).code).to.equal(11);
  });

  it('can be listed in transactions that write nothing', async () => {
    await put('shared', 'b', '1');
    await put('shared', 'a', '1');
    const listed = await ledger.evaluate(
      'notes',
      'listPrivate',
      { collection: 'shared' },
      { org: 'BetaMSP' },
    );
    expect(listed.payload).to.equal('["a","b"]');
    const before = await call('listPrivate', { collection: 'shared', write: 'before' });
    expect(before.refusal).to.match(
      /unsuppored transaction\. Queries on pvt data is supported only in a read-only transaction$/,
    );
    const after = await call('listPrivate', { collection: 'shared', write: 'after' });
    expect(after.refusal).to.match(
      /unsuppored transaction\. Transaction has already performed queries on pvt data\. Writes are not allowed$/,
    );
  });

  it('has no collection that the definition does not name', async () => {
    expect((await get('none', 'k')).refusal).to.match(
      /collection kepil\/kepil\/none could not be found$/,
    );
    const hash = await ledger.evaluate(
      'notes',
      'privateHash',
      { collection: 'none', key: 'k' },
      { org: 'AlphaMSP' },
    );
    expect(hash.refusal).to.match(
      /collection \[none\] not defined in the collection config for chaincode \[kepil\]$/,
    );
  });

  it('is gone from state, hashes and archives once it is purged', async () => {
    await put('shared', 'k', 'secret');
    await put('shared', 'other', 'stays');
    expect((await call('purgePrivate', { collection: 'shared', key: 'k' })).code).to.equal('VALID');
    expect(ledger.privateState('BetaMSP', 'shared', 'k')).to.equal(undefined);
    expect((await get('shared', 'k')).payload).to.equal('');
    expect(
      (
        await ledger.evaluate(
          'notes',
          'privateHash',
          { collection: 'shared', key: 'k' },
          { org: 'AlphaMSP' },
        )
      ).payload,
    ).to.equal('');
    expect((await ledger.channel.privateDataOf('BetaMSP', 1n)).size).to.equal(0);
    expect((await ledger.channel.privateDataOf('BetaMSP', 2n)).size).to.equal(1);
  });

  it('is purged by a member at whose call the data is unknown', async () => {
    await put('shared', 'k', 'secret');
    await call(
      'purgePrivate',
      { collection: 'shared', key: 'k' },
      { org: 'BetaMSP', endorsers: ['BetaMSP'] },
    );
    expect(ledger.privateState('AlphaMSP', 'shared', 'k')).to.equal(undefined);
  });

  it('stays in the archive where it was only deleted', async () => {
    await put('shared', 'k', 'secret');
    await call('deletePrivate', { collection: 'shared', key: 'k' });
    expect(ledger.privateState('AlphaMSP', 'shared', 'k')).to.equal(undefined);
    expect((await ledger.channel.privateDataOf('AlphaMSP', 1n)).size).to.equal(1);
  });

  it('expires after its blocks, but not what was written anew', async () => {
    await put('brief', 'old', '1');
    await put('brief', 'kept', '1');
    await put('brief', 'kept', '2');
    expect(ledger.privateState('BetaMSP', 'brief', 'old')).to.equal('1');
    await pass(1);
    expect(ledger.privateState('BetaMSP', 'brief', 'old')).to.equal(undefined);
    await pass(1);
    expect(ledger.privateState('BetaMSP', 'brief', 'kept')).to.equal('2');
    expect((await get('brief', 'old')).payload).to.equal('');
    await pass(1);
    expect(ledger.privateState('BetaMSP', 'brief', 'kept')).to.equal(undefined);
  });

  it('follows its hash to a new version when its policy alone is set', async () => {
    await put('shared', 'k', 'secret');
    const policy = Buffer.from(anyOf(['BetaMSP'], 'peer').serializeBinary()).toString('base64');
    expect((await call('setPolicy', { collection: 'shared', key: 'k', policy })).code).to.equal(
      'VALID',
    );
    expect((await get('shared', 'k')).payload).to.equal('secret');
    expect((await put('shared', 'k', 'x', { endorsers: ['AlphaMSP'] })).code).to.equal(
      'ENDORSEMENT_POLICY_FAILURE',
    );
    expect((await put('shared', 'k', 'x', { endorsers: ['BetaMSP'] })).code).to.equal('VALID');
  });
});
