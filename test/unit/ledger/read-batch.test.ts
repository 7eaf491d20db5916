import { expect } from 'chai';
import { peer } from '@hyperledger/fabric-protos';
import type { ChaincodeStub } from 'fabric-shim';
import { readAll } from '../../../chaincode/ledger/read-batch.ts';

const { Type } = peer.ChaincodeMessage;

/** A stub over a state, and what was asked of it; with a handler that a peer of 3.1 answers. */
function stubOver(state: Readonly<Record<string, string>>, hasHandler: boolean) {
  const asked: number[] = [];
  const valueOf = (key: string) => Buffer.from(state[key] ?? '');
  const handler = {
    _askPeerAndListen: (message: peer.ChaincodeMessage) => {
      expect(message.getType()).to.equal(Type.GET_STATE_MULTIPLE);
      const keys = peer.GetStateMultiple.deserializeBinary(message.getPayload_asU8()).getKeysList();
      asked.push(keys.length);
      const result = new peer.GetStateMultipleResult();
      result.setValuesList(keys.map(valueOf));
      return Promise.resolve(Buffer.from(result.serializeBinary()));
    },
  };
  const stub = {
    getState: (key: string) => {
      asked.push(1);
      return Promise.resolve(valueOf(key));
    },
    getTxID: () => 'tx',
    getChannelID: () => 'kepil',
    ...(hasHandler ? { handler } : {}),
  };
  return { stub: stub as unknown as ChaincodeStub, asked };
}

describe('many reads', () => {
  const state = { one: 'ә', three: 'c' };
  const keys = ['three', 'two', 'one'];
  const wanted = ['c', '', 'ә'];

  async function read(stub: ChaincodeStub) {
    return (await readAll(stub, keys)).map((value) => Buffer.from(value).toString());
  }

  it('go to the peer in one message and come back in their order', async () => {
    const { stub, asked } = stubOver(state, true);
    expect(await read(stub)).to.eql(wanted);
    expect(asked).to.eql([3]);
  });

  it('go one by one where the shim has no such way', async () => {
    const { stub, asked } = stubOver(state, false);
    expect(await read(stub)).to.eql(wanted);
    expect(asked).to.eql([1, 1, 1]);
  });

  it('go in as many messages as a peer takes them in, and in none where there are none', async () => {
    const { stub, asked } = stubOver(state, true);
    await readAll(stub, []);
    expect(asked).to.eql([]);
    await readAll(
      stub,
      Array.from({ length: 2001 }, (_, index) => String(index)),
    );
    expect(asked).to.eql([1000, 1000, 1]);
  });
});
