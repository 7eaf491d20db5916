import { type Due, dueAfter } from '../kernel/deadline.ts';
import type { Instant } from '../kernel/instant.ts';
import type { Outcome } from '../kernel/outcome.ts';
import type { Reader } from '../ledger/reader.ts';
import { calendarOn, editionOn } from '../regimes/store.ts';
import type { Application } from './application.ts';

/** When the decision is due, if the clock begins to run at an instant (PL-12, TR-3). */
export async function dueFrom(
  ledger: Reader,
  { kind, edition: name }: Pick<Application, 'kind' | 'edition'>,
  event: Instant,
): Promise<Outcome<Due>> {
  const edition = await editionOn(ledger, 'PLEDGE', name ?? '');
  if (!edition.ok) return edition;
  const termName = kind === 'TERMINATION' ? 'termination' : 'registration';
  const term = edition.value.parameters.terms[termName]?.term;
  if (term === undefined) throw new Error(`the edition names no term of ${termName}`);
  return dueAfter(await calendarOn(ledger), event, term);
}
