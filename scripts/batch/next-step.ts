/** What a batch waits for before it is opened. */
import type { Language } from '../../chaincode/kernel/refusal.ts';
import { type BatchFolder, readArrival, readVerdict } from './folder.ts';
import { namesOfSigners, type SignerName } from './signers.ts';
import { sentence } from './words.ts';

/** Who has not signed yet, in the order of signing. */
export function unsigned(folder: BatchFolder): readonly SignerName[] {
  return namesOfSigners(folder.content).filter((name) => readVerdict(folder, name) === undefined);
}

/** Whether it is not told yet how EGKN took a cession, on which the officer decides. */
export function isAwaited(folder: BatchFolder): boolean {
  return folder.content.kind === 'CESSION' && readArrival(folder) === undefined;
}

/** The command that comes next: the next one's signature, the arrival, or the run. */
export function nextStep(folder: BatchFolder, language: Language): string {
  return sentence('NEXT', language, { what: `npx kepil batch ${following(folder)}` });
}

function following(folder: BatchFolder): string {
  const [name] = unsigned(folder);
  const { place } = folder;
  const isFiled = name === undefined || name === 'registrar';
  if (isFiled && isAwaited(folder)) return `arrive ${place} FILE`;
  return name === undefined ? `run ${place}` : `sign ${place} FILE --as ${name} --org …`;
}
