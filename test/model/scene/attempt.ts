/** One transaction that somebody tries, with what the model says of it beforehand. */
import type { z } from 'zod';
import type { Operation } from '../../../chaincode/ledger/operation.ts';

export type Party = { readonly org: string; readonly role: 'admin' | 'client' };

export type Attempt = {
  /** The step in words, for whoever reads a sequence that failed. */
  readonly what: string;
  readonly operation: Operation;
  readonly input: unknown;
  readonly by: Party;
  /** Whose record it is about, where the holders follow from that. */
  readonly platform?: string;
  /** Every reason for which it must be refused; nothing where it must be accepted. */
  readonly against: ReadonlySet<string>;
  /** What the model learns when it was accepted. */
  readonly learn?: (answer: never) => void;
};

/** Keeps the types of input and answer to those of the operation. */
export function attempt<Op extends Operation>(
  operation: Op,
  given: {
    readonly what: string;
    readonly input: z.input<Op['input']>;
    readonly by: Party;
    readonly platform?: string;
    readonly against: Iterable<string | false | undefined>;
    readonly learn?: (answer: z.output<Op['output']>) => void;
  },
): Attempt {
  const against = new Set([...given.against].filter((code) => typeof code === 'string'));
  return { operation, ...given, against };
}
