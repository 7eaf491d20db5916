import { expect } from 'chai';
import { hexOf, utf8Of } from '../../../../chaincode/kernel/bytes.ts';
import { gost34311 } from '../../../../chaincode/kernel/eds/gost34311.ts';

/**
 * Published digests with the test parameters: the last two are the standard's own examples
 * (GOST R 34.11-94, RFC 5831 section 7), the others stand in many libraries.
 */
const published: readonly (readonly [string, string])[] = [
  ['', 'ce85b99cc46752fffee35cab9a7b0278abb4c2d2055cff685af4912c49490f8d'],
  ['abc', 'f3134348c44fb1b2a277729e2285ebb5cb5e0f29c975bc753b70497c06a4d51d'],
  ['message digest', 'ad4434ecb18f2c99b60cbe59ec3d2469582b65273f48de72db2fde16a4889a4d'],
  [
    'The quick brown fox jumps over the lazy dog',
    '77b7fa410c9ac58a25f49bca7d0468c9296529315eaca76bd1a10f376d1f4294',
  ],
  [
    'This is message, length=32 bytes',
    'b1c466d37519b82e8319819ff32595e047a28cb6f83eff1c6916a815a637fffa',
  ],
  [
    'Suppose the original message has length = 50 bytes',
    '471aba57a60a770d3a76130635c1fbea4ef14de51f78b4ae57dd893b62f55208',
  ],
];

describe('the digest GOST 34.311-95', () => {
  it('gives the published digests', () => {
    for (const [text, digest] of published) expect(hexOf(gost34311(utf8Of(text)))).to.equal(digest);
  });

  it('tells contents apart that differ by noughts at the end', () => {
    const digests = [0, 1, 31, 32, 33, 64].map((length) =>
      hexOf(gost34311(new Uint8Array(length))),
    );
    expect(new Set(digests).size).to.equal(digests.length);
  });
});
