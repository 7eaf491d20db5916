/**
 * What a check comes to: by its sender's word, or for encumbrances by the cadastre's dictionary; and
 * which of them stand against a registration.
 */
import { encumbranceKinds, meaningOf } from '../kernel/encumbrances.ts';
import type { Instant } from '../kernel/instant.ts';
import { accepted, type Outcome, unlessRefused } from '../kernel/outcome.ts';
import type { Refusal } from '../kernel/refusal.ts';
import {
  type Application,
  type Check,
  type CheckName,
  checksToRegister,
  checksToRenew,
  checksToTerminate,
  type OfficerDecision,
  type ReportedCheck,
} from './application.ts';
import { neededSources, sourcesOf } from './check-sources.ts';
import { peopleFaults } from './people-rules.ts';
import { refuse } from './refusals.ts';
import { type Accepted, checkTimeFaults } from './time-rules.ts';

const norm = 'PL-10; 000 alg. 11-12';

/** What of an application a check is judged by. */
type Judged = Pick<Application, 'kind' | 'targets' | 'participants' | 'contract'>;

/**
 * The check as the ledger keeps it. EGKN has to answer for every property of the application; what it
 * says of encumbrances is met unless the dictionary says of a code that it excludes the registration,
 * and what a register says of people only if they take part.
 */
export function judged(application: Judged, reported: ReportedCheck): Outcome<Check> {
  const { targets } = application;
  if (reported.check !== 'NO_EXCLUDING_ENCUMBRANCE') {
    const agrees = peopleFaults(application, reported).length === 0;
    return accepted({ ...reported, isMet: reported.isMet && agrees });
  }
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

/** Whether a check comes from a source that gives it, after the arrival and not from the future. */
export function reportFaults(
  application: Pick<Application, 'kind'> & Accepted,
  { check: name, source, at }: Pick<ReportedCheck, 'check' | 'source' | 'at'>,
  now: Instant,
): readonly Refusal[] {
  const sources = sourcesOf(application, name);
  const params = { name, source, expected: sources.join(', ') };
  return [
    ...(sources.includes(source) ? [] : [refuse('CHECK_OF_ANOTHER_SOURCE', { norm, params })]),
    ...checkTimeFaults(application, { name, at }, now),
  ];
}

/**
 * What stands against the registration: a source that has not answered a check that it has to, or not
 * since the last resumption, and one whose last answer is that it is not met. No source speaks for
 * another. What the dictionary leaves to the officer stands against it until the signed decision
 * names it.
 */
export function unmetChecks(
  application: Application,
  { considered = [] }: Pick<OfficerDecision, 'considered'>,
): readonly Refusal[] {
  const needed = application.kind === 'TERMINATION' ? checksToTerminate : checksToRegister;
  return needed.flatMap((name) => {
    const last = lastAnswers(application, name);
    const outdated = last.filter((answer) => isOutdated(application, answer));
    const answers = last.filter((answer) => !outdated.includes(answer));
    const silent = neededSources(application, name).filter(
      (source) => !last.some((answer) => answer.source === source),
    );
    return [
      ...outdated.map(({ source, at }) =>
        refuse('CHECK_OUTDATED', { norm: 'PL-10; PL-13', params: { name, source, at } }),
      ),
      ...silent.map((source) => notMet(name, source)),
      ...answers.filter(({ isMet }) => !isMet).flatMap((answer) => unmet(application, answer)),
      ...answers.flatMap((answer) => unconsidered(answer, considered)),
    ];
  });
}

/**
 * Of each source what it answered last, by the time of the answer: a report that was sent again and
 * came late hides nothing that was found since. Answers of one instant all stand, so that the one
 * that is not met counts.
 */
function lastAnswers({ checks }: Application, name: CheckName): readonly Check[] {
  const answers = checks.filter(({ check }) => check === name);
  return answers.filter(
    ({ source, at }) => !answers.some((other) => other.source === source && other.at > at),
  );
}

/**
 * Whether an answer is of before the last resumption, and about what may have changed meanwhile: the
 * property may have been arrested or sold, and somebody may have been listed.
 */
function isOutdated({ decisions }: Application, { check, at }: Check): boolean {
  const resumed = decisions.findLast(({ decision }) => decision === 'RESUME');
  return resumed !== undefined && checksToRenew.includes(check) && at < resumed.decidedAt;
}

/** Each code that is for an officer to judge, and that this one has not looked at. */
export function unconsidered(
  { encumbrances = [] }: Pick<Check, 'encumbrances'>,
  considered: NonNullable<OfficerDecision['considered']>,
): readonly Refusal[] {
  return encumbrances.flatMap(({ property, codes }) => {
    const seen = considered
      .filter((each) => each.property === property)
      .flatMap((each) => each.codes);
    return codes
      .filter((code) => isForOfficer(code) && !seen.includes(code))
      .map((code) =>
        refuse('ENCUMBRANCE_NOT_CONSIDERED', {
          norm,
          params: { property, code, name: nameOf(code) },
        }),
      );
  });
}

/**
 * Why a check that is not met stands against the registration: each code that excludes it, each of
 * those named by a register who take no part.
 */
export function unmet(application: Judged, answer: Check): readonly Refusal[] {
  const { check, source } = answer;
  const named = [...excluding(answer), ...peopleFaults(application, answer)];
  return named.length > 0 ? named : [notMet(check, source)];
}

/** Each code that excludes a registration. */
export function excluding({ encumbrances = [] }: Pick<Check, 'encumbrances'>): readonly Refusal[] {
  return encumbrances.flatMap(({ property, codes }) =>
    codes
      .filter(excludes)
      .map((code) =>
        refuse('EXCLUDING_ENCUMBRANCE', { norm, params: { property, code, name: nameOf(code) } }),
      ),
  );
}

export function notMet(name: CheckName, source: Check['source']): Refusal {
  return refuse('CHECK_NOT_MET', { norm: 'PL-10; 000 alg. 11-13', params: { name, source } });
}

function nameOf(code: string): string {
  return encumbranceKinds.find((kind) => kind.code === code)?.name ?? code;
}

function isForOfficer(code: string): boolean {
  return ['SUSPENDS', 'REVIEW'].includes(meaningOf(code));
}

function excludes(code: string): boolean {
  return meaningOf(code) === 'BLOCKS';
}
