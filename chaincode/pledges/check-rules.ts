/**
 * What a check comes to: by its sender's word, or for encumbrances by the cadastre's dictionary.
 */
import { encumbranceKinds, meaningOf } from '../kernel/encumbrances.ts';
import { accepted, type Outcome, unlessRefused } from '../kernel/outcome.ts';
import type { Refusal } from '../kernel/refusal.ts';
import type { Application, Check, ReportedCheck } from './application.ts';
import { refuse } from './refusals.ts';

const norm = 'PL-10; 000 alg. 11-12';

/**
 * The check as the ledger keeps it. EGKN has to answer for every property of the application; the
 * check is met unless the dictionary says of a code that it excludes the registration.
 */
export function judged(
  { targets }: Pick<Application, 'targets'>,
  reported: ReportedCheck,
): Outcome<Check> {
  if (reported.check !== 'NO_EXCLUDING_ENCUMBRANCE') return accepted(reported);
  const answered = reported.encumbrances.map(({ property }) => property);
  const unanswered = targets
    .map(({ property }) => property)
    .filter((property) => !answered.includes(property));
  const isMet = !reported.encumbrances.some(({ codes }) => codes.some(excludes));
  return unlessRefused(
    [...new Set(unanswered)].map((property) =>
      refuse('ENCUMBRANCES_NOT_REPORTED', { norm, params: { property } }),
    ),
    { ...reported, isMet },
  );
}

/** Why a check that is not met stands against the registration: each code that excludes it. */
export function unmet({ check, encumbrances = [] }: Check): readonly Refusal[] {
  const excluding = encumbrances.flatMap(({ property, codes }) =>
    codes.filter(excludes).map((code) => {
      const name = encumbranceKinds.find((kind) => kind.code === code)?.name ?? code;
      return refuse('EXCLUDING_ENCUMBRANCE', { norm, params: { property, code, name } });
    }),
  );
  return excluding.length > 0
    ? excluding
    : [refuse('CHECK_NOT_MET', { norm, params: { name: check } })];
}

function excludes(code: string): boolean {
  return meaningOf(code) === 'BLOCKS';
}
