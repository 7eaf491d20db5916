/** What the sender of a signature states of it, so that the holders' peers find the same or refuse. */
import { bytesOfBase64 } from '../../chaincode/kernel/bytes.ts';
import { ledgerVerdict } from '../../chaincode/kernel/eds/evidence-verdict.ts';
import type { ManifestExpected } from '../../chaincode/kernel/eds/manifest.ts';
import { trustOf } from '../../chaincode/kernel/eds/trust.ts';
import type { Verdict } from '../../chaincode/kernel/eds/verdict.ts';
import type { Instant } from '../../chaincode/kernel/instant.ts';
import { valueOrThrow } from '../../chaincode/kernel/outcome.ts';
import type { Language } from '../../chaincode/kernel/refusal.ts';
import { words } from '../../chaincode/kernel/words.ts';
import type { BatchContent } from '../../chaincode/pledges/portfolio/batch.ts';
import { confirmBatch, verifyBatch } from '../../chaincode/pledges/portfolio/batch-operations.ts';
import { texts } from '../../chaincode/texts.ts';
import type { Evidence } from '../../chaincode/trust/evidence.ts';
import type { TrustList } from '../../chaincode/trust/schema.ts';
import { pinnedBy } from '../eds/ledger-evidence.ts';
import { PlainError } from '../plain-error.ts';
import { freshSalt } from '../salt.ts';
import type { Signed } from './signed.ts';
import type { SignerName } from './signers.ts';
import { wrongBatchCall } from './wrong-call.ts';

/** When somebody signed and who, by the ledger's own verifier and its list of trust. */
export type Found = {
  readonly signedAt: Instant;
  readonly trustVersion: string;
  /** Personal: it goes to the holders, and nowhere else. */
  readonly iin: string;
};

/**
 * Verifies here what the holders will verify. Only what has no trusted time or no person ends here:
 * of everything else the ledger is the judge, which also knows the lists of revoked certificates
 * that were anchored on it.
 */
export function foundIn(
  evidence: Evidence,
  list: TrustList,
  { expected, now }: { readonly expected: ManifestExpected; readonly now: Instant },
  language: Language,
): Found {
  const trustVersion = String(list.version);
  const trust = valueOrThrow(trustOf({ version: trustVersion, ...pinnedBy(list) }));
  const demand = { signer: {}, manifest: expected };
  const verdict = ledgerVerdict(partsOf(evidence), trust, demand, now);
  const [signer] = verdict.signers;
  const [signedAt, iin] = [signer?.timeStamp?.time, signer?.subject?.person?.iin];
  if (signedAt === undefined || iin === undefined) throw refusedHere(verdict, language);
  return { signedAt, trustVersion, iin };
}

function partsOf({ signature, certificates, crls, ocsps }: Evidence) {
  const bytes = (text: string) => valueOrThrow(bytesOfBase64(text));
  return {
    signature: bytes(signature),
    certificates: certificates.map(bytes),
    crls: crls.map(bytes),
    ocsps: ocsps.map(bytes),
  };
}

function refusedHere({ reasons }: Verdict, language: Language): PlainError {
  const lines = reasons.map((reason) => `  ${reason.code}: ${words(texts, reason, language)}`);
  return new PlainError(['The signature does not hold.', ...lines].join('\n'), {
    next: '`kepil eds verify` says more of it.',
  });
}

/** The transaction by which the holders verify a signature, and its input. */
export function verificationOf(
  content: BatchContent,
  name: SignerName,
  { evidence, salt: nameSalt, mandate }: Signed,
  { iin, ...found }: Found,
) {
  const sent = { salt: freshSalt(), content, evidence, found };
  if (name === 'registrar') {
    if (mandate === undefined || nameSalt === undefined) {
      throw wrongBatchCall('An officer decides under a mandate: give --mandate and --salt-file.');
    }
    const officer = { mandate, officerIin: iin, officerSalt: nameSalt };
    return { operation: verifyBatch, input: { ...sent, ...officer } };
  }
  const by = name === 'cedent' ? 'CEDENT' : 'PLEDGEE';
  if (mandate === undefined) {
    const head = nameSalt === undefined ? {} : { headSalt: nameSalt };
    return { operation: confirmBatch, input: { ...sent, by, ...head } };
  }
  if (nameSalt === undefined) {
    throw wrongBatchCall('A mandate is known by its holder and a salt: give --salt-file.');
  }
  const held = { mandate: { mandate, holderIin: iin, holderSalt: nameSalt } };
  return { operation: confirmBatch, input: { ...sent, by, ...held } };
}
