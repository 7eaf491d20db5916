/** Faults of a file of lines: all are counted, so many are kept, and each is said in words. */
import { kernelTexts } from '../../chaincode/kernel/refusals.ts';
import type { Language, Refusal } from '../../chaincode/kernel/refusal.ts';
import { textBook, words } from '../../chaincode/kernel/words.ts';
import { pledgeTexts } from '../../chaincode/pledges/refusals.ts';
import { batchFileTexts } from './refusals.ts';
import { type Sentence, sentence } from './words.ts';

/** Most faults that are shown: who corrects these finds the others at the next try. */
export const faultsShownMax = 100;

/** A fault, and the line of the file that has it; none where it is the file's or the options'. */
export type Fault = { readonly line?: number; readonly refusal: Refusal };

/** Every fault in the order in which it was found; the list is bounded, the count is not. */
export class FaultList {
  readonly shown: Fault[] = [];
  count = 0;

  add(refusals: readonly Refusal[], line?: number): void {
    for (const refusal of refusals) {
      this.count += 1;
      if (this.shown.length >= faultsShownMax) continue;
      this.shown.push({ ...(line === undefined ? {} : { line }), refusal });
    }
  }
}

const book = textBook(kernelTexts, pledgeTexts, batchFileTexts);

/** The faults for a person: line, field, code, words. */
export function faultsText(
  { shown, count }: FaultList,
  language: Language,
  saying: Sentence = 'NOT_MADE',
): string {
  const lines = shown.map(({ line, refusal }) => {
    const where = line === undefined ? [] : [sentence('LINE', language, { line: String(line) })];
    const what = [...where, ...(refusal.field ? [refusal.field] : []), refusal.code].join(', ');
    return `  ${what}: ${words(book, refusal, language)}`;
  });
  const left = count - shown.length;
  const rest = left > 0 ? [`  ${sentence('MORE_FAULTS', language, { count: String(left) })}`] : [];
  const title = sentence(saying, language, { count: String(count) });
  return [title, ...lines, ...rest].join('\n');
}

/** The same for a program. */
export function faultsData({ shown, count }: FaultList, language: Language) {
  const faults = shown.map(({ line, refusal }) => ({
    ...(line === undefined ? {} : { line }),
    ...refusal,
    text: words(book, refusal, language),
  }));
  return { ok: false, count, faults };
}
