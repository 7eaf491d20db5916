/**
 * A consent on a token that serves another application, or that is older than what asks for it (CN-1,
 * TR-5): two applications of one person, or a whole way, have to come before it is found out.
 */
import fc from 'fast-check';
import { type Model, type ModelApplication, parts } from '../model/model.ts';
import type { Attempt } from '../scene/attempt.ts';
import {
  grantConsent,
  requestConsent,
  soundRequest,
  soundToken,
  verifyConsent,
} from './consents.ts';

export const badToken = fc.constantFrom(
  { shared: true, early: false },
  { shared: false, early: true },
);
type BadToken = typeof badToken extends fc.Arbitrary<infer Drawn> ? Drawn : never;

/** The consents of all who have to give one, each by such a token. */
export function shownBadly(
  model: Model,
  which: ModelApplication,
  token: BadToken,
): readonly (() => Attempt | undefined)[] {
  const persons = parts(which).filter(({ natural }) => natural);
  return persons.flatMap(({ number: participant }) => {
    const of = { which, participant, by: undefined };
    return [
      () => requestConsent.attempt(model, { ...of, ...soundRequest }),
      () => verifyConsent.attempt(model, { ...of, ...soundToken, ...token }),
      () => grantConsent.attempt(model, of),
    ];
  });
}
