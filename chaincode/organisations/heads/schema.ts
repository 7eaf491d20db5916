/** Heads: the persons whom an organisation names as entitled to sign for it (OR-1). */
import { z } from 'zod';
import { binSchema } from '../../kernel/bin.ts';
import { civilDateSchema } from '../../kernel/civil-date.ts';
import { documentHashSchema } from '../../kernel/document-hash.ts';
import { recordType } from '../../ledger/record.ts';
import { proof } from '../schema.ts';

/** One term of one head. A later term is another record: what was so once stays to be read. */
export const head = z.strictObject({
  bin: binSchema,
  /** Salted hash of the head's IIN; the salt stays with the organisation, and is new for each term. */
  person: documentHashSchema,
  /** The first day, as the act of appointment states it. */
  from: civilDateSchema,
  /** The last day; absent where no end is stated. */
  until: civilDateSchema.optional(),
  appointment: proof,
  /** By what the term ended earlier than was stated. */
  dismissal: proof.optional(),
});
export type Head = z.output<typeof head>;

/**
 * An organisation that names its heads. One that is no party may sign by the certificate alone as long
 * as it has named none: that it has must not be taken away with the heads.
 */
export const headListType = recordType({
  name: 'organisation.head-list',
  version: 1,
  schema: z.strictObject({ bin: binSchema }),
  keyOf: ({ bin }) => [bin],
});

export const headType = recordType({
  name: 'organisation.head',
  version: 1,
  schema: head,
  keyOf: (data: Head) => [data.bin, data.person],
});
