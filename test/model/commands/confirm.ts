import fc from 'fast-check';
import { knownInstant } from '../../../chaincode/kernel/instant.ts';
import * as pledges from '../../../chaincode/pledges/operations.ts';
import { type ModelApplication, parts } from '../model/model.ts';
import { attempt, type Party } from '../scene/attempt.ts';
import { hashOf, saltOf } from '../scene/numbers.ts';
import { pledgees } from '../scene/parties.ts';
import { signed } from '../scene/pens.ts';
import { dossierOf, manifestOf } from '../scene/plans.ts';
import { morning, trustVersion } from '../scene/setting.ts';
import { againstHead, shownSalt } from './heads.ts';
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
  readonly participant: number;
  /** Somebody else's hand. */
  readonly otherHand: boolean;
  /** What was signed is the revision before. */
  readonly oldManifest: boolean;
  /** The dossier that is sent is the revision before. */
  readonly oldDossier: boolean;
  /** The same content, but not the same manifest as the others sign. */
  readonly otherManifest: boolean;
  /** The manifest names another dossier. */
  readonly otherDossier: boolean;
  /** Another sum is shown than the dossier's. */
  readonly otherFacts: boolean;
  readonly misdated: boolean;
  /** The salt is not the one by which the organisation named its head. */
  readonly strangeSalt: boolean;
};

export const soundConfirm = {
  by: undefined,
  otherHand: false,
  oldManifest: false,
  oldDossier: false,
  otherManifest: false,
  otherDossier: false,
  otherFacts: false,
  misdated: false,
  strangeSalt: false,
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
    otherDossier: seldom,
    otherFacts: seldom,
    misdated: seldom,
    strangeSalt: seldom,
  }),
  attempt: (model, choice) => {
    const application = model.pick(choice.which, 'open');
    if (application === undefined) return undefined;
    const { plan } = application;
    const { participant } = choice;
    const signing = signingOf(application, choice);
    const { revision, hand, salted, sent, signedAt, manifest } = signing;
    const { signature, ocsps } = signed(hand, manifest, morning);
    return attempt(pledges.confirm, {
      what: `${hand} signs revision ${manifest.revision} of ${called(application)}`,
      input: {
        salt: saltOf(`confirm ${plan.id} ${revision} ${participant}`),
        participant,
        headSalt: shownSalt(signing.own, choice.strangeSalt),
        dossier: dossierOf(plan, sent),
        evidence: { signature, ocsps: [...ocsps] },
        found: { signedAt, trustVersion },
      },
      by: choice.by ?? ofPlatform(application),
      against: [
        notOwn(application, choice.by ?? ofPlatform(application)),
        ...wrongs(application, choice, signing),
        ...againstHead(model, signing.own, choice.strangeSalt),
      ],
      learn: ({ verdict }) =>
        application.confirmations.push({ verdict, revision, participant, salted }),
    });
  },
};

type Signing = ReturnType<typeof signingOf>;

/** Who signs what, and what is sent along; by choice not what should be. */
function signingOf(application: ModelApplication, choice: Choice) {
  const { plan } = application;
  const revision = Math.max(application.revision, 1);
  const before = Math.max(revision - 1, 1);
  const own = parts(application)[choice.participant - 1]?.who ?? 'pledgor';
  const salted = choice.otherManifest ? 'another' : 'manifest';
  const whole = manifestOf(plan, choice.oldManifest ? before : revision, salted);
  const sound = choice.otherFacts ? { ...whole, facts: { ...whole.facts, sumMinor: '1' } } : whole;
  return {
    revision,
    own,
    hand: choice.otherHand ? (pledgees.find((name) => name !== own) ?? own) : own,
    salted,
    sent: choice.oldDossier ? before : revision,
    signedAt: choice.misdated ? knownInstant('2026-11-20T05:00:00.000Z') : morning,
    manifest: choice.otherDossier ? { ...sound, dossier: hashOf('another') } : sound,
  };
}

function wrongs(
  application: ModelApplication,
  { participant, misdated, otherDossier, otherFacts }: Choice,
  { revision, own, hand, sent, manifest }: Signing,
) {
  const isPrepared = application.state === 'PREPARED';
  return [
    application.revision > 0 && !isPrepared && 'APPLICATION_STEP_OUT_OF_TURN',
    sent !== revision && 'DOSSIER_DIFFERS',
    parts(application)[participant - 1] === undefined && 'PARTICIPANT_UNKNOWN',
    hand !== own && 'SIGNERS_MISMATCH',
    hand !== own && 'ROLE_MISMATCH',
    manifest.revision !== revision && 'REVISION_MISMATCH',
    (otherDossier || otherFacts) && 'MANIFEST_NOT_OF_DOSSIER',
    misdated && 'FINDINGS_DIFFER',
  ];
}
