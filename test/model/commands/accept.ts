import fc from 'fast-check';
import * as pledges from '../../../chaincode/pledges/operations.ts';
import { type ModelAcceptance, tookBack } from '../model/model.ts';
import { attempt, type Party } from '../scene/attempt.ts';
import { minuteOn, minutesOn, morning } from '../scene/setting.ts';
import {
  called,
  notOfSystems,
  notRegistrar,
  ofRegistrar,
  type Play,
  someone,
  type Which,
  which,
} from './play.ts';

/** EGKN's minute and number: few, so that they often fall together or out of order. */
export const acceptance: fc.Arbitrary<ModelAcceptance> = fc.record({
  minute: fc.integer({ min: 0, max: 5 }).map((minute) => minuteOn(3 + minute)),
  egknNumber: fc.integer({ min: 1, max: 12 }).map((number) => `EGKN-${number}`),
});

type Choice = {
  readonly which: Which;
  readonly by: Party | undefined;
  readonly acceptance: ModelAcceptance;
  /** A time that cannot have been. */
  readonly untimely: Untimely | undefined;
};

/** What cannot have been, and how it is refused. */
const untimelies = {
  noSuchMinute: { minute: '0000-99-99T99:99Z', against: ['MINUTE_FORMAT'] },
  beforeSignatures: {
    minute: '1970-01-01T00:00Z',
    against: ['ACCEPTANCE_BEFORE_SIGNATURES', 'PAYMENT_REACHED_TOO_LATE'],
  },
  ahead: { minute: minuteOn(7 * 24 * 60), against: ['TIME_AHEAD'] },
  reachedBeforePaid: { reachedAt: minutesOn(-1), against: ['PAYMENT_REACHED_TOO_EARLY'] },
  reachedAfterMinute: { reachedAt: minutesOn(60), against: ['PAYMENT_REACHED_TOO_LATE'] },
} as const;
type Untimely = keyof typeof untimelies;

export const soundAccept = { by: undefined, untimely: undefined };

type Wrong = {
  readonly minute?: string;
  readonly reachedAt?: string;
  readonly against: readonly string[];
};

/** EGKN has taken the application. */
export const accept: Play<Choice> = {
  name: 'accept',
  choice: fc.record({
    which,
    by: someone,
    acceptance,
    untimely: fc.option(fc.constantFrom(...(Object.keys(untimelies) as Untimely[])), {
      nil: undefined,
      freq: 2,
    }),
  }),
  attempt: (model, { which: number, by = ofRegistrar, acceptance: drawn, untimely }) => {
    const application = model.pick(number, 'open');
    if (application === undefined) return undefined;
    const { plan, revision, state } = application;
    const wrong: Wrong = untimely === undefined ? { against: [] } : untimelies[untimely];
    const { reachedAt = morning } = wrong;
    const given = { ...drawn, minute: wrong.minute ?? drawn.minute };
    return attempt(pledges.accept, {
      what: `EGKN takes ${called(application)} at ${given.minute} as ${given.egknNumber}`,
      input: { acceptance: { ...given, application: plan.id }, paymentReachedAt: reachedAt },
      by,
      against: [
        notRegistrar(by),
        notOfSystems(by),
        revision === 0 && 'APPLICATION_UNKNOWN',
        state !== 'FILED' && 'APPLICATION_STEP_OUT_OF_TURN',
        tookBack(application) && 'CONSENT_REVOKED',
        ...(untimely === 'reachedBeforePaid' && application.isPaidEarly === true
          ? []
          : wrong.against),
      ],
      learn: () => {
        application.state = 'ACCEPTED';
        application.acceptance = given;
      },
    });
  },
};
