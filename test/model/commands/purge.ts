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
    // What was deposited and never prepared may go at any time: it is nobody's application yet.
    const isBare = revision === 0 && model.slots.get(`${party.org} ${slot}`) === plan.id;
    return attempt(pledges.purge, {
      what: `removes the personal data of ${called(application)}`,
      input: { salt: saltOf(`purge ${plan.id}`), application: plan.id, slot },
      by: party,
      against: [
        revision === 0 && !isBare && 'APPLICATION_UNKNOWN',
        revision > 0 && !mayPurge && 'NOT_OF_THIS_ORGANISATION',
        revision > 0 && !ended.includes(state) && 'SERVICE_NOT_ENDED',
        // Beta's application for KDP states a day, which no sequence is long enough to see pass.
        plan.platform === 'BetaMSP' && wasAsked && 'STORAGE_TERM_RUNS',
      ],
      learn: () => {
        application.purgedBy.add(party.org);
        // The registrar's holders are the registrar alone: the platform's copy stays.
        if (party.org !== plan.platform && !isBare) return;
        application.isPurged = !isBare;
        if (isBare) application.deposited = 0;
        const place = `${party.org} ${slot}`;
        if (model.slots.get(place) === plan.id) model.slots.delete(place);
      },
    });
  },
};
