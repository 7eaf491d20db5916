/** The pledgee's head refuses before filing, with reasons that the holders alone see (PL-8). */
import fc from 'fast-check';
import { knownInstant } from '../../../chaincode/kernel/instant.ts';
import * as pledges from '../../../chaincode/pledges/operations.ts';
import { reasonsHash } from '../../../chaincode/pledges/refusing/reasons.ts';
import { verifyRefusal } from '../../../chaincode/pledges/refusing/operations.ts';
import { channelName } from '../ledger/stub.ts';
import type { ModelApplication } from '../model/model.ts';
import { attempt, type Party } from '../scene/attempt.ts';
import { idOf, saltOf } from '../scene/numbers.ts';
import { persons, pledgees } from '../scene/parties.ts';
import { signed } from '../scene/pens.ts';
import { documentName } from '../scene/plans.ts';
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

type Signing = {
  readonly which: Which;
  readonly by: Party | undefined;
  /** The head of another pledgee. */
  readonly otherHand: boolean;
  /** The head signed other reasons than those that are sent. */
  readonly otherReasons: boolean;
  /** The refusal is of a revision that is not on the ledger. */
  readonly otherRevision: boolean;
  /** What was signed is of another revision than the refusal. */
  readonly oldManifest: boolean;
  /** A mandate that there is not. */
  readonly noMandate: boolean;
  readonly misdated: boolean;
};

export const soundRefusal = {
  by: undefined,
  otherHand: false,
  otherReasons: false,
  otherRevision: false,
  oldManifest: false,
  noMandate: false,
  misdated: false,
};

/** A reason may name persons, and so does this one. */
const reasons = [{ clause: '8', reason: `${persons.pledgor.surname}: ${documentName}` }];

/** The holders verify the head's signature under a refusal. */
export const signRefusal: Play<Signing> = {
  name: 'sign refusal',
  choice: fc.record({
    which,
    by: someone,
    otherHand: seldom,
    otherReasons: seldom,
    otherRevision: seldom,
    oldManifest: seldom,
    noMandate: seldom,
    misdated: seldom,
  }),
  attempt: (model, choice) => {
    const application = model.pick(choice.which, 'open');
    if (application === undefined) return undefined;
    const { plan, state, refusals } = application;
    const party = choice.by ?? ofPlatform(application);
    const revision = Math.max(application.revision, 1) + (choice.otherRevision ? 1 : 0);
    const salt = saltOf(`refusal ${plan.id} ${revision}`);
    const hand = handOf(application, choice.otherHand);
    const { signature, ocsps } = signed(hand, manifestOf(plan.id, revision, choice), morning);
    const signedAt = choice.misdated ? knownInstant('2026-11-20T05:00:00.000Z') : morning;
    return attempt(verifyRefusal, {
      what: `${hand} signs a refusal of revision ${revision} of ${called(application)}`,
      input: {
        salt,
        application: plan.id,
        revision,
        reasons,
        headSalt: shownSalt(plan.pledgee),
        ...(choice.noMandate ? { mandate: noMandateOf(hand) } : {}),
        evidence: { signature, ocsps: [...ocsps] },
        found: { signedAt, trustVersion },
      },
      by: party,
      against: [
        notOwn(application, party),
        state !== 'PREPARED' && 'APPLICATION_STEP_OUT_OF_TURN',
        choice.otherRevision && 'REVISION_OUT_OF_TURN',
        choice.otherHand && 'SIGNERS_MISMATCH',
        choice.oldManifest && 'REVISION_MISMATCH',
        choice.misdated && 'FINDINGS_DIFFER',
        choice.noMandate && 'MANDATE_UNKNOWN',
        choice.otherReasons && 'REFUSAL_DIFFERS',
        ...againstHead(model, plan.pledgee),
      ],
      learn: ({ verdict }) => refusals.push({ verdict, revision }),
    });
  },
};

function handOf({ plan: { pledgee } }: ModelApplication, isOther: boolean) {
  return isOther ? (pledgees.find((name) => name !== pledgee) ?? pledgee) : pledgee;
}

function manifestOf(
  record: string,
  revision: number,
  { oldManifest, otherReasons }: Pick<Signing, 'oldManifest' | 'otherReasons'>,
) {
  const salt = saltOf(`refusal ${record} ${revision}`);
  const stated = otherReasons ? reasons.map((each) => ({ ...each, clause: '6' })) : reasons;
  return {
    version: 1 as const,
    purpose: 'refusal' as const,
    channel: channelName,
    record,
    revision: oldManifest ? revision + 1 : revision,
    salt: saltOf(`refusal manifest ${record} ${revision}`),
    facts: { reasons: reasonsHash(salt, stated) },
  };
}

function noMandateOf(hand: (typeof pledgees)[number]) {
  const holderSalt = saltOf('no mandate');
  return { mandate: idOf('no mandate'), holderIin: persons[hand].iin, holderSalt };
}

type Recording = {
  readonly which: Which;
  readonly by: Party | undefined;
  /** The first that was signed instead of the newest. */
  readonly earlier: boolean;
  readonly altered: boolean;
};

/** The refusal ends the application, for everyone to see; the register has nothing of it. */
export const refuseBeforeFiling: Play<Recording> = {
  name: 'refuse before filing',
  choice: fc.record({ which, by: someone, earlier: fc.boolean(), altered: seldom }),
  attempt: (model, { which: number, by, earlier, altered }) => {
    const application = model.pick(number, 'open');
    const given = earlier ? application?.refusals[0] : application?.refusals.at(-1);
    if (application === undefined || given === undefined) return undefined;
    const party = by ?? ofPlatform(application);
    const verdict = altered ? given.verdict.replace('"revision":', '"revision":1') : given.verdict;
    return attempt(pledges.refuseBeforeFiling, {
      what: `ends ${called(application)} by the pledgee's refusal`,
      input: { verdict },
      by: party,
      against: [
        notOwn(application, party),
        altered && 'VERDICT_NOT_GIVEN',
        given.revision !== application.revision && 'REVISION_OUT_OF_TURN',
        application.state !== 'PREPARED' && 'APPLICATION_STEP_OUT_OF_TURN',
      ],
      learn: () => (application.state = 'REFUSED_BY_PLEDGEE'),
    });
  },
};
