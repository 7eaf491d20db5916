/**
 * Faults that tests ask the local network for: seeded, so that a failing run can be run again.
 *
 * Nothing here happens unless a rule asks for it. Each rule draws from its own random stream, so
 * that a rule's decisions depend on the seed, its place in the list and how often it was asked,
 * and not on what other rules did.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

/** Steps at which the network can be made to crash, in the order in which a transaction meets them. */
export const crashSteps = [
  'endorse:before-answer',
  'submit:before-order',
  'submit:after-order',
  'block:before-write',
  'block:after-write',
  'commit-status:before-answer',
] as const;

/** A named step of the network's work. */
export type CrashStep = (typeof crashSteps)[number];

const chosen = {
  /** How often the rule strikes when it is asked: 1 is always. */
  probability: z.number().min(0).max(1).default(1),
  /** How many times in all it may strike; without it, as long as the network runs. */
  times: z.int().min(1).max(1_000_000).optional(),
  /** Lets this many chances pass first: `skip: 2` strikes at the third. */
  skip: z.int().min(0).max(1_000_000).default(0),
};

const peerRule = { mspId: z.string().min(1).max(100).optional(), ...chosen };

/** One fault that is asked for. */
const ruleSchema = z.discriminatedUnion('fault', [
  z.strictObject({
    fault: z.literal('slow-peer'),
    delayMs: z.int().min(1).max(600_000),
    ...peerRule,
  }),
  /** The organisation's peer answers nobody: neither its clients nor other peers. */
  z.strictObject({ fault: z.literal('dead-peer'), ...peerRule }),
  z.strictObject({
    fault: z.literal('endorsement-refused'),
    message: z.string().max(1000).default('endorsement refused by a fault'),
    ...peerRule,
  }),
  z.strictObject({ fault: z.literal('commit-status-lost'), ...peerRule }),
  z.strictObject({ fault: z.literal('answer-lost-after-ordering'), ...peerRule }),
  /** The envelope reaches the orderers twice, so that a block carries it twice. */
  z.strictObject({ fault: z.literal('duplicate-delivery'), ...peerRule }),
  z.strictObject({ fault: z.literal('crash'), step: z.enum(crashSteps), ...peerRule }),
]);

/** A rule, with all that it leaves to its defaults filled in. */
export type FaultRule = z.output<typeof ruleSchema>;
/** A rule as a test writes it. */
export type FaultRuleInput = z.input<typeof ruleSchema>;
type FaultName = FaultRule['fault'];

const planSchema = z.strictObject({
  seed: z.int().min(0).max(0xffff_ffff).default(1),
  rules: z.array(ruleSchema).max(100),
  /** Given back by the file's acknowledgement, so that a test knows that its rules hold. */
  revision: z.int().min(0).default(0),
});

/** The faults of one run: a seed and rules. */
export type FaultPlan = z.input<typeof planSchema>;

const watchIntervalMs = 50;

type ArmedRule = {
  readonly rule: FaultRule;
  readonly random: () => number;
  asked: number;
  struck: number;
};

/** The faults in force: asked at each step, silent unless a rule strikes. */
export class Faults {
  #armed: ArmedRule[] = [];
  readonly #crash: (step: CrashStep) => void;

  /** `crash` is what a crash does: it kills the process, unless a test says otherwise. */
  constructor(plan?: FaultPlan, crash: (step: CrashStep) => void = killOurselves) {
    this.#crash = crash;
    if (plan !== undefined) this.set(plan);
  }

  /** Replaces all rules and starts their counts and random streams anew. */
  set(plan: FaultPlan): void {
    const { seed, rules } = planSchema.parse(plan);
    this.#armed = rules.map((rule, index) => ({
      rule,
      random: mulberry32((seed ^ Math.imul(index + 1, 0x9e37_79b9)) >>> 0),
      asked: 0,
      struck: 0,
    }));
  }

  /** The rule that strikes now, if one does. */
  strikes<Name extends FaultName>(
    fault: Name,
    mspId?: string,
  ): Extract<FaultRule, { fault: Name }> | undefined {
    return this.#strike(
      (rule): rule is Extract<FaultRule, { fault: Name }> => rule.fault === fault,
      mspId,
    );
  }

  /** Whether the organisation's peer is dead, without counting as a chance to strike. */
  isDead(mspId: string): boolean {
    return this.#armed.some(({ rule }) => rule.fault === 'dead-peer' && concerns(rule, mspId));
  }

  /** Waits as long as a slow peer makes its callers wait. */
  async slowness(mspId: string): Promise<void> {
    const rule = this.strikes('slow-peer', mspId);
    if (rule !== undefined) await new Promise((done) => setTimeout(done, rule.delayMs));
  }

  /** Crashes, if a rule asks for a crash at this step. */
  step(step: CrashStep, mspId?: string): void {
    const rule = this.#strike(
      (candidate): candidate is FaultRule => candidate.fault === 'crash' && candidate.step === step,
      mspId,
    );
    if (rule !== undefined) this.#crash(step);
  }

  #strike<Rule extends FaultRule>(
    isMeant: (rule: FaultRule) => rule is Rule,
    mspId: string | undefined,
  ): Rule | undefined {
    for (const armed of this.#armed) {
      if (!isMeant(armed.rule) || !concerns(armed.rule, mspId)) continue;
      if (isStruck(armed)) return armed.rule;
    }
    return undefined;
  }
}

/**
 * Lets a file steer the faults of a running network: read at start and after each change.
 *
 * The rules' revision is written to `FILE.applied` once they hold. Returns what ends the watching.
 */
export function watchFaultFile(path: string, faults: Faults, log: (line: string) => void) {
  let applied = '';
  const apply = () => {
    const text = textOf(path);
    if (text === applied) return;
    applied = text;
    try {
      const plan = planSchema.parse(JSON.parse(text));
      faults.set(plan);
      writeFileSync(`${path}.applied`, JSON.stringify({ revision: plan.revision }));
      log(`faults: ${plan.rules.length} rules, seed ${plan.seed}`);
    } catch (error) {
      log(`faults: ${path} was not applied: ${String(error)}`);
    }
  };
  apply();
  // The text is compared, not the time of change, which is too coarse for two changes in a row.
  const timer = setInterval(apply, watchIntervalMs);
  timer.unref();
  return () => clearInterval(timer);
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // Nobody has written any rules yet.
    return '';
  }
}

function isStruck(armed: ArmedRule): boolean {
  const { probability, skip, times } = armed.rule;
  const drawn = armed.random();
  armed.asked += 1;
  if (armed.asked <= skip || drawn >= probability) return false;
  if (times !== undefined && armed.struck >= times) return false;
  armed.struck += 1;
  return true;
}

function concerns(rule: FaultRule, mspId: string | undefined): boolean {
  return rule.mspId === undefined || rule.mspId === mspId;
}

function killOurselves(): void {
  process.kill(process.pid, 'SIGKILL');
}

/** A small seeded generator, even enough for tests: Tommy Ettinger's mulberry32. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b_79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}
