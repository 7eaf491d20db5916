import { schemaOf, type Brand } from './brand.ts';
import { accepted, refused, type Outcome } from './outcome.ts';
import { refuse } from './refusals.ts';
import { sha256Hex } from './sha256.ts';

/** SHA-256 of a document's bytes, in 64 lower-case hex digits: all that the ledger knows of it. */
export type DocumentHash = Brand<string, 'DocumentHash'>;

export function parseDocumentHash(text: string): Outcome<DocumentHash> {
  return /^[0-9a-f]{64}$/.test(text)
    ? accepted(text as DocumentHash)
    : refused(refuse('HASH_FORMAT'));
}

/** The hash of a document at hand, or of a text's UTF-8. */
export function documentHashOf(document: Uint8Array | string): DocumentHash {
  return sha256Hex(document) as DocumentHash;
}

export const documentHashSchema = schemaOf(parseDocumentHash, {
  description: 'SHA-256 of a document in lower-case hex.',
  examples: ['0'.repeat(64)],
  pattern: '^[0-9a-f]{64}$',
  maxLength: 64,
});
