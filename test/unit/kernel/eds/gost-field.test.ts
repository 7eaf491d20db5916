import { expect } from 'chai';
import fc from 'fast-check';
import { fieldOf } from '../../../../chaincode/kernel/eds/gost-field.ts';

for (const [bits, c] of [
  [512, 569],
  [256, 617],
] as const) {
  describe(`the field modulo 2^${bits} - ${c}`, () => {
    const field = fieldOf(bits, c);
    const { p } = field;
    const [a, b, d] = [field.allocate(), field.allocate(), field.allocate()];
    const edges = [0n, 1n, p - 1n, p - 2n, BigInt(c), p / 2n, 2n ** BigInt(bits - 1), allHalves()];
    const number = fc.oneof(fc.constantFrom(...edges), fc.bigInt({ min: 0n, max: p - 1n }));
    const step = fc.constantFrom('square', 'multiply', 8, -7, -6);
    const factor = fc.integer({ min: -8, max: 8 });

    it('multiplies, squares and blends as big integers do', () => {
      const property = fc.property(number, number, factor, factor, (x, y, m, n) => {
        field.write(a, x);
        field.write(b, y);
        field.multiply(d, a, b);
        expect(field.read(d)).to.equal((x * y) % p);
        field.square(d, a);
        expect(field.read(d)).to.equal((x * x) % p);
        field.blend(d, m, a, n, b);
        expect(field.read(d)).to.equal(modulo(BigInt(m) * x + BigInt(n) * y, p));
      });
      fc.assert(property, { numRuns: 500 });
    });

    it('stays right over long chains whose limbs are as large as they get', () => {
      const property = fc.property(number, fc.array(step, { maxLength: 60 }), (x, steps) => {
        let value = x;
        field.write(a, x);
        for (const step of steps) {
          if (step === 'square') field.square(a, a);
          else if (step === 'multiply') field.multiply(a, a, a);
          else field.blend(a, 8, a, Number(step), a);
          const isBlend = typeof step === 'number';
          value = modulo(isBlend ? BigInt(8 + step) * value : value * value, p);
        }
        expect(field.read(a)).to.equal(value);
      });
      fc.assert(property, { numRuns: 200 });
    });

    it('knows nought in every form that a sum can give it', () => {
      for (const x of edges) {
        field.write(a, x);
        field.blend(b, 8, a, -7, a);
        field.blend(d, 1, b, -1, a);
        expect(field.isZero(d)).to.equal(true);
        field.write(b, (p - x) % p);
        field.blend(d, 8, a, 8, b);
        expect(field.isZero(d)).to.equal(true);
        field.write(b, 1n);
        field.blend(d, 1, d, 1, b);
        expect(field.isZero(d)).to.equal(false);
      }
    });

    it('takes no value for nought whose lowest limb alone is small', () => {
      field.write(a, 2n ** 29n);
      expect(field.isZero(a)).to.equal(false);
      field.write(a, p - 2n ** 58n);
      expect(field.isZero(a)).to.equal(false);
    });

    /** The number whose limbs are all at their largest. */
    function allHalves(): bigint {
      let value = 0n;
      for (let bit = 28; bit < bits; bit += 29) value += 2n ** BigInt(bit);
      return value;
    }
  });
}

function modulo(value: bigint, modulus: bigint): bigint {
  return ((value % modulus) + modulus) % modulus;
}
