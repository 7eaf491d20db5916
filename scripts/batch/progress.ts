/** Says how far a long work is, on standard error: what a program reads stays clean. */

const everyMs = 2000;

/** Says a text every two seconds until it is stopped; a shorter work says nothing. */
export function saying(text: () => string): { readonly stop: () => void } {
  const timer = setInterval(() => process.stderr.write(`${text()}\n`), everyMs);
  return { stop: () => clearInterval(timer) };
}
