/**
 * Who changes or ends a registered pledge: those who stand in it, and nobody in their place.
 *
 * The ledger knows natural persons by salted hashes alone. The salt is the registered application's
 * own; who changes the pledge gives it again in the dossier, and the holders' peers compare.
 */
import { type Outcome, unlessRefused } from '../kernel/outcome.ts';
import { personHash } from '../kernel/person-hash.ts';
import type { Refusal } from '../kernel/refusal.ts';
import type { Application, ParticipantEntry } from './application.ts';
import { contractHash, type Dossier, participantsOf } from './dossier.ts';
import { isMarriageOf, numberOf, type ParticipantRole, type Person } from './participants.ts';
import { refuse } from './refusals.ts';

/** What the ledger keeps of a registered pledge's parties and contract. */
export type RegisteredPledge = Pick<Application, 'id' | 'participants' | 'contract'>;

/** Kinds whose pledgors are those of the pledge that they change. */
const heldKinds: readonly Dossier['kind'][] = ['AMENDMENT', 'CESSION', 'TERMINATION'];

/** Those who own beside the pledgors, or are married to who does. */
const beside: readonly ParticipantRole[] = ['CO_OWNER', 'SPOUSE'];

/** Whether a dossier changes or ends pledges whose parties it has to name again. */
export function isHeldToRegistered({ kind }: Pick<Dossier, 'kind'>): boolean {
  return heldKinds.includes(kind);
}

/**
 * Whether those whom a dossier names are those of the registered pledges (PL-6, TR-2): the same
 * pledgors; for a change every other owner and spouse too, unless the marriage was dissolved; for a
 * termination the same contract. A pledge stays on a home that changes hands: for a change those who
 * own it now stand in the place of an owner who is said, and by EGKN shown, to be one no more. That
 * EGKN names no other owner its own check has to say (PL-10).
 */
export function heldToRegistered(
  dossier: Dossier,
  pledges: readonly RegisteredPledge[],
): Outcome<Dossier> {
  return unlessRefused(
    pledges.flatMap((pledge) => faultsAgainst(dossier, pledge)),
    dossier,
  );
}

function faultsAgainst(dossier: Dossier, { id, ...pledge }: RegisteredPledge): readonly Refusal[] {
  const params = { encumbrance: id };
  const salt = dossier.registered.find(({ encumbrance }) => encumbrance === id)?.personSalt ?? '';
  const namesOf = (people: readonly Person[]) => people.map((who) => nameOf(who, salt));
  const pledgors = namesOf(dossier.pledgors);
  const former = namesOf((dossier.facts.formerOwners ?? []).map(({ person }) => person));
  const registered = withRole(pledge, ['PLEDGOR']);
  const around = withRole(pledge, beside);
  const owners = namesOf(dossier.facts.owners);
  const inPlace = registered.some((name) => former.includes(name)) ? owners : [];
  const isSame =
    registered.every((name) => [...pledgors, ...former].includes(name)) &&
    pledgors.every((name) => [...registered, ...around, ...inPlace].includes(name));
  const isEnd = dossier.kind === 'TERMINATION';
  const named = isEnd ? [] : namesOf(everyoneNamed(dossier));
  const leftOut = isEnd ? [] : around.filter((name) => !named.includes(name));
  return [
    ...(isSame
      ? []
      : [refuse('PLEDGORS_DIFFER', { norm: 'PL-6; TR-2', field: '/pledgors', params })]),
    ...(leftOut.length === 0
      ? []
      : [refuse('OWNER_LEFT_OUT', { norm: 'PL-4 to PL-6', field: '/facts', params })]),
    ...(!isEnd || pledge.contract === contractHash(dossier, salt)
      ? []
      : [refuse('CONTRACT_DIFFERS', { norm: 'TR-2', field: '/contract', params })]),
  ];
}

/** Participants, and those who no longer are: a marriage was dissolved, a home changed hands. */
function everyoneNamed(dossier: Dossier): readonly Person[] {
  const { marriages, formerOwners = [] } = dossier.facts;
  const former = formerOwners.map(({ person }) => person);
  const numbers = former.map(numberOf);
  const past = marriages.filter(
    (record) => record.dissolvedOn !== undefined || isMarriageOf(record, numbers),
  );
  const participants = participantsOf(dossier).map(({ person }) => person);
  return [...participants, ...past.flatMap(({ spouses }) => spouses), ...former];
}

function withRole(
  { participants }: Pick<Application, 'participants'>,
  roles: readonly ParticipantRole[],
): readonly string[] {
  return participants.filter(({ role }) => roles.includes(role)).map(nameOfEntry);
}

function nameOf(who: Person, salt: string): string {
  return 'bin' in who ? who.bin : personHash(salt, who.iin);
}

function nameOfEntry({ bin, person }: ParticipantEntry): string {
  return bin ?? person ?? '';
}
