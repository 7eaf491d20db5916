import fc from 'fast-check';
import * as pledges from '../../../chaincode/pledges/operations.ts';
import { ended } from '../model/model.ts';
import { attempt, type Party } from '../scene/attempt.ts';
import { saltOf } from '../scene/numbers.ts';
import { called, ofPlatform, ofRegistrar, type Play, someone, type Which, which } from './play.ts';

/** The personal data of a service that has ended are removed (CN-6). */
export const purge: Play<{ readonly which: Which; readonly by: Party | undefined }> = {
  name: 'purge',
  choice: fc.record({ which, by: someone }),
  attempt: (model, { which: number, by }) => {
    const application = model.pick(number);
    if (application === undefined) return undefined;
    const { plan, revision, state, slot } = application;
    const party = by ?? ofPlatform(application);
    const mayPurge = [plan.platform, ofRegistrar.org].includes(party.org);
    return attempt(pledges.purge, {
      what: `removes the personal data of ${called(application)}`,
      input: { salt: saltOf(`purge ${plan.id}`), application: plan.id, slot },
      by: party,
      against: [
        revision === 0 && 'APPLICATION_UNKNOWN',
        !mayPurge && 'NOT_OF_THIS_ORGANISATION',
        !ended.includes(state) && 'SERVICE_NOT_ENDED',
      ],
      learn: () => {
        // The registrar's holders are the registrar alone: the platform's copy stays.
        if (party.org !== plan.platform) return;
        application.isPurged = true;
        const place = `${party.org} ${slot}`;
        if (model.slots.get(place) === application) model.slots.delete(place);
      },
    });
  },
};
