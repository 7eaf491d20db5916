/** `kepil batch status`: what the ledger says of a batch, and of a folder's also who has signed. */
import type { Language } from '../../chaincode/kernel/refusal.ts';
import { applicationIdSchema } from '../../chaincode/kernel/application-id.ts';
import { print } from '../command-line.ts';
import { type NetworkInfo, readInfo, withConnection } from '../network-info.ts';
import { exitCodes } from '../plain-error.ts';
import { places } from './files.ts';
import { type BatchFolder, isBatchFolder, readFolder, readParts, readVerdict } from './folder.ts';
import { nextStep } from './next-step.ts';
import { batchOnLedger, type OnLedger } from './opening.ts';
import { partsOnLedger, refusedByCode } from './outcomes.ts';
import { infoOf } from './sign.ts';
import { namesOfSigners } from './signers.ts';
import { refusedText, resultData, tableText } from './table.ts';
import { sentence } from './words.ts';
import { wrongBatchCall } from './wrong-call.ts';

export type StatusOptions = {
  readonly org: string;
  readonly user: string;
  readonly network: string;
  readonly lang: Language;
  readonly json?: boolean;
};

/** Shows a batch by its folder, or by its id where somebody else has the folder. */
export async function status(which: string, options: StatusOptions): Promise<void> {
  const { org, user, network, lang } = options;
  const folder = isBatchFolder(which) ? readFolder(which) : undefined;
  const batch = folder?.content.batch ?? idOf(which);
  const info: NetworkInfo = folder === undefined ? readInfo(network) : infoOf(folder, network);
  const standing = await withConnection(info, { org, user }, (connection) =>
    batchOnLedger(connection, batch, lang),
  );
  if (standing === undefined) return reportUnopened(batch, folder, options);
  reportOpened(standing, folder, options);
}

function idOf(which: string): string {
  const id = applicationIdSchema.safeParse(which);
  if (id.success) return id.data;
  throw wrongBatchCall(`${which} is neither a batch's folder nor the id of a batch.`);
}

function reportOpened(
  { opened, parts: done }: OnLedger,
  folder: BatchFolder | undefined,
  { lang, json }: StatusOptions,
): void {
  const { content, decidedAt, edition } = opened;
  const { batch, kind } = content;
  const parts = partsOnLedger(content, done);
  const refused = refusedByCode(parts, folder && readParts(folder));
  const text = [
    sentence('OPENED', lang, { batch, at: decidedAt }),
    tableText(parts, lang),
    ...refusedText(refused, lang),
  ].join('\n');
  const about = { batch, kind, isOpened: true, decidedAt, ...(edition && { edition }) };
  print(json, { ...about, ...resultData(parts, refused, lang) }, text);
}

/** Of a batch that nobody here has a folder of, there is nothing to show. */
function reportUnopened(
  batch: string,
  folder: BatchFolder | undefined,
  { lang, json }: StatusOptions,
): void {
  const title = sentence('NOT_OPENED', lang, { batch });
  if (folder === undefined) {
    print(json, { batch, isOpened: false }, title);
    process.exitCode = exitCodes.failed;
    return;
  }
  const signers = namesOfSigners(folder.content).map((by) => {
    const verdict = readVerdict(folder, by);
    return { by, ...(verdict && { signedAt: verdict.signedAt }) };
  });
  const lines = signers.map(({ by, signedAt }) => {
    const file = places.verdict(folder.place, by);
    return signedAt === undefined
      ? sentence('NOT_SIGNED', lang, { by })
      : sentence('SIGNED', lang, { by, at: signedAt, file });
  });
  const text = [title, ...lines, nextStep(folder, lang)].join('\n');
  print(json, { batch, isOpened: false, signers }, text);
}
