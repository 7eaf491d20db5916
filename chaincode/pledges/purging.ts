/** The end of the personal data of an application: the register's record and its proofs stay (CN-6). */
import { consentsOf } from '../consents/store.ts';
import { documentHashOf } from '../kernel/document-hash.ts';
import { accepted, andThen, type Outcome } from '../kernel/outcome.ts';
import { privateCommand } from '../ledger/contract.ts';
import type { PrivateLedger } from '../ledger/private-ledger.ts';
import type { Reader } from '../ledger/reader.ts';
import { inProduction } from '../organisations/rules.ts';
import { integrationType } from '../organisations/schema.ts';
import { ownOrganisation } from '../organisations/store.ts';
import type { Application } from './application.ts';
import { purgeable } from './application-rules.ts';
import { heldKey, heldPartsOf, heldPlace } from './held-records.ts';
import { purge } from './operations.ts';
import { slotKey, slotText } from './slots.ts';
import { applicationOfParty, applicationOn, platformMspOf } from './store.ts';

export const purging = [
  privateCommand(
    purge,
    async (ledger, { application: id, slot }) => {
      const own = slotKey(slot);
      const isInSlot = (await ledger.hashOf(own)) === documentHashOf(slotText(id));
      if (isInSlot && (await isBare(ledger, id))) {
        ledger.purgeOwn(heldKey(id, { kind: 'DOSSIER', revision: 1 }));
      } else {
        const ended = await purgeableNow(ledger, await applicationOfParty(ledger, id));
        if (!ended.ok) return ended;
        const platform = await platformMspOf(ledger, ended.value);
        if (!platform.ok) return platform;
        for (const part of heldPartsOf(ended.value, await consentsOf(ledger, id))) {
          ledger.purge(heldPlace(id, part, platform.value));
        }
      }
      if (isInSlot) ledger.purgeOwn(own);
      return accepted(null);
    },
    ({ application }) => ({ application }),
  ),
];

/**
 * Whether the caller's deposit never became an application of its own: who holds the slot gives it
 * up. Another platform may have prepared one of the same id, from its own deposit.
 */
async function isBare(ledger: Reader, id: string): Promise<boolean> {
  const found = await applicationOn(ledger, id);
  return !found.ok || !(await ownOrganisation(ledger, found.value.platform)).ok;
}

async function purgeableNow(
  ledger: PrivateLedger,
  found: Outcome<Application>,
): Promise<Outcome<Application>> {
  if (!found.ok) return found;
  const days = await storageDaysOf(ledger, found.value);
  return andThen(found, (application) => purgeable(application, days, ledger.circumstances.time));
}

/**
 * The term that the platform's applications for KDP stated when this application's consents were
 * asked, whatever they state now; the longest of them. Where nobody's consent was needed, no
 * data came under such a term.
 */
async function storageDaysOf(ledger: Reader, { id, platform }: Application): Promise<number> {
  const consents = await consentsOf(ledger, id);
  let longest = Math.max(0, ...consents.map(({ storageDays = 0 }) => storageDays));
  // Of one that was asked before that was recorded, the term that is in production.
  const undated = consents.filter(({ storageDays }) => storageDays === undefined);
  for (const system of new Set(undated.map((consent) => consent.system))) {
    const integration = await ledger.find(integrationType, [platform, system]);
    const applied = integration && inProduction(integration.data);
    longest = Math.max(longest, applied?.storageDays ?? 0);
  }
  return longest;
}
