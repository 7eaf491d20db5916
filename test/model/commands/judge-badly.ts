/**
 * A registration that its checks do not bear: so much has to be right before it that sequences of
 * single steps hardly ever come to it.
 */
import fc from 'fast-check';
import type { DecisionName, Model, ModelApplication } from '../model/model.ts';
import type { Attempt } from '../scene/attempt.ts';
import { decide, signDecision, soundCarrying, soundSigning } from './decide.ts';
import { recordChecks, soundChecks } from './record-checks.ts';

/** What is wrong with the checks, with their time, or with how the officer reads them. */
export const badJudgement = fc.record({
  checks: fc.oneof(
    fc.nat({ max: 9 }).map((failed) => ({ failed })),
    fc.constantFrom(
      { stranger: 'RIGHTS_AND_CHARACTERISTICS' as const },
      { stranger: 'MARRIAGE' as const },
      { onlySome: true },
      { toConsider: '6010' },
      { untimely: 'before' as const },
    ),
  ),
  /** The officer suspends and resumes after the checks. */
  isResumed: fc.boolean(),
  /** The decision is signed before the acceptance. */
  early: fc.boolean(),
});
export type BadJudgement = typeof badJudgement extends fc.Arbitrary<infer Drawn> ? Drawn : never;

/** The steps of it, each made when it is its turn. */
export function judgedBadly(
  model: Model,
  which: ModelApplication,
  { checks, isResumed, early }: BadJudgement,
): readonly (() => Attempt | undefined)[] {
  const decided = (decision: DecisionName) => [
    () => signDecision.attempt(model, { ...soundSigning, which, decision, early, overlooks: true }),
    () => decide.attempt(model, { ...soundCarrying, which }),
  ];
  return [
    () => recordChecks.attempt(model, { ...soundChecks, ...checks, which }),
    ...(isResumed ? [...decided('SUSPEND'), ...decided('RESUME')] : []),
    ...decided('REGISTER'),
  ];
}
