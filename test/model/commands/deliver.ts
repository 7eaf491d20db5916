import fc from 'fast-check';
import { type Instant, knownInstant, plusMs } from '../../../chaincode/kernel/instant.ts';
import { recordDelivery } from '../../../chaincode/pledges/notices/operations.ts';
import {
  type Model,
  type ModelApplication,
  type ModelNotice,
  type NoticeProof,
  type NoticeStep,
  parts,
} from '../model/model.ts';
import { attempt, type Party } from '../scene/attempt.ts';
import { hashOf } from '../scene/numbers.ts';
import { binOf, headsOf, type Pledgee } from '../scene/parties.ts';
import { morning } from '../scene/setting.ts';
import { called, ofPlatform, ofRegistrar, type Play, seldom, someone } from './play.ts';

type Delivery = {
  readonly which: number;
  /** Of the notices that are due of it. */
  readonly notice: number;
  /** A notice to somebody who takes part and is not told, or of what was not decided. */
  readonly stray: boolean;
  readonly succeeds: boolean;
  /** Instead of the step whose turn it is. */
  readonly step: NoticeStep | undefined;
  readonly by: Party | undefined;
  /** It happened before what came last. */
  readonly early: boolean;
  /** What was said last is said again. */
  readonly again: boolean;
};

/** Which notice: of which decision, to which participant, zero is the pledgee; or to which holder. */
type Which = { readonly decision: number; readonly recipient: number | Pledgee };

const steps = ['SENT', 'DELIVERED', 'FAILED'] as const;

/** Who delivers a notice says what became of it; or somebody else does, or out of turn. */
export const deliver: Play<Delivery> = {
  name: 'deliver notice',
  choice: fc.record({
    which: fc.nat({ max: 11 }),
    notice: fc.nat({ max: 5 }),
    stray: seldom,
    succeeds: fc.boolean(),
    step: fc.oneof(
      { arbitrary: fc.constant(undefined), weight: 4 },
      { arbitrary: fc.constantFrom(...steps), weight: 1 },
    ),
    by: someone,
    early: seldom,
    again: seldom,
  }),
  attempt: (model, choice) => {
    const application = decidedOf(model, choice.which);
    if (application === undefined) return undefined;
    const { plan, notices } = application;
    const { isTold, decision, recipient } = whichOf(application, choice);
    const place = `${decision} ${recipient}`;
    const known: ModelNotice = notices.get(place) ?? { state: 'DUE', steps: 0 };
    const since = knownInstant(application.told[decision - 1]?.at ?? morning);
    const said = choice.again ? known.last : undefined;
    const proof =
      said ?? newProof(known, choice, { since, receipt: `receipt ${plan.id} ${place}` });
    const owner = delivererOf(application, recipient);
    const { by = owner } = choice;
    return attempt(recordDelivery, {
      what: `says ${proof.step} of notice ${place} of ${called(application)}`,
      input: {
        application: plan.id,
        decision,
        ...addressOf(recipient),
        ...proof,
      },
      by,
      against: [
        !isTold && 'NOTICE_UNKNOWN',
        by.org !== owner.org && 'NOTICE_OF_ANOTHER_DELIVERER',
        ...(said === undefined ? outOfOrder(known, proof, choice) : []),
      ],
      learn: ({ state }) => {
        if (state !== proof.step) throw new Error(`a notice is ${state} after ${proof.step}`);
        if (said !== undefined) return;
        notices.set(place, { state, steps: known.steps + 1, last: proof });
      },
    });
  },
};

/** What the delivering system says next: the step whose turn it is, unless told. */
function newProof(
  { state, steps: before }: ModelNotice,
  { step, succeeds, early }: Delivery,
  { since, receipt }: { readonly since: Instant; readonly receipt: string },
): NoticeProof {
  const inTurn = turn[state];
  return {
    step: step ?? inTurn.at(succeeds ? 0 : -1) ?? 'SENT',
    at: plusMs(since, 1000 * (early ? before - 2 : before)),
    receipt: hashOf(`${receipt} ${before}`),
  };
}

function outOfOrder({ state }: ModelNotice, { step }: NoticeProof, { early }: Delivery) {
  return [
    !turn[state].includes(step) && 'NOTICE_STEP_OUT_OF_TURN',
    early && 'NOTICE_TIME_BACKWARD',
  ];
}

/** What the platform's own cabinet has, and what the pledgee refused, the platform delivers. */
function delivererOf(application: ModelApplication, recipient: Which['recipient']): Party {
  if (typeof recipient === 'string') return { org: headsOf[recipient], role: 'admin' };
  return recipient === 0 || application.state === refusal ? ofPlatform(application) : ofRegistrar;
}

function addressOf(recipient: Which['recipient']) {
  if (typeof recipient === 'string') return { holder: binOf(recipient) };
  return recipient === 0 ? {} : { participant: recipient };
}

/** Whose pledges are changed or ended; the pledgee on its own platform is told there already. */
function holdersOf({ plan }: ModelApplication): readonly Pledgee[] {
  const { kind, pledgee, cedent, consenting, platform } = plan;
  if (kind === 'PLEDGE' || kind === 'REPLEDGE') return [];
  const agreeing = kind === 'RANK_AGREEMENT' ? consenting : [];
  const holders = new Set([...(cedent === undefined ? [] : [cedent]), pledgee, ...agreeing]);
  return [...holders].filter((each) => each !== pledgee || headsOf[each] !== platform);
}

/** What may be said of a notice, the good news first. */
const turn: Readonly<Record<ModelNotice['state'], readonly NoticeStep[]>> = {
  DUE: ['SENT'],
  SENT: ['DELIVERED', 'FAILED'],
  FAILED: ['SENT'],
  DELIVERED: [],
};

/** A person and a firm; whoever else owns a home has no notice of it. */
const pledgors: readonly string[] = ['pledgor', 'companyHead'];

/** The pledgee's, before anything is filed: the pledgor alone is told, by the platform (PL-8). */
const refusal = 'REFUSED_BY_PLEDGEE';

function decidedOf({ applications }: Model, which: number): ModelApplication | undefined {
  const decided = applications.filter(
    ({ told, state, isTakenBack }) => told.length > 0 || state === refusal || isTakenBack,
  );
  return decided[which % Math.max(decided.length, 1)];
}

/** Each decision but a resumption, and a withdrawal, is told to the pledgee and the pledgor (alg. 17, 25). */
function whichOf(
  application: ModelApplication,
  { notice, stray }: Delivery,
): Which & { readonly isTold: boolean } {
  const pledgor = parts(application).find(({ who }) => pledgors.includes(who))?.number ?? 0;
  const everyone = [0, pledgor, ...holdersOf(application)];
  const own: readonly Which[] =
    application.state === refusal ? [{ decision: 1, recipient: pledgor }] : [];
  const told = application.told.flatMap(({ decision: name }, index): Which[] => {
    const decision = index + 1;
    if (name === 'RESUME') return [];
    return everyone.map((recipient) => ({ decision, recipient }));
  });
  const taken = { decision: application.told.length + 1 };
  const back = application.isTakenBack
    ? everyone.map((recipient) => ({ ...taken, recipient }))
    : [];
  const due = [...own, ...told, ...back];
  const found = due[notice % Math.max(due.length, 1)];
  if (found !== undefined && !stray) return { ...found, isTold: true };
  const recipient = parts(application).find(({ number }) => number !== pledgor)?.number ?? 0;
  return { decision: notice + 1, recipient, isTold: false };
}
