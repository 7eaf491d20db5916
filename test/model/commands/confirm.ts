import fc from 'fast-check';
import { knownInstant } from '../../../chaincode/kernel/instant.ts';
import * as pledges from '../../../chaincode/pledges/operations.ts';
import { parts } from '../model/model.ts';
import { attempt, type Party } from '../scene/attempt.ts';
import { saltOf } from '../scene/numbers.ts';
import { pledgees } from '../scene/parties.ts';
import { signed } from '../scene/pens.ts';
import { dossierOf, manifestOf } from '../scene/plans.ts';
import { morning, trustVersion } from '../scene/setting.ts';
import { called, ofPlatform, type Play, seldom, someone, type Which, which } from './play.ts';

type Choice = {
  readonly which: Which;
  readonly by: Party | undefined;
  readonly participant: number;
  /** Somebody else's hand. */
  readonly otherHand: boolean;
  /** What was signed is the revision before. */
  readonly oldManifest: boolean;
  /** The dossier that is sent is the revision before. */
  readonly oldDossier: boolean;
  /** The same content, but not the same manifest as the others sign. */
  readonly otherManifest: boolean;
  readonly misdated: boolean;
};

export const soundConfirm = {
  by: undefined,
  otherHand: false,
  oldManifest: false,
  oldDossier: false,
  otherManifest: false,
  misdated: false,
};

/** One participant's signature, verified at the holders' peers. */
export const confirm: Play<Choice> = {
  name: 'confirm',
  choice: fc.record({
    which,
    by: someone,
    participant: fc.integer({ min: 1, max: 5 }),
    otherHand: seldom,
    oldManifest: seldom,
    oldDossier: seldom,
    otherManifest: seldom,
    misdated: seldom,
  }),
  attempt: (model, choice) => {
    const application = model.pick(choice.which, 'open');
    if (application === undefined) return undefined;
    const { plan, state } = application;
    const revision = Math.max(application.revision, 1);
    const party = choice.by ?? ofPlatform(application);
    const part = parts(application)[choice.participant - 1];
    const own = part?.who ?? 'pledgor';
    const hand = choice.otherHand ? (pledgees.find((name) => name !== own) ?? own) : own;
    const salted = choice.otherManifest ? 'another' : 'manifest';
    const signedRevision = choice.oldManifest ? Math.max(revision - 1, 1) : revision;
    const sentRevision = choice.oldDossier ? Math.max(revision - 1, 1) : revision;
    const manifest = manifestOf(plan, signedRevision, salted);
    const { signature, ocsps } = signed(hand, manifest, morning);
    const signedAt = choice.misdated ? knownInstant('2026-11-20T05:00:00.000Z') : morning;
    return attempt(pledges.confirm, {
      what: `${hand} signs revision ${signedRevision} of ${called(application)}`,
      input: {
        salt: saltOf(`confirm ${plan.id} ${revision} ${choice.participant}`),
        participant: choice.participant,
        dossier: dossierOf(plan, sentRevision),
        evidence: { signature, ocsps: [...ocsps] },
        found: { signedAt, trustVersion },
      },
      by: party,
      against: [
        application.revision === 0 && 'APPLICATION_UNKNOWN',
        sentRevision !== revision && 'DOSSIER_DIFFERS',
        part === undefined && 'PARTICIPANT_UNKNOWN',
        hand !== own && 'SIGNERS_MISMATCH',
        hand !== own && 'ROLE_MISMATCH',
        signedRevision !== revision && 'REVISION_MISMATCH',
        choice.misdated && 'FINDINGS_DIFFER',
        application.revision > 0 && state !== 'PREPARED' && 'APPLICATION_STEP_OUT_OF_TURN',
      ],
      learn: ({ verdict }) =>
        application.confirmations.push({
          verdict,
          revision,
          participant: choice.participant,
          salted,
        }),
    });
  },
};
