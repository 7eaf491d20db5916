import { expect } from 'chai';
import { peer } from '@hyperledger/fabric-protos';
import type { ChaincodeStub } from 'fabric-shim';
import { type Write, writeAll } from '../../../chaincode/ledger/write-batch.ts';

const writes: readonly Write[] = [
  { key: 'one', value: 'ә' },
  { key: 'gone', value: null },
  { collection: 'own', key: 'seal', value: 'hash' },
];

/** A stub that notes its calls; with a handler that notes what it sends. */
function notingStub({ hasHandler }: { readonly hasHandler: boolean }) {
  const calls: unknown[] = [];
  const sent: peer.ChaincodeMessage[] = [];
  const note = (...call: unknown[]) => {
    calls.push(
      call.map((part) => (part instanceof Uint8Array ? Buffer.from(part).toString() : part)),
    );
    return Promise.resolve();
  };
  const handler = {
    _askPeerAndListen: (message: peer.ChaincodeMessage) => {
      sent.push(message);
      return Promise.resolve();
    },
  };
  const stub = {
    putState: note,
    deleteState: note,
    putPrivateData: note,
    getTxID: () => 'tx',
    getChannelID: () => 'kepil',
    ...(hasHandler ? { handler } : {}),
  };
  return { stub: stub as unknown as ChaincodeStub, calls, sent };
}

describe("a transaction's writes", () => {
  it('go to the peer in one message', async () => {
    const { stub, calls, sent } = notingStub({ hasHandler: true });
    await writeAll(stub, writes);
    expect(calls).to.eql([]);
    expect(sent.map((message) => [message.getType(), message.getTxid()])).to.eql([
      [peer.ChaincodeMessage.Type.WRITE_BATCH_STATE, 'tx'],
    ]);
    const batch = peer.WriteBatchState.deserializeBinary(sent[0]?.getPayload_asU8() ?? Buffer.of());
    const { PUT_STATE, DEL_STATE } = peer.WriteRecord.Type;
    expect(
      batch
        .getRecList()
        .map((each) => [
          each.getType(),
          each.getCollection(),
          each.getKey(),
          Buffer.from(each.getValue_asU8()).toString(),
        ]),
    ).to.eql([
      [PUT_STATE, '', 'one', 'ә'],
      [DEL_STATE, '', 'gone', ''],
      [PUT_STATE, 'own', 'seal', 'hash'],
    ]);
  });

  it('go in as many messages as a peer takes them in, and in none where there are none', async () => {
    const { stub, sent } = notingStub({ hasHandler: true });
    await writeAll(stub, []);
    expect(sent).to.eql([]);
    await writeAll(
      stub,
      Array.from({ length: 2001 }, (_, index) => ({ key: String(index), value: '' })),
    );
    expect(sent).to.have.length(3);
  });

  it('go one by one where the shim has no such way', async () => {
    const { stub, calls } = notingStub({ hasHandler: false });
    await writeAll(stub, writes);
    expect(calls).to.eql([['one', 'ә'], ['gone'], ['own', 'seal', 'hash']]);
  });
});
