/** Looks for personal values in whatever bytes, in every form, and in what is encoded within them. */
import { formsOf } from './forms.ts';

/** A personal value, and whose and what it is: findings name it, and never say it. */
export type PersonalValue = { readonly what: string; readonly text: string };

/** A value that was found. */
export type Sighting = { readonly what: string; readonly form: string; readonly at: string };

/** Something that was written, and where. */
export type Written = { readonly at: string; readonly bytes: Uint8Array | string };

type Pattern = { readonly what: string; readonly form: string; readonly bytes: Buffer };

/** Encodings within encodings are followed so deep. */
const depthMax = 3;
/** Shorter runs hold no value in a second encoding. */
const base64Run = /[A-Za-z0-9+/_-]{24,}/g;
const hexRun = /(?:[0-9a-fA-F]{2}){16,}/g;

export class PersonalScanner {
  /** The first two bytes of every pattern, and the patterns by their first four. */
  readonly #first = new Uint8Array(0x1_0000);
  readonly #byStart = new Map<number, Pattern[]>();
  /** How many patterns there are. */
  readonly size: number;

  constructor(values: readonly PersonalValue[]) {
    let size = 0;
    for (const { what, text } of values) {
      for (const { form, bytes } of formsOf(text)) {
        const start = bytes.readUInt32LE(0);
        this.#first[start & 0xffff] = 1;
        this.#byStart.set(start, [...(this.#byStart.get(start) ?? []), { what, form, bytes }]);
        size += 1;
      }
    }
    this.size = size;
  }

  /** Everything personal in these bytes, each value and form once; `at` says where they come from. */
  scan(given: Uint8Array | string, at: string): readonly Sighting[] {
    const found = new Map<string, Sighting>();
    const bytes = typeof given === 'string' ? Buffer.from(given) : Buffer.from(given);
    this.#scan(bytes, at, found, 0);
    return [...found.values()];
  }

  #scan(bytes: Buffer, at: string, found: Map<string, Sighting>, depth: number): void {
    this.#match(bytes, at, found);
    if (depth === depthMax) return;
    const text = bytes.toString('latin1');
    // Lines that an encoding was broken into are joined.
    for (const joined of new Set([text, text.replaceAll(/(?:\\r|\\n|[\r\n\t ])+/g, '')])) {
      for (const [run] of joined.matchAll(base64Run)) {
        this.#scan(Buffer.from(run, 'base64'), `${at}, base64`, found, depth + 1);
      }
      for (const [run] of joined.matchAll(hexRun)) {
        this.#scan(Buffer.from(run, 'hex'), `${at}, hex`, found, depth + 1);
      }
    }
  }

  #match(bytes: Buffer, at: string, found: Map<string, Sighting>): void {
    const first = this.#first;
    for (let index = 0; index + 4 <= bytes.length; index += 1) {
      const two = (bytes[index] as number) | ((bytes[index + 1] as number) << 8);
      if (first[two] === 0) continue;
      for (const { what, form, bytes: wanted } of this.#byStart.get(bytes.readUInt32LE(index)) ??
        []) {
        const isThere = bytes.subarray(index, index + wanted.length).equals(wanted);
        if (isThere) found.set(`${what} ${form} ${at}`, { what, form, at });
      }
    }
  }
}

/** What is found in all that is written somewhere, and how much that was. */
export async function sightingsIn(
  scanner: PersonalScanner,
  written: AsyncIterable<Written>,
): Promise<{ readonly sightings: readonly Sighting[]; readonly count: number }> {
  const sightings: Sighting[] = [];
  let count = 0;
  for await (const { at, bytes } of written) {
    count += 1;
    sightings.push(...scanner.scan(bytes, at));
  }
  return { sightings, count };
}
