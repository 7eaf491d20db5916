/** `kepil batch sign`: a signature is verified at its holders, and the verdict kept in the folder. */
import { instantOfMs } from '../../chaincode/kernel/instant.ts';
import type { Language } from '../../chaincode/kernel/refusal.ts';
import { type BatchVerdict, batchVerdict } from '../../chaincode/pledges/portfolio/batch.ts';
import type { verifyBatch } from '../../chaincode/pledges/portfolio/batch-operations.ts';
import { cmsHash } from '../../chaincode/trust/evidence.ts';
import * as trust from '../../chaincode/trust/operations.ts';
import { print } from '../command-line.ts';
import { answerOf, called } from '../ledger-call.ts';
import { type NetworkInfo, readInfo, withConnection } from '../network-info.ts';
import { PlainError } from '../plain-error.ts';
import { demoSigned } from './demo-signed.ts';
import { droppedFor } from './dropping.ts';
import { places } from './files.ts';
import { type BatchFolder, readFolder, readManifest, readVerdict, writeVerdict } from './folder.ts';
import { nextStep } from './next-step.ts';
import { type SignatureFiles, type Signed, signedByFiles } from './signed.ts';
import { expectedOf, signerOf, type SignerName } from './signers.ts';
import { foundIn, verificationOf } from './verification.ts';
import { sentence } from './words.ts';
import { wrongBatchCall } from './wrong-call.ts';

export type SignOptions = SignatureFiles & {
  readonly as: string;
  readonly org: string;
  readonly user: string;
  readonly network: string;
  readonly demo?: boolean;
  readonly replace?: boolean;
  readonly lang: Language;
  readonly json?: boolean;
};

/** Has a signature verified; one that was verified before is not sent again. */
export async function sign(
  place: string,
  signature: string | undefined,
  options: SignOptions,
): Promise<void> {
  const { demo = false, replace = false } = options;
  if ((signature === undefined) !== demo) {
    throw wrongBatchCall('Name either the file of the signature or --demo.');
  }
  const folder = readFolder(place);
  const name = signerOf(folder.content, options.as);
  const info = infoOf(folder, options.network);
  const earlier = readVerdict(folder, name);
  const kept = replace ? undefined : earlier;
  const given = signature === undefined ? undefined : read(folder, name, signature, options);
  if (kept !== undefined && isSame(kept, given)) return report(folder, name, kept, false, options);
  const signed = given ?? (await demonstrated(info, folder, name, options));
  const verdict = await verified(info, folder, name, signed, options);
  if (earlier !== undefined) await droppedFor(info, earlier, verdict, options);
  writeVerdict(folder, name, verdict);
  report(folder, name, verdict, true, options);
}

/** The network's info, if it has the channel on which the signatures of the batch count. */
export function infoOf({ channel, place }: BatchFolder, network: string): NetworkInfo {
  const info = readInfo(network);
  if (info.channel === channel) return info;
  throw new PlainError(`${place} is for the channel ${channel}, the network has ${info.channel}.`);
}

/** Whether the verdict that is kept is about this signature; a demonstration's is as good as another. */
function isSame({ cms, by }: BatchVerdict, given: Signed | undefined): boolean {
  if (given === undefined || cmsHash(given.evidence) === cms) return true;
  throw new PlainError(`There is a verdict on another signature of ${by} already.`, {
    next: 'With --replace the new signature takes its place.',
  });
}

function read(
  folder: BatchFolder,
  name: SignerName,
  signature: string,
  files: SignatureFiles,
): Signed {
  const bytes = readManifest(folder, name);
  return signedByFiles(signature, { file: places.manifest(folder.place, name), bytes }, files);
}

function demonstrated(
  info: NetworkInfo,
  folder: BatchFolder,
  name: SignerName,
  { json = false }: SignOptions,
): Promise<Signed> {
  const { content } = folder;
  return demoSigned(info, readManifest(folder, name), { content, name }, json);
}

/** Sends the signature to the peers of its holders, who find what we found or refuse. */
async function verified(
  info: NetworkInfo,
  { content, channel }: BatchFolder,
  name: SignerName,
  signed: Signed,
  { org, user, lang }: SignOptions,
): Promise<BatchVerdict> {
  return withConnection(info, { org, user }, async (connection) => {
    const said = { language: lang };
    const list = answerOf(trust.list, await called(connection, trust.list, {}), said);
    const now = instantOfMs(Date.now() + info.clockOffsetMs);
    const expected = expectedOf(content, name, channel);
    const found = foundIn(signed.evidence, list, { expected, now }, lang);
    const { operation, input } = verificationOf(content, name, signed, found);
    // A mandate or a head may have been recorded just now, and a peer be behind.
    const calling = { neededSinceMs: Date.now() };
    const outcome = await called(connection, operation, input as never, calling);
    const { verdict } = answerOf(operation as typeof verifyBatch, outcome, said);
    return batchVerdict.parse(JSON.parse(verdict));
  });
}

function report(
  folder: BatchFolder,
  name: SignerName,
  verdict: BatchVerdict,
  isNew: boolean,
  { lang, json }: SignOptions,
): void {
  const file = places.verdict(folder.place, name);
  const params = { by: name, at: verdict.signedAt, file };
  const text = sentence(isNew ? 'SIGNED' : 'SIGNED_BEFORE', lang, params);
  print(json, { ok: true, isNew, file, verdict }, `${text}\n${nextStep(folder, lang)}`);
}
