import { z } from 'zod';
import { refusalsOf, type Outcome } from './outcome.ts';

/** A plain value that has passed its parser: the compiler keeps an unparsed one out (rule 7). */
export type Brand<T, Name extends string> = T & z.core.$brand<Name>;

/** What a schema made of a parser says of itself in the OpenAPI document. */
type Described = {
  readonly description: string;
  readonly examples: readonly string[];
  readonly pattern?: string;
  readonly maxLength: number;
};

/**
 * A zod schema of a text that has a parser of ours: it refuses with the parser's own refusals, and
 * is an ordinary string with a pattern in JSON Schema.
 */
export function schemaOf<T extends string>(
  parse: (text: string) => Outcome<T>,
  { description, examples, pattern, maxLength }: Described,
): z.ZodType<T, string> {
  const schema = z
    .string()
    .superRefine((text, context) => {
      for (const refusal of refusalsOf(parse(text))) {
        context.addIssue({ code: 'custom', params: { refusal } });
      }
    })
    .meta({ description, examples: [...examples], maxLength, ...(pattern ? { pattern } : {}) });
  // The parser gives the text itself back with its brand; zod cannot see that.
  return schema as unknown as z.ZodType<T, string>;
}
