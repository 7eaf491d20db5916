import type { Language, Refusal, RefusalTexts, Texts } from './refusal.ts';

/**
 * Texts of refusals by code, gathered from the kernel's table and each contract's.
 *
 * The kernel imports no contract: whoever knows them all (the chaincode's index) gathers the book.
 */
export type TextBook = ReadonlyMap<string, Texts>;

/** Gathers tables into one book; two texts for one code are our mistake. */
export function textBook(...tables: readonly RefusalTexts[]): TextBook {
  const book = new Map<string, Texts>();
  for (const [code, texts] of tables.flatMap((table) => Object.entries(table))) {
    if (book.has(code)) throw new Error(`two texts for the refusal ${code}`);
    book.set(code, texts);
  }
  return book;
}

/** For a code that this version does not know: a newer peer's refusal is shown, not lost. */
const unknown: Texts = {
  kk: 'Сұрау қабылданбады. Себептің коды: {code}.',
  ru: 'Запрос не принят. Код причины: {code}.',
  en: 'The request was refused. The reason has the code {code}.',
};

/** The text of a refusal in one of the three languages. */
export function words(book: TextBook, refusal: Refusal, language: Language): string {
  const texts = book.get(refusal.code);
  const params = texts === undefined ? { code: refusal.code } : (refusal.params ?? {});
  return (texts ?? unknown)[language].replace(/\{(\w+)\}/g, (_, name: string) =>
    // The refusal may come from another version over the wire: a gap is better than a failure.
    Object.hasOwn(params, name) ? (params[name] ?? '…') : '…',
  );
}
