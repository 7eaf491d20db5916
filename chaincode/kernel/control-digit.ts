/**
 * How far a number of a person or an organisation is checked.
 *
 * `STRICT` everywhere but where the published test persons of the national certification centre take
 * part: their numbers, which anyone can look up, have neither a day of birth nor a right control
 * digit. It is an argument, so that no setting can loosen it for everybody by mistake.
 */
export type NumberPolicy = 'STRICT' | 'TEST_NUMBERS';

const firstWeights = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
const secondWeights = [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2];

/**
 * The twelfth digit of an IIN or BIN from the eleven before it: their weighted sum modulo 11, with
 * other weights if that gives ten. Where it gives ten again there is no such number.
 */
export function controlDigitOf(elevenDigits: string): number | undefined {
  for (const weights of [firstWeights, secondWeights]) {
    const sum = weights.reduce((total, w, index) => total + w * Number(elevenDigits[index]), 0);
    if (sum % 11 < 10) return sum % 11;
  }
  return undefined;
}

/** Whether twelve digits end in the control digit of the others. */
export function hasControlDigit(twelveDigits: string): boolean {
  return controlDigitOf(twelveDigits.slice(0, 11)) === Number(twelveDigits[11]);
}
