/** The ordering service as clients meet it: a quorum of orderers, and a memory of what they took. */
import { createHash } from 'node:crypto';
import { common } from '@hyperledger/fabric-protos';
import type { Channel } from '../engine/channel.ts';
import { OrderError } from '../engine/refusal.ts';
import type { PeerNode } from './peer-context.ts';
import { messageOf } from './status.ts';

/** What an orderer says about an envelope. */
export type OrderAnswer = {
  readonly status: common.StatusMap[keyof common.StatusMap];
  readonly info: string;
};

/** SmartBFT's pool remembers this many requests that have left it. */
const processedMax = 1000;

const taken: OrderAnswer = { status: common.Status.SUCCESS, info: '' };

/** All orderers in one, since they agree on everything here. */
export class Ordering {
  readonly channel: Channel;
  readonly orderers: readonly PeerNode[];
  readonly #pooled = new Map<string, string>();
  readonly #processed = new Set<string>();
  readonly #stop: () => void;

  constructor(channel: Channel, orderers: readonly PeerNode[]) {
    this.channel = channel;
    this.orderers = orderers;
    this.#stop = channel.onBlock(({ transactions }) => {
      for (const { txId } of transactions) this.#processedNow(txId);
    });
  }

  /** How many orderers must take an envelope, by SmartBFT's reckoning. */
  get quorum(): number {
    const count = this.orderers.length;
    const faulty = Math.floor((count - 1) / 3);
    return Math.ceil((count + faulty + 1) / 2);
  }

  /** Hands an envelope to the orderers. */
  async broadcast(envelope: common.Envelope): Promise<OrderAnswer> {
    const read = requestOf(envelope);
    if (read === undefined) return badRequest('could not determine channel ID');
    if (read.channel !== this.channel.name) {
      return { status: common.Status.BAD_REQUEST, info: 'channel does not exist' };
    }
    if (this.#pooled.has(read.txId)) return unavailable('request already exists');
    if (this.#processed.has(read.request)) return unavailable('request already processed');
    this.#pooled.set(read.txId, read.request);
    try {
      await this.channel.order(envelope);
      return taken;
    } catch (error) {
      this.#pooled.delete(read.txId);
      if (!(error instanceof OrderError)) throw error;
      return { status: common.Status[error.status], info: messageOf(error) };
    }
  }

  /** Stops listening to the ledger. */
  close(): void {
    this.#stop();
  }

  #processedNow(txId: string): void {
    const request = this.#pooled.get(txId);
    if (request === undefined) return;
    this.#pooled.delete(txId);
    this.#processed.add(request);
    if (this.#processed.size <= processedMax) return;
    const oldest = this.#processed.values().next();
    if (oldest.done !== true) this.#processed.delete(oldest.value);
  }
}

function badRequest(info: string): OrderAnswer {
  return { status: common.Status.BAD_REQUEST, info };
}

function unavailable(cause: string): OrderAnswer {
  const info = `failed to submit request: ${cause}`;
  return { status: common.Status.SERVICE_UNAVAILABLE, info };
}

/** SmartBFT tells requests apart by transaction id and creator. */
function requestOf(envelope: common.Envelope) {
  try {
    const payload = common.Payload.deserializeBinary(envelope.getPayload_asU8());
    const header = payload.getHeader();
    if (header === undefined) return undefined;
    const channelHeader = common.ChannelHeader.deserializeBinary(header.getChannelHeader_asU8());
    const creator = createHash('sha256').update(header.getSignatureHeader_asU8()).digest('hex');
    const txId = channelHeader.getTxId();
    return { channel: channelHeader.getChannelId(), txId, request: `${txId} ${creator}` };
  } catch {
    // What cannot be read is refused as a bad request.
    return undefined;
  }
}
