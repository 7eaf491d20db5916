import { schemaOf, type Brand } from './brand.ts';
import { civilDateOf, type CivilDate } from './civil-date.ts';
import { hasControlDigit, type NumberPolicy } from './control-digit.ts';
import { refusalsOf, unlessRefused, type Outcome } from './outcome.ts';
import type { Refusal } from './refusal.ts';
import { refuse } from './refusals.ts';

/**
 * An individual identification number, of a natural person: twelve digits, `YYMMDD`, a digit for
 * century and sex, four of a serial, and the control digit. Personal data: never in public state.
 */
export type Iin = Brand<string, 'Iin'>;

/** Reads an IIN, with every fault of it. */
export function parseIin(text: string, policy: NumberPolicy = 'STRICT'): Outcome<Iin> {
  if (!/^\d{12}$/.test(text)) return unlessRefused([refuse('IIN_FORMAT')], text as Iin);
  return unlessRefused(policy === 'STRICT' ? faultsOf(text) : [], text as Iin);
}

const described = {
  description: 'Individual identification number (IIN).',
  // Of somebody who will be born in 2099: any other might be a person's.
  examples: ['991231500006'],
  pattern: '^\\d{12}$',
  maxLength: 12,
};

export const iinSchema = schemaOf((text) => parseIin(text), described);

/** For a network on which published test persons take part. */
export function iinSchemaOf(policy: NumberPolicy): typeof iinSchema {
  return schemaOf((text) => parseIin(text, policy), described);
}

/** What the digits of an IIN say of its bearer. */
export type IinParticulars = {
  /** Absent where the century is not told. */
  readonly birthDate?: CivilDate;
  readonly sex?: 'FEMALE' | 'MALE';
  /** What an officer should look at, though the number is accepted. */
  readonly notices: readonly Refusal[];
};

/**
 * Reads the birth date and the sex out of an IIN.
 *
 * A hint, no proof: a number stays when its bearer's birth date or sex is put right, and since the
 * Government's decision 853 of 26.08.2013 the digits are not tied to these data. A difference from a
 * register's answer is no fault.
 */
export function particularsOf(iin: Iin): IinParticulars {
  const century = centuries[Number(iin[6])];
  if (century === undefined) return { notices: [refuse('IIN_CENTURY_UNKNOWN')] };
  const birth = civilDateOf(century + Number(iin.slice(0, 2)), ...monthAndDay(iin));
  return {
    ...(birth.ok ? { birthDate: birth.value } : {}),
    sex: Number(iin[6]) % 2 === 1 ? 'MALE' : 'FEMALE',
    notices: [],
  };
}

/**
 * The century that the seventh digit tells: odd for men, even for women. Zero is seen with some
 * foreigners, by a source that we could not confirm: such a number is accepted with a notice.
 */
const centuries: readonly (number | undefined)[] = [undefined, 1800, 1800, 1900, 1900, 2000, 2000];

function faultsOf(text: string): Refusal[] {
  const faults: Refusal[] = [];
  const centuryDigit = Number(text[6]);
  if (centuryDigit >= centuries.length) faults.push(refuse('IIN_CENTURY'));
  // Without a century any leap day is let pass, as in the leap year 2000.
  const century = centuries[centuryDigit];
  const year = century === undefined ? 2000 : century + Number(text.slice(0, 2));
  // The first six digits are a day even where they are not the birth date: by them an IIN is told
  // from a BIN, whose fifth digit no day begins with.
  if (refusalsOf(civilDateOf(year, ...monthAndDay(text))).length > 0) {
    faults.push(refuse('IIN_BIRTH_DATE'));
  }
  if (!hasControlDigit(text)) faults.push(refuse('IIN_CONTROL_DIGIT'));
  return faults;
}

function monthAndDay(digits: string): [month: number, day: number] {
  return [Number(digits.slice(2, 4)), Number(digits.slice(4, 6))];
}
