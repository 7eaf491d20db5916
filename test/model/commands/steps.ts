/** Sequences: what is drawn, and how each of it is played. */
import fc from 'fast-check';
import type { Coverage } from '../scene/coverage.ts';
import type { Scene } from '../scene/scene.ts';
import type { ModelAcceptance, ModelApplication } from '../model/model.ts';
import { newBatch } from '../model/batches.ts';
import type { Attempt } from '../scene/attempt.ts';
import { acceptance } from './accept.ts';
import { batchDraft, batchPlanOf } from './batch-draft.ts';
import { batchStumbling, nextOfBatch, stumbleOfBatch } from './batch-steps.ts';
import { type Altered, type Beginning, beginningNames, begun } from './beginnings.ts';
import { detour } from './detours.ts';
import { draft, planOf } from './draft.ts';
import { forge } from './forge.ts';
import { badJudgement, judgedBadly } from './judge-badly.ts';
import { loseAndHeal } from './lose-and-heal.ts';
import { type Play, which } from './play.ts';
import { plays } from './plays.ts';
import { repeat, reuse } from './repeat.ts';
import { rightStep } from './right-step.ts';
import { stumble, type Stumbling, stumbling } from './stumble.ts';
import { badToken, shownBadly } from './show-badly.ts';
import { signWithdrawal, soundWithdrawal, withdraw } from './withdraw.ts';

/** One step of a sequence: plays itself in a scene; as text it is what was drawn. */
export type Step = {
  /** Does something to a peer that the engine has no call for. */
  readonly isBeyondEngine?: true;
  readonly toString: () => string;
  readonly play: (scene: Scene) => Promise<void>;
};

/** Somebody tries one thing, which may be right, out of turn or wrong. */
function stepsOf<Choice>(play: Play<Choice>): fc.Arbitrary<Step> {
  return play.choice.map((choice) => ({
    toString: () => `${play.name} ${JSON.stringify(choice)}`,
    play: async (scene) => {
      const attempt = play.attempt(scene.model, choice);
      if (attempt !== undefined) await scene.try(attempt);
    },
  }));
}

/** How many steps at once: as many as it takes, or fewer, so that others come between. */
const times = fc.oneof(fc.constant(30), fc.integer({ min: 0, max: 16 }));

/** Somebody begins a new application and takes its first steps, up to a number. */
const begin = fc.record({ draft, times, acceptance }).map((drawn): Step => ({
  toString: () => `begin ${JSON.stringify(drawn)}`,
  play: async (scene) => {
    await onward(scene, scene.model.planned(planOf(scene.model, drawn.draft)), drawn);
  },
}));

/** An application goes on as it should. */
const advance = fc.record({ which, times, acceptance }).map((drawn): Step => ({
  toString: () => `advance ${JSON.stringify(drawn)}`,
  play: (scene) => onward(scene, scene.model.pick(drawn.which, 'open'), drawn),
}));

/** Somebody begins a batch and takes its first steps, up to a number: signed, opened, carried out. */
const beginBatch = fc
  .record({ draft: batchDraft, times: fc.integer({ min: 0, max: 7 }) })
  .map((drawn): Step => ({
    toString: () => `begin batch ${JSON.stringify(drawn)}`,
    play: async (scene) => {
      const batch = newBatch(batchPlanOf(scene.model, drawn.draft));
      scene.model.batches.push(batch);
      await onwardWith(scene, drawn.times, () => nextOfBatch(scene.model, batch));
    },
  }));

/** A new batch goes on for a while, then somebody takes its next step wrongly. */
const beginBatchWrongly = fc
  .record({ draft: batchDraft, times: fc.integer({ min: 1, max: 5 }), stumbling: batchStumbling })
  .map((drawn): Step => ({
    toString: () => `begin batch wrongly ${JSON.stringify(drawn)}`,
    play: async (scene) => {
      const batch = newBatch(batchPlanOf(scene.model, drawn.draft));
      scene.model.batches.push(batch);
      await onwardWith(scene, drawn.times, () => nextOfBatch(scene.model, batch));
      const attempt = stumbleOfBatch(scene.model, batch, drawn.stumbling);
      if (attempt !== undefined) await scene.try(attempt);
    },
  }));

/** Somebody takes the next step of a batch wrongly. */
const goWrongWithBatch = fc
  .record({ number: fc.nat({ max: 5 }), stumbling: batchStumbling })
  .map(({ number, stumbling: drawn }): Step => ({
    toString: () => `go wrong with batch ${number} ${JSON.stringify(drawn)}`,
    play: async (scene) => {
      const { batches } = scene.model;
      const batch = batches[number % Math.max(batches.length, 1)];
      const attempt = batch && stumbleOfBatch(scene.model, batch, drawn);
      if (attempt !== undefined) await scene.try(attempt);
    },
  }));

/** A batch goes on as it should. */
const advanceBatch = fc
  .record({ number: fc.nat({ max: 5 }), times: fc.integer({ min: 1, max: 3 }) })
  .map(({ number, times: most }): Step => ({
    toString: () => `advance batch ${number} ${most}`,
    play: async (scene) => {
      const { batches } = scene.model;
      const batch = batches[number % Math.max(batches.length, 1)];
      await onwardWith(scene, most, () => batch && nextOfBatch(scene.model, batch));
    },
  }));

/** A new application goes on for a while, then takes another way: refused, or supplemented. */
const turnAside = fc
  .record({ draft, times: fc.integer({ min: 2, max: 16 }), acceptance })
  .map((drawn): Step => ({
    toString: () => `turn aside ${JSON.stringify(drawn)}`,
    play: async (scene) => {
      const application = scene.model.planned(planOf(scene.model, drawn.draft));
      await onward(scene, application, drawn);
      await aside(scene, application);
    },
  }));

/** An application takes another way from where it stands. */
const goAside = which.map((drawn): Step => ({
  toString: () => `go aside ${drawn as number}`,
  play: (scene) => aside(scene, scene.model.pick(drawn, 'open')),
}));

/** Who applied takes an application back: signed where it was filed, and recorded. */
const takeBack = which.map((drawn): Step => ({
  toString: () => `take back ${drawn as number}`,
  play: async (scene) => {
    const application = scene.model.pick(drawn, 'open');
    for (const next of [signWithdrawal, withdraw]) {
      const choice = { ...soundWithdrawal, which: application ?? 0 };
      const attempt = application && next.attempt(scene.model, choice);
      if (attempt !== undefined) await scene.try(attempt);
    }
  },
}));

/** An officer decides to register what the checks do not bear. */
const judgeBadly = fc
  .record({ number: fc.nat({ max: 5 }), judgement: badJudgement })
  .map((drawn): Step => ({
    toString: () => `judge badly ${JSON.stringify(drawn)}`,
    play: async (scene) => {
      const accepted = scene.model.applications.filter(({ state }) => state === 'ACCEPTED');
      const application = accepted[drawn.number % Math.max(accepted.length, 1)];
      if (application === undefined) return;
      await inTurn(scene, judgedBadly(scene.model, application, drawn.judgement));
    },
  }));

/** A natural person's consents come by tokens that are no good; one token for two applications. */
const showBadly = fc.record({ draft, acceptance, token: badToken }).map((drawn): Step => ({
  toString: () => `show badly ${JSON.stringify(drawn)}`,
  play: async (scene) => {
    const { model } = scene;
    for (let nth = drawn.token.shared ? 0 : 1; nth < 2; nth += 1) {
      const plan = planOf(model, { ...drawn.draft, family: 'single' });
      const application = model.planned(plan);
      await onward(scene, application, { times: 2, acceptance: drawn.acceptance });
      await inTurn(scene, shownBadly(model, application, drawn.token));
      await onward(scene, application, { times: 6, acceptance: drawn.acceptance });
    }
  },
}));

/** Tries one thing after the other, whatever becomes of it. */
async function inTurn(scene: Scene, steps: readonly (() => Attempt | undefined)[]): Promise<void> {
  for (const next of steps) {
    const attempt = next();
    if (attempt !== undefined) await scene.try(attempt);
  }
}

/** Until the refusal or the supplement has had its effect, and no further. */
async function aside(scene: Scene, application: ModelApplication | undefined): Promise<void> {
  if (application === undefined) return;
  const { length } = application.added;
  for (let step = 0; step < 12 && application.added.length === length; step += 1) {
    const attempt = detour(scene.model, application);
    if (attempt === undefined) return;
    await scene.try(attempt);
    if (attempt.against.size > 0) return;
  }
}

/** A new application goes on for a while, then somebody takes its next step wrongly. */
const beginWrongly = fc
  .record({ draft, times: fc.integer({ min: 0, max: 12 }), acceptance, stumbling })
  .map((drawn): Step => ({
    toString: () => `begin wrongly ${JSON.stringify(drawn)}`,
    play: async (scene) => {
      const application = scene.model.planned(planOf(scene.model, drawn.draft));
      await onward(scene, application, drawn);
      await stumbled(scene, application, drawn.stumbling);
    },
  }));

/** Somebody takes the next step of an application wrongly. */
const goWrong = fc.record({ which, stumbling }).map((drawn): Step => ({
  toString: () => `go wrong ${JSON.stringify(drawn)}`,
  play: (scene) => stumbled(scene, scene.model.pick(drawn.which, 'open'), drawn.stumbling),
}));

async function stumbled(
  scene: Scene,
  application: ModelApplication | undefined,
  drawn: Stumbling,
): Promise<void> {
  const attempt = application && stumble(scene.model, application, drawn);
  if (attempt !== undefined) await scene.try(attempt);
}

/** Takes the next right steps of one application, until it can go no further. */
async function onward(
  scene: Scene,
  application: ModelApplication | undefined,
  drawn: { readonly times: number; readonly acceptance: ModelAcceptance },
): Promise<void> {
  const next = () => application && rightStep(scene.model, application, drawn.acceptance);
  await onwardWith(scene, drawn.times, next);
}

/** Takes the next steps, up to a number, until there is none or one is refused. */
async function onwardWith(
  scene: Scene,
  most: number,
  next: () => Attempt | undefined,
): Promise<void> {
  for (let step = 0; step < most; step += 1) {
    const attempt = next();
    if (attempt === undefined) return;
    await scene.try(attempt);
    // Refused though it was its turn: a model that foresaw it knows no way on.
    if (attempt.against.size > 0) return;
  }
}

/** Sequences of a length that shows what several applications do to each other. */
const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    { arbitrary: begin, weight: 9 },
    { arbitrary: beginWrongly, weight: 5 },
    { arbitrary: goWrong, weight: 5 },
    { arbitrary: advance, weight: 4 },
    { arbitrary: turnAside, weight: 3 },
    { arbitrary: beginBatch, weight: 5 },
    { arbitrary: advanceBatch, weight: 3 },
    { arbitrary: beginBatchWrongly, weight: 4 },
    { arbitrary: goWrongWithBatch, weight: 2 },
    { arbitrary: goAside, weight: 2 },
    { arbitrary: takeBack, weight: 2 },
    { arbitrary: judgeBadly, weight: 4 },
    { arbitrary: showBadly, weight: 1 },
    { arbitrary: repeat, weight: 1 },
    { arbitrary: reuse, weight: 1 },
    { arbitrary: forge, weight: 1 },
    { arbitrary: loseAndHeal, weight: 2 },
    ...plays.map((play) => ({ arbitrary: stepsOf(play as Play<unknown>), weight: 1 })),
  ),
  { minLength: 2, maxLength: 9 },
);

/** A beginning, and what is tried from there. */
export type Sequence = { readonly beginning: Beginning; readonly steps: readonly Step[] };

export const sequence: fc.Arbitrary<Sequence> = fc.record({
  beginning: fc.constantFrom(...beginningNames),
  steps,
});

/** Plays a sequence to its end; an error tells what had happened before it. */
export async function played(
  { beginning, steps: drawn }: Sequence,
  coverage: Coverage,
  altered: Altered = {},
): Promise<Scene> {
  const scene = await begun(beginning, coverage, altered);
  coverage.sequences += 1;
  try {
    for (const step of drawn) await step.play(scene);
    await scene.checkAll();
  } catch (error) {
    const story = scene.story.join('\n  ');
    throw new Error(`${(error as Error).message}\n  ${beginning}\n  ${story}`, { cause: error });
  }
  return scene;
}
