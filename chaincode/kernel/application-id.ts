import { schemaOf, type Brand } from './brand.ts';
import { accepted, refused, type Outcome } from './outcome.ts';
import { refuse } from './refusals.ts';

/**
 * The id of an application, given by the gateway that files it: a UUID (RFC 9562) of version 4 or 7
 * in lower case. It is opaque, because it stands in public keys; one id has one text.
 */
export type ApplicationId = Brand<string, 'ApplicationId'>;

const form = /^[0-9a-f]{8}-[0-9a-f]{4}-[47][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export function parseApplicationId(text: string): Outcome<ApplicationId> {
  return form.test(text) ? accepted(text as ApplicationId) : refused(refuse('UUID_FORMAT'));
}

export const applicationIdSchema = schemaOf(parseApplicationId, {
  description: 'Id of an application: a UUID of version 4 or 7 in lower case.',
  examples: ['0190f3c4-8e00-7a00-8000-000000000001'],
  pattern: form.source,
  maxLength: 36,
});
