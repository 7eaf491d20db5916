import { schemaOf, type Brand } from './brand.ts';
import { hasControlDigit, type NumberPolicy } from './control-digit.ts';
import { unlessRefused, type Outcome } from './outcome.ts';
import type { Refusal } from './refusal.ts';
import { refuse } from './refusals.ts';

/**
 * A business identification number, of a legal entity, its branch, or joint entrepreneurship:
 * twelve digits, `YYMM` of registration, the kind, the division, five of a serial, the control digit.
 */
export type Bin = Brand<string, 'Bin'>;

/** Reads a BIN, with every fault of it. */
export function parseBin(text: string, policy: NumberPolicy = 'STRICT'): Outcome<Bin> {
  if (!/^\d{12}$/.test(text)) return unlessRefused([refuse('BIN_FORMAT')], text as Bin);
  return unlessRefused(policy === 'STRICT' ? faultsOf(text) : [], text as Bin);
}

const described = {
  description: 'Business identification number (BIN).',
  // Of a division that is not known to be in use: any other might be a company's.
  examples: ['991249000012'],
  pattern: '^\\d{12}$',
  maxLength: 12,
};

export const binSchema = schemaOf((text) => parseBin(text), described);

/** Whose number it is, by the fifth digit. */
export type BinKind = 'RESIDENT' | 'NON_RESIDENT' | 'JOINT_ENTREPRENEURSHIP';
const kinds: Readonly<Record<string, BinKind>> = {
  '4': 'RESIDENT',
  '5': 'NON_RESIDENT',
  '6': 'JOINT_ENTREPRENEURSHIP',
};

/** What of the entity it names, by the sixth digit. */
export type BinDivision = 'HEAD' | 'BRANCH' | 'REPRESENTATION' | 'OTHER';
const divisions: readonly BinDivision[] = ['HEAD', 'BRANCH', 'REPRESENTATION'];

/** The kind of the entity; absent for a test number that names none. */
export function kindOf(bin: Bin): BinKind | undefined {
  return kinds[bin.charAt(4)];
}

/**
 * The division. Known in part only (0, 1 and 2, and 3 for the rest), so that a digit we have not met
 * is `OTHER` rather than refused: the control digit guards against slips well enough.
 */
export function divisionOf(bin: Bin): BinDivision {
  return divisions[Number(bin[5])] ?? 'OTHER';
}

function faultsOf(text: string): Refusal[] {
  const faults: Refusal[] = [];
  const month = Number(text.slice(2, 4));
  if (month < 1 || month > 12) faults.push(refuse('BIN_MONTH'));
  // The digit by which a BIN is told from an IIN.
  if (kinds[text.charAt(4)] === undefined) faults.push(refuse('BIN_KIND'));
  if (!hasControlDigit(text)) faults.push(refuse('BIN_CONTROL_DIGIT'));
  return faults;
}
