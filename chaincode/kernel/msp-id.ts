import { schemaOf, type Brand } from './brand.ts';
import { accepted, refused, type Outcome } from './outcome.ts';
import { refuse } from './refusals.ts';

/**
 * The id of an organisation's membership provider on the channel. Letters, digits, dots and hyphens:
 * what Fabric's language of policies can name; our bound on its length.
 */
export type MspId = Brand<string, 'MspId'>;

export function parseMspId(text: string): Outcome<MspId> {
  return /^[A-Za-z0-9.-]{1,64}$/.test(text)
    ? accepted(text as MspId)
    : refused(refuse('MSP_ID_FORMAT'));
}

export const mspIdSchema = schemaOf(parseMspId, {
  description: "Id of an organisation's membership provider (MSP).",
  examples: ['GosCorpMSP'],
  pattern: '^[A-Za-z0-9.-]{1,64}$',
  maxLength: 64,
});
