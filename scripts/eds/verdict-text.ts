/** A verdict in words, and as what a program reads. */
import { edsTexts } from '../../chaincode/kernel/eds/refusals.ts';
import type {
  RevocationVerdict,
  SignerVerdict,
  Verdict,
} from '../../chaincode/kernel/eds/verdict.ts';
import type { Language, Refusal } from '../../chaincode/kernel/refusal.ts';
import { textBook, words } from '../../chaincode/kernel/words.ts';
import { xmlTexts } from '../../gateway/adapters/xmldsig/refusals.ts';

const book = textBook(edsTexts, xmlTexts);

const revocationWords: Readonly<Record<RevocationVerdict['status'], string>> = {
  good: 'good',
  revoked: 'revoked',
  revokedLater: 'revoked later, valid when it signed',
  notIssued: 'never issued',
  unknown: 'unknown',
  notChecked: 'not checked',
};

/** The verdict for a program: codes with their texts. */
export function verdictData(verdict: Verdict, language: Language): unknown {
  const worded = (refusal: Refusal) => ({ ...refusal, text: words(book, refusal, language) });
  const { reasons, notes, signers, ...rest } = verdict;
  return {
    ...rest,
    revocation: [
      ...new Set(signers.map(({ revocation }) => revocationWords[revocation.status])),
    ].join('; '),
    reasons: reasons.map(worded),
    notes: notes.map(worded),
    signers,
  };
}

const kinds: Readonly<Record<Verdict['kind'], string>> = {
  signature: 'signature',
  certificate: 'certificate',
  crl: 'list of revoked certificates',
  ocsp: 'OCSP response',
  timeStamp: 'time stamp',
};

/** The verdict for a person. */
export function verdictText(verdict: Verdict, language: Language): string {
  const { ok, kind, content, signers, reasons, notes } = verdict;
  const shownContent = content === 'none' ? '' : `, content ${content}`;
  return [
    `${ok ? 'VALID' : 'REFUSED'}: ${kinds[kind]}${shownContent}`,
    ...signers.flatMap((signer, index) => signerLines(kind, signer, index)),
    ...refusalLines('reasons', reasons, language),
    ...refusalLines('notes', notes, language),
  ].join('\n');
}

function refusalLines(
  title: string,
  refusals: readonly Refusal[],
  language: Language,
): readonly string[] {
  if (refusals.length === 0) return [];
  return [
    `${title}:`,
    ...refusals.map((refusal) => {
      const where = refusal.field ? ` (${refusal.field})` : '';
      return `  ${refusal.code}${where}: ${words(book, refusal, language)}`;
    }),
  ];
}

function signerLines(
  kind: Verdict['kind'],
  signer: SignerVerdict,
  index: number,
): readonly string[] {
  const { subject, certificate, timeStamp, chain, revocation } = signer;
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['who', subject && whoText(subject)],
    ['roles', subject && (subject.roles.join(', ') || 'none stated')],
    [
      'certificate',
      certificate && `${certificate.serial}, ${certificate.notBefore} to ${certificate.notAfter}`,
    ],
    ['issued by', certificate?.issuer],
    ['signed, as stated', signer.signingTime],
    ['time stamp', timeStamp && stampText(timeStamp)],
    [
      'judged at',
      signer.judgedAt &&
        `${signer.judgedAt} (${signer.judgedBy === 'timeStamp' ? 'time stamp' : 'as given'})`,
    ],
    ['chain', chain.length > 0 ? chain.map((each) => chainText(each)).join(' < ') : undefined],
    ['revocation', kind === 'timeStamp' ? undefined : revocationText(revocation)],
  ];
  const title =
    kind === 'signature' ? [`signer ${index + 1}: ${signer.ok ? 'valid' : 'refused'}`] : [];
  return [...title, ...rows.flatMap(([name, value]) => (value ? [`  ${name}: ${value}`] : []))];
}

function whoText({
  kind,
  person,
  bin,
  organisation,
}: NonNullable<SignerVerdict['subject']>): string {
  const parts = [
    kind,
    person && `IIN ${person.iin}`,
    person && [person.commonName, person.patronymic].filter(Boolean).join(' '),
    bin && `BIN ${bin}`,
    organisation,
  ];
  return parts.filter(Boolean).join(', ');
}

function stampText(stamp: NonNullable<SignerVerdict['timeStamp']>): string {
  const trusted = stamp.trusted ? 'trusted' : 'not trusted (TST_UNTRUSTED)';
  return `${stamp.time} by ${stamp.authority ?? 'an unnamed service'}, ${trusted}`;
}

function chainText(certificate: SignerVerdict['chain'][number]): string {
  const pinned = certificate.pinned ? ' (pinned)' : '';
  return `${certificate.subject ?? 'the holder'}${pinned}`;
}

function revocationText({ status, source, asOf, revokedAt, reason }: RevocationVerdict): string {
  const when = revokedAt ? ` ${revokedAt}, ${reason}` : '';
  const by = source ? ` by ${source === 'crl' ? 'CRL' : 'OCSP'} of ${asOf}` : '';
  return `${revocationWords[status]}${when}${by}`;
}
