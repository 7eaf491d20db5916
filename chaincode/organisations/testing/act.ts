/** The act of the successful answers from KDP's test environment, as the head signs it (OR-4). */
import { canonicalJson } from '../../kernel/canonical-json.ts';
import { type DocumentHash, documentHashOf } from '../../kernel/document-hash.ts';
import type { Integration } from '../schema.ts';

/** The act's one text: made from the answers that the ledger has counted, and from nothing else. */
export function testActOf({ bin, system, answers }: Integration): string {
  return canonicalJson({ act: 'KDP_TEST', bin, system, answers });
}

/** The hash by which the signature and the ledger name the act. */
export function testActHash(integration: Integration): DocumentHash {
  return documentHashOf(testActOf(integration));
}

/** The record that a manifest of the act is about. */
export function testActRecord({ bin, system }: Pick<Integration, 'bin' | 'system'>): string {
  return `${bin}:${system}`;
}

/** What the head is shown, and signs. */
export function testActFacts(integration: Integration) {
  return { act: testActHash(integration), answers: String(integration.answers.length) };
}
