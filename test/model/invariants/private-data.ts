/** What the holders of dossiers have, and have no longer once it was removed (CN-6). */
import { dossierText } from '../../../chaincode/pledges/dossier.ts';
import type { Result } from '../ledger/model-ledger.ts';
import type { World } from '../ledger/world.ts';
import type { Model, ModelApplication } from '../model/model.ts';
import { platformMsps } from '../scene/parties.ts';
import { dossierOf } from '../scene/plans.ts';
import { checkPurgedBatch } from './batches.ts';

/** Keys whose values say nothing personal and stay, for what was decided rests on them. */
const lasting = /^(verdict|seal|execution):/;

/**
 * Until a purge the platform and the State Corporation hold the dossier that the platform deposited,
 * whatever others deposit; after it nothing of the application.
 */
export function checkPrivate(world: World, model: Model, { call }: Result): void {
  if (call.contract !== 'pledges') return;
  for (const application of model.applications) {
    if (application.isPurged) checkPurged(world, application);
    else if (call.transient !== undefined) checkHeld(world, application);
  }
  for (const batch of model.batches) checkPurgedBatch(world, batch);
}

function checkHeld(world: World, { plan, deposited, added, purgedBy }: ModelApplication): void {
  if (deposited === 0) return;
  const text = dossierText(dossierOf(plan, deposited, { added }));
  for (const org of [plan.platform, 'GosCorpMSP']) {
    const collection = `_implicit_org_${org}`;
    const isHeld = world
      .privateKeys(collection)
      .some(
        (key) => key.includes(plan.id) && world.privateValue(collection, key)?.toString() === text,
      );
    if (!isHeld && !purgedBy.has(org)) throw new Error(`${org} has lost the dossier of a platform`);
  }
}

function checkPurged(world: World, { plan }: ModelApplication): void {
  for (const org of [plan.platform, 'GosCorpMSP']) {
    const collection = `_implicit_org_${org}`;
    for (const key of world.privateKeys(collection)) {
      const isOfAnother = platformMsps.some(
        (other) => other !== plan.platform && key.endsWith(`@${other}`),
      );
      if (lasting.test(key) || isOfAnother || !key.includes(plan.id)) continue;
      throw new Error(`${org} still holds ${key.split(':')[0]} of a purged application`);
    }
  }
}
