/** The transactions that tell which order holds, and which days are worked. */
import { z } from 'zod';
import { calendarYearSchema } from '../kernel/calendar.ts';
import { civilDateSchema } from '../kernel/civil-date.ts';
import { termSchema } from '../kernel/deadline.ts';
import { instantSchema } from '../kernel/instant.ts';
import { operation } from '../ledger/operation.ts';
import { edition, editionId, procedure, standing } from './schema.ts';

/** An edition with where it stands on the day that was asked about. */
const standingEdition = z.strictObject({ edition, standing, lastDay: civilDateSchema });

export const found = operation({
  contract: 'regimes',
  name: 'found',
  summary: 'Records the first editions and calendars, which the package names; once.',
  norms: 'RG-3; RG-5',
  shape: { kind: 'public' },
  callers: { nodeOu: 'admin' },
  input: z.strictObject({}),
  output: z.strictObject({ editions: z.array(editionId), years: z.array(z.int()) }),
});

export const inForce = operation({
  contract: 'regimes',
  name: 'inForce',
  summary: 'Tells under which edition a procedure is filed on a day, or why it cannot be.',
  norms: 'RG-2',
  shape: { kind: 'query' },
  callers: {},
  input: z.strictObject({ procedure, on: civilDateSchema }),
  output: edition,
});

export const editions = operation({
  contract: 'regimes',
  name: 'editions',
  summary: 'Lists the editions of a procedure, or of all, with their standing on a day.',
  norms: 'RG-1',
  shape: { kind: 'query' },
  callers: {},
  input: z.strictObject({ procedure: procedure.optional(), on: civilDateSchema }),
  output: z.strictObject({ editions: z.array(standingEdition) }),
});

export const history = operation({
  contract: 'regimes',
  name: 'history',
  summary: 'Shows every change of an edition with its transaction, newest first.',
  norms: 'RG-1',
  shape: { kind: 'query' },
  callers: {},
  input: z.strictObject({ procedure, edition: editionId }),
  output: z.strictObject({
    changes: z.array(
      z.strictObject({
        transactionId: z.string(),
        time: instantSchema,
        revision: z.int(),
        edition,
      }),
    ),
  }),
});

export const calendar = operation({
  contract: 'regimes',
  name: 'calendar',
  summary: 'Shows the working days of the recorded years with their sources.',
  norms: 'RG-5',
  shape: { kind: 'query' },
  callers: {},
  input: z.strictObject({}),
  output: z.strictObject({ years: z.array(calendarYearSchema) }),
});

export const due = operation({
  contract: 'regimes',
  name: 'due',
  summary: 'Tells when a term runs out that began with an event, by the recorded calendar.',
  norms: 'RG-5',
  shape: { kind: 'query' },
  callers: {},
  input: z.strictObject({ event: instantSchema, term: termSchema }),
  output: z.strictObject({ lastDay: civilDateSchema, until: instantSchema }),
});

export const regimeOperations = [found, inForce, editions, history, calendar, due];
