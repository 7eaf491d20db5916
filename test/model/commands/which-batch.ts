/** Which batch a step is about. */
import fc from 'fast-check';
import type { ModelBatch } from '../model/batches.ts';
import type { Model } from '../model/model.ts';
import type { Party } from '../scene/attempt.ts';
import { binOf, platforms } from '../scene/parties.ts';
import { ofRegistrar } from './play.ts';

/** A batch: one of those that there are by any number, or this very one. */
export type WhichBatch = number | ModelBatch;

/** Any of them. */
export const whichBatch: fc.Arbitrary<WhichBatch> = fc.nat({ max: 5 });

/** The batch that is meant. */
export function picked({ batches }: Model, which: WhichBatch): ModelBatch | undefined {
  return typeof which === 'number' ? batches[which % Math.max(batches.length, 1)] : which;
}

/** A batch in the words of a story. */
export function called({ plan: { kind, from, to, id } }: ModelBatch): string {
  const parties = kind === 'CESSION' ? ` from ${from} to ${to}` : '';
  return `batch ${id.slice(0, 4)}, ${kind}${parties}`;
}

/** Who holds its signatures: its parties where it is a cession, and the State Corporation. */
export function isParty({ plan }: ModelBatch, { org }: Party): boolean {
  if (org === ofRegistrar.org) return true;
  const bin = (platforms as Readonly<Record<string, string>>)[org];
  const parties = [platforms[plan.platform], binOf(plan.from), binOf(plan.to)];
  return plan.kind === 'CESSION' && bin !== undefined && parties.includes(bin);
}
