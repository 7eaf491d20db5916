import { z } from 'zod';
import { schemaOf, type Brand } from './brand.ts';
import { accepted, refused, type Outcome } from './outcome.ts';
import { refuse } from './refusals.ts';

/**
 * Currencies that a contract's sum may be in, and how many decimals each has (ISO 4217). A bounded
 * list: a code that nobody here trades in is more often a slip than a currency.
 */
export const decimalsOfCurrency = {
  KZT: 2,
  USD: 2,
  EUR: 2,
  RUB: 2,
  CNY: 2,
  GBP: 2,
  CHF: 2,
  TRY: 2,
  AED: 2,
  KGS: 2,
  UZS: 2,
  JPY: 0,
} as const;
export type Currency = keyof typeof decimalsOfCurrency;

/**
 * An amount in a currency's smallest unit, tiyn for tenge, as a decimal text: what is stored, hashed
 * and sent. Reckoned with as `bigint`; no floating point ever touches money.
 */
export type AmountMinor = Brand<string, 'AmountMinor'>;

/** Largest amount: eighteen digits, ten times the country's yearly product in tiyn. */
const digitsMax = 18;

/** Reads an amount: whole, not negative, without zeros before it. */
export function parseAmount(text: string): Outcome<AmountMinor> {
  if (!/^(0|[1-9]\d*)$/.test(text)) return refused(refuse('AMOUNT_FORMAT'));
  if (text.length > digitsMax) {
    return refused(refuse('AMOUNT_TOO_LARGE', { params: { digits: String(digitsMax) } }));
  }
  return accepted(text as AmountMinor);
}

export const amountSchema = schemaOf(parseAmount, {
  description: 'An amount in the smallest unit of its currency (tiyn for tenge).',
  examples: ['1500000000'],
  pattern: '^(0|[1-9]\\d*)$',
  maxLength: digitsMax,
});

/** A sum of money as it stands in records and bodies. */
export const moneySchema = z.strictObject({
  amountMinor: amountSchema,
  currency: z.enum(Object.keys(decimalsOfCurrency) as [Currency, ...Currency[]]),
});
export type Money = z.infer<typeof moneySchema>;

/** The number of an amount, to reckon with. */
export function minorOf(amount: AmountMinor): bigint {
  return BigInt(amount);
}

/** The amount of a number; refused if it is negative or beyond the bound. */
export function amountOf(minor: bigint): Outcome<AmountMinor> {
  return parseAmount(String(minor));
}

/** Reads a decimal text in the currency's main unit: `15000.50` of tenge is 1500050 tiyn. */
export function moneyOfDecimal(text: string, currency: Currency): Outcome<Money> {
  const decimals = decimalsOfCurrency[currency];
  const found = /^(0|[1-9]\d*)(?:\.(\d+))?$/.exec(text);
  const [, whole = '', fraction = ''] = found ?? [];
  if (found === null || fraction.length > decimals) {
    const params = { decimals: String(decimals) };
    return refused(refuse('AMOUNT_DECIMALS', { params }));
  }
  const amount = parseAmount((whole + fraction.padEnd(decimals, '0')).replace(/^0+(?=\d)/, ''));
  return amount.ok ? accepted({ amountMinor: amount.value, currency }) : amount;
}

/** Writes money in the currency's main unit, with a point and all its decimals: `15000.50`. */
export function decimalOf({ amountMinor, currency }: Money): string {
  const decimals = decimalsOfCurrency[currency];
  if (decimals === 0) return amountMinor;
  const digits = amountMinor.padStart(decimals + 1, '0');
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
