import fc from 'fast-check';
import { knownInstant } from '../../../chaincode/kernel/instant.ts';
import * as pledges from '../../../chaincode/pledges/operations.ts';
import {
  type Model,
  type ModelApplication,
  type ModelConfirmation,
  parts,
} from '../model/model.ts';
import { attempt, type Party } from '../scene/attempt.ts';
import { hashOf } from '../scene/numbers.ts';
import { receiptOf } from '../scene/plans.ts';
import { minutesOn, morning } from '../scene/setting.ts';
import {
  called,
  notOwn,
  ofPlatform,
  type Play,
  seldom,
  someone,
  type Which,
  which,
} from './play.ts';

type Choice = {
  readonly which: Which;
  readonly by: Party | undefined;
  /** Leaves one of the signatures out. */
  readonly omitted: boolean;
  /** Brings a signature of another revision or application along. */
  readonly foreign: boolean;
  /** Brings a verdict that nobody gave. */
  readonly altered: boolean;
  /** The fee is said to be paid when no order was in force, or tomorrow. */
  readonly paid: 'early' | 'ahead' | undefined;
  /** The payment is shown by another document than the one that everyone has signed. */
  readonly otherReceipt: boolean;
  /** The payment is that of the application of this number. */
  readonly receiptOf: number | undefined;
};

export const soundFile = {
  by: undefined,
  omitted: false,
  foreign: false,
  altered: false,
  paid: undefined,
  otherReceipt: false,
  receiptOf: undefined,
};

/** What is missing on a day that nobody's signature proves to be past. */
const beforeTheOrder = ['REGIME_NOT_YET_IN_FORCE', 'CHECKLIST_ITEM_NOT_VALID_ON'];

/**
 * An early date moves nothing: the filing is not before the signatures, which are of the morning. A
 * late one comes before the tokens expire, which hold for a day.
 */
const paidWrongly = { early: knownInstant('2025-01-10T06:00:00.000Z'), ahead: minutesOn(23 * 60) };

/** Files an application with the verdicts that there are. */
export const file: Play<Choice> = {
  name: 'file',
  choice: fc.record({
    which,
    by: someone,
    omitted: seldom,
    foreign: seldom,
    altered: seldom,
    paid: fc.option(fc.constantFrom('early' as const, 'ahead' as const), {
      nil: undefined,
      freq: 3,
    }),
    otherReceipt: seldom,
    receiptOf: fc.option(fc.nat({ max: 7 }), { nil: undefined, freq: 3 }),
  }),
  attempt: (model, choice) => {
    const application = model.pick(choice.which, 'open');
    if (application === undefined) return undefined;
    const { plan } = application;
    const party = choice.by ?? ofPlatform(application);
    const given = verdictsFor(model, application, choice);
    const counted = given.filter((each) => isOf(application, each));
    const verdicts = given.map(({ verdict }) => verdict);
    if (choice.altered)
      verdicts.push((verdicts[0] ?? '{}').replace('"participant":', '"participant":1'));
    if (verdicts.length === 0) return undefined;
    const evidence = shownPayment(model, application, choice);
    const paidAt = choice.paid === undefined ? morning : paidWrongly[choice.paid];
    return attempt(pledges.file, {
      what: `files ${called(application)} with ${given.length} signatures`,
      input: {
        application: plan.id,
        verdicts,
        payment: {
          evidence,
          confirmedAt: paidAt,
        },
      },
      by: party,
      against: [
        notOwn(application, party),
        ...standing(model, application),
        choice.paid === 'ahead' && 'TIME_AHEAD',
        ...againstPayment(model, application, evidence),
        choice.altered && 'VERDICT_NOT_GIVEN',
        // What was altered may not even read as a verdict.
        choice.altered && 'FIELD_REQUIRED',
        choice.altered && 'FIELD_TOO_LARGE',
        given.some((each) => !isOf(application, each)) && 'REVISION_OUT_OF_TURN',
        application.state !== 'PREPARED' && 'APPLICATION_STEP_OUT_OF_TURN',
        ...(choice.paid === 'early' && counted.length === 0 ? beforeTheOrder : []),
        ...missing(model, application, counted),
      ],
      learn: () => {
        application.state = 'FILED';
        application.isPaidEarly = choice.paid === 'early';
        application.paidBy = evidence;
        for (const consent of application.consents.values()) {
          if (consent.state !== 'GRANTED') continue;
          consent.state = 'USED';
          consent.isUsed = true;
        }
      },
    });
  },
};

/** Its own receipt, another's, or one that nobody has. */
function shownPayment(
  { applications }: Model,
  { plan }: ModelApplication,
  { otherReceipt, receiptOf: number }: Choice,
): string {
  if (number === undefined) return otherReceipt ? hashOf(`another of ${plan.id}`) : receiptOf(plan);
  return receiptOf((applications[number % applications.length] ?? { plan }).plan);
}

function againstPayment(model: Model, application: ModelApplication, evidence: string) {
  const { plan } = application;
  return [
    plan.kind === 'TERMINATION' && evidence !== receiptOf(plan) && 'PAYMENT_DOCUMENT_DIFFERS',
    hasPaidAnother(model, application, evidence) && 'PAYMENT_USED_ALREADY',
  ];
}

/** Whether another one was filed with it, and not taken back before EGKN had it. */
function hasPaidAnother(
  { applications }: Model,
  application: ModelApplication,
  evidence: string,
): boolean {
  return applications.some(
    ({ paidBy, state, acceptance, plan }) =>
      plan.id !== application.plan.id &&
      paidBy === evidence &&
      !(state === 'WITHDRAWN' && acceptance === undefined),
  );
}

/** The newest signature of each participant, with what is wrong by choice. */
function verdictsFor(
  model: Model,
  application: ModelApplication,
  { omitted, foreign }: Choice,
): readonly ModelConfirmation[] {
  const own = parts(application).flatMap(
    ({ number }) =>
      application.confirmations.findLast(
        ({ participant, revision }) => participant === number && revision === application.revision,
      ) ?? [],
  );
  const others = model.applications.flatMap(({ confirmations }) => confirmations);
  const strange = foreign ? others.find((each) => !isOf(application, each)) : undefined;
  return [...own.slice(0, omitted ? -1 : undefined), ...(strange === undefined ? [] : [strange])];
}

function isOf(application: ModelApplication, given: ModelConfirmation): boolean {
  return application.confirmations.includes(given) && given.revision === application.revision;
}

/**
 * Whether the platform may file now, and under which order (RG-2, OR-1). What it filed itself it may
 * end, admitted or not (RG-4); another's pledge, and what was brought in from EGKN, it may not.
 */
function standing(model: Model, { plan }: ModelApplication): readonly (string | false)[] {
  const { kind, platform, targets } = plan;
  const ended = kind === 'TERMINATION' ? targets.map((each) => model.register.find(each)) : [];
  if (ended.includes(undefined)) return ['ENCUMBRANCE_UNKNOWN'];
  if (ended.length > 0 && ended.every((pledge) => pledge?.platform === platform)) return [];
  return [
    platform === 'BankMSP' && 'PARTICIPANT_EXCLUDED_BY_REGIME',
    model.excluded.has(platform) && 'ORGANISATION_EXCLUDED',
  ];
}

/** Everyone who signs has signed the same manifest; every natural person has consented. */
function missing(
  model: Model,
  application: ModelApplication,
  given: readonly ModelConfirmation[],
): readonly (string | false)[] {
  const [first] = given;
  return parts(application).flatMap(({ number, natural, signs }) => {
    const signature = given.find(({ participant }) => participant === number);
    return [
      signs && signature === undefined && 'CONFIRMATION_MISSING',
      signs && signature?.salted !== first?.salted && 'CONFIRMATION_OF_ANOTHER_REVISION',
      natural && unconsented(model, application, number),
    ];
  });
}

/** What is against the consent of a natural person; what ends a pledge takes a new one (TR-5). */
function unconsented(
  { register }: Model,
  { plan, consents }: ModelApplication,
  participant: number,
): string | false {
  const consent = consents.get(participant);
  if (consent === undefined) return 'CONSENT_MISSING';
  if (consent.state !== 'GRANTED') return 'CONSENT_NOT_USABLE';
  const isSpent = plan.targets.some((target) => {
    const pledge = register.find(target);
    return pledge !== undefined && pledge.registeredAt > morning;
  });
  const isEarly = plan.kind === 'TERMINATION' && consent.isEarly === true;
  return isEarly && isSpent && 'CONSENT_BEFORE_REGISTRATION';
}
