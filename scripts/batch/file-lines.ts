/** The lines of a file as it streams in: numbered from one, none of them longer than the bound. */

/** Longest line in bytes: the longest that a schema lets pass has some six hundred. */
export const lineBytesMax = 4096;

/** A line without its line feed; undefined bytes are more than a line may have. */
export type FileLine = { readonly number: number; readonly bytes: Uint8Array | undefined };

const lineFeed = 0x0a;

/** Cuts a stream at its line feeds; of a line that is too long nothing is kept. */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<FileLine> {
  let line = new LineUnderWay(1);
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, from)) {
      line.add(chunk.subarray(from, end));
      yield line.ended();
      line = new LineUnderWay(line.number + 1);
      from = end + 1;
    }
    line.add(chunk.subarray(from));
  }
  // What stands behind the last line feed is a line only if something stands there.
  if (line.length > 0) yield line.ended();
}

/** A line of which the end has not come yet. */
class LineUnderWay {
  readonly number: number;
  length = 0;
  #parts: Uint8Array[] = [];

  constructor(number: number) {
    this.number = number;
  }

  add(part: Uint8Array): void {
    this.length += part.length;
    if (this.length > lineBytesMax) this.#parts = [];
    else if (part.length > 0) this.#parts.push(part);
  }

  ended(): FileLine {
    const isWhole = this.length <= lineBytesMax;
    return { number: this.number, bytes: isWhole ? Buffer.concat(this.#parts) : undefined };
  }
}
