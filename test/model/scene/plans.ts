/**
 * What an application is to be about, and the dossier that follows: everything in it is decided by
 * the plan, so that sequences which plan the same share its signatures.
 */
import { documentHashOf } from '../../../chaincode/kernel/document-hash.ts';
import type { Manifest } from '../../../chaincode/kernel/eds/manifest.ts';
import {
  type Dossier,
  dossier as dossierSchema,
  dossierText,
} from '../../../chaincode/pledges/dossier.ts';
import { shownFacts } from '../../../chaincode/pledges/shown-facts.ts';
import { channelName } from '../ledger/stub.ts';
import { hashOf, idOf, saltOf } from './numbers.ts';
import {
  binOf,
  type Entity,
  type PersonName,
  persons,
  type PlatformMsp,
  type Pledgee,
} from './parties.ts';

export type Kind =
  'PLEDGE' | 'REPLEDGE' | 'AMENDMENT' | 'CESSION' | 'TERMINATION' | 'RANK_AGREEMENT';

export const kinds: readonly Kind[] = [
  'PLEDGE',
  'REPLEDGE',
  'AMENDMENT',
  'CESSION',
  'TERMINATION',
  'RANK_AGREEMENT',
];

/** Who pledges: a company; a person alone; a person with a spouse and a second owner. */
export const families = ['company', 'single', 'married'] as const;
export type Family = (typeof families)[number];

/** What may be wrong with a dossier; each has its own refusal (PL-3). */
export const flaws = [
  'noDocument',
  'propertyUndescribed',
  'wrongReference',
  'strangerPledges',
  'wrongCedent',
  'targetTwice',
] as const;
export type Flaw = (typeof flaws)[number];

/** Few properties, so that pledges meet on them. */
export const properties = ['20:315:033:105:1:7', '20:315:033:105:1:8'] as const;

export type Target = { readonly property: string; readonly encumbrance?: string };

export type Plan = {
  readonly id: string;
  readonly kind: Kind;
  readonly platform: PlatformMsp;
  readonly pledgee: Pledgee;
  readonly cedent?: Pledgee;
  readonly consenting: readonly Pledgee[];
  readonly family: Family;
  readonly targets: readonly Target[];
  readonly consentToRepledge: boolean;
};

/** A participant as the model works it out from who is who, not from the dossier. */
export type Part = {
  readonly number: number;
  readonly who: PersonName;
  readonly natural: boolean;
  readonly signs: boolean;
};

const naturalPersons: readonly PersonName[] = ['pledgor', 'spouse', 'coOwner'];

/** Those of a family who sign, the pledgor first (PL-4, PL-5). */
const members: Readonly<Record<Family, readonly PersonName[]>> = {
  company: ['companyHead'],
  single: ['pledgor'],
  married: ['pledgor', 'coOwner', 'spouse'],
};

/** Each new revision is about another family, so that who is who changes with it. */
export function familyOf({ family }: Plan, revision: number): Family {
  const index = families.indexOf(family) + revision - 1;
  return families[index % families.length] ?? family;
}

/** Who takes part in a revision, in the order of the law's roles (PL-4 to PL-6, TR-1, TR-5). */
export function partsOf(plan: Plan, revision: number): readonly Part[] {
  const family = members[familyOf(plan, revision)];
  const { kind, pledgee, cedent, consenting } = plan;
  const isEnd = kind === 'TERMINATION';
  const names: readonly PersonName[] = isEnd
    ? [pledgee, ...family.slice(0, 1)]
    : [pledgee, ...(cedent === undefined ? [] : [cedent]), ...consenting, ...family];
  return [...new Set(names)].map((who, index) => {
    const natural = naturalPersons.includes(who);
    return { number: index + 1, who, natural, signs: !isEnd || who === pledgee };
  });
}

function natural(name: 'pledgor' | 'spouse' | 'coOwner') {
  const { iin, surname, givenName } = persons[name];
  return { iin, surname, givenName };
}

function legal(entity: Entity) {
  return { bin: binOf(entity), name: persons[entity].organisation };
}

function factsOf(family: Family) {
  if (family === 'company') return { owners: [legal('companyHead')], marriages: [] };
  if (family === 'single') return { owners: [natural('pledgor')], marriages: [] };
  return {
    owners: [natural('pledgor'), natural('coOwner')],
    marriages: [{ spouses: [natural('spouse'), natural('pledgor')], registeredOn: '2020-06-12' }],
  };
}

/** What was asked before the dossier was made: EGKN of each property, ZAGS of each natural owner. */
function answersOf({ targets }: Plan, family: Family) {
  const shown = { evidence: hashOf('answer'), at: '2026-11-20T05:50:00.000Z' };
  const { owners } = factsOf(family);
  return [
    ...targets.map(({ property }) => ({ source: 'EGKN', property, ...shown })),
    ...owners.flatMap((owner) =>
      'iin' in owner ? [{ source: 'ZAGS', person: owner.iin, ...shown }] : [],
    ),
  ];
}

const dossiers = new Map<string, Dossier>();

/** Names of the documents that supplements have added, one each, oldest first (PL-13). */
export type Added = readonly string[];

/** The dossier of a revision, with a flaw or as it should be. */
export function dossierOf(
  plan: Plan,
  revision: number,
  { flaw, added = [] }: { readonly flaw?: Flaw | undefined; readonly added?: Added } = {},
): Dossier {
  const place = `${plan.id} ${revision} ${flaw} ${added.join()}`;
  const known = dossiers.get(place);
  if (known !== undefined) return known;
  const made = dossierSchema.parse({
    ...soundDossier(plan, revision, added),
    ...flawed(plan, flaw),
  });
  if (dossiers.size > 2000) dossiers.clear();
  dossiers.set(place, made);
  return made;
}

function soundDossier(plan: Plan, revision: number, added: Added) {
  const filed = revision - added.length;
  const family = familyOf(plan, filed);
  const isEnd = plan.kind === 'TERMINATION';
  return {
    salt: saltOf(`dossier ${plan.id} ${revision} ${added.join()}`),
    application: plan.id,
    personSalt: personSaltOf(plan.id),
    registered: [...new Set(plan.targets.flatMap(({ encumbrance }) => encumbrance ?? []))].map(
      (encumbrance) => ({ encumbrance, personSalt: personSaltOf(encumbrance) }),
    ),
    revision,
    kind: plan.kind,
    pledgee: legal(plan.pledgee),
    pledgors: [family === 'company' ? legal('companyHead') : natural('pledgor')],
    ...(plan.cedent === undefined ? {} : { cedent: legal(plan.cedent) }),
    consentingPledgees: plan.consenting.map(legal),
    facts: { ...factsOf(family), answers: answersOf(plan, family) },
    targets: plan.targets,
    properties: [...new Set(plan.targets.map(({ property }) => property))].map(described),
    contract: {
      number: contractNumber,
      date: contractDate,
      sum: { amountMinor: '2500000000', currency: 'KZT' },
      until: '2036-01-31',
      mainObligation: 'Bank loan',
      consentToRepledge: plan.consentToRepledge,
    },
    documents: [
      {
        kind: isEnd ? 'FULFILMENT' : 'TITLE',
        name: documentName,
        sha256: titleDocumentOf(plan, filed),
      },
      ...(isEnd ? [{ kind: 'PAYMENT', name: documentName, sha256: receiptOf(plan) }] : []),
      ...added.map((name) => ({ kind: 'OTHER', name: documentName, sha256: hashOf(name) })),
    ],
  };
}

/** The salt by which the persons of an application are known. */
function personSaltOf(application: string): string {
  return saltOf(`persons ${application}`);
}

/**
 * Whom a register names about a revision, as the ledger knows them: EGKN the owners, or of an end the
 * pledgor; ZAGS those who are married.
 */
export function namedBy(
  check: 'RIGHTS_AND_CHARACTERISTICS' | 'MARRIAGE',
  plan: Plan,
  revision: number,
) {
  const family = familyOf(plan, revision);
  if (check === 'MARRIAGE') {
    return family === 'married' ? [knownAs(plan, 'pledgor'), knownAs(plan, 'spouse')] : [];
  }
  const owners = members[family].filter((who) => who !== 'spouse');
  return (plan.kind === 'TERMINATION' ? owners.slice(0, 1) : owners).map((who) =>
    knownAs(plan, who),
  );
}

/** A person as the ledger knows them in an application. */
export function knownAs(plan: Plan, who: PersonName): { bin: string } | { person: string } {
  return naturalPersons.includes(who)
    ? { person: hashOf(`${personSaltOf(plan.id)}:${persons[who].iin}`) }
    : { bin: binOf(who as Entity) };
}

/** The contract as EGKN has it of the pledge that is to end, salted as the ledger has it (TR-2). */
export function knownContract(plan: Plan): string {
  const text = `{"date":"${contractDate}","number":"${contractNumber}"}`;
  return hashOf(`${personSaltOf(plan.id)}:${text}`);
}

/** Whose pledge it was, whoever is now said to be the family: what is said of them wrongly. */
export function againstFamily(kind: Kind, registered: Family, named: Family): readonly string[] {
  const [was, now] = [members[registered], members[named]];
  const isLeftOut = kind !== 'TERMINATION' && was.slice(1).some((who) => !now.includes(who));
  return [
    ...(was[0] === now[0] ? [] : ['PLEDGORS_DIFFER']),
    ...(isLeftOut ? ['OWNER_LEFT_OUT'] : []),
  ];
}

/** The document that states the terms of a revision. */
export function titleDocumentOf({ id }: Plan, revision: number): string {
  return hashOf(`document ${id} ${revision}`);
}

/** What proves the payment: a termination's dossier names it, every filing does (TR-1). */
export function receiptOf({ id }: Pick<Plan, 'id'>): string {
  return hashOf(`receipt of ${id}`);
}

/** Names and numbers that stand in dossiers alone. */
export const contractNumber = 'Д-7734-А';
const contractDate = '2026-11-20';
export const documentName = 'Шарт, Абай даңғылы';
export const address = 'Алматы, Абай даңғылы 10, пәтер 3';

function described(property: string) {
  return {
    cadastralNumber: property,
    address,
    type: 'квартира',
    totalArea: '61.4',
    ownershipForm: 'частная',
  };
}

function flawed({ targets, cedent }: Plan, flaw: Flaw | undefined) {
  const [target] = targets;
  switch (flaw) {
    case 'noDocument':
      return { documents: [{ kind: 'OTHER', name: documentName, sha256: hashOf('other') }] };
    case 'propertyUndescribed':
      return { properties: [described('20:315:033:105:9')] };
    case 'wrongReference':
      return {
        targets: targets.map(({ property, encumbrance }) =>
          encumbrance === undefined ? { property, encumbrance: idOf('nothing') } : { property },
        ),
      };
    case 'strangerPledges':
      return { pledgors: [natural('spouse')] };
    case 'wrongCedent':
      return { cedent: cedent === undefined ? legal('betaHead') : undefined };
    case 'targetTwice':
      return { targets: [...targets, target] };
    case undefined:
      return {};
  }
}

/** What every participant of a revision signs; another salt makes it another manifest. */
export function manifestOf(
  plan: Plan,
  revision: number,
  salted = 'manifest',
  added: Added = [],
): Manifest {
  const dossier = dossierOf(plan, revision, { added });
  return {
    version: 1,
    purpose: plan.kind === 'TERMINATION' ? 'termination' : 'confirmation',
    channel: channelName,
    record: plan.id,
    revision,
    salt: saltOf(`${salted} ${plan.id} ${revision} ${added.join()}`),
    facts: shownFacts(dossier),
    dossier: documentHashOf(dossierText(dossier)),
    documents: dossier.documents.map(({ name, sha256 }) => ({ name, sha256 })),
  };
}
