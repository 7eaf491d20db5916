import { parseBin, type Bin } from '../../chaincode/kernel/bin.ts';
import { controlDigitOf } from '../../chaincode/kernel/control-digit.ts';
import { parseIin, type Iin } from '../../chaincode/kernel/iin.ts';
import { valueOrThrow } from '../../chaincode/kernel/outcome.ts';

/** A valid IIN that is nobody's: its bearer is born on the last day of 2099. */
export function madeUpIin(index: number): Iin {
  return valueOrThrow(parseIin(withControlDigit('9912315', 4, index)));
}

/** A valid BIN that is nobody's: no division has its sixth digit. */
export function madeUpBin(index: number): Bin {
  return valueOrThrow(parseBin(withControlDigit('991249', 5, index)));
}

/** The index-th number of a prefix for which a control digit exists. */
function withControlDigit(prefix: string, serialDigits: number, index: number): string {
  let left = index;
  for (let serial = 0; serial < 10 ** serialDigits; serial += 1) {
    const eleven = prefix + String(serial).padStart(serialDigits, '0');
    const digit = controlDigitOf(eleven);
    if (digit !== undefined && left === 0) return eleven + String(digit);
    if (digit !== undefined) left -= 1;
  }
  throw new Error(`no number ${index} of ${prefix}`);
}
