/** Evidence as the ledger's holders keep it, and the ledger's hashes of it. */
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { bytesOfBase64 } from '../../chaincode/kernel/bytes.ts';
import type { Json } from '../../chaincode/kernel/canonical-json.ts';
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
import { callOf } from '../../gateway/ledger/operation-call.ts';
import { dataOf, textOf } from '../outcome-text.ts';
import { PlainError } from '../plain-error.ts';

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
  { authorities, timeStampers }: TrustList,
  record: Application,
): LedgerEvidence {
  const { demand, verifiedAt, trustVersion: version, anchoredCrls } = kept;
  const signature = bytesOf(kept.signature);
  const message = parseCms(signature, ledgerPolicy.limits);
  const pinned = (pins: TrustList['authorities']) =>
    pins.map(({ certificate }) => bytesOf(certificate));
  return {
    signature,
    content: message.ok ? message.value.content : undefined,
    certificates: kept.certificates.map(bytesOf),
    crls: kept.crls.map(bytesOf),
    ocsps: kept.ocsps.map(bytesOf),
    verifiedAt,
    demand,
    trust: {
      version,
      authorities: pinned(authorities),
      timeStampers: pinned(timeStampers),
      anchoredCrls,
    },
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

async function answered<Op extends Operation>(
  connection: LedgerConnection,
  operation: Op,
  input: z.input<Op['input']>,
): Promise<z.output<Op['output']>> {
  const request = { input: input as Json, key: randomUUID() };
  const outcome = await connection.evaluate(callOf(operation, request, connection.mspId));
  if (outcome.status !== 'answered') {
    const { contract, name } = operation;
    throw new PlainError(`${contract}:${name}: ${textOf(outcome, 'en')}`, {
      next: 'Holders of evidence are the platform that filed and the State Corporation.',
      cause: dataOf(outcome, 'en'),
    });
  }
  return operation.output.parse(JSON.parse(outcome.result)) as z.output<Op['output']>;
}
