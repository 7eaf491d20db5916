/**
 * What a contract offers, as data.
 *
 * A transaction is declared once: its name, what goes in and comes out, who may call it and which of
 * the five shapes it has. The contract, the gateway's routes, the command `kepil call` and the
 * documents are all made from this declaration, so that none of them can say something else.
 */
import type { z } from 'zod';
import { registrarMsp, authorityMsp, operatorMsp } from './institutions.ts';

/** A transaction, declared. */
export type Operation<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> = {
  readonly contract: string;
  readonly name: string;
  /** One sentence for people: what it does, in the words of the law. */
  readonly summary: string;
  /** Requirements and clauses that ask for it: `RG-2; 000 cl. 8`. */
  readonly norms: string;
  readonly shape: Shape;
  readonly callers: Callers;
  /** For a private command this is the transient input; a batch states the schema of one item. */
  readonly input: Input;
  readonly output: Output;
};

/**
 * The shapes that a transaction can take.
 *
 * - `query` reads public state and is only evaluated.
 * - `own` reads the private data of the caller's own organisation, at its own peer.
 * - `public` is endorsed by a majority and holds nothing personal; with `sealedBy`, also by that
 *   organisation, in whose private collection the seal of what was decided stands; `caller` is the
 *   caller's own.
 * - `private` takes everything personal as transient data and writes private keys only, at its
 *   holders.
 * - `batch` is a public command over many items, each with its own outcome.
 */
export type Shape =
  | { readonly kind: 'query' }
  | { readonly kind: 'own' }
  | { readonly kind: 'public'; readonly sealedBy?: string }
  | { readonly kind: 'private'; readonly holders: Holders }
  | { readonly kind: 'batch'; readonly itemsMax: number; readonly sealedBy?: string };

/**
 * Who holds a private record: the platform that deposits it and the State Corporation, or the
 * authority and the operator of e-government. Never an argument: it follows from the caller, or for
 * a command about a record that stands, from that record: its platform and the State Corporation,
 * whichever of the two calls.
 */
export type Holders = HoldersByCaller | 'partiesOfRecord';
type HoldersByCaller = 'platformAndRegistrar' | 'authorityAndOperator';

/** Who may call: every condition that is named must hold. */
export type Callers = {
  /** The NodeOU of the caller's certificate. */
  readonly nodeOu?: 'admin' | 'client';
  /** The attribute `kepil.role` of the caller's certificate. */
  readonly roles?: readonly string[];
  readonly organisations?: readonly string[];
};

/** Keeps the types of a declaration's schemas, which a bare annotation would widen. */
export function operation<Input extends z.ZodType, Output extends z.ZodType>(
  declared: Operation<Input, Output>,
): Operation<Input, Output> {
  return declared;
}

/** The organisations whose collections hold what a caller deposits. */
export function holdersOf(holders: HoldersByCaller, callerMsp: string): readonly string[] {
  const msps =
    holders === 'platformAndRegistrar' ? [callerMsp, registrarMsp] : [authorityMsp, operatorMsp];
  return [...new Set(msps)];
}

/** Whether a transaction is evaluated at a peer rather than ordered. */
export function isQuery({ shape }: Pick<Operation, 'shape'>): boolean {
  return shape.kind === 'query' || shape.kind === 'own';
}

/**
 * The organisations that a client must name as endorsers; none where the policy decides.
 *
 * A private command's data would otherwise be sent to peers that must not have it. Where the State
 * Corporation calls about a record of a platform, it says which: the ledger would refuse another.
 */
export function endorsersOf(
  { shape }: Pick<Operation, 'shape'>,
  callerMsp: string,
  platformMsp = callerMsp,
): readonly string[] | undefined {
  if (shape.kind !== 'private') return undefined;
  const { holders } = shape;
  return holders === 'partiesOfRecord'
    ? holdersOf('platformAndRegistrar', platformMsp)
    : holdersOf(holders, callerMsp);
}
