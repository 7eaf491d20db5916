/** What the holders of dossiers have, and have no longer once it was removed (CN-6). */
import type { Result } from '../ledger/model-ledger.ts';
import type { World } from '../ledger/world.ts';
import type { Model, ModelApplication } from '../model/model.ts';

/** Keys whose values say nothing personal and stay, for what was decided rests on them. */
const lasting = /^(verdict|seal|execution):/;

/** After a purge neither the platform nor the State Corporation holds anything of the application. */
export function checkPrivate(world: World, model: Model, { call }: Result): void {
  if (call.contract !== 'pledges') return;
  for (const application of model.applications) {
    if (application.isPurged) checkPurged(world, application);
  }
}

function checkPurged(world: World, { plan }: ModelApplication): void {
  for (const org of [plan.platform, 'GosCorpMSP']) {
    const collection = `_implicit_org_${org}`;
    for (const key of world.privateKeys(collection)) {
      if (lasting.test(key) || !key.includes(plan.id)) continue;
      throw new Error(`${org} still holds ${key.split(':')[0]} of a purged application`);
    }
  }
}
