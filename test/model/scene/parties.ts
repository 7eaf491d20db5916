/** Who takes part in the sequences: people, organisations and what they hold in the law's eyes. */
import type { TestPerson } from '../../../gateway/stands/eds/authority.ts';
import { bin, iin, people } from '../../../gateway/stands/eds/people.ts';

/** Everyone who signs. The first group are natural persons, the second sign for legal entities. */
export const persons = {
  pledgor: people.pledgor,
  spouse: people.spouse,
  coOwner: people.coOwner,
  alphaHead: people.alphaHead,
  betaHead: people.betaHead,
  registrar: people.registrar,
  goscorpHead: people.goscorpHead,
  bankHead: {
    surname: 'СЕЙТКАЛИЕВ',
    givenName: 'БОЛАТБЕК',
    iin: iin(31),
    bin: bin(31),
    organisation: 'АО «БАНК ДЕМО»',
    role: 'head',
  },
  companyHead: {
    surname: 'ДЖАКСЫБЕКОВА',
    givenName: 'ЖАННАТ',
    iin: iin(32),
    bin: bin(32),
    organisation: 'ТОО «ЗАЛОГОДАТЕЛЬ ДЕМО»',
    role: 'head',
  },
} as const satisfies Readonly<Record<string, TestPerson>>;
export type PersonName = keyof typeof persons;

/** A legal entity by who signs for it. */
export type Entity = 'alphaHead' | 'betaHead' | 'bankHead' | 'companyHead';

/** Those who may hold a pledge; the bank holds it on another's platform (OR-1). */
export const pledgees = ['alphaHead', 'betaHead', 'bankHead'] as const;
export type Pledgee = (typeof pledgees)[number];

export function binOf(entity: Entity): string {
  return persons[entity].bin;
}

/** The platforms; only the first two were admitted, the third is a bank's (OR-1). */
export const platforms = {
  AlphaMSP: binOf('alphaHead'),
  BetaMSP: binOf('betaHead'),
  BankMSP: binOf('bankHead'),
} as const;
/** Who heads each of them. */
export const platformHeads = {
  AlphaMSP: 'alphaHead',
  BetaMSP: 'betaHead',
  BankMSP: 'bankHead',
} as const satisfies Readonly<Record<keyof typeof platforms, PersonName>>;
export type PlatformMsp = keyof typeof platforms;
export const platformMsps = Object.keys(platforms) as readonly PlatformMsp[];

export const registrar = 'GosCorpMSP';

/** Heads whom an organisation names on the ledger, and its MSP (OR-1); the company is no party. */
export const headsOf = {
  goscorpHead: registrar,
  alphaHead: 'AlphaMSP',
  betaHead: 'BetaMSP',
  bankHead: 'BankMSP',
} as const;
export type ListedHead = keyof typeof headsOf;
export const listedHeads = Object.keys(headsOf) as readonly ListedHead[];

/** The information system of every platform. */
export const system = 'pledges';

/** What no public record, event, answer or error may hold (SE-2). */
export const personalValues: readonly string[] = Object.values(persons).flatMap(
  (person: TestPerson) =>
    [person.iin, person.surname, person.givenName, person.patronymic].flatMap((value) =>
      value === undefined ? [] : [value],
    ),
);
