/** What a batch waits for before it is opened. */
import type { Language } from '../../chaincode/kernel/refusal.ts';
import { type BatchFolder, readVerdict } from './folder.ts';
import { namesOfSigners, type SignerName } from './signers.ts';
import { sentence } from './words.ts';

/** Who has not signed yet, in the order of signing. */
export function unsigned(folder: BatchFolder): readonly SignerName[] {
  return namesOfSigners(folder.content).filter((name) => readVerdict(folder, name) === undefined);
}

/** The command that comes next: the next one's signature, or the run. */
export function nextStep(folder: BatchFolder, language: Language): string {
  const [name] = unsigned(folder);
  const { place } = folder;
  const what =
    name === undefined
      ? `npx kepil batch run ${place}`
      : `npx kepil batch sign ${place} FILE --as ${name} --org …`;
  return sentence('NEXT', language, { what });
}
