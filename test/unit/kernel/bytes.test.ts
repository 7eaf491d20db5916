import { expect } from 'chai';
import fc from 'fast-check';
import {
  base64Of,
  bytesOfBase64,
  bytesOfHex,
  hexOf,
  textOfUtf8,
  utf8Of,
} from '../../../chaincode/kernel/bytes.ts';
import { accepted } from '../../../chaincode/kernel/outcome.ts';
import { sha256Hex } from '../../../chaincode/kernel/sha256.ts';

describe('bytes', () => {
  it('come back from hex, base64 and UTF-8', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.string({ unit: 'grapheme' }), (bytes, text) => {
        expect(bytesOfHex(hexOf(bytes))).to.deep.equal(accepted(bytes));
        expect(bytesOfBase64(base64Of(bytes))).to.deep.equal(accepted(bytes));
        expect(textOfUtf8(utf8Of(text))).to.deep.equal(accepted(text));
      }),
    );
    expect(textOfUtf8(utf8Of('\ufeffа'))).to.deep.equal(accepted('\ufeffа'));
  });

  it('have one text each', () => {
    for (const text of ['A0', 'abc', '0x12', 'zz'])
      expect(bytesOfHex(text).ok, text).to.equal(false);
    for (const text of ['AA', 'AA=', 'AB==', 'AA==\n', 'A A=', '-_8=']) {
      expect(bytesOfBase64(text).ok, text).to.equal(false);
    }
    expect(textOfUtf8(Uint8Array.of(0xc3, 0x28)).ok).to.equal(false);
    expect(() => utf8Of('\ud800')).to.throw();
  });

  it('are hashed with SHA-256 (FIPS 180-4)', () => {
    expect(sha256Hex('abc')).to.equal(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
    expect(sha256Hex(utf8Of('кепіл'))).to.equal(sha256Hex('кепіл'));
  });
});
