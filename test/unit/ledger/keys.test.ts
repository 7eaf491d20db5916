import { expect } from 'chai';
import { compositeKey } from '../../../chaincode/ledger/keys.ts';

describe('composite keys', () => {
  it("are Fabric's", () => {
    expect(compositeKey('decision', ['a', 'b'])).to.equal('\u0000decision\u0000a\u0000b\u0000');
  });

  it('cannot be forged by a part that holds a separator', () => {
    for (const part of ['', 'a\u0000b', '\u{10ffff}', '\ud800', 'x'.repeat(257)]) {
      expect(() => compositeKey('decision', [part])).to.throw();
    }
  });
});
