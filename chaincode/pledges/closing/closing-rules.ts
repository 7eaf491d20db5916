/**
 * The end of an application that nobody can carry on: its platform is no party any more, or the
 * regime has lapsed. Without it the application and its personal data would stand for ever (CN-6).
 */
import type { CivilDate } from '../../kernel/civil-date.ts';
import type { Instant } from '../../kernel/instant.ts';
import { accepted, type Outcome, refused } from '../../kernel/outcome.ts';
import { lastDayOf } from '../../regimes/rules.ts';
import type { Edition } from '../../regimes/schema.ts';
import type { Application, ClosureReason } from '../application.ts';
import { awaitingEgkn, stillPreparing } from '../application-rules.ts';
import { refuse } from '../refusals.ts';

/** What the ledger knows of an application's platform and regime. */
export type Circumstances = {
  /** By a decision of the consortium. */
  readonly isExcluded: boolean;
  /** It was a member of the consortium and has left. */
  readonly hasLeft: boolean;
  /** The edition that it was filed under; for a draft those that there are. */
  readonly editions: readonly Edition[];
  readonly today: CivilDate;
};

/** Ended for a reason that holds; what EGKN has taken is for an officer to decide. */
export function closed(
  application: Application,
  reason: ClosureReason,
  circumstances: Circumstances,
  at: Instant,
): Outcome<Application> {
  const isDraft = application.state === 'PREPARED';
  const open = isDraft ? stillPreparing(application) : awaitingEgkn(application);
  if (!open.ok) return open;
  return holds(application, reason, circumstances)
    ? accepted({ ...open.value, closure: { reason, at }, endedAt: at, state: 'CLOSED' })
    : refused(refuse('CLOSURE_UNFOUNDED', { norm: 'OR-2; RG-2', params: { reason } }));
}

function holds(
  { kind }: Application,
  reason: ClosureReason,
  { isExcluded, hasLeft, editions, today }: Circumstances,
): boolean {
  switch (reason) {
    case 'PLATFORM_EXCLUDED':
      return isExcluded;
    case 'PLATFORM_GONE':
      return hasLeft;
    case 'REGIME_LAPSED':
      // A termination outlives every edition (RG-4, TR-4).
      return kind !== 'TERMINATION' && editions.every((each) => lastDayOf(each) < today);
  }
}
