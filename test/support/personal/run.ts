/**
 * A whole run of the story that is scanned afterwards: a pledge and its end, what else is applied for,
 * a portfolio, and much that is refused.
 */
import * as decisions from '../../../chaincode/decisions/operations.ts';
import type { CadastralNumber } from '../../../chaincode/kernel/cadastral-number.ts';
import {
  type ApplicationId,
  applicationIdSchema,
} from '../../../chaincode/kernel/application-id.ts';
import type { Operation } from '../../../chaincode/ledger/operation.ts';
import type { Dossier } from '../../../chaincode/pledges/dossier.ts';
import * as pledges from '../../../chaincode/pledges/operations.ts';
import {
  cedePart,
  importPart,
  purgeBatch,
} from '../../../chaincode/pledges/portfolio/batch-operations.ts';
import { people } from '../../../gateway/stands/eds/people.ts';
import {
  carriedOut,
  groundsHandedOver,
  signedDecision,
  takenByEgkn,
} from '../../../gateway/stands/story/deciding.ts';
import { cessionOf, importOf, opened } from '../../../gateway/stands/story/batch.ts';
import { newProperty, pledgeOf, terminationOf } from '../../../gateway/stands/story/dossiers.ts';
import { chapters } from '../../../gateway/stands/story/kinds.ts';
import { notified } from '../../../gateway/stands/story/notices.ts';
import { filed } from '../../../gateway/stands/story/filing.ts';
import { carriedThrough } from '../../../gateway/stands/story/pledge.ts';
import { inSlot, type Props } from '../../../gateway/stands/story/props.ts';
import { id, salt } from '../../../gateway/stands/story/signers.ts';
import { cast, type Stage } from '../../../gateway/stands/story/stage.ts';
import { takenBack } from '../../../gateway/stands/story/withdrawing.ts';
import { refusalOf, tampered } from '../kepil-stage.ts';
import { cessionLine, egknLine } from '../portfolio-scene.ts';
import { readyOn } from '../story-props.ts';
import type { PersonalValue } from './scanner.ts';
import { groundInOwnWords, inOwnWords, RememberingStage } from './values.ts';

/** What was played: for the scanner, and for the purge after it. */
export type PlayedRun = {
  readonly property: CadastralNumber;
  /** Every application of which something was deposited. */
  readonly applications: readonly ApplicationId[];
  readonly batches: readonly ApplicationId[];
  /** The officer's mandate, and the decisions of the consortium. */
  readonly mandate: string;
  readonly decisions: readonly string[];
  /** What was said of what was refused. */
  readonly refusals: readonly string[];
  readonly values: readonly PersonalValue[];
  /** Purges everything that was deposited. */
  purge(): Promise<void>;
};

/** An application with the slot that its dossier lies in. */
type Open = { readonly application: ApplicationId; readonly slot: number };

/** Slots of each chapter; those of the pledge and of what is refused come before. */
const slotsEach = 10;

/** What else is played: notices, suspension, supplement, refusal and every signature with them. */
const chaptersPlayed = ['repledge', 'cession', 'supplement', 'refusal'] as const;

/** Plays it on a network of which nothing is on the ledger yet. */
export async function playedRun(network: Stage): Promise<PlayedRun> {
  const remembering = new RememberingStage(network);
  const { stage } = remembering;
  const props = await readyOn(stage);
  const property = newProperty();
  const open = await pledgedAndEnded(props, property);
  open.push(await suspended(inSlot(props, 2 + refusedAtOnce.length + refusedLater.length)));
  for (const [nth, name] of chaptersPlayed.entries()) {
    const own = inSlot(props, slotsEach * (nth + 2));
    const { applications } = await chapters[name](own);
    open.push(...applications.map(({ id }, at) => ({ application: id, slot: own.slot + at })));
  }
  const batches = await portfolioCeded(props);
  const refusals: string[] = [];
  for (const [nth, refusedFor] of [...refusedAtOnce, ...refusedLater].entries()) {
    const own = inSlot(props, 2 + nth);
    const application = applicationIdSchema.parse(id());
    refusals.push(await refusedFor(own, application));
    if (refusedLater.includes(refusedFor)) {
      await stage.done(pledges.withdraw, { application }, { org: cast.platform });
      open.push({ application, slot: own.slot });
    }
  }
  const { decisions: taken } = await stage.done(decisions.list, {}, { org: cast.platform });
  return {
    property,
    mandate: props.mandate.id,
    decisions: taken.map((decision) => decision.id),
    applications: open.map(({ application }) => application),
    batches: batches.map(([, batch]) => batch),
    refusals,
    values: remembering.values(),
    purge: async () => {
      for (const each of open) {
        await stage.done(pledges.purge, { salt: salt(), ...each }, { org: cast.platform });
      }
      // Whoever had signatures deposited purges them: EGKN's extract is the registrar's alone.
      for (const [org, batch] of batches) {
        await stage.done(purgeBatch, { salt: salt(), batch }, { org });
      }
    },
  };
}

/** Suspended for reasons that both parties hold, then taken back. */
async function suspended(props: Props): Promise<Open> {
  const { stage, slot } = props;
  const dossier = inOwnWords(pledgeOf(stage, newProperty()));
  const taken = await takenByEgkn(props, await filed(props, dossier));
  const what = { decision: 'SUSPEND' as const, grounds: [groundInOwnWords] };
  const halted = await carriedOut(props, await signedDecision(props, taken, what));
  await groundsHandedOver(props, halted);
  const { id: application } = await takenBack(props, halted);
  return { application, slot };
}

/** A pledge and its termination in a family's own words, each with its notices. */
async function pledgedAndEnded(props: Props, property: CadastralNumber): Promise<Open[]> {
  const { stage } = props;
  const pledge = await carriedThrough(props, inOwnWords(pledgeOf(stage, property)));
  await notified(stage, pledge);
  const ending = inOwnWords(terminationOf(stage, pledge));
  const ended = await carriedThrough(inSlot(props, 1), ending);
  await notified(stage, ended);
  return [pledge, ended].map(({ id: application }, nth) => ({
    application,
    slot: props.slot + nth,
  }));
}

/** A batch, and who purges what was deposited of it. */
type Deposited = readonly [org: string, batch: ApplicationId];

/** A portfolio is entered from EGKN, and ceded by the signatures of two heads and an officer. */
async function portfolioCeded(props: Props): Promise<readonly Deposited[]> {
  const { stage } = props;
  const registrar = { org: cast.registrar };
  const entered = [egknLine(1), egknLine(2)];
  const ceded = entered.map(cessionLine);
  const { batch: entry } = (await opened(props, importOf([entered]))).content;
  await stage.done(importPart, { batch: entry, part: 1, lines: entered }, registrar);
  const { batch: cession } = (await opened(props, cessionOf(props, [ceded]))).content;
  await stage.done(cedePart, { batch: cession, part: 1, lines: ceded }, registrar);
  return [
    [cast.registrar, applicationIdSchema.parse(entry)],
    [cast.platform, applicationIdSchema.parse(cession)],
  ];
}

/** Files an application with something wrong in it; gives what is said of that. */
type Attempt = (props: Props, application: ApplicationId) => Promise<string>;

type Sent = {
  readonly dossier: Dossier;
  readonly evidence: { readonly signature: string };
};

/** An attempt of which one step is sent with changes. */
function attempt(
  { contract, name }: Pick<Operation, 'contract' | 'name'>,
  changed: (input: Sent, props: Props) => object,
): Attempt {
  return (props, application) => {
    const { stage } = props;
    const tampering = (operation: Operation, input: Sent) =>
      operation.contract === contract && operation.name === name
        ? { ...input, ...changed(input, props) }
        : undefined;
    const dossier = { ...inOwnWords(pledgeOf(stage, newProperty())), application };
    return refusalOf(
      carriedThrough({ ...props, stage: tampered<Sent>(stage, tampering) }, dossier),
    );
  };
}

/** A deposit in which something is wrong: personal values stand where no schema expects them. */
const deposit = (changed: (dossier: Dossier) => object): Attempt =>
  attempt(pledges.deposit, ({ dossier }) => ({ dossier: { ...dossier, ...changed(dossier) } }));

const { iin, surname } = people.pledgor;

const refusedAtOnce: readonly Attempt[] = [
  deposit(() => ({ documents: [] })),
  deposit(({ pledgors }) => ({ pledgors: pledgors.map((each) => ({ ...each, iin: surname })) })),
  deposit(({ pledgors }) => ({
    pledgors: pledgors.map((each) => ({ ...each, surname: iin.repeat(40) })),
  })),
  deposit(({ facts }) => ({ facts: { ...facts, owners: [] } })),
  deposit(() => ({ kind: surname })),
  deposit(() => ({ [surname]: iin })),
];

/** Refused after the deposit, which stays until it is purged. */
const refusedLater: readonly Attempt[] = [
  attempt(pledges.confirm, ({ evidence }) => ({
    evidence: { ...evidence, signature: `AAAA${evidence.signature.slice(4)}` },
  })),
  attempt({ contract: 'consents', name: 'verify' }, (_input, { signers, stage }) => {
    const { bin } = people.alphaHead;
    const claims = { sub: people.registrar.iin, cbin: bin, access: ['GBDFL'] };
    return { token: signers.token(claims, stage.now()) };
  }),
];
