import type { AbstractLevel } from 'abstract-level';

/**
 * Where a channel keeps everything: `ClassicLevel` on disk, `MemoryLevel` in unit tests, both
 * opened with `view` as encoding of keys and values.
 */
export type Level = AbstractLevel<string | Buffer | Uint8Array, Uint8Array, Uint8Array>;

/** A moment of the store. */
export type LevelSnapshot = ReturnType<Level['snapshot']>;

/** One change of the store, several of which are made at once. */
export type Operation =
  | { readonly type: 'put'; readonly key: Uint8Array; readonly value: Uint8Array }
  | { readonly type: 'del'; readonly key: Uint8Array };

/** What the encodings of an engine's store have to be. */
export const levelOptions = { keyEncoding: 'view', valueEncoding: 'view' } as const;

/** Asks for the disk's word that a batch is on it; a store in memory has nothing to say. */
export const synced: object = { sync: true };
