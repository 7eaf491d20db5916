/** `kepil eds export`: a signature and all that speaks for it, in one file for its owner. */
import { writeFileSync } from 'node:fs';
import {
  evidenceHash,
  evidenceText,
  type EvidenceFile,
} from '../../chaincode/kernel/eds/evidence-file.ts';
import { print } from '../command-line.ts';
import { readInfo, withConnection } from '../network-info.ts';
import { bytesOfFile, type EvidenceFiles, evidenceOfFiles, wrongCall } from './files.ts';
import { evidenceOnLedger } from './ledger-evidence.ts';

export type ExportOptions = {
  readonly out?: string;
  readonly json?: boolean;
  readonly application?: string;
  readonly participant?: string;
  readonly revision?: string;
  readonly org: string;
  readonly user: string;
  readonly network: string;
  readonly content?: string;
} & EvidenceFiles;

/** Writes the evidence file: from the ledger where an application is named, else from files. */
export async function exportEvidence(
  signature: string | undefined,
  options: ExportOptions,
): Promise<void> {
  if ((signature === undefined) === (options.application === undefined)) {
    throw wrongCall('Name either a signature or an --application with its --participant.');
  }
  if (signature !== undefined) return packed(signature, options);
  const { application = '', out, network, org, user } = options;
  const participant = numberOf(options.participant, 'participant');
  const revision =
    options.revision === undefined ? undefined : numberOf(options.revision, 'revision');
  const file = await withConnection(readInfo(network), { org, user }, async (connection) =>
    evidenceOnLedger(connection, { application, participant, revision }),
  );
  written(out ?? `evidence-${application}-${participant}.json`, file, options.json);
}

function packed(signature: string, { out, ...options }: ExportOptions): void {
  if (out === undefined) throw wrongCall('Name the evidence file to write with --out.');
  const content = options.content === undefined ? undefined : bytesOfFile(options.content);
  written(out, { ...evidenceOfFiles(signature, options), content }, options.json);
}

/** The file names its signer: nobody else on this machine reads it. */
function written(place: string, file: EvidenceFile, json: boolean | undefined): void {
  writeFileSync(place, evidenceText(file), { mode: 0o600 });
  const sha256 = evidenceHash(file);
  const { recorded } = file;
  const hashes = [
    ...(recorded?.cms === undefined ? [] : [`--cms-hash ${recorded.cms}`]),
    ...(recorded?.manifest === undefined ? [] : [`--manifest-hash ${recorded.manifest}`]),
  ].join(' ');
  const next = hashes === '' ? '' : `\nnpx kepil eds verify ${place} ${hashes}`;
  print(json, { file: place, sha256, recorded }, `${place}, SHA-256 ${sha256}${next}`);
}

function numberOf(text: string | undefined, name: string): number {
  if (text === undefined || !/^\d{1,3}$/.test(text)) throw wrongCall(`--${name} is a number.`);
  return Number(text);
}
