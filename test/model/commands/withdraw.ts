import fc from 'fast-check';
import * as pledges from '../../../chaincode/pledges/operations.ts';
import { ended } from '../model/model.ts';
import { attempt, type Party } from '../scene/attempt.ts';
import {
  called,
  notOfSystems,
  notOwn,
  ofPlatform,
  type Play,
  someone,
  type Which,
  which,
} from './play.ts';

/** The platform takes an application back. */
export const withdraw: Play<{ readonly which: Which; readonly by: Party | undefined }> = {
  name: 'withdraw',
  choice: fc.record({ which, by: someone }),
  attempt: (model, { which: number, by }) => {
    const application = model.pick(number);
    if (application === undefined) return undefined;
    const party = by ?? ofPlatform(application);
    return attempt(pledges.withdraw, {
      what: `takes back ${called(application)}`,
      input: { application: application.plan.id },
      by: party,
      against: [
        notOwn(application, party),
        notOfSystems(party),
        ended.includes(application.state) && 'APPLICATION_STEP_OUT_OF_TURN',
      ],
      learn: () => (application.state = 'WITHDRAWN'),
    });
  },
};
