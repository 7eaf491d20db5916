/** Waiting for what comes about by itself. */
import { setTimeout as sleep } from 'node:timers/promises';

/** How long it may take, and how long to wait between two looks. */
export type Patience = { readonly timeoutMs?: number; readonly pauseMs?: number };

/** Waits until something holds; fails with what was awaited where it does not in time. */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  { timeoutMs = 5000, pauseMs = 25 }: Patience = {},
): Promise<void> {
  for (const deadline = Date.now() + timeoutMs; !(await holds()); await sleep(pauseMs)) {
    if (Date.now() > deadline) throw new Error(`${what}: not in ${timeoutMs / 1000} s`);
  }
}
