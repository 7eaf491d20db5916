import { Contract, type Context } from 'fabric-contract-api';
import { perform } from './primitives.ts';
import { ShapesContract } from './shapes.ts';
import type { Step } from './step.ts';

/**
 * The conformance chaincode: a transaction is a list of steps, and its answer the list of theirs.
 *
 * Everything that a case sees of a network passes through an unchanged shim and contract library.
 */
class Conformance extends Contract {
  constructor() {
    super('Conformance');
  }

  /** Performs the steps one after another; an error of one fails the transaction. */
  async run(ctx: Context, stepsJson: string): Promise<string> {
    const answers: unknown[] = [];
    for (const step of JSON.parse(stepsJson) as Step[]) answers.push(await perform(ctx, step));
    return JSON.stringify(answers);
  }

  /** Gives nothing back, as a transaction without a return value does. */
  async nothing(): Promise<void> {}
}

/** What fabric-shim loads. */
export const contracts = [Conformance, ShapesContract];
