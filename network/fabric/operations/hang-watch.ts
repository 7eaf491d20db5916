/**
 * Finds orderers that hang, so that they are started again.
 *
 * SmartBFT 1.0.1, which Fabric 3.1.5 has, can wait for ever after it fetched blocks or changed the
 * leader on busy processors: the process lives, answers and votes on nothing until it is ended. Of
 * four orderers the second one that hangs stops the network.
 */
import { orderingIn, type OrdererView } from './ordering.ts';

/** Longer than an orderer needs that fetches blocks, or waits out a change of leader. */
export const hangMs = 60_000;

/** What of an orderer changes while it lives, and since when it has not. */
type Still = { readonly state: string; readonly sinceMs: number };

/** Remembers earlier looks at the orderers. */
export class HangWatch {
  readonly #still = new Map<string, Still>();

  /** Takes a look; gives one that hangs, if any. One that is cut off looks the same, and loses nothing. */
  hanging(views: readonly OrdererView[], nowMs: number): string | undefined {
    const { absent } = orderingIn(views);
    for (const { host, view, sequence, phase, height } of views) {
      const state = [view, sequence, phase, height].join();
      // One that does not answer is down or on its way, which others see to.
      if (view === undefined || !absent.includes(host)) this.#still.delete(host);
      else if (this.#still.get(host)?.state !== state) {
        this.#still.set(host, { state, sinceMs: nowMs });
      }
    }
    const found = [...this.#still].find(([, { sinceMs }]) => nowMs - sinceMs >= hangMs)?.[0];
    if (found !== undefined) this.#still.delete(found);
    return found;
  }
}
