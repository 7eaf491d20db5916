/** A batch on the ledger: found there, or opened with the verdicts of all who signed. */
import { canonicalJson } from '../../chaincode/kernel/canonical-json.ts';
import type { Language } from '../../chaincode/kernel/refusal.ts';
import {
  contentHash,
  type OpenedBatch,
  type PartOutcome,
} from '../../chaincode/pledges/portfolio/batch.ts';
import { getBatch, openBatch } from '../../chaincode/pledges/portfolio/batch-operations.ts';
import type { LedgerConnection } from '../../gateway/ledger/connection.ts';
import { answerOf, called, codesOf } from '../ledger-call.ts';
import { PlainError } from '../plain-error.ts';
import { type BatchFolder, readArrival, readVerdict } from './folder.ts';
import { isAwaited, nextStep, unsigned } from './next-step.ts';
import { namesOfSigners } from './signers.ts';

/** A batch as it stands on the ledger. */
export type OnLedger = {
  readonly opened: OpenedBatch;
  readonly parts: readonly PartOutcome[];
};

/** The batch as the organisation's own peer shows it; undefined where it is not opened. */
export async function batchOnLedger(
  connection: LedgerConnection,
  batch: string,
  language: Language,
): Promise<OnLedger | undefined> {
  const outcome = await called(connection, getBatch, { batch });
  if (codesOf(outcome).includes('BATCH_UNKNOWN')) return undefined;
  return answerOf(getBatch, outcome, { language });
}

/** The folder's batch, opened now if it was not; another content under its id is not touched. */
export async function openedOnLedger(
  connection: LedgerConnection,
  folder: BatchFolder,
  language: Language,
): Promise<OnLedger> {
  const { content, place } = folder;
  const standing = await batchOnLedger(connection, content.batch, language);
  if (standing === undefined)
    return { opened: await opened(connection, folder, language), parts: [] };
  if (contentHash(standing.opened.content) === contentHash(content)) return standing;
  throw new PlainError(`The ledger has another content under the id of ${place}.`);
}

async function opened(
  connection: LedgerConnection,
  folder: BatchFolder,
  language: Language,
): Promise<OpenedBatch> {
  const missing = unsigned(folder);
  if (missing.length > 0) {
    const next = nextStep(folder, language);
    throw new PlainError(`Not signed yet by: ${missing.join(', ')}.`, { next });
  }
  if (isAwaited(folder)) {
    const next = nextStep(folder, language);
    throw new PlainError('It is not told how EGKN took the cession.', { next });
  }
  const { content } = folder;
  const arrival = readArrival(folder);
  const verdicts = namesOfSigners(content).map((name) => canonicalJson(verdictOf(folder, name)));
  // Under one key: a run that was killed before it had the answer gets it now.
  const calling = { key: `${content.batch}-open`, neededSinceMs: Date.now() };
  const input = { content, verdicts, ...(arrival && { arrival }) } as never;
  return answerOf(openBatch, await called(connection, openBatch, input, calling), {
    language,
    next: 'A signature that came too early is made anew: kepil batch sign … --replace',
  });
}

function verdictOf(folder: BatchFolder, name: Parameters<typeof readVerdict>[1]) {
  const verdict = readVerdict(folder, name);
  if (verdict === undefined) throw new Error('a verdict that was there is gone');
  return verdict;
}
