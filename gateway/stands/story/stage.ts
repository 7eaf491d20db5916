/**
 * Where a demonstration plays: some network with our chaincode, and someone who listens.
 *
 * The unit tests play it on their ledger, `kepil demo` on a running network.
 */
import type { z } from 'zod';
import type { Instant } from '../../../chaincode/kernel/instant.ts';
import type { Operation } from '../../../chaincode/ledger/operation.ts';

/** The organisations of the demonstration, by what they do in it. */
export const cast = {
  registrar: 'GosCorpMSP',
  authority: 'AuthorityMSP',
  operator: 'NitMSP',
  platform: 'AlphaMSP',
} as const;

export interface Stage {
  readonly channel: string;
  /** The network's time, in whole seconds: time stamps are no finer. */
  now(): Instant;
  /** Ends when another second has begun: what two stamps of one second prove has no order. */
  nextSecond(): Promise<void>;
  /** Carries out what has to succeed, in the name of an organisation's administrator. */
  done<Op extends Operation>(
    operation: Op,
    input: z.input<Op['input']>,
    caller: { readonly org: string },
  ): Promise<z.output<Op['output']>>;
  /** Says a sentence to whoever watches. */
  say(sentence: string): void;
}
