import { peer } from '@hyperledger/fabric-protos';
import type { ChaincodeCall, ChaincodeOutcome } from '../engine/chaincode-runner.ts';
import { messageOf } from '../engine/error-message.ts';
import type { MessageStream } from './message-stream.ts';
import { QueryBatches } from './query-batches.ts';
import { answerRequest, failureText, isStateRequest, refuseRequest } from './state-requests.ts';

const { Type } = peer.ChaincodeMessage;

/** Fabric's words for what ends a call without an answer. */
const timedOut = 'error sending: timeout expired while executing transaction';
const streamTerminated = 'error sending: chaincode stream terminated';

/** A transaction that a chaincode runs. */
type Running = {
  readonly call: ChaincodeCall;
  readonly queries: QueryBatches;
  /** Whether a request of the transaction is being answered: there is one at a time. */
  answering: boolean;
  readonly settle: (outcome: ChaincodeOutcome | Error) => void;
};

/**
 * The peer's side of one stream: registers the chaincode, sends it transactions and answers what
 * they ask. Many transactions run over a stream at once.
 */
export class ChaincodeConnection {
  readonly #stream: MessageStream;
  readonly #running = new Map<string, Running>();
  readonly #ready: Promise<void>;
  #ended = false;
  #onReady: () => void = () => undefined;
  #onFailure: (error: Error) => void = () => undefined;

  constructor(stream: MessageStream) {
    this.#stream = stream;
    this.#ready = new Promise((resolve, reject) => {
      this.#onReady = resolve;
      this.#onFailure = reject;
    });
    // Whoever awaits `ready` hears of it; nobody has to.
    this.#ready.catch(() => undefined);
    stream.onMessage((message) => this.#receive(message));
    stream.onEnd(() => this.#end());
  }

  /** Resolves once the chaincode has registered and was told that all is ready. */
  get ready(): Promise<void> {
    return this.#ready;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Runs a call to its end; rejects where the stream or the time ends first. */
  async run(call: ChaincodeCall, timeoutMs: number): Promise<ChaincodeOutcome> {
    const id = call.channel + call.txId;
    if (this.#ended) throw new Error(streamTerminated);
    if (this.#running.has(id)) {
      throw new Error(`error sending: txid: ${call.txId}(${call.channel}) exists`);
    }
    const queries = new QueryBatches();
    let timer: NodeJS.Timeout | undefined;
    try {
      return await new Promise((resolve, reject) => {
        const settle = (outcome: ChaincodeOutcome | Error) =>
          outcome instanceof Error ? reject(outcome) : resolve(outcome);
        this.#running.set(id, { call, queries, answering: false, settle });
        timer = setTimeout(() => {
          reject(new Error(timedOut));
        }, timeoutMs);
        this.#stream.send(transactionMessage(call));
      });
    } finally {
      clearTimeout(timer);
      this.#running.delete(id);
      await queries.closeAll();
    }
  }

  end(): void {
    this.#stream.end();
    this.#end();
  }

  #receive(message: peer.ChaincodeMessage): void {
    const type = message.getType();
    if (type === Type.REGISTER) this.#register();
    else if (type === Type.COMPLETED || type === Type.ERROR) this.#settle(message);
    else if (isStateRequest(type)) void this.#answer(message);
    else if (type !== Type.KEEPALIVE) this.end();
  }

  /** `READY` says nothing of write batches, so that no shim sends any. */
  #register(): void {
    for (const type of [Type.REGISTERED, Type.READY]) {
      const message = new peer.ChaincodeMessage();
      message.setType(type);
      this.#stream.send(message);
    }
    this.#onReady();
  }

  #settle(message: peer.ChaincodeMessage): void {
    const running = this.#runningOf(message);
    if (running === undefined) return;
    if (message.getType() === Type.ERROR) {
      running.settle({ failure: failureText(message) });
      return;
    }
    try {
      const response = peer.Response.deserializeBinary(message.getPayload_asU8());
      running.settle({ response, event: message.getChaincodeEvent() });
    } catch (error) {
      const { txId } = running.call;
      const why = messageOf(error);
      running.settle(new Error(`failed to unmarshal response for transaction ${txId}: ${why}`));
    }
  }

  /** A second request of a transaction while one is being answered is dropped, as on Fabric. */
  async #answer(message: peer.ChaincodeMessage): Promise<void> {
    const running = this.#runningOf(message);
    if (running === undefined) {
      this.#send(refuseRequest(message));
      return;
    }
    if (running.answering) return;
    running.answering = true;
    const answer = await answerRequest(message, running.call.ledger, running.queries);
    running.answering = false;
    this.#send(answer);
  }

  #runningOf(message: peer.ChaincodeMessage): Running | undefined {
    return this.#running.get(message.getChannelId() + message.getTxid());
  }

  #send(message: peer.ChaincodeMessage): void {
    if (!this.#ended) this.#stream.send(message);
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#onFailure(new Error('connection terminated'));
    for (const { settle } of this.#running.values()) settle(new Error(streamTerminated));
  }
}

function transactionMessage(call: ChaincodeCall): peer.ChaincodeMessage {
  const message = new peer.ChaincodeMessage();
  message.setType(Type.TRANSACTION);
  message.setPayload(call.input.serializeBinary());
  message.setTxid(call.txId);
  message.setChannelId(call.channel);
  message.setProposal(call.signedProposal);
  return message;
}
