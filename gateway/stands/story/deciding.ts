/** The State Corporation's part: taken by EGKN, checked, decided by an officer, sealed. */
import type { z } from 'zod';
import { documentHashOf } from '../../../chaincode/kernel/document-hash.ts';
import {
  type Application,
  type CheckName,
  type CheckSource,
  checksToRegister,
  consideredHash,
} from '../../../chaincode/pledges/application.ts';
import { contractHash, type Dossier, knownAsOf } from '../../../chaincode/pledges/dossier.ts';
import { groundsHash, type StatedDecision } from '../../../chaincode/pledges/grounds/grounds.ts';
import { giveGrounds, readGrounds } from '../../../chaincode/pledges/grounds/operations.ts';
import type { Instant } from '../../../chaincode/kernel/instant.ts';
import * as pledges from '../../../chaincode/pledges/operations.ts';
import type { Person } from '../../../chaincode/pledges/participants.ts';
import * as trust from '../../../chaincode/trust/operations.ts';
import { people, type PersonName } from '../eds/people.ts';
import type { Props } from './props.ts';
import { hashOf, salt } from './signers.ts';
import { cast } from './stage.ts';

const registrar = { org: cast.registrar };

/** EGKN's code of a pledge, which excludes no other. */
const codeOfPledge = '5010';

type Reported = z.input<typeof pledges.recordChecks.input>['checks'][number];
type SignedDecision = z.input<typeof pledges.verifyDecision.input>;

/** What is decided, and on which grounds. */
type Decided = Pick<StatedDecision, 'decision'> &
  Partial<Pick<StatedDecision, 'grounds' | 'considered'>>;

/** A ground of suspension, with the officer's words on it. */
export const documentsOwed = {
  article: '27',
  code: 'DOCUMENTS_OWED',
  reason: 'A document is missing.',
} as const;

let taken = 0;

/** EGKN numbers what it takes one after the other, and rank within a minute follows from that. */
function nextEgknNumber(at: Instant): string {
  taken += 1;
  return `EGKN-${at.slice(0, 19).replaceAll(/[^0-9]/g, '')}-${String(taken).padStart(6, '0')}`;
}

/** EGKN takes the application, everything is checked, an officer signs the registration. */
export async function decidedByRegistrar(props: Props, filed: Application): Promise<Application> {
  const taken = await takenByEgkn(props, filed);
  return carriedOut(props, await signedDecision(props, taken, { decision: 'REGISTER' }));
}

/** EGKN takes the application and answers every check. */
export async function takenByEgkn(props: Props, filed: Application): Promise<Application> {
  const at = props.stage.now();
  const acceptance = {
    minute: `${at.slice(0, 16)}Z`,
    egknNumber: nextEgknNumber(at),
    application: filed.id,
  };
  await props.stage.done(pledges.accept, { acceptance, paymentReachedAt: at }, registrar);
  return checked(props, filed);
}

/** Every check is answered, and met; the people whom the registers name are those of the dossier. */
export async function checked({ stage }: Props, application: Application): Promise<Application> {
  const at = stage.now();
  const { id } = application;
  const dossier = await stage.done(pledges.readDossier, { application: id }, registrar);
  const checks = checksToRegister.flatMap((check): readonly Reported[] => {
    const reported = { evidence: hashOf(check), at };
    if (check === 'NO_EXCLUDING_ENCUMBRANCE') {
      const encumbrances = reportedBy(application);
      return [{ check, source: 'EGKN', encumbrances, ...reported }];
    }
    return sourcesOf(application, check).map((source) => ({
      ...namedTo(check, dossier),
      source,
      isMet: true,
      ...reported,
    }));
  });
  return stage.done(pledges.recordChecks, { application: id, checks }, registrar);
}

/** A check with whom its register names, as the ledger knows them. */
function namedTo(check: Exclude<CheckName, 'NO_EXCLUDING_ENCUMBRANCE'>, dossier: Dossier) {
  const { kind, personSalt, pledgors, facts } = dossier;
  const known = (who: Person) => knownAsOf(who, personSalt);
  if (check === 'MARRIAGE') {
    const married = facts.marriages.filter(({ dissolvedOn }) => dissolvedOn === undefined);
    return { check, people: married.flatMap(({ spouses }) => spouses).map(known) };
  }
  if (check !== 'RIGHTS_AND_CHARACTERISTICS') return { check };
  return kind === 'TERMINATION'
    ? { check, people: pledgors.map(known), contract: contractHash(dossier, personSalt) }
    : { check, people: facts.owners.map(known) };
}

/** A decision that an officer signs under the mandate; or somebody else, who may not. */
export async function signedDecision(
  { stage, signers, mandate }: Props,
  { id: application, revision, decisions }: Application,
  { decision: named, grounds = [], considered }: Decided,
  signer: PersonName = 'registrar',
): Promise<SignedDecision> {
  const { version } = await stage.done(trust.list, {}, registrar);
  // One decision follows another by their stamps, which count whole seconds.
  if (decisions.some(({ decidedAt }) => decidedAt >= stage.now())) await stage.nextSecond();
  const signedAt = stage.now();
  const ofGrounds = salt();
  const manifest = {
    version: 1 as const,
    purpose: 'decision' as const,
    channel: stage.channel,
    record: application,
    revision,
    salt: salt(),
    facts: {
      decision: named,
      grounds: groundsHash(ofGrounds, grounds),
      ...(considered === undefined ? {} : { considered: consideredHash(considered) }),
    },
  };
  const evidence = signers.sign(signer, manifest, signedAt);
  const decision = {
    decision: named,
    grounds: [...grounds],
    ...(considered === undefined ? {} : { considered }),
    decidedAt: signedAt,
    cms: documentHashOf(Buffer.from(evidence.signature, 'base64')),
    mandate: mandate.id,
  };
  const officer = { officerIin: people[signer].iin, officerSalt: mandate.salt };
  const found = { signedAt, trustVersion: String(version) };
  return { salt: ofGrounds, application, revision, decision, ...officer, evidence, found };
}

/** The holders verify the decision, and it is carried out under the seal, whoever relays it. */
export async function carriedOut(
  { stage }: Props,
  signed: SignedDecision,
  relay: { readonly org: string } = registrar,
): Promise<Application> {
  const { verdict } = await stage.done(pledges.verifyDecision, signed, relay);
  return stage.done(pledges.decide, { verdict }, relay);
}

/** Of what it is answered, and whether people take part in it. */
type Answered = Pick<Application, 'kind'> & {
  readonly participants: readonly { readonly natural: boolean }[];
};

/** Who answers a check: the databases of persons, of legal entities and of marriages, or EGKN. */
export function sourcesOf(
  { kind, participants }: Answered,
  check: CheckName,
): readonly CheckSource[] {
  const hasPersons = participants.some(({ natural }) => natural);
  switch (check) {
    case 'MARRIAGE':
      return hasPersons ? ['ZAGS'] : [];
    case 'PERSON_NUMBERS':
      if (kind === 'TERMINATION') return ['EGKN'];
      return hasPersons ? ['GBD_FL', 'GBD_UL'] : ['GBD_UL'];
    case 'NOT_IN_TERRORISM_LIST':
      return ['FT_LIST'];
    default:
      return ['EGKN'];
  }
}

/** The State Corporation hands the reasons of its last decision over: the platform's peer holds them too. */
export async function groundsHandedOver({ stage }: Props, { id, decisions }: Application) {
  const application = id;
  const given = await stage.done(readGrounds, { application }, registrar);
  const deposited = { salt: salt(), application, decision: decisions.length, given };
  await stage.done(giveGrounds, deposited, { org: cast.platform });
  return stage.done(readGrounds, { application }, { org: cast.platform });
}

/** What EGKN knows of each home: pledges where there are any, and nothing that excludes another. */
function reportedBy({ kind, targets }: Application) {
  const properties = [...new Set(targets.map(({ property }) => property))];
  const codes = kind === 'PLEDGE' ? [] : [codeOfPledge];
  return properties.map((property) => ({ property, codes: [...codes] }));
}
