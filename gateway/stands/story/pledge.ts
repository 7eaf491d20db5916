/**
 * One pledge from its draft to its termination, each step said in a sentence.
 */
import * as consents from '../../../chaincode/consents/operations.ts';
import { localDateOf } from '../../../chaincode/kernel/almaty.ts';
import type { CadastralNumber } from '../../../chaincode/kernel/cadastral-number.ts';
import { cadastralNumberSchema } from '../../../chaincode/kernel/cadastral-number.ts';
import { documentHashOf } from '../../../chaincode/kernel/document-hash.ts';
import { instantOfMs, msOf } from '../../../chaincode/kernel/instant.ts';
import {
  type Application,
  checksToRegister,
  groundsHash,
} from '../../../chaincode/pledges/application.ts';
import {
  type Dossier,
  dossier as dossierSchema,
  dossierText,
  participantsOf,
} from '../../../chaincode/pledges/dossier.ts';
import * as pledges from '../../../chaincode/pledges/operations.ts';
import { numberOf } from '../../../chaincode/pledges/participants.ts';
import * as trust from '../../../chaincode/trust/operations.ts';
import { people, type PersonName } from '../eds/people.ts';
import { type RegistrarMandate, system } from './setting.ts';
import { hashOf, id, salt, type Signers } from './signers.ts';
import { cast, type Stage } from './stage.ts';

const platform = { org: cast.platform };
const registrar = { org: cast.registrar };
const service = 'GBDFL';

/** What a demonstration plays with. */
export type Props = {
  readonly stage: Stage;
  readonly signers: Signers;
  readonly mandate: RegistrarMandate;
  /** Which of the platform's slots holds the dossier. */
  readonly slot: number;
};

/** A pledge of a home: the pledgor is married, and the home has a second owner. */
export async function registered(props: Props): Promise<Application> {
  const { stage } = props;
  const dossier = pledgeDossier(stage, newProperty());
  await prepared(props, dossier);
  stage.say(
    "Alpha deposits the dossier at its own peer and at the State Corporation's; the others see its hash. Owners and spouse become participants of themselves.",
  );
  const filed = await confirmedAndFiled(props, dossier);
  stage.say(
    'Pledgee, pledgor, co-owner and spouse sign with their keys, the three persons consent through KDP; Alpha files under the pilot.',
  );
  const decided = await decidedByRegistrar(props, filed);
  stage.say(
    `The registrar decides under the mandate; the State Corporation seals the record: ${decided.state}, first in rank.`,
  );
  return decided;
}

/** The obligation is fulfilled: the pledge is released (TR-1 to TR-5). */
export async function terminated(props: Props, pledge: Application): Promise<Application> {
  const { stage } = props;
  const dossier = terminationDossier(stage, pledge);
  await prepared(props, dossier);
  const filed = await confirmedAndFiled(props, dossier);
  const decided = await decidedByRegistrar(props, filed);
  stage.say('Alpha applies for the termination, the pledgor consents anew; the pledge has ended.');
  return decided;
}

/** The service has ended: nobody keeps the personal data; the record and its proofs stay (CN-6). */
export async function purged(
  { stage, slot }: Props,
  { id: application }: Application,
): Promise<void> {
  await stage.done(pledges.purge, { salt: salt(), application, slot }, platform);
}

async function prepared({ stage, slot }: Props, dossier: Dossier): Promise<Application> {
  const deposited = { salt: salt(), slot, dossier };
  const { verdict } = await stage.done(pledges.deposit, deposited, platform);
  return stage.done(pledges.prepare, { verdict }, platform);
}

/** Everyone signs the same manifest; each natural person consents; then Alpha files. */
async function confirmedAndFiled(props: Props, dossier: Dossier): Promise<Application> {
  const { stage, signers } = props;
  const { application } = dossier;
  const { channel } = stage;
  const manifest = {
    version: 1 as const,
    purpose: dossier.kind === 'TERMINATION' ? ('termination' as const) : ('confirmation' as const),
    channel,
    record: application,
    revision: dossier.revision,
    salt: salt(),
    dossier: documentHashOf(dossierText(dossier)),
    documents: dossier.documents.map(({ name, sha256 }) => ({ name, sha256 })),
  };
  const { version } = await stage.done(trust.list, {}, platform);
  const verdicts: string[] = [];
  for (const [index, { person, signs }] of participantsOf(dossier).entries()) {
    const participant = index + 1;
    const number = numberOf(person);
    if ('iin' in person) await consented(props, dossier, participant, person.iin);
    if (!signs) continue;
    const at = stage.now();
    const { verdict } = await stage.done(
      pledges.confirm,
      {
        salt: salt(),
        participant,
        dossier,
        evidence: signers.sign(nameOf(number), manifest, at),
        found: { signedAt: at, trustVersion: String(version) },
      },
      platform,
    );
    verdicts.push(verdict);
  }
  const payment = { evidence: hashOf('receipt'), confirmedAt: stage.now() };
  return stage.done(pledges.file, { application, verdicts, payment }, platform);
}

async function consented(
  { stage, signers }: Props,
  dossier: Dossier,
  participant: number,
  iin: string,
): Promise<void> {
  const which = { application: dossier.application, participant, attempt: 1 };
  const requestedAt = stage.now();
  await stage.done(
    consents.request,
    {
      ...which,
      system,
      mode: 'CALL_CENTRE_1414',
      services: [service],
      form: hashOf('the form of the annex'),
      requestedAt,
    },
    platform,
  );
  const { bin } = people.alphaHead;
  const token = signers.token({ sub: iin, cbin: bin, access: [service] }, requestedAt);
  const seconds = Math.floor(msOf(requestedAt) / 1000);
  const terms = {
    tokenHash: hashOf(token),
    key: hashOf(signers.kdpKey),
    services: [service],
    issuedAt: instantOfMs(seconds * 1000),
    expiresAt: instantOfMs((seconds + 86_400) * 1000),
  };
  const publicKey = signers.kdpKey;
  const { verdict } = await stage.done(
    consents.verify,
    { ...which, salt: salt(), dossier, token, publicKey, terms },
    platform,
  );
  await stage.done(consents.grant, { verdict }, platform);
}

/** EGKN takes the application, everything is checked, an officer signs the registration. */
async function decidedByRegistrar(props: Props, filed: Application): Promise<Application> {
  const { stage } = props;
  const at = stage.now();
  const acceptance = {
    minute: `${at.slice(0, 16)}Z`,
    egknNumber: `EGKN-${salt().slice(0, 8)}`,
    application: filed.id,
  };
  await stage.done(pledges.accept, { acceptance, paymentReachedAt: at }, registrar);
  const checks = checksToRegister.map((check) => ({
    check,
    source: 'EGKN' as const,
    isMet: true,
    evidence: hashOf(check),
    at,
  }));
  await stage.done(pledges.recordChecks, { application: filed.id, checks }, registrar);
  return signedByOfficer(props, filed);
}

/** The officer signs the decision under the mandate; its carrying out bears the seal. */
async function signedByOfficer(props: Props, filed: Application): Promise<Application> {
  const { stage, signers, mandate } = props;
  const { version } = await stage.done(trust.list, {}, registrar);
  const signedAt = stage.now();
  const { id: application, revision } = filed;
  const manifest = {
    version: 1 as const,
    purpose: 'decision' as const,
    channel: stage.channel,
    record: application,
    revision,
    salt: salt(),
    facts: { decision: 'REGISTER', grounds: groundsHash([]) },
  };
  const evidence = signers.sign('registrar', manifest, signedAt);
  const decision = {
    decision: 'REGISTER' as const,
    grounds: [],
    decidedAt: signedAt,
    cms: documentHashOf(Buffer.from(evidence.signature, 'base64')),
    mandate: mandate.id,
  };
  const officer = { officerIin: people.registrar.iin, officerSalt: mandate.salt };
  const found = { signedAt, trustVersion: String(version) };
  const { verdict } = await stage.done(
    pledges.verifyDecision,
    { salt: salt(), application, revision, decision, ...officer, evidence, found },
    registrar,
  );
  return stage.done(pledges.decide, { verdict }, registrar);
}

/** The person of the demonstration with an IIN, or who signs for a BIN. */
function nameOf(number: string): PersonName {
  const names = Object.keys(people) as PersonName[];
  const found = names.find((name) => {
    const person = people[name];
    return person.iin === number || ('bin' in person && person.bin === number);
  });
  if (found === undefined) throw new Error('nobody of the demonstration has this number');
  return found;
}

function natural(name: 'pledgor' | 'spouse' | 'coOwner') {
  const { iin, surname, givenName } = people[name];
  return { iin, surname, givenName };
}

/** Each demonstration pledges a home of its own. */
function newProperty(): CadastralNumber {
  const unit = 1 + (Number.parseInt(salt().slice(0, 6), 16) % 9998);
  return cadastralNumberSchema.parse(`20:315:033:105:${unit}`);
}

function pledgeDossier(stage: Stage, property: CadastralNumber): Dossier {
  const today = localDateOf(stage.now());
  return dossierSchema.parse({
    salt: salt(),
    application: id(),
    revision: 1,
    kind: 'PLEDGE',
    pledgee: { bin: people.alphaHead.bin, name: people.alphaHead.organisation },
    pledgors: [natural('pledgor')],
    facts: {
      owners: [natural('pledgor'), natural('coOwner')],
      marriages: [
        { of: people.pledgor.iin, spouse: natural('spouse'), registeredOn: '2020-06-12' },
      ],
    },
    targets: [{ property }],
    properties: [
      {
        cadastralNumber: property,
        address: 'Алматы, көше 1, үй 2, пәтер 3',
        type: 'квартира',
        totalArea: '61.4',
        ownershipForm: 'частная',
      },
    ],
    contract: {
      number: 'Д-1',
      date: today,
      sum: { amountMinor: '2500000000', currency: 'KZT' },
      until: '2036-01-31',
      mainObligation: 'Bank loan',
      consentToRepledge: true,
    },
    documents: [{ kind: 'TITLE', name: 'Pledge contract', sha256: hashOf('contract') }],
  });
}

/** The name of the pledgor is given anew: it may have been purged (TR-2). */
function terminationDossier(stage: Stage, pledge: Application): Dossier {
  const [target] = pledge.targets;
  if (target === undefined) throw new Error('a pledge without a property');
  const { property } = target;
  return dossierSchema.parse({
    ...pledgeDossier(stage, property),
    kind: 'TERMINATION',
    targets: [{ property, encumbrance: pledge.id }],
    documents: [{ kind: 'FULFILMENT', name: 'The debt is paid', sha256: hashOf('fulfilment') }],
  });
}
