/**
 * Whether those whom a register of the state names take part in an application (PL-4, PL-5, TR-2).
 *
 * Participants follow from what the platform says that the registers answered. Here the State
 * Corporation says whom they name when it asks them itself, and nobody is left out.
 */
import type { Refusal } from '../kernel/refusal.ts';
import type { Application, Check, KnownAs } from './application.ts';
import type { ParticipantRole } from './participants.ts';
import { refuse } from './refusals.ts';

type Asked = Pick<Application, 'kind' | 'participants' | 'contract'>;

/** A register's answer, as far as it names people. */
type Answer = Pick<Check, 'check' | 'contract'> & {
  readonly people?: readonly KnownAs[] | undefined;
};

/** What of a check's answer does not agree with the application; nothing where no people are asked. */
export function peopleFaults(
  application: Asked,
  { check, people = [], contract }: Answer,
): readonly Refusal[] {
  if (check === 'MARRIAGE') {
    return strangers(application, people).map((who) =>
      refuse('SPOUSE_TAKES_NO_PART', { norm: 'PL-5; 000 alg. 6, 12 3)', params: { who } }),
    );
  }
  if (check !== 'RIGHTS_AND_CHARACTERISTICS') return [];
  return application.kind === 'TERMINATION'
    ? endFaults(application, people, contract)
    : ownerFaults(application, people);
}

/** Every owner takes part, and a new pledge is of nobody who does not own (PL-4). */
function ownerFaults(application: Asked, people: readonly KnownAs[]): readonly Refusal[] {
  const norm = 'PL-4; 000 alg. 5, 7, 12 4)';
  const isNew = ['PLEDGE', 'REPLEDGE'].includes(application.kind);
  return [
    ...strangers(application, people).map((who) =>
      refuse('OWNER_TAKES_NO_PART', { norm, params: { who } }),
    ),
    ...(isNew && !areAmong(people, withRole(application, 'PLEDGOR'))
      ? [refuse('PLEDGOR_NOT_OWNER', { norm })]
      : []),
  ];
}

/** The pledgors and the contract of the registered pledge are those of its termination (TR-2). */
function endFaults(
  application: Asked,
  people: readonly KnownAs[],
  contract: Check['contract'],
): readonly Refusal[] {
  const norm = 'TR-2; 000 alg. 20';
  const isSame =
    strangers(application, people).length === 0 &&
    areAmong(people, withRole(application, 'PLEDGOR'));
  return [
    ...(isSame ? [] : [refuse('EGKN_HAS_OTHER_PLEDGORS', { norm })]),
    ...(contract === application.contract ? [] : [refuse('EGKN_HAS_ANOTHER_CONTRACT', { norm })]),
  ];
}

/** Names of those who take no part, each once. */
function strangers({ participants }: Asked, people: readonly KnownAs[]): readonly string[] {
  const known = participants.map(nameOf);
  return [...new Set(people.map(nameOf))].filter((name) => !known.includes(name));
}

function areAmong(people: readonly KnownAs[], names: readonly string[]): boolean {
  const known = people.map(nameOf);
  return names.every((name) => known.includes(name));
}

function withRole({ participants }: Asked, wanted: ParticipantRole): readonly string[] {
  return participants.filter(({ role }) => role === wanted).map(nameOf);
}

function nameOf(who: { readonly bin?: string | undefined; readonly person?: string | undefined }) {
  return who.bin ?? who.person ?? '';
}
