/** An application is taken back: a draft by its platform, what was filed by who applied (PL-13). */
import fc from 'fast-check';
import { knownInstant } from '../../../chaincode/kernel/instant.ts';
import * as pledges from '../../../chaincode/pledges/operations.ts';
import { verifyWithdrawal } from '../../../chaincode/pledges/withdrawing/operations.ts';
import { channelName } from '../ledger/stub.ts';
import { ended, type ModelApplication } from '../model/model.ts';
import { attempt, type Party } from '../scene/attempt.ts';
import { saltOf } from '../scene/numbers.ts';
import { pledgees } from '../scene/parties.ts';
import { signed } from '../scene/pens.ts';
import { dossierOf } from '../scene/plans.ts';
import { morning, trustVersion } from '../scene/setting.ts';
import { againstHead, shownSalt } from './heads.ts';
import {
  called,
  notOfSystems,
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
  /** The dossier that is sent was not filed. */
  readonly otherDossier: boolean;
  /** What was signed is of another revision. */
  readonly oldManifest: boolean;
  readonly misdated: boolean;
};

const undecided: readonly ModelApplication['state'][] = ['FILED', 'ACCEPTED', 'SUSPENDED'];

/** The holders verify the signature of who applied: in these sequences the pledgee's head. */
export const signWithdrawal: Play<Signing> = {
  name: 'sign withdrawal',
  choice: fc.record({
    which,
    by: someone,
    otherHand: seldom,
    otherDossier: seldom,
    oldManifest: seldom,
    misdated: seldom,
  }),
  attempt: (model, choice) => {
    const application = model.pick(choice.which, 'open');
    if (application === undefined) return undefined;
    const { plan, state, added, withdrawals } = application;
    const party = choice.by ?? ofPlatform(application);
    const revision = Math.max(application.revision, 1);
    const other = pledgees.find((name) => name !== plan.pledgee);
    const hand = (choice.otherHand ? other : undefined) ?? plan.pledgee;
    const manifest = manifestOf(plan.id, choice.oldManifest ? revision + 1 : revision);
    const { signature, ocsps } = signed(hand, manifest, morning);
    const sent = choice.otherDossier ? revision + 1 : revision;
    return attempt(verifyWithdrawal, {
      what: `${hand} signs that ${called(application)} is taken back`,
      input: {
        salt: saltOf(`withdrawal ${plan.id} ${revision}`),
        dossier: dossierOf(plan, sent, { added }),
        headSalt: shownSalt(plan.pledgee),
        evidence: { signature, ocsps: [...ocsps] },
        found: {
          signedAt: choice.misdated ? knownInstant('2026-11-20T05:00:00.000Z') : morning,
          trustVersion,
        },
      },
      by: party,
      against: [
        notOwn(application, party),
        !undecided.includes(state) && 'APPLICATION_STEP_OUT_OF_TURN',
        choice.otherDossier && 'DOSSIER_DIFFERS',
        choice.otherHand && 'SIGNERS_MISMATCH',
        choice.oldManifest && 'REVISION_MISMATCH',
        choice.misdated && 'FINDINGS_DIFFER',
        ...againstHead(model, plan.pledgee),
      ],
      learn: ({ verdict }) => withdrawals.push({ verdict, revision }),
    });
  },
};

function manifestOf(record: string, revision: number) {
  return {
    version: 1 as const,
    purpose: 'withdrawal' as const,
    channel: channelName,
    record,
    revision,
    salt: saltOf(`withdrawal manifest ${record} ${revision}`),
  };
}

type Recording = {
  readonly which: Which;
  readonly by: Party | undefined;
  /** The platform alone takes it back, whatever was signed. */
  readonly unsigned: boolean;
  readonly altered: boolean;
};

export const soundWithdrawal = {
  by: undefined,
  otherHand: false,
  otherDossier: false,
  oldManifest: false,
  misdated: false,
  unsigned: false,
  altered: false,
};

/** The application ends, for everyone to see. */
export const withdraw: Play<Recording> = {
  name: 'withdraw',
  choice: fc.record({ which, by: someone, unsigned: fc.boolean(), altered: seldom }),
  attempt: (model, { which: number, by, unsigned, altered }) => {
    const application = model.pick(number);
    if (application === undefined) return undefined;
    const { plan, withdrawals } = application;
    const party = by ?? ofPlatform(application);
    const given = unsigned ? undefined : withdrawals.at(-1);
    const verdict = altered
      ? given?.verdict.replace('"revision":', '"revision":1')
      : given?.verdict;
    return attempt(pledges.withdraw, {
      what: `takes back ${called(application)}${given === undefined ? '' : ', as was signed'}`,
      input: { application: plan.id, ...(verdict === undefined ? {} : { verdict }) },
      by: party,
      against: [
        notOwn(application, party),
        notOfSystems(party),
        ...(given === undefined
          ? againstDropping(application)
          : againstTaking(application, given.revision)),
        given !== undefined && altered && 'VERDICT_NOT_GIVEN',
      ],
      learn: () => {
        application.state = 'WITHDRAWN';
        application.isTakenBack = given !== undefined;
      },
    });
  },
};

/** Nothing is against dropping a draft; what was filed is nobody's to drop. */
function againstDropping({ state }: ModelApplication) {
  return [
    undecided.includes(state) && 'WITHDRAWAL_UNSIGNED',
    ended.includes(state) && 'APPLICATION_STEP_OUT_OF_TURN',
  ];
}

function againstTaking({ state, revision }: ModelApplication, signedFor: number) {
  return [
    signedFor !== revision && 'REVISION_OUT_OF_TURN',
    !undecided.includes(state) && 'APPLICATION_STEP_OUT_OF_TURN',
  ];
}
