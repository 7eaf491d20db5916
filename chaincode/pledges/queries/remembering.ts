/** What became of a record, change by change. */
import { accepted, refused } from '../../kernel/outcome.ts';
import { query } from '../../ledger/contract.ts';
import { historyOf } from '../../ledger/history.ts';
import { applicationType } from '../application.ts';
import { encumbranceType } from '../encumbrance.ts';
import { applicationOn, encumbranceOn } from '../store.ts';
import { refuse } from '../refusals.ts';
import { applicationHistory, pledgeHistory } from './operations.ts';

export const remembering = [
  query(applicationHistory, async (ledger, { application, ...asked }) => {
    const found = await applicationOn(ledger, application);
    if (!found.ok) return found;
    return accepted(await historyOf(ledger, applicationType, [application], asked));
  }),

  query(pledgeHistory, async (ledger, { property, encumbrance, ...asked }) => {
    const found = await encumbranceOn(ledger, property, encumbrance);
    if (found === undefined) return refused(refuse('ENCUMBRANCE_UNKNOWN', { norm: 'PL-15' }));
    return accepted(await historyOf(ledger, encumbranceType, [property, encumbrance], asked));
  }),
];
