/**
 * What was checked on the platform, as the record of an application keeps it (PL-7; 000 alg. 4, 8).
 * All of it is met, or the application would not stand there.
 */
import type { DocumentHash } from '../kernel/document-hash.ts';
import type { Instant } from '../kernel/instant.ts';
import type { Application, Check, CheckName, Confirmation } from './application.ts';

/** What was signed, once everyone has signed it. */
type Signed = Pick<Application, 'dossier' | 'titleDocument'> & {
  readonly confirmations: readonly Pick<Confirmation, 'manifest'>[];
};

/** The form is whole, its document attached, and everyone has signed both by one manifest. */
export function contentChecks(
  { dossier, titleDocument, confirmations }: Signed,
  at: Instant,
): readonly Check[] {
  const [first] = confirmations;
  if (first === undefined) throw new Error('an application that nobody has signed');
  return [
    met('FORM_COMPLETE', dossier, at),
    met('DOCUMENTS_ATTACHED', titleDocument, at),
    met('SIGNATURES', first.manifest, at),
  ];
}

/** The fee is paid. */
export function paymentCheck(evidence: DocumentHash, at: Instant): Check {
  return met('PAYMENT', evidence, at);
}

function met(check: CheckName, evidence: DocumentHash, at: Instant): Check {
  return { check, source: 'PLATFORM', isMet: true, evidence, at };
}
