import { expect } from 'chai';
import { type FileLine, lineBytesMax, linesOf } from '../../../../scripts/batch/file-lines.ts';

async function* streamOf(...chunks: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield await Promise.resolve(Buffer.from(chunk));
}

async function read(...chunks: readonly string[]): Promise<readonly (string | undefined)[]> {
  const lines: FileLine[] = [];
  for await (const line of linesOf(streamOf(...chunks))) lines.push(line);
  expect(lines.map(({ number }) => number)).to.eql(lines.map((_, index) => index + 1));
  return lines.map(({ bytes }) => bytes && Buffer.from(bytes).toString('utf8'));
}

describe('the lines of a file', () => {
  it('are cut at line feeds, wherever the chunks of the stream end', async () => {
    expect(await read('on', 'e\nt', '', 'wo\n', '\nfour')).to.eql(['one', 'two', '', 'four']);
  });

  it('end with the last line feed, or without one', async () => {
    expect(await read('one\n')).to.eql(['one']);
    expect(await read('one')).to.eql(['one']);
    expect(await read('')).to.eql([]);
  });

  it('keep nothing of one that is too long, and go on behind it', async () => {
    const long = 'x'.repeat(lineBytesMax);
    expect(await read(`${long}\n${long}`, 'x\nshort\n')).to.eql([long, undefined, 'short']);
  });
});
