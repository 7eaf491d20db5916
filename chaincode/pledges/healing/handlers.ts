/**
 * Healing: a peer that was restored from a backup lacks what was deposited since, and an
 * organisation with one peer has nobody of its own to ask. The other holder deposits the same bytes.
 */
import { accepted, type Outcome, refused } from '../../kernel/outcome.ts';
import { partiesCommand, query } from '../../ledger/contract.ts';
import { registrarMsp } from '../../ledger/institutions.ts';
import type { Reader } from '../../ledger/reader.ts';
import { organisationOn } from '../../organisations/store.ts';
import { type Application, applicationType } from '../application.ts';
import { heldKey, type HeldPart, heldPartsOf } from '../held-records.ts';
import { refuse } from '../refusals.ts';
import { applicationOn } from '../store.ts';
import { heal, lacking, readHeld } from './operations.ts';

type Lacking = {
  readonly application: Application['id'];
  readonly platform: string;
  readonly part: HeldPart;
};

export const healing = [
  query(lacking, async (ledger, { limit, cursor }) => {
    const page = await ledger.page(applicationType, [], { limit, cursor });
    if (!page.ok) return page;
    const found: Lacking[] = [];
    for (const { data } of page.value.items) found.push(...(await lackingOf(ledger, data)));
    return accepted({
      lacking: found,
      ...(page.value.next === undefined ? {} : { next: page.value.next }),
    });
  }),

  query(readHeld, async (ledger, { application, part }) => {
    const own = await ledger.findOwn(heldKey(application, part));
    return own.state === 'HELD'
      ? accepted({ text: own.text })
      : refused(refuse('RECORD_NOT_HELD', { norm: 'SE-2; CN-6' }));
  }),

  partiesCommand(
    heal,
    async (ledger, { application }) => {
      const found = await applicationOn(ledger, application);
      return found.ok ? partiesTo(ledger, found.value) : found;
    },
    async (ledger, { application, part, text }) =>
      (await ledger.restore(heldKey(application, part), text))
        ? accepted(null)
        : refused(refuse('RECORD_DIFFERS', { norm: 'SE-1; CN-6', field: '/text' })),
    ({ application, part }) => ({ application, part }),
  ),
];

/** Who holds what is personal of an application: its platform and the State Corporation. */
async function partiesTo(
  ledger: Reader,
  { platform }: Application,
): Promise<Outcome<readonly string[]>> {
  const organisation = await organisationOn(ledger, platform);
  if (!organisation.ok) return organisation;
  return accepted([...new Set([organisation.value.mspId, registrarMsp])]);
}

async function lackingOf(ledger: Reader, application: Application): Promise<readonly Lacking[]> {
  const parties = await partiesTo(ledger, application);
  if (!parties.ok || !parties.value.includes(ledger.caller.mspId)) return [];
  const [platform = registrarMsp] = parties.value;
  const found: Lacking[] = [];
  for (const part of heldPartsOf(application)) {
    const { state } = await ledger.findOwn(heldKey(application.id, part));
    if (state === 'LACKING') found.push({ application: application.id, platform, part });
  }
  return found;
}
