/** Everything that the consortium can decide. */
import { z } from 'zod';
import type { Outcome } from '../kernel/outcome.ts';
import type { Reader } from '../ledger/reader.ts';
import {
  admitOrganisation,
  changeOrganisation,
  excludeOrganisation,
  readmitOrganisation,
} from '../organisations/subjects.ts';
import {
  recordCalendar,
  recordEdition,
  extendEdition,
  repealEdition,
} from '../regimes/subjects.ts';
import { admitMember, removeMember } from '../roster/subjects.ts';
import { setTrustList } from '../trust/subjects.ts';
import type { Effect, Subject } from './subject.ts';

/** A proposal's subject: the kind says which schema holds. */
export const anySubject = z.discriminatedUnion('kind', [
  admitMember.schema,
  removeMember.schema,
  recordEdition.schema,
  extendEdition.schema,
  repealEdition.schema,
  recordCalendar.schema,
  admitOrganisation.schema,
  changeOrganisation.schema,
  excludeOrganisation.schema,
  readmitOrganisation.schema,
  setTrustList.schema,
]);
export type AnySubject = z.output<typeof anySubject>;

const effects = {
  'roster.admission': admitMember,
  'roster.removal': removeMember,
  'regime.edition': recordEdition,
  'regime.extension': extendEdition,
  'regime.repeal': repealEdition,
  'calendar.year': recordCalendar,
  'organisation.admission': admitOrganisation,
  'organisation.change': changeOrganisation,
  'organisation.exclusion': excludeOrganisation,
  'organisation.readmission': readmitOrganisation,
  'trust.list': setTrustList,
} as const satisfies Record<AnySubject['kind'], Subject>;

/** What the adoption of a subject would write, or why it cannot be adopted. */
export function effectOf(
  ledger: Reader,
  subject: AnySubject,
  decision: string,
): Promise<Outcome<Effect>> {
  // The kind that chose the schema chooses the effect: the pair belongs together.
  return (effects[subject.kind] as Subject).effect(ledger, subject, decision);
}
