/** Evidence as the ledger's holders keep it, and the ledger's hashes of it. */
import type { z } from 'zod';
import { bytesOfBase64 } from '../../chaincode/kernel/bytes.ts';
import { documentHashOf } from '../../chaincode/kernel/document-hash.ts';
import { parseCms } from '../../chaincode/kernel/eds/cms.ts';
import type { EvidenceFile } from '../../chaincode/kernel/eds/evidence-file.ts';
import type { Recorded } from '../../chaincode/kernel/eds/evidence-verdict.ts';
import { ledgerPolicy } from '../../chaincode/kernel/eds/policy.ts';
import { valueOrThrow } from '../../chaincode/kernel/outcome.ts';
import type { Operation } from '../../chaincode/ledger/operation.ts';
import type { Application } from '../../chaincode/pledges/application.ts';
import { readEvidence } from '../../chaincode/pledges/evidence-operations.ts';
import * as pledges from '../../chaincode/pledges/operations.ts';
import type { KeptEvidence } from '../../chaincode/trust/evidence.ts';
import * as trust from '../../chaincode/trust/operations.ts';
import type { TrustList } from '../../chaincode/trust/schema.ts';
import type { LedgerConnection } from '../../gateway/ledger/connection.ts';
import { answerOf, called } from '../ledger-call.ts';

/** Whose signature: a participant's by its number, the deciding officer's by zero. */
export type WhichEvidence = {
  readonly application: string;
  readonly participant: number;
  readonly revision?: number | undefined;
};

/** Reads the evidence where the caller's organisation keeps it, and what the ledger says of it. */
export async function evidenceOnLedger(
  connection: LedgerConnection,
  { application, participant, revision }: WhichEvidence,
): Promise<LedgerEvidence> {
  const record = await answered(connection, pledges.get, { application });
  const which = { application, participant, revision };
  const kept = await answered(connection, readEvidence, which);
  const version = Number(kept.trustVersion);
  return evidenceFileOf(kept, await answered(connection, trust.list, { version }), record);
}

/** An evidence file with all that the ledger's own verdict followed from. */
export type LedgerEvidence = EvidenceFile &
  Required<Pick<EvidenceFile, 'demand' | 'verifiedAt' | 'trust'>>;

/** What a holder keeps, the list of trust it was verified by and the ledger's hashes, in one file. */
export function evidenceFileOf(
  kept: KeptEvidence,
  list: TrustList,
  record: Application,
): LedgerEvidence {
  const { demand, verifiedAt, trustVersion: version, anchoredCrls } = kept;
  const signature = bytesOf(kept.signature);
  const message = parseCms(signature, ledgerPolicy.limits);
  return {
    signature,
    content: message.ok ? message.value.content : undefined,
    certificates: kept.certificates.map(bytesOf),
    crls: kept.crls.map(bytesOf),
    ocsps: kept.ocsps.map(bytesOf),
    verifiedAt,
    demand,
    trust: { version, ...pinnedBy(list), anchoredCrls },
    recorded: recordedOf(record, documentHashOf(signature)),
  };
}

/** What a record says of the signature with this hash; undefined where it knows none. */
export function recordedOf(
  { confirmations, decisions }: Pick<Application, 'confirmations' | 'decisions'>,
  hash: string,
): Recorded | undefined {
  const confirmation = confirmations.find(({ cms }) => cms === hash);
  if (confirmation !== undefined) return { cms: hash, manifest: confirmation.manifest };
  return decisions.some(({ cms }) => cms === hash) ? { cms: hash } : undefined;
}

function bytesOf(text: string): Uint8Array {
  return valueOrThrow(bytesOfBase64(text));
}

/** The certificates of a list of trust, as a verifier takes them. */
export function pinnedBy({ authorities, timeStampers }: TrustList) {
  const pinned = (pins: TrustList['authorities']) =>
    pins.map(({ certificate }) => bytesOf(certificate));
  return { authorities: pinned(authorities), timeStampers: pinned(timeStampers) };
}

async function answered<Op extends Operation>(
  connection: LedgerConnection,
  operation: Op,
  input: z.input<Op['input']>,
): Promise<z.output<Op['output']>> {
  const next = 'Holders of evidence are the platform that filed and the State Corporation.';
  return answerOf(operation, await called(connection, operation, input), { language: 'en', next });
}
