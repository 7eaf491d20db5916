import type { Context } from 'mocha';

type Reasoned = { type?: string; parent?: Reasoned; skipReason?: string };

/**
 * Skips a test, or from a `before` hook its whole suite, and says why: the reason stands in the
 * summary of the run, where a bare `this.skip()` would be a number without a cause.
 *
 *     before(function () { skip(this, 'Fabric programs are not at hand'); });
 */
export function skip(context: Context, reason: string): never {
  const runnable = context.test as Reasoned | undefined;
  const holder = runnable?.type === 'hook' ? runnable.parent : runnable;
  if (holder) holder.skipReason = reason;
  return context.skip();
}
