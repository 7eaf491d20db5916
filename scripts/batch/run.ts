/** `kepil batch run`: opens what everyone has signed and carries its parts out, as often as it takes. */
import type { Language } from '../../chaincode/kernel/refusal.ts';
import type { Lines } from '../../chaincode/pledges/portfolio/batch.ts';
import { cedePart, importPart } from '../../chaincode/pledges/portfolio/batch-operations.ts';
import { carryOutParts } from '../../gateway/ledger/batch-parts.ts';
import type { LedgerConnection } from '../../gateway/ledger/connection.ts';
import { print } from '../command-line.ts';
import { withConnection } from '../network-info.ts';
import { exitCodes } from '../plain-error.ts';
import type { Part } from './arranged.ts';
import { places, writeWhole } from './files.ts';
import { type BatchFolder, readFolder, readParts } from './folder.ts';
import { batchOnLedger, openedOnLedger } from './opening.ts';
import {
  outcomesText,
  partsAfterRun,
  partsOnLedger,
  type PartResult,
  refusedByCode,
  resolvedBy,
  totalOf,
} from './outcomes.ts';
import { saying } from './progress.ts';
import { infoOf } from './sign.ts';
import { failedText, refusedText, resultData, tableText } from './table.ts';
import { sentence } from './words.ts';

export type RunOptions = {
  readonly org: string;
  readonly user: string;
  readonly clients: number;
  readonly network: string;
  readonly lang: Language;
  readonly json?: boolean;
};

/** Carries out what of the batch was not carried out yet, and writes the outcome of every line. */
export async function run(place: string, options: RunOptions): Promise<void> {
  const { org, user, network } = options;
  const folder = readFolder(place);
  const cut = readParts(folder);
  const parts = await withConnection(infoOf(folder, network), { org, user }, (connection) =>
    carriedOut(connection, folder, cut, options),
  );
  writeWhole(places.outcomes(place), outcomesText(parts, cut));
  report(folder, parts, cut, options);
}

async function carriedOut(
  connection: LedgerConnection,
  folder: BatchFolder,
  cut: readonly Part[],
  { clients, lang }: RunOptions,
): Promise<readonly PartResult[]> {
  const { content } = folder;
  const standing = await openedOnLedger(connection, folder, lang);
  const before = partsOnLedger(content, standing.parts);
  const except = new Set(standing.parts.map(({ part }) => part));
  const operation = content.kind === 'CESSION' ? cedePart : importPart;
  const signed = { batch: content.batch, operation, parts: cut.map(({ lines }) => lines as Lines) };
  let done = except.size;
  const total = String(cut.length);
  const progress = saying(() => sentence('PROGRESS', lang, { done: String(done), total }));
  try {
    const onPart = () => void (done += 1);
    const results = await carryOutParts(connection, signed, { clients, except, onPart });
    const after = partsAfterRun(before, results);
    if (after.every(({ failed }) => failed === undefined)) return after;
    // Another run, or this one's own lost answer, may have carried them out meanwhile.
    const now = await batchOnLedger(connection, content.batch, lang);
    return resolvedBy(after, partsOnLedger(content, now?.parts ?? []));
  } finally {
    progress.stop();
  }
}

/** Says what became of it; in a script, what was refused or is not known must not pass for done. */
function report(
  { place, content }: BatchFolder,
  parts: readonly PartResult[],
  cut: readonly Part[],
  { lang, json }: RunOptions,
): void {
  const refused = refusedByCode(parts, cut);
  const isDone = parts.every(({ outcome }) => outcome !== undefined);
  const ok = isDone && totalOf(parts).refused === 0;
  const file = places.outcomes(place);
  const text = [
    tableText(parts, lang),
    ...refusedText(refused, lang),
    ...failedText(parts, lang),
    sentence('OUTCOMES', lang, { file }),
    nextText(ok, isDone, lang),
  ].join('\n');
  const data = { ok, batch: content.batch, ...resultData(parts, refused, lang), outcomes: file };
  print(json, data, text);
  if (!ok) process.exitCode = exitCodes.failed;
}

function nextText(ok: boolean, isDone: boolean, language: Language): string {
  if (ok) return sentence('NEXT_PURGE', language, { what: 'kepil call pledges purgeBatch' });
  const what = sentence(isDone ? 'NEXT_CORRECT' : 'NEXT_AGAIN', language);
  return sentence('NEXT', language, { what });
}
