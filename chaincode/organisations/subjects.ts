/** What the consortium decides about organisations: who is a party (OR-1). */
import { z } from 'zod';
import { subject } from '../decisions/subject.ts';
import { binSchema } from '../kernel/bin.ts';
import { accepted, refused } from '../kernel/outcome.ts';
import { refuse } from './refusals.ts';
import { organisationDraft, organisationOfMspType, organisationType } from './schema.ts';
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
    return accepted(async (writer) => {
      await writer.put(organisationType, { ...organisation, admittedBy: decision });
      await writer.put(organisationOfMspType, { mspId, bin });
    });
  },
});

/** An organisation is no longer a party: it files nothing new; what it began is finished (RG-4). */
export const excludeOrganisation = subject({
  schema: z.strictObject({ kind: z.literal('organisation.exclusion'), bin: binSchema }),
  effect: async (ledger, { bin }, decision) => {
    const found = await organisationOn(ledger, bin);
    if (!found.ok) return found;
    const { excludedBy } = found.value;
    if (excludedBy !== undefined) {
      return refused(refuse('ORGANISATION_EXCLUDED', { params: { decision: excludedBy } }));
    }
    return accepted((writer) =>
      writer.put(organisationType, { ...found.value, excludedBy: decision }),
    );
  },
});
