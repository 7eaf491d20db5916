/**
 * What arrives with a transaction: one JSON text as argument, and the transient text of a private
 * command.
 */
import { z } from 'zod';
import type { Json } from '../kernel/canonical-json.ts';
import { parsedJson, parseJson } from '../kernel/json.ts';
import type { Outcome } from '../kernel/outcome.ts';

/** Longest argument; documents are given by hash, so that no form comes near it. */
const bounds = { maximumBytes: 1024 * 1024 };

/**
 * The idempotency key of a command: chosen by its sender, best at random, one for each thing to be
 * done. A second arrival under the same key gets the first answer.
 */
export const idempotencyKey = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/);

/** The argument of a query. */
export const queryRequest = z.strictObject({ input: z.unknown() });

/** The argument of a command. */
export const commandRequest = z.strictObject({ key: idempotencyKey, input: z.unknown() });

/** The argument of a private command: what it is about travels as transient data. */
export const privateRequest = z.strictObject({ key: idempotencyKey });

/** The name under which a private command's input stands in the transient map. */
export const transientInput = 'input';

/** Reads a request, or says what is wrong with its form. */
export function readRequest<T>(schema: z.ZodType<T>, text: string): Outcome<T> {
  return parsedJson(schema, text, bounds);
}

/** Reads JSON of bounded size. */
export function readJson(text: string): Outcome<Json> {
  return parseJson(text, bounds);
}
