import { EventEmitter } from 'node:events';
import { peer } from '@hyperledger/fabric-protos';
import { expect } from 'chai';
import type { MessageStream } from '../../../../../network/local/chaincode/message-stream.ts';
import { StreamRunner } from '../../../../../network/local/chaincode/stream-runner.ts';
import type { ChaincodeCall } from '../../../../../network/local/engine/chaincode-runner.ts';
import type { LedgerAccess } from '../../../../../network/local/engine/ledger-access.ts';

const { Type } = peer.ChaincodeMessage;
type MessageType = peer.ChaincodeMessage.TypeMap[keyof peer.ChaincodeMessage.TypeMap];

/** A ledger with one key, to see which calls reach it. */
const ledger = {
  get: () => Buffer.from('value'),
  range: () => {
    let left = 250;
    return {
      next: async () => (left-- > 0 ? { key: `k${left}`, value: Buffer.from('1') } : undefined),
      close: async () => {},
    };
  },
} as unknown as LedgerAccess;

function callOf(txId: string): ChaincodeCall {
  return {
    channel: 'kepil',
    txId,
    chaincode: 'notes',
    input: new peer.ChaincodeInput(),
    signedProposal: new peer.SignedProposal(),
    ledger,
  };
}

/** A chaincode by hand: what the peer sends, and what a test answers. */
class ScriptedChaincode extends EventEmitter {
  readonly received: peer.ChaincodeMessage[] = [];
  readonly stream: MessageStream;
  readonly #waiting: ((message: peer.ChaincodeMessage) => void)[] = [];

  constructor(registers = true) {
    super();
    this.stream = {
      send: (message) => {
        this.received.push(message);
        this.#waiting.shift()?.(message);
      },
      onMessage: (listener) => this.on('message', listener),
      onEnd: (listener) => this.on('end', listener),
      end: () => this.emit('end'),
    };
    if (registers) setImmediate(() => this.say(Type.REGISTER));
  }

  say(type: MessageType, payload: Uint8Array = new Uint8Array(), txId = ''): void {
    const message = new peer.ChaincodeMessage();
    message.setType(type);
    message.setPayload(payload);
    message.setTxid(txId);
    message.setChannelId('kepil');
    this.emit('message', message);
  }

  complete(txId: string, text: string): void {
    const response = new peer.Response();
    response.setStatus(200);
    response.setPayload(Buffer.from(text));
    this.say(Type.COMPLETED, response.serializeBinary(), txId);
  }

  next(): Promise<peer.ChaincodeMessage> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}

const textOf = (outcome: Awaited<ReturnType<StreamRunner['run']>>): string =>
  'failure' in outcome
    ? outcome.failure
    : Buffer.from(outcome.response.getPayload_asU8()).toString();

describe("the peer's side of a chaincode stream", () => {
  let chaincode: ScriptedChaincode;
  let connections: number;
  let runner: StreamRunner;

  beforeEach(() => {
    connections = 0;
    chaincode = new ScriptedChaincode();
    runner = new StreamRunner(
      'notes',
      async () => {
        connections += 1;
        if (connections > 1) {
          chaincode = new ScriptedChaincode();
        }
        return chaincode.stream;
      },
      { executeTimeoutMs: 100, startTimeoutMs: 100 },
    );
  });

  afterEach(() => runner.close());

  it('registers, and says nothing of write batches', async () => {
    await runner.warmUp();
    expect(chaincode.received.map((message) => message.getType())).to.deep.equal([
      Type.REGISTERED,
      Type.READY,
    ]);
    expect(chaincode.received[1]?.getPayload_asU8().length).to.equal(0);
  });

  it('runs many transactions over one stream, in any order', async () => {
    await runner.warmUp();
    const outcomes = ['a', 'b', 'c'].map((txId) => runner.run(callOf(txId)));
    await new Promise((resolve) => setImmediate(resolve));
    for (const txId of ['c', 'a', 'b']) chaincode.complete(txId, `answer to ${txId}`);
    expect((await Promise.all(outcomes)).map(textOf)).to.deep.equal([
      'answer to a',
      'answer to b',
      'answer to c',
    ]);
    expect(connections).to.equal(1);
  });

  it('answers requests of a running transaction, and none of another', async () => {
    await runner.warmUp();
    const outcome = runner.run(callOf('a'));
    await new Promise((resolve) => setImmediate(resolve));
    chaincode.say(Type.GET_STATE, new peer.GetState().serializeBinary(), 'a');
    const answer = await chaincode.next();
    expect([answer.getType(), Buffer.from(answer.getPayload_asU8()).toString()]).to.deep.equal([
      Type.RESPONSE,
      'value',
    ]);
    const refused = chaincode.next();
    chaincode.say(Type.GET_STATE, new peer.GetState().serializeBinary(), 'b');
    const refusal = await refused;
    expect(Buffer.from(refusal.getPayload_asU8()).toString()).to.equal(
      'GET_STATE failed: transaction ID: b: no ledger context',
    );
    chaincode.complete('a', '');
    await outcome;
  });

  it('gives query results by the hundred', async () => {
    await runner.warmUp();
    const outcome = runner.run(callOf('a'));
    await new Promise((resolve) => setImmediate(resolve));
    chaincode.say(Type.GET_STATE_BY_RANGE, new peer.GetStateByRange().serializeBinary(), 'a');
    const sizes: number[] = [];
    for (let more = true; more;) {
      const batch = peer.QueryResponse.deserializeBinary(
        (await chaincode.next()).getPayload_asU8(),
      );
      sizes.push(batch.getResultsList().length);
      more = batch.getHasMore();
      const next = new peer.QueryStateNext();
      next.setId(batch.getId());
      if (more) chaincode.say(Type.QUERY_STATE_NEXT, next.serializeBinary(), 'a');
    }
    expect(sizes).to.deep.equal([100, 100, 50]);
    chaincode.complete('a', '');
    await outcome;
  });

  it('hands over the failure that a chaincode reports', async () => {
    await runner.warmUp();
    const outcome = runner.run(callOf('a'));
    await new Promise((resolve) => setImmediate(resolve));
    chaincode.say(Type.ERROR, Buffer.from('out of order'), 'a');
    expect(await outcome).to.deep.equal({ failure: 'out of order' });
  });

  it('gives up a transaction that takes too long', async () => {
    const failure = await runner.run(callOf('a')).catch(String);
    expect(failure).to.equal('Error: error sending: timeout expired while executing transaction');
  });

  it('reports the end of the stream, and connects anew at the next call', async () => {
    const failure = runner.run(callOf('a')).catch(String);
    await runner.warmUp();
    await new Promise((resolve) => setImmediate(resolve));
    chaincode.stream.end();
    expect(await failure).to.equal('Error: error sending: chaincode stream terminated');
    const again = runner.run(callOf('b'));
    await runner.warmUp();
    await new Promise((resolve) => setImmediate(resolve));
    chaincode.complete('b', 'back');
    expect([textOf(await again), connections]).to.deep.equal(['back', 2]);
  });

  it('refuses the same transaction twice at once', async () => {
    await runner.warmUp();
    const first = runner.run(callOf('a'));
    const second = await runner.run(callOf('a')).catch(String);
    expect(second).to.equal('Error: error sending: txid: a(kepil) exists');
    chaincode.complete('a', '');
    await first;
  });

  it('says why a chaincode cannot be reached', async () => {
    const refused = new StreamRunner('notes', () => Promise.reject(new Error('refused')));
    expect(await refused.run(callOf('a')).catch(String)).to.equal(
      'Error: could not launch chaincode notes: connection to notes failed: refused',
    );
    const silent = new StreamRunner('notes', async () => new ScriptedChaincode(false).stream, {
      startTimeoutMs: 20,
    });
    expect(await silent.run(callOf('a')).catch(String)).to.match(
      /timeout expired while starting chaincode$/,
    );
  });
});
