/**
 * Verdicts: what the holders' own peers found in something personal, in words that are not.
 *
 * The private command gives one; the public command takes its text, and every endorser compares the
 * text's hash with the one in the State Corporation's collection. So the majority knows that the
 * State Corporation's own peer verified, and sees no person.
 */
import type { z } from 'zod';
import { canonicalJson, type Json } from '../kernel/canonical-json.ts';
import { parsedJson } from '../kernel/json.ts';
import { type Outcome, refused } from '../kernel/outcome.ts';
import { refuse } from '../kernel/refusals.ts';
import { registrarMsp } from './institutions.ts';
import type { PublicLedger } from './public-ledger.ts';

/** Longest verdict; the participants of the largest application fit. */
const verdictBytesMax = 65_536;

/** The text of a verdict, in its one form. */
export function verdictText(verdict: Json): string {
  return canonicalJson(verdict);
}

/**
 * A verdict that names the caller as the depositor of what it is about: verdicts are told to
 * everyone, but only who deposited may build on it. Whether it stands in the caller's own collection
 * would say nothing: there an altered chaincode can write it.
 */
export async function ownVerdict<T extends { readonly depositor: string }>(
  ledger: PublicLedger,
  schema: z.ZodType<T>,
  text: string,
): Promise<Outcome<T>> {
  const given = await givenVerdict(ledger, schema, text);
  if (!given.ok || given.value.depositor === ledger.caller.mspId) return given;
  return refused(refuse('VERDICT_NOT_GIVEN', { norm: 'PL-7; SE-3' }));
}

/** A text that a client gives as a verdict of this kind, if the State Corporation's peer gave it. */
export async function givenVerdict<T>(
  ledger: PublicLedger,
  schema: z.ZodType<T>,
  text: string,
): Promise<Outcome<T>> {
  const verdict = parsedJson(schema, text, { maximumBytes: verdictBytesMax });
  if (!verdict.ok) return verdict;
  return (await ledger.hasVerdict(registrarMsp, text))
    ? verdict
    : refused(refuse('VERDICT_NOT_GIVEN', { norm: 'PL-7; SE-3' }));
}
