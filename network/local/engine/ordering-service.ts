/** The orderers: take envelopes, keep them safe, and cut them into blocks. */
import { common } from '@hyperledger/fabric-protos';
import type { Identity } from '../../identity/msp.ts';
import type { ChannelPolicies } from './channel-policies.ts';
import type { Level } from './level.ts';
import type { Members } from './membership.ts';
import { OrderError } from './refusal.ts';
import { pendingKey, pendingRange } from './store-keys.ts';
import { parseEnvelope, ValidationCode, type ParsedEnvelope } from './transaction.ts';

/** An envelope that waits for its block. */
export type Pending = {
  readonly sequence: number;
  readonly bytes: Uint8Array;
  readonly parsed: ParsedEnvelope;
};

/** What the service works with. */
export type OrderingContext = {
  readonly channel: string;
  readonly level: Level;
  readonly members: Members;
  readonly policies: ChannelPolicies;
  readonly clock: () => Date;
  readonly intervalMs: number;
  readonly maxCount: number;
  /** Makes a block of these and commits it. */
  readonly cut: (batch: readonly Pending[]) => Promise<void>;
};

/** Fabric's `AbsoluteMaxBytes`. */
const envelopeBytesMax = 10 * 1024 * 1024;

/** By how much blocks come more seldom when several envelopes wait for each. */
const busyFactor = 3;

export class OrderingService {
  readonly #context: OrderingContext;
  readonly #queue: Pending[] = [];
  readonly #arriving: Pending[] = [];
  #keeping: Promise<void> | undefined;
  /** How many envelopes the last block had. */
  #lastCount = 0;
  #sequence = 0;
  #timer: NodeJS.Timeout | undefined;
  #cutting: Promise<void> = Promise.resolve();
  #busy = false;
  #closed = false;
  #failure: Error | undefined;

  constructor(context: OrderingContext) {
    this.#context = context;
  }

  /** Takes up, without cutting it yet, what was not committed when the process ended. */
  async recover(): Promise<void> {
    const rows = await this.#context.level.iterator(pendingRange).all();
    for (const [key, bytes] of rows) {
      const sequence = Number(Buffer.from(key).readBigUInt64BE(1));
      this.#sequence = Math.max(this.#sequence, sequence + 1);
      const parsed = parseEnvelope(bytes, this.#context.members);
      this.#queue.push({ sequence, bytes, parsed });
    }
  }

  /** Starts to cut what was taken up; an order starts it too. */
  start(): void {
    this.#schedule();
  }

  /** Resolves once the envelope cannot be lost by a kill of the process any more. */
  async order(envelope: common.Envelope): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#closed) throw new OrderError('the orderer is shutting down', 'SERVICE_UNAVAILABLE');
    const bytes = envelope.serializeBinary();
    const parsed = this.#admit(envelope, bytes);
    const sequence = this.#sequence;
    this.#sequence += 1;
    await this.#keep({ sequence, bytes, parsed });
    this.#schedule();
  }

  /** Envelopes that arrive together are written together, in the order of their arrival. */
  #keep(envelope: Pending): Promise<void> {
    this.#arriving.push(envelope);
    this.#keeping ??= new Promise((resolve, reject) => {
      setImmediate(() => {
        const arrived = this.#arriving.splice(0);
        this.#keeping = undefined;
        this.#write(arrived).then(resolve, reject);
      });
    });
    return this.#keeping;
  }

  async #write(arrived: readonly Pending[]): Promise<void> {
    await this.#context.level.batch(
      arrived.map(({ sequence, bytes }) => ({
        type: 'put' as const,
        key: pendingKey(sequence),
        value: bytes,
      })),
    );
    this.#queue.push(...arrived);
  }

  /** Cuts what waits, and takes nothing more. */
  async close(): Promise<void> {
    this.#closed = true;
    // Whoever ordered hears of a failure to write; here it ends nothing but the wait.
    await this.#keeping?.catch(() => undefined);
    clearTimeout(this.#timer);
    while ((this.#queue.length > 0 || this.#busy) && this.#failure === undefined) {
      this.#cutNow();
      await this.#cutting;
    }
  }

  #admit(envelope: common.Envelope, bytes: Uint8Array): ParsedEnvelope {
    if (bytes.length > envelopeBytesMax) {
      throw new OrderError(
        `message payload is ${bytes.length} bytes and exceeds maximum allowed ` +
          `${envelopeBytesMax} bytes`,
        'REQUEST_ENTITY_TOO_LARGE',
      );
    }
    const { channelHeader, creator } = headersOf(envelope);
    if (channelHeader.getChannelId() !== this.#context.channel) {
      throw new OrderError('channel does not exist', 'NOT_FOUND');
    }
    const parsed = parseEnvelope(bytes, this.#context.members);
    this.#assertWriter(parsed, creator);
    if (channelHeader.getType() !== common.HeaderType.ENDORSER_TRANSACTION) {
      throw new OrderError('this channel takes endorsed transactions only');
    }
    return parsed;
  }

  /** Whoever may write has signed: parsing has checked the signature. */
  #assertWriter(parsed: ParsedEnvelope, creator: Uint8Array): void {
    const { members, policies, clock } = this.#context;
    const unsigned: readonly ValidationCode[] = [
      ValidationCode.BAD_CREATOR_SIGNATURE,
      ValidationCode.BAD_COMMON_HEADER,
    ];
    const signed = parsed.kind !== 'bad' || !unsigned.includes(parsed.code);
    if (signed && policies.counting('ANY', 'Writers').admits(writers(creator, members, clock()))) {
      return;
    }
    throw new OrderError(
      'implicit policy evaluation failed - 0 sub-policies were satisfied, but this policy ' +
        "requires 1 of the 'Writers' sub-policies to be satisfied: permission denied",
      'FORBIDDEN',
    );
  }

  /** The first of a block waits for others; a full block waits for nobody. */
  #schedule(): void {
    if (this.#busy || this.#timer !== undefined || this.#queue.length === 0) return;
    const full = this.#queue.length >= this.#context.maxCount;
    // Where envelopes come in numbers, longer waits make fewer and larger blocks, and less work.
    const { intervalMs } = this.#context;
    const waitMs = full ? 0 : this.#lastCount > 1 ? intervalMs * busyFactor : intervalMs;
    this.#timer = setTimeout(() => {
      this.#cutNow();
    }, waitMs);
  }

  #cutNow(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#busy || this.#queue.length === 0) return;
    this.#busy = true;
    this.#cutting = this.#cut().catch((error: unknown) => {
      // A ledger that cannot be written must not go on as if it could.
      this.#failure = error instanceof Error ? error : new Error(String(error));
    });
  }

  async #cut(): Promise<void> {
    const batch = this.#queue.splice(0, this.#context.maxCount);
    this.#lastCount = batch.length;
    try {
      await this.#context.cut(batch);
    } finally {
      this.#busy = false;
    }
    this.#schedule();
  }
}

/** The client, unless it is a stranger or its certificate has run out. */
function writers(creator: Uint8Array, members: Members, now: Date): readonly Identity[] {
  try {
    return [members.identify(creator, now)];
  } catch {
    // Whoever writes for nobody is turned away by the policy.
    return [];
  }
}

function headersOf(envelope: common.Envelope): {
  channelHeader: common.ChannelHeader;
  creator: Uint8Array;
} {
  try {
    const payload = common.Payload.deserializeBinary(envelope.getPayload_asU8());
    const header = payload.getHeader();
    if (header === undefined) throw new OrderError('header not set');
    return {
      channelHeader: common.ChannelHeader.deserializeBinary(header.getChannelHeader_asU8()),
      creator: common.SignatureHeader.deserializeBinary(
        header.getSignatureHeader_asU8(),
      ).getCreator_asU8(),
    };
  } catch (error) {
    if (error instanceof OrderError) throw error;
    throw new OrderError(`could not read the envelope: ${String(error)}`);
  }
}
