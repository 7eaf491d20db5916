/**
 * Writing private data: what a private command is given.
 *
 * It writes private keys only. A public write in the same transaction would have to be endorsed by
 * the majority, to whom the data must not go. Nothing is read back either: an endorser cannot read
 * the other holder's collection, so a command compares hashes, which every peer knows.
 */
import type { ChaincodeStub } from 'fabric-shim';
import { sha256Hex } from '../kernel/sha256.ts';
import { collectionOf } from './institutions.ts';
import { depositKey, verdictKey } from './keys.ts';
import { type Circumstances, Reader } from './reader.ts';

/** Deposits and purges at every holder alike. */
export class PrivateLedger extends Reader {
  readonly #holders: readonly string[];
  readonly #deposits = new Map<string, string>();
  readonly #restored: { readonly mspId: string; readonly key: string; readonly text: string }[] =
    [];
  readonly #purges = new Set<string>();

  constructor(stub: ChaincodeStub, circumstances: Circumstances, holders: readonly string[]) {
    super(stub, circumstances);
    this.#holders = holders;
  }

  /**
   * Deposits a text under an opaque key of the caller's own at every holder: another organisation's
   * deposit under the same key stands beside it.
   *
   * Key and text must be salted: the chain keeps their hashes for ever, and a hash of something
   * that can be guessed tells it.
   */
  deposit(key: string, text: string): void {
    this.depositShared(depositKey(key, this.caller.mspId), text);
  }

  /**
   * Deposits under a key that names no depositor: for what lies under its own hash alone, where
   * another organisation could put nothing else.
   */
  depositShared(key: string, text: string): void {
    this.#deposits.set(key, text);
  }

  /** Deposits a verdict: what the holders' peers found, with nothing personal in it. */
  giveVerdict(text: string): void {
    this.depositShared(verdictKey(text), text);
  }

  /**
   * Writes a text again at every holder that has its hash under this key, and at no other: what a
   * holder never had, or has purged, does not come back to it. False where no holder has the hash.
   */
  async restore(key: string, text: string): Promise<boolean> {
    const hash = sha256Hex(text);
    const before = this.#restored.length;
    for (const mspId of this.#holders) {
      const isSame = (await this.privateHash(mspId, key)) === hash;
      if (isSame) this.#restored.push({ mspId, key, text });
    }
    return this.#restored.length > before;
  }

  /** Removes a text and its hash from every holder's state, now and from what stood before. */
  purge(key: string): void {
    this.#purges.add(key);
  }

  /** Removes what the caller has deposited under a key of its own. */
  purgeOwn(key: string): void {
    this.purge(depositKey(key, this.caller.mspId));
  }

  /**
   * The hash of what the caller has deposited under a key of its own. The last holder is asked: into
   * its own collection a caller can write by itself, with an altered chaincode.
   */
  async hashOf(key: string): Promise<string | undefined> {
    const holder = this.#holders.at(-1);
    return holder === undefined
      ? undefined
      : this.privateHash(holder, depositKey(key, this.caller.mspId));
  }

  /** Hands the writes to the peer. */
  async flush(): Promise<void> {
    for (const mspId of this.#holders) {
      const collection = collectionOf(mspId);
      for (const [key, text] of this.#deposits) {
        await this.stub.putPrivateData(collection, key, Buffer.from(text));
      }
      for (const key of this.#purges) await this.stub.purgePrivateData(collection, key);
    }
    for (const { mspId, key, text } of this.#restored) {
      await this.stub.putPrivateData(collectionOf(mspId), key, Buffer.from(text));
    }
  }
}
