/**
 * A refusal: what the rules answer when they cannot accept something that was expected to happen.
 *
 * It is a value with a stable code; its text is looked up by code and language, so that programs
 * never match sentences. Neither codes nor parameters carry personal data (`SE-2`): refusals reach
 * logs and error messages.
 */
export type Refusal = {
  /** Stable for ever once released: `REGIME_NOT_IN_FORCE`. */
  readonly code: string;
  /** JSON pointer to the field at fault, where there is one: `/contract/date`. */
  readonly field?: string;
  /** The requirement and the article that ask for this: `RG-2; 000 cl. 8`. */
  readonly norm?: string;
  /** Values that the text names; always text, so that canonical JSON has one form of them. */
  readonly params?: Readonly<Record<string, string>>;
};

/** The languages in which every refusal can be read. */
export const languages = ['kk', 'ru', 'en'] as const;
export type Language = (typeof languages)[number];

/** One code's text in each language; `{name}` stands for a parameter. */
export type Texts = { readonly [L in Language]: string };

/** Codes and texts of one part of the chaincode. */
export type RefusalTexts = { readonly [code: string]: Texts };

/** The parameters that a text names. */
export type ParameterOf<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParameterOf<Rest>
  : never;

/** Texts of one code agree when each language names the same parameters. */
type Agreeing<T extends Texts> = {
  readonly [L in Language]: [ParameterOf<T[L]>, ParameterOf<T['en']>] extends [
    ParameterOf<T['en']>,
    ParameterOf<T[L]>,
  ]
    ? T[L]
    : { readonly 'names other parameters than the English text': T['en'] };
};

/** What a refusal says beyond its code; the parameters are asked for where the text names any. */
type Details<T extends Texts> = {
  readonly field?: string | undefined;
  readonly norm?: string | undefined;
} & ([ParameterOf<T['en']>] extends [never]
  ? { readonly params?: never }
  : { readonly params: Readonly<Record<ParameterOf<T['en']>, string>> });

/** Makes a refusal of a known code; a code or a parameter that the table lacks does not compile. */
type Refuse<T extends RefusalTexts> = <Code extends keyof T & string>(
  code: Code,
  ...details: [ParameterOf<T[Code]['en']>] extends [never]
    ? [details?: Details<T[Code]>]
    : [details: Details<T[Code]>]
) => Refusal;

/** A part's codes with their texts, and the function that refuses with them. */
export type RefusalTable<T extends RefusalTexts = RefusalTexts> = {
  readonly texts: T;
  readonly refuse: Refuse<T>;
};

/**
 * Declares the codes of one part of the chaincode, the languages side by side so that none is
 * forgotten when a text changes. A contract keeps its table in `refusals.ts` of its own folder:
 *
 *     export const { texts, refuse } = refusalTable({
 *       REGIME_UNKNOWN: { kk: '… {regime} …', ru: '… {regime} …', en: '… {regime} …' },
 *     });
 *     refuse('REGIME_UNKNOWN', { field: '/regime', params: { regime } });
 */
export function refusalTable<const T extends RefusalTexts>(
  texts: T & { readonly [Code in keyof T]: Agreeing<T[Code]> },
): RefusalTable<T> {
  return { texts, refuse: (code, ...details) => refusalOf(code, details[0] ?? {}) };
}

/** What may be said beyond a code, whatever the code. */
type AnyDetails = {
  readonly field?: string | undefined;
  readonly norm?: string | undefined;
  readonly params?: Readonly<Record<string, string>>;
};

/** Absent members are left out rather than undefined, so that two refusals compare by value. */
function refusalOf(code: string, { field, norm, params }: AnyDetails): Refusal {
  return {
    code,
    ...(field === undefined ? {} : { field }),
    ...(norm === undefined ? {} : { norm }),
    ...(params === undefined ? {} : { params }),
  };
}
