/**
 * The step whose turn it is, taken wrongly: what nobody tries at random, since so much else has to
 * be right for it to matter.
 */
import fc from 'fast-check';
import { type Model, type ModelApplication, parts } from '../model/model.ts';
import type { Attempt } from '../scene/attempt.ts';
import { accept } from './accept.ts';
import { confirm } from './confirm.ts';
import { requestConsent, revokeConsent, soundToken, verifyConsent } from './consents.ts';
import { decide, signDecision } from './decide.ts';
import { deposit } from './deposit.ts';
import { file } from './file.ts';
import type { Play } from './play.ts';
import { prepare } from './prepare.ts';
import { recordChecks } from './record-checks.ts';
import { refuseBeforeFiling, signRefusal } from './refuse-as-pledgee.ts';
import { addDocuments, signSupplement } from './supplement.ts';
import { signWithdrawal, withdraw } from './withdraw.ts';

/** What may go wrong at each step; which of it counts follows from where the application stands. */
export const stumbling = fc.record({
  deposit: deposit.choice,
  prepare: prepare.choice,
  confirm: confirm.choice,
  request: requestConsent.choice,
  verify: verifyConsent.choice,
  revocation: revokeConsent.choice,
  file: file.choice,
  accept: accept.choice,
  checks: recordChecks.choice,
  sign: signDecision.choice,
  decide: decide.choice,
  refusal: signRefusal.choice,
  refuse: refuseBeforeFiling.choice,
  addition: signSupplement.choice,
  add: addDocuments.choice,
  back: signWithdrawal.choice,
  withdrawal: withdraw.choice,
  /** Which of the steps that are possible now. */
  turn: fc.nat({ max: 29 }),
});
export type Stumbling = typeof stumbling extends fc.Arbitrary<infer Choice> ? Choice : never;

/** A natural person among the participants takes the consent back, late but in time (CN-5). */
function takenBack(
  model: Model,
  which: ModelApplication,
  { turn, revocation }: Stumbling,
): Attempt | undefined {
  const persons = parts(which).filter(({ natural }) => natural);
  const person = persons[turn % Math.max(persons.length, 1)];
  if (person === undefined) return undefined;
  return revokeConsent.attempt(model, { ...revocation, which, participant: person.number });
}

/** A token that was shown before, or is older than what it is to end (CN-1, TR-5). */
function oldToken(model: Model, which: ModelApplication, turn: number): Attempt | undefined {
  const person = parts(which).find(
    ({ number, natural }) => natural && which.consents.get(number)?.state === 'REQUESTED',
  );
  if (person === undefined) return undefined;
  const isEnd = which.plan.kind === 'TERMINATION' && turn % 2 === 0;
  const token = { ...soundToken, shared: !isEnd, early: isEnd };
  const { number: participant } = person;
  return verifyConsent.attempt(model, { ...token, which, participant, by: undefined });
}

/** The wrong step for an application, of those whose turn it is. */
export function stumble(
  model: Model,
  which: ModelApplication,
  drawn: Stumbling,
): Attempt | undefined {
  const tried = <Choice extends { readonly which: unknown }>(play: Play<Choice>, choice: Choice) =>
    play.attempt(model, { ...choice, which });
  const { turn } = drawn;
  switch (which.state) {
    case 'DEPOSITED':
      return which.deposited === 0 ? tried(deposit, drawn.deposit) : tried(prepare, drawn.prepare);
    case 'PREPARED': {
      const participant = 1 + (turn % parts(which).length);
      return [
        () => tried(deposit, drawn.deposit),
        () => tried(confirm, { ...drawn.confirm, participant }),
        () => tried(file, drawn.file),
        () => tried(requestConsent, { ...drawn.request, participant }),
        () => tried(verifyConsent, { ...drawn.verify, participant }),
        () => oldToken(model, which, turn),
        () => takenBack(model, which, drawn),
        () => tried(signRefusal, drawn.refusal),
        () => tried(refuseBeforeFiling, drawn.refuse),
      ][turn % 9]?.();
    }
    case 'FILED':
      return [
        () => tried(signSupplement, drawn.addition),
        () => tried(addDocuments, drawn.add),
        () => takenBack(model, which, drawn),
        () => tried(accept, drawn.accept),
        () => tried(signWithdrawal, drawn.back),
        () => tried(withdraw, drawn.withdrawal),
      ][turn % 6]?.();
    case 'ACCEPTED':
    case 'SUSPENDED':
      return [
        () => tried(recordChecks, drawn.checks),
        () => tried(signDecision, drawn.sign),
        () => tried(decide, drawn.decide),
        () => tried(decide, { ...drawn.decide, earlier: true }),
        () => takenBack(model, which, drawn),
        () => tried(signSupplement, drawn.addition),
        () => tried(addDocuments, drawn.add),
        () => tried(signWithdrawal, drawn.back),
        () => tried(withdraw, drawn.withdrawal),
      ][turn % 9]?.();
    default:
      return undefined;
  }
}
