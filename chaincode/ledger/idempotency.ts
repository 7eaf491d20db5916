/**
 * Once, however often it is sent: the record that a command leaves of its idempotency key.
 *
 * It is read and written in the transaction itself, so that of two envelopes under one key that are
 * both alive the later one conflicts and has no effect.
 */
import { z } from 'zod';
import { canonicalJson, type Json } from '../kernel/canonical-json.ts';
import { accepted, type Outcome, refused } from '../kernel/outcome.ts';
import { refuse } from '../kernel/refusals.ts';
import { sha256Hex } from '../kernel/sha256.ts';
import type { PrivateLedger } from './private-ledger.ts';
import type { PublicLedger } from './public-ledger.ts';
import { recordType } from './record.ts';

/** A command that was carried out: what was asked and what was answered. Keys are each caller's own. */
const execution = recordType({
  name: 'execution',
  version: 1,
  schema: z.strictObject({
    mspId: z.string(),
    key: z.string(),
    fingerprint: z.string(),
    /** The answer's canonical text. */
    answer: z.string(),
    transactionId: z.string(),
  }),
  keyOf: ({ mspId, key }) => [mspId, key],
});

/** What was asked: the same operation with the same input has the same fingerprint. */
export function fingerprintOf(operation: string, input: Json): string {
  return sha256Hex(canonicalJson({ input, operation }));
}

/** The answer of a public command that was carried out under this key before, if there was one. */
export async function earlierAnswer(
  ledger: PublicLedger,
  key: string,
  fingerprint: string,
): Promise<Outcome<string | undefined>> {
  const earlier = await ledger.find(execution, [ledger.caller.mspId, key]);
  if (earlier === undefined) return accepted(undefined);
  return earlier.data.fingerprint === fingerprint ? accepted(earlier.data.answer) : reused();
}

/** Leaves the record of a public command that is being carried out. */
export async function recordExecution(
  ledger: PublicLedger,
  { key, fingerprint, answer }: { key: string; fingerprint: string; answer: string },
): Promise<void> {
  const { caller, transactionId } = ledger.circumstances;
  await ledger.put(execution, { mspId: caller.mspId, key, fingerprint, answer, transactionId });
}

/**
 * Whether a private command was carried out under this key before; leaves its record in any case.
 *
 * The record is compared by its hash, since no endorser can read every holder's collection. It says
 * nothing that is not a hash of a salted input. A repetition writes the same bytes again: without a
 * private write the majority would have to endorse, which the holders are not.
 */
export async function isRepeated(
  ledger: PrivateLedger,
  key: string,
  fingerprint: string,
): Promise<Outcome<boolean>> {
  const place = `execution:${sha256Hex(key)}`;
  const text = canonicalJson({ fingerprint });
  const hash = await ledger.hashOf(place);
  if (hash !== undefined && hash !== sha256Hex(text)) return reused();
  ledger.deposit(place, text);
  return accepted(hash !== undefined);
}

function reused() {
  return refused(refuse('KEY_REUSED_WITH_ANOTHER_BODY', { field: '/key' }));
}
