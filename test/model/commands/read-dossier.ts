import { expect } from 'chai';
import fc from 'fast-check';
import * as pledges from '../../../chaincode/pledges/operations.ts';
import { attempt, type Party } from '../scene/attempt.ts';
import { dossierOf } from '../scene/plans.ts';
import { called, ofPlatform, ofRegistrar, type Play, someone, which, type Which } from './play.ts';

/** Somebody reads a dossier at the own peer: its two holders, until it is removed (SE-1, SE-2). */
export const readDossier: Play<{ readonly which: Which; readonly by: Party | undefined }> = {
  name: 'read dossier',
  choice: fc.record({ which, by: someone }),
  attempt: (model, { which: number, by }) => {
    const application = model.pick(number);
    if (application === undefined) return undefined;
    const { plan, revision, deposited, added, isPurged, purgedBy } = application;
    const party = by ?? { ...ofPlatform(application), role: 'admin' };
    const isHolder = party.org === plan.platform || party.org === ofRegistrar.org;
    const isGone = isPurged || purgedBy.has(party.org) || deposited < revision;
    return attempt(pledges.readDossier, {
      what: `reads the dossier of ${called(application)}`,
      input: { application: plan.id },
      by: party,
      against: [
        party.role !== 'admin' && 'ROLE_MISSING',
        revision === 0 && 'APPLICATION_UNKNOWN',
        (!isHolder || isGone) && 'DOSSIER_NOT_HELD',
      ],
      learn: (dossier) => expect(dossier).to.eql(dossierOf(plan, revision, { added })),
    });
  },
};
