import fc from 'fast-check';
import { cadastralNumberSchema } from '../../../chaincode/kernel/cadastral-number.ts';
import { documentHashOf } from '../../../chaincode/kernel/document-hash.ts';
import { plusMs } from '../../../chaincode/kernel/instant.ts';
import { consideredHash } from '../../../chaincode/pledges/application.ts';
import { groundsHash } from '../../../chaincode/pledges/grounds/grounds.ts';
import * as pledges from '../../../chaincode/pledges/operations.ts';
import { channelName } from '../ledger/stub.ts';
import {
  consentingHolders,
  type DecisionName,
  type Model,
  type ModelApplication,
  type ModelDecision,
  preparedRevision,
  tookBack,
} from '../model/model.ts';
import { Register } from '../model/register.ts';
import { attempt, type Party } from '../scene/attempt.ts';
import { idOf, saltOf } from '../scene/numbers.ts';
import { persons } from '../scene/parties.ts';
import { signed } from '../scene/pens.ts';
import { familyOf, titleDocumentOf } from '../scene/plans.ts';
import { mandate, minutesOn, morning, trustVersion } from '../scene/setting.ts';
import {
  called,
  notParty,
  ofRegistrar,
  type Play,
  seldom,
  someone,
  type Which,
  which,
} from './play.ts';
import { missingAnswers, pastAnswers, toConsider } from './record-checks.ts';

const decisionNames = ['REGISTER', 'SUSPEND', 'RESUME', 'REFUSE'] as const;

type Signing = {
  readonly which: Which;
  readonly by: Party | undefined;
  readonly decision: DecisionName;
  readonly withoutGround: boolean;
  readonly otherOfficer: boolean;
  readonly noMandate: boolean;
  readonly otherHolder: boolean;
  /** What was signed is not what is decided. */
  readonly differs: boolean;
  /** The reasons are not those that the officer signed. */
  readonly otherReasons: boolean;
  /** A ground of the other article's list. */
  readonly unknownGround: boolean;
  /** The decision is of a revision that is not on the ledger. */
  readonly otherRevision: boolean;
  /** It is signed before EGKN took the application, or as early as it could. */
  readonly early: boolean;
  /** The officer does not name the encumbrance that is for an officer. */
  readonly overlooks: boolean;
};

export const soundSigning = {
  by: undefined,
  withoutGround: false,
  otherOfficer: false,
  noMandate: false,
  otherHolder: false,
  differs: false,
  otherReasons: false,
  unknownGround: false,
  otherRevision: false,
  early: false,
  overlooks: false,
};

/** An officer signs a decision; the peers of the State Corporation verify it. */
export const signDecision: Play<Signing> = {
  name: 'sign decision',
  choice: fc.record({
    which,
    by: someone,
    decision: fc.constantFrom(...decisionNames),
    withoutGround: seldom,
    otherOfficer: seldom,
    noMandate: seldom,
    otherHolder: seldom,
    differs: seldom,
    otherReasons: seldom,
    unknownGround: seldom,
    otherRevision: seldom,
    early: seldom,
    overlooks: seldom,
  }),
  attempt: (model, choice) => {
    const application = model.pick(choice.which, 'open');
    if (application === undefined) return undefined;
    const { by = ofRegistrar, decision: name } = choice;
    const { plan, state } = application;
    const revision = Math.max(application.revision, 1);
    const grounds = groundsFor(name, choice);
    const considered = choice.overlooks ? undefined : toConsider(application);
    const named = consideredOf(application, considered);
    // A second decision of the same name is another one, and is signed anew.
    const count = application.decisions.length;
    // Each is stamped a second after the one before.
    const at = choice.early ? morning : plusMs(minutesOn(10), count * 1000);
    const ofGrounds = saltOf(`verify ${plan.id} ${count}`);
    const manifest = {
      version: 1 as const,
      purpose: 'decision' as const,
      channel: channelName,
      record: plan.id,
      revision,
      salt: saltOf(`decision ${plan.id} ${count}`),
      facts: {
        decision: choice.differs ? other(name) : name,
        grounds: groundsHash(choice.otherReasons ? saltOf('other') : ofGrounds, grounds),
        ...(named === undefined ? {} : { considered: consideredHash(named) }),
      },
    };
    const hand = choice.otherOfficer ? ('goscorpHead' as const) : ('registrar' as const);
    const { signature, ocsps } = signed(hand, manifest, at);
    const decided = {
      decision: name,
      grounds,
      ...(named === undefined ? {} : { considered: named }),
      decidedAt: at,
      cms: documentHashOf(Buffer.from(signature, 'base64')),
      mandate: choice.noMandate ? idOf('no mandate') : mandate.id,
    };
    const stated = choice.otherRevision ? revision + 1 : revision;
    return attempt(pledges.verifyDecision, {
      what: `${hand} signs ${name} of ${called(application)}`,
      input: {
        salt: ofGrounds,
        application: plan.id,
        revision: stated,
        decision: decided,
        officerIin: persons.registrar.iin,
        officerSalt: choice.otherHolder ? saltOf('another') : mandate.salt,
        evidence: { signature, ocsps: [...ocsps] },
        found: { signedAt: at, trustVersion },
      },
      by,
      against: [
        notParty(application, by),
        !model.mandateIsLive && 'MANDATE_NOT_LIVE',
        !['ACCEPTED', 'SUSPENDED'].includes(state) && 'APPLICATION_STEP_OUT_OF_TURN',
        ...signedWrongly(choice, grounds.length > 0),
      ],
      learn: ({ verdict }) =>
        application.decisions.push({
          verdict,
          decision: name,
          revision: stated,
          hasGround: grounds.length > 0,
          considered,
          at,
          place: by.org,
          nth: application.told.length + 1,
        }),
    });
  },
};

/** What stands against the signature itself. */
function signedWrongly(choice: Signing, hasGround: boolean): readonly (string | false)[] {
  return [
    choice.otherOfficer && 'SIGNERS_MISMATCH',
    choice.noMandate && 'MANDATE_UNKNOWN',
    choice.otherHolder && 'MANDATE_HOLDER_DIFFERS',
    (choice.differs || choice.otherReasons) && 'DECISION_DIFFERS',
    hasGround && choice.unknownGround && 'GROUND_UNKNOWN',
  ];
}

function groundsFor(
  name: DecisionName,
  { withoutGround, unknownGround }: Pick<Signing, 'withoutGround' | 'unknownGround'>,
) {
  if (withoutGround || name === 'REGISTER' || name === 'RESUME') return [];
  const article = name === 'SUSPEND' ? ('27' as const) : ('31' as const);
  const isSuspension = (name === 'SUSPEND') !== unknownGround;
  const code = isSuspension ? 'DOCUMENTS_OWED' : 'DOCUMENT_UNLAWFUL';
  return [{ article, code, reason: 'A document is missing.' }];
}

/** What a decision says of an encumbrance: the same of each home. */
function consideredOf({ plan }: ModelApplication, code: string | undefined) {
  if (code === undefined) return undefined;
  return plan.targets.map(({ property }) => {
    return { property: cadastralNumberSchema.parse(property), codes: [code] };
  });
}

function other(name: DecisionName): DecisionName {
  return name === 'REGISTER' ? 'REFUSE' : 'REGISTER';
}

type Carrying = {
  readonly which: Which;
  readonly by: Party | undefined;
  /** An earlier verdict instead of the newest: a replay. */
  readonly earlier: boolean;
  readonly altered: boolean;
};

export const soundCarrying = { by: undefined, earlier: false, altered: false };

/** Carries out a decision that was signed. */
export const decide: Play<Carrying> = {
  name: 'decide',
  choice: fc.record({ which, by: someone, earlier: fc.boolean(), altered: seldom }),
  attempt: (model, { which: number, by = ofRegistrar, earlier, altered }) => {
    const application = model.pick(number, 'open');
    const given = earlier ? application?.decisions[0] : application?.decisions.at(-1);
    if (application === undefined || given === undefined) return undefined;
    const { revision } = application;
    const verdict = altered ? given.verdict.replace('"revision":', '"revision":1') : given.verdict;
    return attempt(pledges.decide, {
      what: `carries out ${given.decision} of ${called(application)}`,
      input: { verdict },
      by,
      against: [
        notParty(application, by),
        altered && 'VERDICT_NOT_GIVEN',
        given.revision !== revision && 'REVISION_OUT_OF_TURN',
        isReplaced(application, given) && 'DECISION_REPLACED',
        ...impossible(model, application, given),
      ],
      learn: () => carriedOut(model, application, given),
    });
  },
};

/** Whether what was verified with it no longer lies where the next decision's is looked for. */
function isReplaced({ decisions, told }: ModelApplication, given: ModelDecision): boolean {
  const last = decisions.findLast(({ place, nth }) => place === given.place && nth === given.nth);
  return last !== given || given.nth !== told.length + 1;
}

const turn: Readonly<Record<DecisionName, readonly string[]>> = {
  REGISTER: ['ACCEPTED'],
  SUSPEND: ['ACCEPTED'],
  RESUME: ['SUSPENDED'],
  REFUSE: ['ACCEPTED', 'SUSPENDED'],
};

const tooEarly = 'DECISION_BEFORE_ACCEPTANCE';

/** What stands against a decision, apart from who brings it. */
function impossible(
  model: Model,
  application: ModelApplication,
  given: ModelDecision,
): readonly (string | false)[] {
  const { decision, hasGround, at } = given;
  const { state, acceptance, told } = application;
  const needsGround = decision === 'SUSPEND' || decision === 'REFUSE';
  const common = [
    !turn[decision].includes(state) && 'APPLICATION_STEP_OUT_OF_TURN',
    needsGround && !hasGround && 'GROUND_MISSING',
    acceptance !== undefined && at < `${acceptance.minute.slice(0, 16)}:00` && tooEarly,
    told.some((earlier) => earlier.at >= at) && 'DECISION_OUTDATED',
  ];
  return decision === 'REGISTER'
    ? [...common, ...unregistrable(model, application, given)]
    : common;
}

/** What stands against the registration. */
function unregistrable(
  model: Model,
  application: ModelApplication,
  { considered }: ModelDecision,
): readonly (string | false)[] {
  const { plan } = application;
  const missing = missingAnswers(application);
  const found = toConsider(application);
  const overlooked = found !== undefined && considered !== found;
  return [
    overlooked && 'ENCUMBRANCE_NOT_CONSIDERED',
    missing.length > 0 && 'CHECK_NOT_MET',
    pastAnswers(application).length > 0 && 'CHECK_OUTDATED',
    missing.includes('NO_EXCLUDING_ENCUMBRANCE') && 'EXCLUDING_ENCUMBRANCE',
    missing.includes('MARRIAGE') && 'SPOUSE_TAKES_NO_PART',
    missing.includes('RIGHTS_AND_CHARACTERISTICS') &&
      (plan.kind === 'TERMINATION' ? 'EGKN_HAS_OTHER_PLEDGORS' : 'OWNER_TAKES_NO_PART'),
    tookBack(application) && 'CONSENT_REVOKED',
    passesEarlier(model, application) && 'EARLIER_APPLICATION_UNDECIDED',
    ...(application.acceptance === undefined
      ? []
      : model.register.against(plan, application.acceptance, consentingHolders(application))),
  ];
}

/** Whether EGKN took another one earlier that is undecided, asks to be asked, and was not asked. */
function passesEarlier(model: Model, application: ModelApplication): boolean {
  const { plan, acceptance } = application;
  if (acceptance === undefined || !['PLEDGE', 'REPLEDGE'].includes(plan.kind)) return false;
  const consenting = consentingHolders(application);
  const homes = plan.targets.map(({ property }) => property);
  return model.applications.some(
    ({ plan: other, state, acceptance: taken }) =>
      ['ACCEPTED', 'SUSPENDED'].includes(state) &&
      taken !== undefined &&
      ['PLEDGE', 'REPLEDGE', 'AMENDMENT'].includes(other.kind) &&
      other.consentToRepledge &&
      other.targets.some(({ property }) => homes.includes(property)) &&
      Register.isBefore({ id: other.id, acceptance: taken }, { id: plan.id, acceptance }) &&
      !consenting.includes(other.pledgee),
  );
}

function carriedOut(model: Model, application: ModelApplication, given: ModelDecision): void {
  const { decision, verdict, at } = given;
  application.carriedOut.add(verdict);
  application.told.push({ decision, at });
  application.state = (
    { REGISTER: 'REGISTERED', SUSPEND: 'SUSPENDED', RESUME: 'ACCEPTED', REFUSE: 'REFUSED' } as const
  )[decision];
  if (decision !== 'REGISTER' || application.acceptance === undefined) return;
  const { plan, acceptance } = application;
  const revision = preparedRevision(application);
  const titleDocument = titleDocumentOf(plan, revision);
  const family = familyOf(plan, revision);
  model.register.enter(plan, acceptance, { titleDocument, at, family });
}
