/**
 * Where sequences begin: with nothing registered, or with some pledges that met before. Each
 * beginning is played once, by real steps that are checked as all others; then it is copied.
 */
import { contracts } from '../../../chaincode/index.ts';
import { type Alteration, type ContractClass, ModelLedger } from '../ledger/model-ledger.ts';
import { newBatch } from '../model/batches.ts';
import { Model, type ModelAcceptance, type ModelApplication } from '../model/model.ts';
import type { Attempt } from '../scene/attempt.ts';
import { Coverage } from '../scene/coverage.ts';
import { Scene } from '../scene/scene.ts';
import { minuteOn, minutesOn, setting } from '../scene/setting.ts';
import { decide, signDecision, soundCarrying, soundSigning } from './decide.ts';
import { deposit, soundDeposit } from './deposit.ts';
import { type BatchDraft, batchPlanOf } from './batch-draft.ts';
import { nextOfBatch } from './batch-steps.ts';
import { detour } from './detours.ts';
import { type Draft, planOf } from './draft.ts';
import { Forgery } from './forge.ts';
import { prepare, soundPrepare } from './prepare.ts';
import { signRefusal, soundRefusal } from './refuse-as-pledgee.ts';
import { rightStep } from './right-step.ts';
import { signSupplement, soundSupplementSigning } from './supplement.ts';

/** A company's pledge that Alpha holds, unless told otherwise. */
const plain: Draft = {
  kind: 'PLEDGE',
  platform: 'AlphaMSP',
  pledgee: 'alphaHead',
  family: 'company',
  property: 0,
  both: false,
  pledge: 0,
  consentToRepledge: false,
  strayTarget: false,
  strayCedent: false,
  strayFamily: false,
  asksNobody: false,
};

const plainLine: BatchDraft['lines'][number] = {
  pledge: 0,
  stray: false,
  property: 0,
  number: 1,
  ofPlatform: false,
  differs: false,
  ends: false,
  changes: false,
  endOfPlatform: false,
};

/** Pledges that Alpha cedes to the bank. */
const plainBatch: Omit<BatchDraft, 'lines' | 'cut' | 'twice'> = {
  kind: 'CESSION',
  platform: 'AlphaMSP',
  to: 'bankHead',
  strayParties: false,
  otherLines: false,
  isAhead: false,
  found: undefined,
};

const repledge: Draft = { ...plain, kind: 'REPLEDGE', platform: 'BetaMSP', pledgee: 'betaHead' };
const third: Draft = { ...plain, kind: 'REPLEDGE', pledgee: 'bankHead', consentToRepledge: true };

/** What was registered, in this order, before a sequence begins. */
const beginnings = {
  nothing: [],
  onePledge: [plain],
  twoPledges: [plain, repledge],
  threePledges: [{ ...plain, both: true, consentToRepledge: true }, repledge, third],
  ended: [plain, repledge, { ...plain, kind: 'TERMINATION' }],
  /** With an open one: at its second revision, with a refusal of the first; suspended and resumed. */
  revised: [],
  resumed: [plain],
  /** With two that EGKN took and nobody checked: a family's pledge, and the end of another pledge. */
  accepted: [plain],
  /** With one that was supplemented, and that everyone has signed for another document. */
  supplemented: [],
  /** With a portfolio that is opened, and of which nothing was carried out. */
  portfolio: [{ ...plain, both: true, consentToRepledge: true }, repledge, third],
  /** With one whose first part was carried out, and a pledge of it that was ceded back since. */
  returned: [{ ...plain, both: true, consentToRepledge: true }, repledge, third],
  ceded: [plain, repledge, { ...plain, kind: 'CESSION', pledgee: 'bankHead' }],
} as const satisfies Readonly<Record<string, readonly Draft[]>>;

export type Beginning = keyof typeof beginnings;
export const beginningNames = Object.keys(beginnings) as Beginning[];

/** What is altered in the ledger of a sequence: a contract more, or a fault. */
export type Altered = {
  readonly contracts?: readonly ContractClass[];
  readonly altered?: Alteration;
};

const played = new Map<Beginning, Promise<Scene>>();

/** A scene that begins so. */
export async function begun(
  name: Beginning,
  coverage: Coverage,
  altered: Altered = {},
): Promise<Scene> {
  const known = played.get(name) ?? play(name);
  played.set(name, known);
  const { ledger, model } = await known;
  const { world, now } = ledger;
  const own = new ModelLedger({ world, now, contracts: allContracts, ...altered });
  return new Scene('sequence', own, model.copy(), coverage);
}

/** Our contracts, and the one that forges. */
const allContracts = [...contracts, Forgery];

async function play(name: Beginning): Promise<Scene> {
  const { world } = await setting();
  // What is signed and taken in the sequences is signed and taken by then.
  const now = minutesOn(12);
  const scene = new Scene(name, new ModelLedger({ world, now }), new Model(), new Coverage());
  for (const [index, draft] of beginnings[name].entries()) {
    const application = scene.model.planned(planOf(scene.model, draft));
    const acceptance: ModelAcceptance = {
      minute: minuteOn(index),
      egknNumber: `EGKN-${100 + index}`,
    };
    await onwardTo(scene, application, () => false, acceptance);
    if (application.state !== 'REGISTERED') throw new Error(`${name} could not be played`);
  }
  if (name === 'revised') await revise(scene);
  if (name === 'resumed') await resume(scene);
  if (name === 'accepted') await acceptBoth(scene);
  if (name === 'supplemented') await addTo(scene);
  if (name === 'portfolio') await open(scene);
  if (name === 'returned') await giveBack(scene);
  return scene;
}

/** Goes on until the next step is the one looked for, or to the end. */
async function onwardTo(
  scene: Scene,
  application: ModelApplication,
  until: (next: Attempt) => boolean,
  acceptance: ModelAcceptance = { minute: minuteOn(3), egknNumber: 'EGKN-200' },
): Promise<void> {
  for (;;) {
    const step = rightStep(scene.model, application, acceptance);
    if (step === undefined || until(step)) return;
    await scene.try(step);
  }
}

/** An application that everyone signed, whose content was changed and signed anew: ready to file. */
async function revise(scene: Scene): Promise<void> {
  const { model } = scene;
  const application = model.planned(planOf(model, plain));
  const isFiling = ({ operation }: Attempt) => operation.name === 'file';
  await onwardTo(scene, application, isFiling);
  await tried(scene, signRefusal.attempt(model, { ...soundRefusal, which: application }));
  await tried(scene, deposit.attempt(model, { ...soundDeposit, which: application }));
  await tried(scene, prepare.attempt(model, { ...soundPrepare, which: application }));
  await onwardTo(scene, application, isFiling);
}

/** An application that an officer suspended and resumed. */
async function resume(scene: Scene): Promise<void> {
  const { model } = scene;
  const application = model.planned(planOf(model, { ...plain, property: 1 }));
  await onwardTo(scene, application, () => application.answers.size > 0);
  for (const decision of ['SUSPEND', 'RESUME'] as const) {
    const signing = { ...soundSigning, which: application, decision };
    await tried(scene, signDecision.attempt(model, signing));
    await tried(scene, decide.attempt(model, { ...soundCarrying, which: application }));
  }
}

/** What asks to be asked before a re-pledge, and waits for the officer; and what ends a pledge. */
async function acceptBoth(scene: Scene): Promise<void> {
  const { model } = scene;
  const isCheck = ({ operation }: Attempt) => operation.name === 'recordChecks';
  const family = { ...plain, property: 1, family: 'married', consentToRepledge: true } as const;
  const end = { ...plain, kind: 'TERMINATION' } as const;
  for (const [index, drawn] of [family, end].entries()) {
    const acceptance = { minute: minuteOn(3), egknNumber: `EGKN-${200 + index}` };
    await onwardTo(scene, model.planned(planOf(model, drawn)), isCheck, acceptance);
  }
}

/** A person's application in which a document was added: two are signed that are not, and a decision. */
async function addTo(scene: Scene): Promise<void> {
  const { model } = scene;
  const application = model.planned(planOf(model, { ...plain, family: 'single' }));
  await onwardTo(scene, application, () => application.answers.size > 0);
  const isAdding = ({ operation }: Attempt) => operation.name === 'supplement';
  for (let step = detour(model, application); step; step = detour(model, application)) {
    if (application.added.length === 1 && isAdding(step)) break;
    await scene.try(step);
  }
  const other = { ...soundSupplementSigning, which: application, document: 'plan' };
  await tried(scene, signSupplement.attempt(model, { ...other, participant: 1 }));
  // What was checked of the content counts no longer: it cannot be carried out yet (PL-10).
  const signing = { ...soundSigning, which: application, decision: 'REGISTER' as const };
  await tried(scene, signDecision.attempt(model, signing));
}

/** A cession of two parts: the second has a pledge of somebody else, and a line of the first again. */
async function open(scene: Scene): Promise<void> {
  const { model } = scene;
  const lines = [0, 1, 2].map((pledge) => ({ ...plainLine, pledge }));
  const drawn = { ...plainBatch, lines, cut: 2, twice: true };
  const batch = newBatch(batchPlanOf(model, drawn));
  model.batches.push(batch);
  while (!batch.isOpened) await tried(scene, nextOfBatch(model, batch));
}

/** The bank cedes back what it has got, before the part in which that stands again. */
async function giveBack(scene: Scene): Promise<void> {
  const { model } = scene;
  await open(scene);
  const [first] = model.batches;
  await tried(scene, first && nextOfBatch(model, first));
  const drawn = { ...plainBatch, to: 'alphaHead' as const, lines: [plainLine] };
  const batch = newBatch(batchPlanOf(model, { ...drawn, cut: 1, twice: false }));
  model.batches.push(batch);
  for (let step = nextOfBatch(model, batch); step; step = nextOfBatch(model, batch)) {
    await scene.try(step);
  }
}

async function tried(scene: Scene, attempt: Attempt | undefined): Promise<void> {
  if (attempt === undefined) throw new Error('a beginning could not be played');
  await scene.try(attempt);
}
