import type { SignerVerdict, Verdict } from '../../chaincode/kernel/eds/verdict.ts';
import { refusalTable, type Refusal } from '../../chaincode/kernel/refusal.ts';
import type { Opinion, OpinionSigner } from './verifier.ts';

/** Codes of what a second opinion can add to a verdict. */
export const { texts: secondOpinionTexts, refuse } = refusalTable({
  SECOND_OPINION_INVALID: {
    kk: '«{verifier}» бағдарламасы қолтаңбаны жарамсыз деп таныды.',
    ru: 'Программа «{verifier}» признала подпись недействительной.',
    en: 'The program “{verifier}” found the signature invalid.',
  },
  SECOND_OPINION_DIFFERS: {
    kk: '«{verifier}» бағдарламасы басқа қол қоюшыларды көрсетті.',
    ru: 'Программа «{verifier}» назвала других подписавших.',
    en: 'The program “{verifier}” names other signers.',
  },
  SECOND_OPINION_MISSING: {
    kk: '«{verifier}» бағдарламасынан жауап алынбады: {why}.',
    ru: 'От программы «{verifier}» нет ответа: {why}.',
    en: 'There is no answer from the program “{verifier}”: {why}.',
  },
});

/** Whether an organisation accepts nothing without the second opinion, or only records it. */
export type SecondOpinionRule = 'required' | 'advisory';

/**
 * Our verdict with the second opinion beside it. The opinion can take away and never add: what we
 * refuse stays refused. A service that calls a message without signers valid, as some do, disagrees
 * with a verdict that names one.
 */
export function withSecondOpinion(
  verdict: Verdict,
  verifier: string,
  opinion: Opinion,
  rule: SecondOpinionRule,
): Verdict {
  const fault = faultOf(verdict.signers, verifier, opinion);
  if (!fault) return verdict;
  return rule === 'required'
    ? { ...verdict, ok: false, reasons: [...verdict.reasons, fault] }
    : { ...verdict, notes: [...verdict.notes, fault] };
}

function faultOf(
  signers: readonly SignerVerdict[],
  verifier: string,
  opinion: Opinion,
): Refusal | undefined {
  if (opinion.kind === 'none') {
    return refuse('SECOND_OPINION_MISSING', { params: { verifier, why: opinion.why } });
  }
  if (opinion.kind === 'invalid') return refuse('SECOND_OPINION_INVALID', { params: { verifier } });
  const ours = signers.map(({ certificate }) => numberOf(certificate?.serial));
  const theirs = opinion.signers.map(({ serial }: OpinionSigner) => numberOf(serial));
  return sameNumbers(ours, theirs)
    ? undefined
    : refuse('SECOND_OPINION_DIFFERS', { params: { verifier } });
}

/** A certificate's number without leading noughts; undefined where it is none. */
function numberOf(serial: string | undefined): string | undefined {
  return serial !== undefined && /^[0-9a-f]{1,64}$/i.test(serial)
    ? BigInt(`0x${serial}`).toString(16)
    : undefined;
}

/** Services list signers in orders of their own. */
function sameNumbers(
  ours: readonly (string | undefined)[],
  theirs: readonly (string | undefined)[],
): boolean {
  const [left, right] = [ours, theirs].map((all) => all.map(String).toSorted().join());
  return left === right && !ours.includes(undefined) && ours.length > 0;
}
