/** What a range query read, as Fabric puts it into a read set: the reads, or a tree of hashes. */
import { ledger } from '@hyperledger/fabric-protos';
import { sha256 } from './bytes.ts';
import type { Version } from './version.ts';

const { kvrwset } = ledger.rwset;

/** A key and the version that was seen; none where the key did not exist. */
export type KeyRead = { readonly key: string; readonly version: Version | undefined };

/** The upper level of the tree of hashes that stands for many reads. */
export type MerkleSummary = {
  readonly maxDegree: number;
  readonly maxLevel: number;
  readonly hashes: readonly Uint8Array[];
};

/** Fabric's own bound: up to so many reads stand in the read set themselves. */
export const rawReadsMax = 50;

/** Gathers the reads of one range query. */
export class RangeReads {
  readonly #maxDegree: number;
  #pending: KeyRead[] = [];
  readonly #levels = new Map<number, Buffer[]>();
  #maxLevel = 1;

  constructor(maxDegree: number = rawReadsMax) {
    this.#maxDegree = maxDegree;
  }

  add(read: KeyRead): void {
    this.#pending.push(read);
    if (this.#pending.length > this.#maxDegree) this.#hashPending();
  }

  /** Ends the gathering: the reads themselves where they are few, else what stands for them. */
  finish(): { readonly reads: readonly KeyRead[] } | { readonly summary: MerkleSummary } {
    if (this.#levels.size === 0) return { reads: this.#pending };
    if (this.#pending.length > 0) this.#hashPending();
    this.#completeTree();
    return { summary: this.#summary() };
  }

  #summary(): MerkleSummary {
    const hashes = this.#levels.get(this.#maxLevel) ?? [];
    return { maxDegree: this.#maxDegree, maxLevel: this.#maxLevel, hashes };
  }

  #hashPending(): void {
    const reads = new kvrwset.QueryReads();
    reads.setKvReadsList(this.#pending.map(keyReadMessage));
    this.#pending = [];
    this.#append(1, sha256(reads.serializeBinary()));
    for (let level = 1; this.#count(level) > this.#maxDegree; level += 1) this.#raise(level);
  }

  /** Carries what is left on the lower levels up to the highest one. */
  #completeTree(): void {
    for (let level = 1; level < this.#maxLevel; level += 1) {
      if (this.#count(level) > 0) this.#raise(level);
    }
    if (this.#count(this.#maxLevel) > this.#maxDegree) this.#raise(this.#maxLevel);
  }

  /** Replaces the hashes of a level by one on the next level. */
  #raise(level: number): void {
    const hashes = this.#levels.get(level) ?? [];
    const [only] = hashes;
    this.#levels.delete(level);
    this.#append(level + 1, hashes.length === 1 && only ? only : sha256(...hashes));
    this.#maxLevel = Math.max(this.#maxLevel, level + 1);
  }

  #append(level: number, hash: Buffer): void {
    this.#levels.set(level, [...(this.#levels.get(level) ?? []), hash]);
  }

  #count(level: number): number {
    return this.#levels.get(level)?.length ?? 0;
  }
}

/** A read as it stands in a read set. */
export function keyReadMessage({ key, version }: KeyRead): ledger.rwset.kvrwset.KVRead {
  const message = new kvrwset.KVRead();
  message.setKey(key);
  if (version !== undefined) message.setVersion(versionMessage(version));
  return message;
}

export function versionMessage({ block, tx }: Version): ledger.rwset.kvrwset.Version {
  const message = new kvrwset.Version();
  message.setBlockNum(block);
  message.setTxNum(tx);
  return message;
}
