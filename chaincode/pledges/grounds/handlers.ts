/** An officer's reasons on their way to the parties: everyone else knows their hash alone (PL-13). */
import { accepted, andThen, type Outcome, refused } from '../../kernel/outcome.ts';
import { partiesCommand, query } from '../../ledger/contract.ts';
import { registrarMsp } from '../../ledger/institutions.ts';
import type { Reader } from '../../ledger/reader.ts';
import type { Application, OfficerDecision } from '../application.ts';
import { decisionPlaces } from '../held-records.ts';
import { holdersAmong } from '../holders.ts';
import { refuse } from '../refusals.ts';
import { applicationOn, platformMspOf } from '../store.ts';
import { groundsHash, groundsText, keptGrounds } from './grounds.ts';
import { giveGrounds, readGrounds } from './operations.ts';

export const groundsGiven = [
  query(readGrounds, async (ledger, { application: id, decision: nth }) => {
    const found = await applicationOn(ledger, id);
    const places = found.ok ? await placesOf(ledger, found.value, nth) : found;
    if (!places.ok) return places;
    let isLacking = false;
    for (const place of places.value) {
      const own = await ledger.findOwn(place);
      if (own.state === 'HELD') return accepted(keptGrounds.parse(JSON.parse(own.text)));
      isLacking ||= own.state === 'LACKING';
    }
    return refused(refuse(isLacking ? 'GROUNDS_LACKING' : 'GROUNDS_NOT_HELD', { norm }));
  }),

  partiesCommand(
    giveGrounds,
    async (ledger, { application: id }) => {
      const found = await applicationOn(ledger, id);
      if (!found.ok) return found;
      return accepted(await holdersAmong(ledger, [found.value.platform]));
    },
    async (ledger, { application: id, decision: nth, given }) => {
      const found = await applicationOn(ledger, id);
      const places = found.ok ? await placesOf(ledger, found.value, nth) : found;
      if (!places.ok) return places;
      const { salt, grounds } = given;
      const hash = groundsHash(salt, grounds);
      for (const place of places.value) {
        // What was purged stays so: only what the State Corporation still holds is given.
        if ((await ledger.privateHash(registrarMsp, place)) !== hash) continue;
        ledger.depositShared(place, groundsText(salt, grounds));
        return accepted(null);
      }
      return refused(refuse('RECORD_DIFFERS', { norm: 'PL-13; CN-6', field: '/given' }));
    },
    ({ application, decision }) => ({ application, decision }),
  ),
];

const norm = 'PL-13; SE-2; CN-6';

/**
 * Whether the State Corporation holds what an officer stated with a decision, as it was verified for
 * this place among the decisions: another may have been verified since, and have replaced it.
 */
export async function groundsDeposited(
  ledger: Reader,
  application: Application,
): Promise<Outcome<null>> {
  const places = await placesOf(ledger, application);
  return andThen(places, ([place]) =>
    place === undefined
      ? refused(refuse('DECISION_REPLACED', { norm: 'PL-11; PL-13', field: '/verdict' }))
      : accepted(null),
  );
}

/** Where the State Corporation holds the reasons of a decision, the last one unless told. */
async function placesOf(
  ledger: Reader,
  application: Application,
  nth = application.decisions.length,
): Promise<Outcome<readonly string[]>> {
  const platform = await platformMspOf(ledger, application);
  if (!platform.ok) return platform;
  const decision = application.decisions[nth - 1];
  return accepted(
    decision === undefined
      ? []
      : await standing(ledger, application, nth, decision, platform.value),
  );
}

async function standing(
  ledger: Reader,
  { id }: Application,
  nth: number,
  { reasons }: OfficerDecision,
  platformMsp: string,
): Promise<readonly string[]> {
  const places: string[] = [];
  for (const place of decisionPlaces(id, 'GROUNDS', nth, platformMsp)) {
    if ((await ledger.privateHash(registrarMsp, place)) === reasons) places.push(place);
  }
  return places;
}
