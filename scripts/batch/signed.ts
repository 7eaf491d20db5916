/** A signature under a batch with what speaks for it, from files that were made elsewhere. */
import { readFileSync } from 'node:fs';
import { base64Of } from '../../chaincode/kernel/bytes.ts';
import { parsed } from '../../chaincode/kernel/from-zod.ts';
import { parseCms } from '../../chaincode/kernel/eds/cms.ts';
import { type EvidenceFile, evidenceOf } from '../../chaincode/kernel/eds/evidence-file.ts';
import { ledgerPolicy } from '../../chaincode/kernel/eds/policy.ts';
import { personSalt } from '../../chaincode/kernel/person-hash.ts';
import { type Evidence, evidence as evidenceSchema } from '../../chaincode/trust/evidence.ts';
import { bytesOfFile, type EvidenceFiles, evidenceOfFiles } from '../eds/files.ts';
import { PlainError } from '../plain-error.ts';
import { wrongBatchCall } from './wrong-call.ts';

/** A signature, and by what the ledger knows that this person may sign. */
export type Signed = {
  readonly evidence: Evidence;
  /** The salt of the head's name on the ledger, or that of the mandate's holder. */
  readonly salt?: string | undefined;
  readonly mandate?: string | undefined;
};

/** Where a signature and what speaks for it lie. */
export type SignatureFiles = EvidenceFiles & {
  readonly mandate?: string;
  readonly saltFile?: string;
};

/** Reads a signature, or an evidence file that holds one; it has to be over exactly these bytes. */
export function signedByFiles(
  signature: string,
  manifest: { readonly file: string; readonly bytes: Uint8Array },
  { mandate, saltFile, ...files }: SignatureFiles,
): Signed {
  const file = evidenceOf(bytesOfFile(signature)) ?? evidenceOfFiles(signature, files);
  const message = parseCms(file.signature, ledgerPolicy.limits);
  if (!message.ok) {
    throw wrongBatchCall(`${signature} is no signed message (${message.refusals[0].code}).`);
  }
  const { content } = message.value;
  if (content === undefined || Buffer.compare(content, manifest.bytes) !== 0) {
    throw new PlainError(`${signature} is not a signature over ${manifest.file}.`, {
      next: 'Sign the exact bytes of that file, with the text inside the signature (docs/manifest.md).',
    });
  }
  return { evidence: sent(file, signature), mandate, salt: saltFile && saltOf(saltFile) };
}

function sent({ signature, certificates, crls, ocsps }: EvidenceFile, place: string): Evidence {
  const list = (items: readonly Uint8Array[]) => items.map(base64Of);
  const parts = { certificates: list(certificates), crls: list(crls), ocsps: list(ocsps) };
  const read = parsed(evidenceSchema, { signature: base64Of(signature), ...parts });
  if (read.ok) return read.value;
  const [{ code, field = '' }] = read.refusals;
  throw wrongBatchCall(`What speaks for ${place} is more than the ledger takes: ${code} ${field}`);
}

/** It stands in a file and not on the command line, which other users of the machine can see. */
function saltOf(file: string): string {
  const salt = personSalt.safeParse(textOf(file).trim());
  if (salt.success) return salt.data;
  throw wrongBatchCall(`${file} holds no salt: 64 hexadecimal digits in lower case.`);
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw wrongBatchCall(`${file} cannot be read.`, cause);
  }
}
