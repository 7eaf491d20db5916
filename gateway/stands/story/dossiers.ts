/** The dossiers of the story: one family, its homes, one contract and what becomes of it. */
import type { z } from 'zod';
import { localDateOf } from '../../../chaincode/kernel/almaty.ts';
import {
  type CadastralNumber,
  cadastralNumberSchema,
} from '../../../chaincode/kernel/cadastral-number.ts';
import { plusDays } from '../../../chaincode/kernel/civil-date.ts';
import type { Instant } from '../../../chaincode/kernel/instant.ts';
import type { Application } from '../../../chaincode/pledges/application.ts';
import { type Dossier, dossier as dossierSchema } from '../../../chaincode/pledges/dossier.ts';
import { type facts as factsSchema, legalPerson } from '../../../chaincode/pledges/participants.ts';
import { people } from '../eds/people.ts';
import { hashOf, id, salt } from './signers.ts';
import type { Stage } from './stage.ts';

/** The pledgees of the story; both file on Alpha's platform. */
export const pledgees = { alpha: pledgee('alphaHead'), beta: pledgee('betaHead') } as const;

/** What an application may state of itself; the rest is the same for all of them. */
type Stated = Partial<z.input<typeof dossierSchema>> &
  Pick<z.input<typeof dossierSchema>, 'kind' | 'targets'>;

/** What proves that the fee of an application was paid: each has its own. */
export function receiptOf(application: string): string {
  return hashOf(`receipt of ${application}`);
}

/** Each demonstration pledges a home of its own. */
export function newProperty(): CadastralNumber {
  const unit = 1 + (Number.parseInt(salt().slice(0, 6), 16) % 9998);
  return cadastralNumberSchema.parse(`20:315:033:105:${unit}`);
}

/** Alpha's pledge of these homes; nobody may re-pledge them without Alpha. */
export function pledgeOf(stage: Stage, ...properties: readonly CadastralNumber[]): Dossier {
  return drafted(stage, { kind: 'PLEDGE', targets: properties.map((property) => ({ property })) });
}

/** Beta's pledge of a home that Alpha holds in pledge, with the consent of those named (PL-1). */
export function repledgeOf(
  stage: Stage,
  pledge: Application,
  consentingPledgees: Dossier['consentingPledgees'] = [pledgees.alpha],
): Dossier {
  return drafted(stage, {
    kind: 'REPLEDGE',
    pledgee: pledgees.beta,
    consentingPledgees,
    targets: [{ property: firstProperty(pledge) }],
    documents: [titled('Re-pledge contract')],
  });
}

/** An agreement on other terms of a registered pledge (PL-1). */
export function amendmentOf(stage: Stage, pledge: Application): Dossier {
  return drafted(stage, {
    kind: 'AMENDMENT',
    targets: targetsOf(pledge),
    documents: [titled('Supplementary agreement')],
  });
}

/** Alpha cedes its claim, and the pledge with it, to Beta (PL-1). */
export function cessionOf(stage: Stage, pledge: Application): Dossier {
  return drafted(stage, {
    kind: 'CESSION',
    pledgee: pledgees.beta,
    cedent: pledgees.alpha,
    targets: targetsOf(pledge),
    documents: [titled('Cession of the claim')],
  });
}

/** Alpha and Beta agree that their pledges of a home stand in this order (PL-15). */
export function rankAgreementOf(
  stage: Stage,
  order: readonly Application[],
  consentingPledgees: Dossier['consentingPledgees'] = [pledgees.beta],
): Dossier {
  const [first] = order;
  if (first === undefined) throw new Error('an order of nothing');
  const property = firstProperty(first);
  return drafted(stage, {
    kind: 'RANK_AGREEMENT',
    consentingPledgees,
    targets: order.map((pledge) => ({ property, encumbrance: pledge.id })),
    documents: [titled('Agreement on rank')],
  });
}

/** The debt is paid: some or all homes of a pledge are released; the name is given anew (TR-2). */
export function terminationOf(
  stage: Stage,
  pledge: Application,
  properties: readonly CadastralNumber[] = propertiesOf(pledge),
): Dossier {
  const application = id();
  return drafted(stage, {
    kind: 'TERMINATION',
    application,
    targets: properties.map((property) => ({ property, encumbrance: pledge.id })),
    documents: [
      { kind: 'FULFILMENT', name: 'The debt is paid', sha256: hashOf('fulfilment') },
      { kind: 'PAYMENT', name: 'The fee is paid', sha256: receiptOf(application) },
    ],
  });
}

/** The homes that an application is about. */
export function propertiesOf({ targets }: Application): readonly CadastralNumber[] {
  return targets.map(({ property }) => property);
}

function firstProperty(application: Application): CadastralNumber {
  const [property] = propertiesOf(application);
  if (property === undefined) throw new Error('an application without a property');
  return property;
}

function targetsOf(pledge: Application): z.input<typeof dossierSchema>['targets'] {
  return propertiesOf(pledge).map((property) => ({ property, encumbrance: pledge.id }));
}

/** What the platform makes the salts of persons from, so that it need not keep them. */
const platformsSecret = salt();

/** The salt by which the persons of an application are known: given again for whatever changes it. */
export function personSaltOf(application: string): string {
  return hashOf(`${platformsSecret} ${application}`);
}

function drafted(stage: Stage, stated: Stated): Dossier {
  const { application = id() } = stated;
  const at = stage.now();
  const changed = [...new Set(stated.targets.flatMap(({ encumbrance }) => encumbrance ?? []))];
  const properties = [...new Set(stated.targets.map(({ property }) => property))];
  return dossierSchema.parse({
    salt: salt(),
    application,
    personSalt: personSaltOf(application),
    registered: changed.map((encumbrance) => ({
      encumbrance,
      personSalt: personSaltOf(encumbrance),
    })),
    revision: 1,
    pledgee: pledgees.alpha,
    pledgors: [natural('pledgor')],
    facts: factsOn(properties, at),
    properties: properties.map(described),
    contract: {
      number: 'Д-1',
      date: '2026-01-30',
      sum: { amountMinor: '2500000000', currency: 'KZT' },
      until: plusDays(localDateOf(at), 3650),
      mainObligation: 'Bank loan',
      consentToRepledge: true,
    },
    documents: [titled('Pledge contract')],
    ...stated,
  });
}

/** Who owns the homes and is married, and who answered so. */
function factsOn(properties: readonly string[], at: Instant): z.input<typeof factsSchema> {
  return {
    owners: [natural('pledgor'), natural('coOwner')],
    marriages: [{ spouses: [natural('pledgor'), natural('spouse')], registeredOn: '2020-06-12' }],
    answers: [
      ...properties.map((property) => ({
        source: 'EGKN' as const,
        property,
        evidence: hashOf(`owners of ${property}`),
        at,
      })),
      ...(['pledgor', 'coOwner'] as const).map((name) => ({
        source: 'ZAGS' as const,
        person: people[name].iin,
        evidence: hashOf(`marriages of the ${name}`),
        at,
      })),
    ],
  };
}

function described(cadastralNumber: string) {
  return {
    cadastralNumber,
    address: 'Алматы, көше 1, үй 2, пәтер 3',
    type: 'квартира',
    totalArea: '61.4',
    ownershipForm: 'частная',
  };
}

function titled(name: string) {
  return { kind: 'TITLE' as const, name, sha256: hashOf(name) };
}

function pledgee(head: 'alphaHead' | 'betaHead') {
  const { bin, organisation } = people[head];
  return legalPerson.parse({ bin, name: organisation });
}

function natural(name: 'pledgor' | 'spouse' | 'coOwner') {
  const { iin, surname, givenName } = people[name];
  return { iin, surname, givenName };
}
