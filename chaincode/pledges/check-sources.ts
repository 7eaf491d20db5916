/**
 * Whose answer a check is (PL-10). Point 12 of the algorithm names a database for each thing that is
 * looked at; what point 11 asks beside them is found in EGKN itself, where the application arrives.
 */
import type { Application, CheckName, CheckSource } from './application.ts';

/** Who gives a check, and of which participants: of all unless told. */
type Giver = { readonly source: CheckSource; readonly of?: 'NATURAL' | 'LEGAL' };

const egkn: readonly Giver[] = [{ source: 'EGKN' }];

/**
 * 000 alg. 11-12. Nothing names the system that keeps the list of those connected with the financing
 * of terrorism and extremism; its own answer counts, and no other system's word on it.
 */
const givers: Readonly<Record<CheckName, readonly Giver[]>> = {
  FORM_COMPLETE: egkn,
  DOCUMENTS_ATTACHED: egkn,
  SIGNATURES: egkn,
  PAYMENT: egkn,
  MARRIAGE: [{ source: 'ZAGS', of: 'NATURAL' }],
  PERSON_NUMBERS: [
    { source: 'GBD_FL', of: 'NATURAL' },
    { source: 'GBD_UL', of: 'LEGAL' },
  ],
  PROPERTY_EXISTS: egkn,
  RIGHTS_AND_CHARACTERISTICS: egkn,
  NO_EXCLUDING_ENCUMBRANCE: egkn,
  NOT_IN_TERRORISM_LIST: [{ source: 'FT_LIST' }],
};

/** A termination's pledgor is looked up in the pledge that EGKN has registered (000 alg. 20). */
const giversOfTermination: typeof givers = { ...givers, PERSON_NUMBERS: egkn };

type Asked = Pick<Application, 'kind'> & {
  readonly participants: readonly { readonly natural: boolean }[];
};

/** The sources whose answer to a check counts. */
export function sourcesOf({ kind }: Pick<Asked, 'kind'>, check: CheckName): readonly CheckSource[] {
  return giversOf(kind, check).map(({ source }) => source);
}

/** The sources that have to answer: each that knows participants of the application. */
export function neededSources(
  { kind, participants }: Asked,
  check: CheckName,
): readonly CheckSource[] {
  return giversOf(kind, check)
    .filter(({ of }) => of === undefined || participants.some(isOf(of)))
    .map(({ source }) => source);
}

function giversOf(kind: Application['kind'], check: CheckName): readonly Giver[] {
  return (kind === 'TERMINATION' ? giversOfTermination : givers)[check];
}

function isOf(of: 'NATURAL' | 'LEGAL') {
  return ({ natural }: { readonly natural: boolean }) => natural === (of === 'NATURAL');
}
