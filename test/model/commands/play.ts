/**
 * A play: one kind of thing that somebody may do, rightly or wrongly. Each has a file of its own;
 * `plays.ts` lists them.
 */
import fc from 'fast-check';
import { channelOrganisations } from '../ledger/model-ledger.ts';
import type { Model, ModelApplication } from '../model/model.ts';
import type { Attempt, Party } from '../scene/attempt.ts';

/** What may be drawn for a play, and what transactions come of it. */
export type Play<Choice> = {
  readonly name: string;
  readonly choice: fc.Arbitrary<Choice>;
  /** The transaction, one at a time; none where there is nothing to do it to. */
  readonly attempt: (model: Model, choice: Choice) => Attempt | undefined;
};

/** An application: one of those that there are by any number, or this very one. */
export type Which = number | ModelApplication;

export const which: fc.Arbitrary<Which> = fc.nat({ max: 11 });

/** Whoever has the right to, or somebody else; `undefined` is whoever has the right. */
export const someone: fc.Arbitrary<Party | undefined> = fc.oneof(
  { arbitrary: fc.constant(undefined), weight: 9 },
  {
    arbitrary: fc.record({
      org: fc.constantFrom(...channelOrganisations),
      role: fc.constantFrom('admin' as const, 'client' as const),
    }),
    weight: 1,
  },
);

/** True now and then: for what goes wrong. */
export const seldom = fc.integer({ min: 0, max: 5 }).map((number) => number === 5);

/** True now and then, where several of these are drawn at once. */
export const rarely = fc.integer({ min: 0, max: 15 }).map((number) => number === 15);

/** An application in the words of a story. */
export function called({ plan, slot }: ModelApplication): string {
  return `${plan.kind} ${slot}`;
}

/** Acts for the platform of an application. */
export function ofPlatform({ plan }: ModelApplication): Party {
  return { org: plan.platform, role: 'admin' };
}

export const ofRegistrar: Party = { org: 'GosCorpMSP', role: 'admin' };

/** The reason against a step that only those take who keep an organisation's systems. */
export function notOfSystems({ role }: Party): string | false {
  return role !== 'admin' && 'ROLE_MISSING';
}

/** The reason against a step that only the application's own platform takes. */
export function notOwn({ plan, revision }: ModelApplication, by: Party): string | false {
  if (revision === 0) return 'APPLICATION_UNKNOWN';
  return plan.platform !== by.org && 'NOT_OF_THIS_ORGANISATION';
}

/** The reason against a step that the platform and the State Corporation may take. */
export function notParty(application: ModelApplication, by: Party): string | false {
  if (application.revision === 0) return 'APPLICATION_UNKNOWN';
  return by.org !== ofRegistrar.org && notOwn(application, by);
}

/** The reason against a step that only the State Corporation takes. */
export function notRegistrar(by: Party): string | false {
  return by.org !== ofRegistrar.org && 'NOT_ALLOWED';
}
