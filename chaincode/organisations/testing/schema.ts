/** What the ledger keeps of the tests with KDP, and the verdicts that they are told by. */
import { z } from 'zod';
import { binSchema } from '../../kernel/bin.ts';
import { documentHashSchema } from '../../kernel/document-hash.ts';
import { instantSchema } from '../../kernel/instant.ts';
import { recordType } from '../../ledger/record.ts';
import { signedAct } from '../schema.ts';

const systemOfOne = { bin: binSchema, system: z.string() };

/** Which system a token was counted for: it counts once among all systems and organisations. */
export const countedAnswerType = recordType({
  name: 'kdp.test-answer',
  version: 1,
  schema: z.strictObject({ ...systemOfOne, tokenHash: documentHashSchema }),
  keyOf: ({ tokenHash }) => [tokenHash],
});

/** A token of the test environment, verified; whose it was is said nowhere. */
export const testAnswerVerdict = z.strictObject({
  verdict: z.literal('TEST_ANSWER'),
  ...systemOfOne,
  tokenHash: documentHashSchema,
  answeredAt: instantSchema,
});

/** The head has signed exactly this act. */
export const testActVerdict = z.strictObject({
  verdict: z.literal('TEST_ACT'),
  ...systemOfOne,
  act: documentHashSchema,
  ...signedAct.shape,
});
