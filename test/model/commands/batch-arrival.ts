/** How EGKN took a portfolio, and what of it cannot have been. */
import fc from 'fast-check';
import type { FoundAt, ModelBatch } from '../model/batches.ts';
import { hashOf } from '../scene/numbers.ts';
import { properties } from '../scene/plans.ts';
import { minuteOn, minutesOn, morning } from '../scene/setting.ts';

/** What is wrong with the arrival, and how that is refused. */
const faults = {
  none: 'FIELD_REQUIRED',
  beforePaid: 'PAYMENT_REACHED_TOO_EARLY',
  afterDecision: 'DECISION_BEFORE_ACCEPTANCE',
  silent: 'CHECK_NOT_MET',
} as const;
type Fault = keyof typeof faults;

export type ArrivalFault = Fault | undefined;

export const arrivalFault: fc.Arbitrary<ArrivalFault> = fc.option(
  fc.constantFrom(...(Object.keys(faults) as Fault[])),
  { nil: undefined, freq: 2 },
);

/** An arrest, a lawsuit, or what stands against nothing. */
export const found: fc.Arbitrary<FoundAt | undefined> = fc.option(
  fc.record({
    property: fc.constantFrom(...properties),
    code: fc.constantFrom('7010', '6010', '3010'),
  }),
  { nil: undefined, freq: 2 },
);

/** Who answers what of a portfolio, in the words of the ledger (PL-10). */
const answers = [
  ['FORM_COMPLETE', 'EGKN'],
  ['PAYMENT', 'EGKN'],
  ['SIGNATURES', 'EGKN'],
  ['PERSON_NUMBERS', 'GBD_UL'],
  ['PROPERTY_EXISTS', 'EGKN'],
  ['RIGHTS_AND_CHARACTERISTICS', 'EGKN'],
  ['NO_EXCLUDING_ENCUMBRANCE', 'EGKN'],
  ['NOT_IN_TERRORISM_LIST', 'FT_LIST'],
] as const;

/** The arrival as it is sent; an import has none, and a cession none by mistake. */
export function arrivalOf({ plan }: ModelBatch, fault: ArrivalFault) {
  if (plan.kind === 'IMPORT' || fault === 'none') return {};
  const checks = answers.map(([check, source]) => ({
    check,
    source,
    evidence: hashOf(check),
    at: minutesOn(9),
  }));
  const { property, code = '' } = plan.found ?? {};
  return {
    arrival: {
      acceptance: {
        minute: minuteOn(fault === 'afterDecision' ? 5 : 0),
        egknNumber: `P-${plan.id}`,
      },
      paymentReachedAt: fault === 'beforePaid' ? minutesOn(-1) : morning,
      checks: fault === 'silent' ? checks.slice(1) : checks,
      unmet: [],
      encumbrances: property === undefined ? [] : [{ property, codes: [code] }],
    },
  };
}

/** What stands against the arrival; what was paid tomorrow cannot have come today. */
export function againstArrival(
  { plan }: ModelBatch,
  fault: ArrivalFault,
): readonly (string | false)[] {
  if (plan.kind === 'IMPORT') return [];
  return [
    fault !== undefined && faults[fault],
    plan.paidAt !== morning && 'PAYMENT_REACHED_TOO_EARLY',
  ];
}
