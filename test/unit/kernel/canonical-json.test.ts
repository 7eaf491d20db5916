import { expect } from 'chai';
import fc from 'fast-check';
import { canonicalJson, type Json } from '../../../chaincode/kernel/canonical-json.ts';

describe('canonical JSON', () => {
  it('sorts members by code unit and leaves out absent ones', () => {
    expect(canonicalJson({ ж: 1, b: undefined, a: [true, null, 'x'] })).to.equal(
      '{"a":[true,null,"x"],"ж":1}',
    );
  });

  it('refuses what would read differently elsewhere', () => {
    for (const value of [0.1, Number.NaN, 2 ** 53, '\ud800']) {
      expect(() => canonicalJson(value)).to.throw();
    }
  });

  it('refuses a value nested without bound', () => {
    let value: Json = 1;
    for (let depth = 0; depth < 40; depth += 1) value = [value];
    expect(() => canonicalJson(value)).to.throw('deeper than 32');
  });

  it('gives the same text whatever the order of the members', () => {
    const members = fc.dictionary(fc.string({ unit: 'grapheme' }), fc.integer());
    fc.assert(
      fc.property(members, (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalJson(reversed)).to.equal(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).to.deep.equal({ ...value });
      }),
    );
  });
});
