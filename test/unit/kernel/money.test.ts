import { expect } from 'chai';
import fc from 'fast-check';
import { parsed } from '../../../chaincode/kernel/from-zod.ts';
import {
  amountOf,
  decimalOf,
  minorOf,
  moneyOfDecimal,
  moneySchema,
  parseAmount,
} from '../../../chaincode/kernel/money.ts';
import { valueOrThrow } from '../../../chaincode/kernel/outcome.ts';

describe('money', () => {
  it('comes back from its number and its decimal text', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 18n - 1n }), (tiyn) => {
        const amountMinor = valueOrThrow(amountOf(tiyn));
        const money = { amountMinor, currency: 'KZT' as const };
        expect(minorOf(amountMinor)).to.equal(tiyn);
        expect(moneyOfDecimal(decimalOf(money), 'KZT')).to.deep.equal({ ok: true, value: money });
        expect(parsed(moneySchema, money).ok).to.equal(true);
      }),
    );
  });

  it('is written in the main unit of its currency', () => {
    expect(decimalOf(valueOrThrow(moneyOfDecimal('15000.5', 'KZT')))).to.equal('15000.50');
    expect(decimalOf(valueOrThrow(moneyOfDecimal('0.05', 'KZT')))).to.equal('0.05');
    expect(decimalOf(valueOrThrow(moneyOfDecimal('700', 'JPY')))).to.equal('700');
  });

  it('is refused in other forms', () => {
    for (const text of ['-1', '01', '1.0', '', '1 000', '+1', '1e3']) {
      expect(parseAmount(text).ok, text).to.equal(false);
    }
    expect(parseAmount('1'.repeat(19)).ok).to.equal(false);
    expect(amountOf(-1n).ok).to.equal(false);
    for (const text of ['1.005', '.5', '1.', '1,5', '00.1']) {
      expect(moneyOfDecimal(text, 'KZT').ok, text).to.equal(false);
    }
    expect(moneyOfDecimal('1.5', 'JPY').ok).to.equal(false);
    expect(parsed(moneySchema, { amountMinor: '1', currency: 'XXX' }).ok).to.equal(false);
  });
});
