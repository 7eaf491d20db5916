/** What the consortium decides about organisations: who is a party (OR-1). */
import { z } from 'zod';
import { type Effect, subject } from '../decisions/subject.ts';
import { type Bin, binSchema } from '../kernel/bin.ts';
import { accepted, andThen, type Outcome, refused } from '../kernel/outcome.ts';
import type { Reader } from '../ledger/reader.ts';
import { otherMember } from '../roster/rules.ts';
import { membersOn } from '../roster/store.ts';
import { refuse } from './refusals.ts';
import * as rules from './rules.ts';
import {
  type Organisation,
  organisationChange,
  organisationDraft,
  organisationOfMspType,
  organisationType,
} from './schema.ts';
import { organisationOn } from './store.ts';

/** An organisation becomes a party; whether it may file is another question (OR-2). */
export const admitOrganisation = subject({
  schema: z.strictObject({
    kind: z.literal('organisation.admission'),
    organisation: organisationDraft,
  }),
  effect: async (ledger, { organisation }, decision) => {
    const { bin, mspId } = organisation;
    const sameBin = await ledger.find(organisationType, [bin]);
    const sameMsp = await ledger.find(organisationOfMspType, [mspId]);
    if (sameBin !== undefined || sameMsp !== undefined) {
      return refused(refuse('ORGANISATION_RECORDED_ALREADY', { norm: 'OR-1' }));
    }
    // Who keeps an entity's heads is asked of both: nobody may be recorded in a member's place.
    const other = otherMember(await membersOn(ledger), organisation);
    if (other !== undefined) {
      const params = { mspId: other.mspId, bin: other.bin };
      return refused(refuse('ORGANISATION_OF_ANOTHER_MEMBER', { norm: 'OR-1', params }));
    }
    return accepted(async (writer) => {
      await writer.put(organisationType, { ...organisation, admittedBy: decision });
      await writer.put(organisationOfMspType, { mspId, bin });
    });
  },
});

/** Its name, categories or systems change; a new system is integrated before it files (OR-5). */
export const changeOrganisation = subject({
  schema: z.strictObject({
    kind: z.literal('organisation.change'),
    organisation: organisationChange,
  }),
  effect: (ledger, { organisation }, decision) =>
    written(ledger, organisation.bin, (found) => rules.changed(found, organisation, decision)),
});

/** An organisation is no longer a party: it files nothing new; what it began is finished (RG-4). */
export const excludeOrganisation = subject({
  schema: z.strictObject({ kind: z.literal('organisation.exclusion'), bin: binSchema }),
  effect: (ledger, { bin }, decision) =>
    written(ledger, bin, (found) => rules.excluded(found, decision)),
});

/** An organisation that was excluded is a party again. */
export const readmitOrganisation = subject({
  schema: z.strictObject({ kind: z.literal('organisation.readmission'), bin: binSchema }),
  effect: (ledger, { bin }, decision) =>
    written(ledger, bin, (found) => rules.readmitted(found, decision)),
});

/** Writes an organisation as a decision leaves it. */
async function written(
  ledger: Reader,
  bin: Bin,
  decide: (organisation: Organisation) => Outcome<Organisation>,
): Promise<Outcome<Effect>> {
  const next = andThen(await organisationOn(ledger, bin), decide);
  return andThen(next, (organisation) =>
    accepted((writer) => writer.put(organisationType, organisation)),
  );
}
