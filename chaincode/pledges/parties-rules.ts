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
import type { ParticipantRole, Person } from './participants.ts';
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
 * termination the same contract.
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
  const known = pledge.participants.map(nameOfEntry);
  const isSame =
    withRole(pledge, ['PLEDGOR']).every((name) => pledgors.includes(name)) &&
    pledgors.every((name) => known.includes(name));
  const isEnd = dossier.kind === 'TERMINATION';
  const named = isEnd ? [] : namesOf(everyoneNamed(dossier));
  const leftOut = isEnd ? [] : withRole(pledge, beside).filter((name) => !named.includes(name));
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

/** Participants, and those who no longer are because a marriage was dissolved. */
function everyoneNamed(dossier: Dossier): readonly Person[] {
  const divorced = dossier.facts.marriages.flatMap(({ spouses, dissolvedOn }) =>
    dissolvedOn === undefined ? [] : spouses,
  );
  return [...participantsOf(dossier).map(({ person }) => person), ...divorced];
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
