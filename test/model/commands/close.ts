/**
 * The State Corporation ends what nobody can carry on; in the sequences nobody is excluded or leaves, and
 * no regime lapses.
 */
import fc from 'fast-check';
import type { ClosureReason } from '../../../chaincode/pledges/application.ts';
import { close as closing } from '../../../chaincode/pledges/closing/operations.ts';
import { attempt, type Party } from '../scene/attempt.ts';
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

type Choice = {
  readonly which: Which;
  readonly by: Party | undefined;
  readonly reason: ClosureReason;
};

export const close: Play<Choice> = {
  name: 'close',
  choice: fc.record({
    which,
    by: someone,
    reason: fc.constantFrom<ClosureReason>('PLATFORM_EXCLUDED', 'PLATFORM_GONE', 'REGIME_LAPSED'),
  }),
  attempt: (model, { which: number, by = ofRegistrar, reason }) => {
    const application = model.pick(number, 'open');
    if (application === undefined) return undefined;
    const { plan, revision, state } = application;
    return attempt(closing, {
      what: `closes ${called(application)} for ${reason}`,
      input: { application: plan.id, reason },
      by,
      against: [
        notRegistrar(by),
        notOfSystems(by),
        revision === 0 && 'APPLICATION_UNKNOWN',
        ['PREPARED', 'FILED'].includes(state)
          ? 'CLOSURE_UNFOUNDED'
          : 'APPLICATION_STEP_OUT_OF_TURN',
      ],
    });
  },
};
