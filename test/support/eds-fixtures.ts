import { existsSync, readFileSync } from 'node:fs';
import { skip } from './skip.ts';

/**
 * Real signatures made with Kazakhstan's published test keys. They lie beside the repository, not in
 * it: where they are absent a test says that it is skipped.
 */
const folder = '../shared/fixtures/eds';

/** Skips the test where the real signatures are not at hand. */
export function needRealSignatures(context: Mocha.Context): void {
  if (!existsSync(folder)) skip(context, 'the real signatures (../shared/fixtures/eds) are absent');
}

/** The bytes of one of the real files. */
export function realFile(name: string): Uint8Array {
  return new Uint8Array(readFileSync(`${folder}/${name}`));
}
