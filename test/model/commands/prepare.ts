import fc from 'fast-check';
import * as pledges from '../../../chaincode/pledges/operations.ts';
import type { ModelApplication } from '../model/model.ts';
import { attempt, type Party } from '../scene/attempt.ts';
import { platforms } from '../scene/parties.ts';
import {
  called,
  ofPlatform,
  ofRegistrar,
  type Play,
  seldom,
  someone,
  type Which,
  which,
} from './play.ts';

type Choice = {
  readonly which: Which;
  readonly by: Party | undefined;
  /** An earlier revision's verdict instead of the newest. */
  readonly stale: boolean;
  /** A verdict in which somebody has changed a word. */
  readonly altered: boolean;
};

export const soundPrepare = { by: undefined, stale: false, altered: false };

/** Prepares an application from its newest dossier. */
export const prepare: Play<Choice> = {
  name: 'prepare',
  choice: fc.record({ which, by: someone, stale: seldom, altered: seldom }),
  attempt: (model, { which: number, by, stale, altered }) => {
    const application = model.pick(number, 'open');
    if (application === undefined) return undefined;
    const { dossierVerdicts } = application;
    const given = stale ? dossierVerdicts[0] : dossierVerdicts.at(-1);
    if (given === undefined) return undefined;
    const party = by ?? ofPlatform(application);
    const revision = (JSON.parse(given) as { revision: number }).revision;
    const verdict = altered ? given.replace('"PLEDGE"', '"REPLEDGE"') : given;
    return attempt(pledges.prepare, {
      what: `prepares revision ${revision} of ${called(application)}`,
      input: { verdict },
      by: party,
      against: [verdict !== given && 'VERDICT_NOT_GIVEN', ...wrongs(application, revision, party)],
      learn: () => {
        application.revision = revision;
        // Each revision is about another family: nobody of it has consented yet.
        application.consents.clear();
        application.state = 'PREPARED';
      },
    });
  },
};

/** The reasons against a verdict on the dossier of a revision, whoever shows it. */
function wrongs(application: ModelApplication, revision: number, { org }: Party) {
  const { plan, state, deposited, isPurged, purgedBy } = application;
  const isHeld = deposited >= revision && !isPurged && !purgedBy.has(ofRegistrar.org);
  return [
    // The dossier is another's: whoever did not deposit it has no verdict on it.
    org !== plan.platform && 'VERDICT_NOT_GIVEN',
    !isHeld && 'DOSSIER_NOT_DEPOSITED',
    !(org in platforms) && 'ORGANISATION_UNKNOWN',
    application.revision > 0 && org !== plan.platform && 'NOT_OF_THIS_ORGANISATION',
    revision !== application.revision + 1 && 'APPLICATION_EXISTS_ALREADY',
    !['DEPOSITED', 'PREPARED'].includes(state) && 'APPLICATION_STEP_OUT_OF_TURN',
  ];
}
