import { parseBin, type Bin } from './bin.ts';
import type { NumberPolicy } from './control-digit.ts';
import { parseIin, type Iin } from './iin.ts';
import { accepted, type Outcome } from './outcome.ts';

/** The number of someone who may be a person or an organisation (annex 2 of 001 and 003; 004 cl. 3). */
export type SubjectNumber =
  { readonly kind: 'IIN'; readonly iin: Iin } | { readonly kind: 'BIN'; readonly bin: Bin };

/** Reads an IIN or a BIN, told apart by the fifth digit, which for an IIN begins a day of a month. */
export function parseSubjectNumber(
  text: string,
  policy: NumberPolicy = 'STRICT',
): Outcome<SubjectNumber> {
  if (['4', '5', '6'].includes(text.charAt(4))) {
    const bin = parseBin(text, policy);
    return bin.ok ? accepted({ kind: 'BIN', bin: bin.value }) : bin;
  }
  const iin = parseIin(text, policy);
  return iin.ok ? accepted({ kind: 'IIN', iin: iin.value }) : iin;
}
