/** What the consortium can decide about regimes and the calendar (RG-2, RG-5). */
import { z } from 'zod';
import { subject } from '../decisions/subject.ts';
import { calendarYearSchema } from '../kernel/calendar.ts';
import { civilDateSchema } from '../kernel/civil-date.ts';
import { accepted, andThen } from '../kernel/outcome.ts';
import { extended, recordable, repealed } from './rules.ts';
import { editionDraft, editionId, editionType, order, procedure } from './schema.ts';
import { calendarType, editionOn, editionsOn } from './store.ts';

const basis = z.string().min(1).max(500);

/** A successor, or a new edition of a procedure's order; nothing in code changes for it. */
export const recordEdition = subject({
  schema: z.strictObject({ kind: z.literal('regime.edition'), edition: editionDraft }),
  effect: async (ledger, { edition }, decision) => {
    const draft = recordable(await editionsOn(ledger, edition.procedure), edition);
    return andThen(draft, (value) =>
      accepted((writer) =>
        writer.put(editionType, { ...value, recordedBy: decision, extensions: [] }),
      ),
    );
  },
});

/** Work under an edition goes on for longer than its text says. */
export const extendEdition = subject({
  schema: z.strictObject({
    kind: z.literal('regime.extension'),
    procedure,
    edition: editionId,
    until: civilDateSchema,
    basis,
  }),
  effect: async (ledger, { procedure: of, edition, until, basis: reason }, decision) => {
    const found = await editionOn(ledger, of, edition);
    const longer = andThen(found, (value) => extended(value, { until, basis: reason, decision }));
    return andThen(longer, (value) => accepted((writer) => writer.put(editionType, value)));
  },
});

/** A later order has repealed an edition: the fact is recorded with the order and the last day. */
export const repealEdition = subject({
  schema: z.strictObject({
    kind: z.literal('regime.repeal'),
    procedure,
    edition: editionId,
    order,
    lastDay: civilDateSchema,
    basis,
  }),
  effect: async (
    ledger,
    { procedure: of, edition, order: by, lastDay, basis: reason },
    decision,
  ) => {
    const found = await editionOn(ledger, of, edition);
    const ended = andThen(found, (value) =>
      repealed(value, { order: by, lastDay, basis: reason, decision }),
    );
    return andThen(ended, (value) => accepted((writer) => writer.put(editionType, value)));
  },
});

/** The working days of a year, new or corrected when the Government moves days. */
export const recordCalendar = subject({
  schema: z.strictObject({ kind: z.literal('calendar.year'), calendar: calendarYearSchema }),
  effect: async (_ledger, { calendar }) => accepted((writer) => writer.put(calendarType, calendar)),
});
