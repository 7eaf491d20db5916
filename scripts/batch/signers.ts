/** Who signs a batch, as the command line names them, and the text that each has to sign. */
import type { Manifest, ManifestExpected } from '../../chaincode/kernel/eds/manifest.ts';
import {
  type BatchContent,
  batchFacts,
  type BatchSigner,
} from '../../chaincode/pledges/portfolio/batch.ts';
import { signersOf } from '../../chaincode/pledges/portfolio/batch-rules.ts';
import { freshSalt } from '../salt.ts';
import { wrongBatchCall } from './wrong-call.ts';

/** Signers by their names on the command line and of their files. */
const signers: Readonly<Record<SignerName, BatchSigner>> = {
  cedent: 'CEDENT',
  pledgee: 'PLEDGEE',
  registrar: 'REGISTRAR',
};

export type SignerName = 'cedent' | 'pledgee' | 'registrar';

export const signerNames = Object.keys(signers) as readonly SignerName[];

/** Who has to sign a content, in the order in which they sign: the officer decides on what is filed. */
export function namesOfSigners(content: BatchContent): readonly SignerName[] {
  const asked = signersOf(content);
  return signerNames.filter((name) => asked.includes(signers[name]));
}

/** A signer of this very content; anyone else is a mistake in the call. */
export function signerOf(content: BatchContent, name: string): SignerName {
  const names = namesOfSigners(content);
  const found = names.find((each) => each === name);
  if (found !== undefined) return found;
  throw wrongBatchCall(`This batch is not signed by ${name}; its signers: ${names.join(', ')}.`);
}

/** What the ledger will demand of the text that a signer signs. */
export function expectedOf(
  content: BatchContent,
  name: SignerName,
  channel: string,
): ManifestExpected {
  const purpose = name === 'registrar' ? 'decision' : 'confirmation';
  return { purpose, channel, record: content.batch, revision: 1 };
}

/** The text for one signer: each has a salt of its own, so that no two texts have one hash. */
export function manifestFor(content: BatchContent, name: SignerName, channel: string): Manifest {
  const salt = freshSalt();
  const facts = batchFacts(content);
  return { version: 1, ...expectedOf(content, name, channel), salt, facts };
}
