import { expect } from 'chai';
import fc from 'fast-check';
import { compareUtf8 } from '../../../../../network/local/engine/bytes.ts';

/** Well-formed texts, characters beyond U+FFFF and just below them among them. */
const text = fc.string({
  unit: fc.oneof(
    fc.constantFrom('a', '\0', '\u{10000}', '\uFFFD', '\uE000', 'ӊ'),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
  ),
});

describe('the order of texts', () => {
  it('is the order of their UTF-8 bytes', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        const expected = Buffer.compare(Buffer.from(a), Buffer.from(b));
        expect(Math.sign(compareUtf8(a, b))).to.equal(expected);
      }),
    );
  });
});
