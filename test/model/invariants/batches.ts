/** What the holders of the signatures under a batch have no longer once it was purged (CN-6). */
import type { World } from '../ledger/world.ts';
import type { ModelBatch } from '../model/batches.ts';

/** Neither who removed them nor the State Corporation holds one of those that opened the batch. */
export function checkPurgedBatch(world: World, { plan, openedWith, purgedBy }: ModelBatch): void {
  if (purgedBy.size === 0) return;
  for (const org of [...purgedBy, 'GosCorpMSP']) {
    const keys = world.privateKeys(`_implicit_org_${org}`);
    const left = keys.filter((key) =>
      openedWith.some(({ cms, depositor }) => key.endsWith(`:${cms}@${depositor}`)),
    );
    if (left.some((key) => key.includes(plan.id))) {
      throw new Error(`${org} still holds a signature of a purged batch`);
    }
  }
}
