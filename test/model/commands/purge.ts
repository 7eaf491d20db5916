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
    const { plan, revision, state, slot, wasAsked } = application;
    const party = by ?? ofPlatform(application);
    const mayPurge = [plan.platform, ofRegistrar.org].includes(party.org);
    const place = `${party.org} ${slot}`;
    const isOwn = party.org === plan.platform;
    // What was deposited and never prepared may go at any time: it is no application of its depositor.
    const isBare = model.slots.get(place) === plan.id && (revision === 0 || !isOwn);
    return attempt(pledges.purge, {
      what: `removes the personal data of ${called(application)}`,
      input: { salt: saltOf(`purge ${plan.id}`), application: plan.id, slot },
      by: party,
      against: isBare
        ? []
        : [
            revision === 0 && 'APPLICATION_UNKNOWN',
            revision > 0 && !mayPurge && 'NOT_OF_THIS_ORGANISATION',
            revision > 0 && !ended.includes(state) && 'SERVICE_NOT_ENDED',
            // Beta's application for KDP states a day, longer than any sequence.
            plan.platform === 'BetaMSP' && wasAsked && 'STORAGE_TERM_RUNS',
          ],
      learn: () => {
        if (model.slots.get(place) === plan.id) model.slots.delete(place);
        if (isBare && isOwn) application.deposited = 0;
        if (isBare) return;
        // The registrar's holders are the registrar alone: the platform's copy stays.
        application.purgedBy.add(party.org);
        if (isOwn) application.isPurged = true;
      },
    });
  },
};
