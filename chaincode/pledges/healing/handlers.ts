/**
 * Healing: a peer that was restored from a backup lacks what was deposited since, and an
 * organisation with one peer has nobody of its own to ask. The other holder deposits the same bytes.
 */
import { accepted, andThen, type Outcome, refused } from '../../kernel/outcome.ts';
import { partiesCommand, query } from '../../ledger/contract.ts';
import { registrarMsp } from '../../ledger/institutions.ts';
import type { Page, Reader } from '../../ledger/reader.ts';
import { consentsOf } from '../../consents/store.ts';
import { type Application, applicationType } from '../application.ts';
import {
  heldOfApplication,
  heldOfBatch,
  type HeldPart,
  heldPlace,
  type HeldRecord,
} from '../held-records.ts';
import { holdersAmong } from '../holders.ts';
import { batchType } from '../portfolio/batch.ts';
import { batchOn } from '../portfolio/batch-store.ts';
import { refuse } from '../refusals.ts';
import { applicationOn, platformMspOf } from '../store.ts';
import { heal, lacking, readHeld } from './operations.ts';

type Lacking = {
  readonly record: HeldRecord['id'];
  readonly platform: string;
  readonly part: HeldPart;
};

export const healing = [
  query(lacking, async (ledger, { of, ...asked }) =>
    of === 'BATCHES'
      ? lackingOn(ledger, await ledger.page(batchType, [], asked), async (batch) =>
          heldOfBatch(batch),
        )
      : lackingOn(ledger, await ledger.page(applicationType, [], asked), async (application) =>
          heldOf(ledger, application),
        ),
  ),

  query(readHeld, async (ledger, { record, part }) => {
    const place = await placeOn(ledger, record, part);
    if (!place.ok) return place;
    const own = await ledger.findOwn(place.value);
    return own.state === 'HELD'
      ? accepted({ text: own.text })
      : refused(refuse('RECORD_NOT_HELD', { norm: 'SE-2; CN-6' }));
  }),

  partiesCommand(
    heal,
    async (ledger, { record, part }) => {
      const found = await heldRecordOn(ledger, record, part);
      return found.ok ? accepted(await holdersAmong(ledger, found.value.parties)) : found;
    },
    async (ledger, { record, part, text }) => {
      const place = await placeOn(ledger, record, part);
      if (!place.ok) return place;
      return (await ledger.restore(place.value, text))
        ? accepted(null)
        : refused(refuse('RECORD_DIFFERS', { norm: 'SE-1; CN-6', field: '/text' }));
    },
    ({ record, part }) => ({ record, part }),
  ),
];

/** The record whose part it is. */
async function heldRecordOn(
  ledger: Reader,
  record: string,
  { kind }: HeldPart,
): Promise<Outcome<HeldRecord>> {
  if (kind === 'BATCH_EVIDENCE') {
    return andThen(await batchOn(ledger, record), (batch) => accepted(heldOfBatch(batch)));
  }
  const found = await applicationOn(ledger, record);
  return found.ok ? accepted(await heldOf(ledger, found.value)) : found;
}

/** What may be held of an application: of its consents too. */
async function heldOf(ledger: Reader, application: Application): Promise<HeldRecord> {
  return heldOfApplication(application, await consentsOf(ledger, application.id));
}

/** Where a part of a record stands; of a batch's signature its depositor says. */
async function placeOn(ledger: Reader, record: string, part: HeldPart): Promise<Outcome<string>> {
  if (part.kind === 'BATCH_EVIDENCE') return accepted(heldPlace(record, part, registrarMsp));
  const found = await applicationOn(ledger, record);
  const platform = found.ok ? await platformMspOf(ledger, found.value) : found;
  return andThen(platform, (mspId) => accepted(heldPlace(record, part, mspId)));
}

/** What the caller's peer lacks of a page of records, and where the next page begins. */
async function lackingOn<Data>(
  ledger: Reader,
  page: Outcome<Page<Data>>,
  heldOf: (data: Data) => Promise<HeldRecord>,
) {
  if (!page.ok) return page;
  const { items, next } = page.value;
  const found: Lacking[] = [];
  for (const { data } of items) found.push(...(await lackingOf(ledger, await heldOf(data))));
  return accepted({ lacking: found, ...(next === undefined ? {} : { next }) });
}

async function lackingOf(ledger: Reader, record: HeldRecord): Promise<readonly Lacking[]> {
  const holders = await holdersAmong(ledger, record.parties);
  if (!holders.includes(ledger.caller.mspId)) return [];
  const found: Lacking[] = [];
  const [platform = registrarMsp] = holders;
  for (const part of record.parts) {
    const key = heldPlace(record.id, part, platform);
    if ((await ledger.findOwn(key)).state !== 'LACKING') continue;
    found.push({ record: record.id, platform: await platformOf(ledger, holders, key), part });
  }
  return found;
}

/** Which platform was given the same bytes as the caller; none where only the registrar was. */
async function platformOf(
  ledger: Reader,
  holders: readonly string[],
  key: string,
): Promise<string> {
  const { mspId } = ledger.caller;
  if (mspId !== registrarMsp) return mspId;
  const own = await ledger.privateHash(registrarMsp, key);
  for (const holder of holders) {
    if ((await ledger.privateHash(holder, key)) === own) return holder;
  }
  return registrarMsp;
}
