/** Finds applications and registered pledges by their indexes, and only those that count. */
import { accepted, type Outcome } from '../../kernel/outcome.ts';
import { query } from '../../ledger/contract.ts';
import { registrarMsp } from '../../ledger/institutions.ts';
import type { PageAsked, Reader } from '../../ledger/reader.ts';
import { type Application, type ApplicationState, applicationType } from '../application.ts';
import { isGiven } from '../store.ts';
import { type Encumbrance, encumbranceType } from '../encumbrance.ts';
import { holderOf } from '../register-rules.ts';
import {
  applicationsByDocument,
  applicationsDue,
  applicationsForProperty,
  applicationsInState,
  applicationsOfPledgee,
  applicationsOfPlatform,
  pledgesByDocument,
  pledgesOfHolder,
} from './operations.ts';

export const finding = [
  query(applicationsOfPledgee, (ledger, { pledgee, state, ...asked }) =>
    applicationsBy(ledger, 'pledgee', inState(pledgee, state), asked),
  ),

  query(applicationsOfPlatform, (ledger, { platform, state, ...asked }) =>
    applicationsBy(ledger, 'platform', inState(platform, state), asked),
  ),

  query(applicationsInState, (ledger, { state, ...asked }) =>
    applicationsBy(ledger, 'state', [state], asked),
  ),

  query(applicationsDue, async (ledger, { until, ...asked }) => {
    const found = await applicationsBy(ledger, 'due', [], asked);
    if (!found.ok || until === undefined) return found;
    // They come in the order of their due time, so that the first later one ends the list.
    const { applications, next } = found.value;
    const due = applications.filter((application) => isDueBy(application, until));
    const isEnd = due.length < applications.length || next === undefined;
    return accepted({ applications: due, ...(isEnd ? {} : { next }) });
  }),

  query(applicationsForProperty, (ledger, { property, ...asked }) =>
    applicationsBy(ledger, 'property', [property], asked),
  ),

  query(applicationsByDocument, (ledger, { document, ...asked }) =>
    applicationsBy(ledger, 'document', [document], asked),
  ),

  query(pledgesOfHolder, (ledger, { holder, past, ...asked }) =>
    encumbrancesBy(
      ledger,
      { index: 'holder', value: holder, asked },
      (each) => past || (each.state === 'LIVE' && holderOf(each) === holder),
    ),
  ),

  query(pledgesByDocument, (ledger, { document, ...asked }) =>
    encumbrancesBy(ledger, { index: 'document', value: document, asked }, () => true),
  ),
];

async function applicationsBy(
  ledger: Reader,
  index: string,
  values: readonly string[],
  asked: PageAsked,
): Promise<Outcome<{ applications: Application[]; next?: string }>> {
  const page = await ledger.pageBy(applicationType, index, values, asked);
  if (!page.ok) return page;
  const counting: Application[] = [];
  for (const { data } of page.value.items) {
    if (await isGiven(ledger, data)) counting.push(data);
  }
  return accepted({ applications: counting, ...nextOf(page.value) });
}

async function encumbrancesBy(
  ledger: Reader,
  { index, value, asked }: { index: string; value: string; asked: PageAsked },
  isWanted: (encumbrance: Encumbrance) => boolean,
): Promise<Outcome<{ encumbrances: Encumbrance[]; next?: string }>> {
  const page = await ledger.pageBy(encumbranceType, index, [value], asked);
  if (!page.ok) return page;
  const sealed: Encumbrance[] = [];
  for (const { data } of page.value.items) {
    const isSealed = await ledger.isSealed(encumbranceType, data, registrarMsp);
    if (isSealed && isWanted(data)) sealed.push(data);
  }
  return accepted({ encumbrances: sealed, ...nextOf(page.value) });
}

function inState(bin: string, state: ApplicationState | undefined): readonly string[] {
  return state === undefined ? [bin] : [bin, state];
}

function isDueBy({ due }: Application, until: string): boolean {
  return due !== undefined && due.until <= until;
}

function nextOf({ next }: { readonly next?: string }): { next?: string } {
  return next === undefined ? {} : { next };
}
