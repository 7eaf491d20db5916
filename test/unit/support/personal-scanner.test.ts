import { createHash } from 'node:crypto';
import { inspect } from 'node:util';
import { expect } from 'chai';
import { people } from '../../../gateway/stands/eds/people.ts';
import { Signers } from '../../../gateway/stands/story/signers.ts';
import { knownInstant } from '../../../chaincode/kernel/instant.ts';
import { PersonalScanner } from '../../support/personal/scanner.ts';
import { valuesOfPeople } from '../../support/personal/values.ts';

const { iin, surname } = people.pledgor;
const short = people.coOwner.surname;
const scanner = new PersonalScanner(valuesOfPeople);

/** What is named by the findings in something written. */
const named = (written: string | Uint8Array) => [
  ...new Set(scanner.scan(written, 'here').map(({ what }) => what)),
];

/** Ways in which a program might write a text. */
const ways: Record<string, (text: string) => string | Buffer> = {
  'as it is': (text) => text,
  'in UTF-16': (text) => Buffer.from(text, 'utf16le'),
  'in UTF-16, big end first': (text) => Buffer.from(text, 'utf16le').swap16(),
  'in hex': (text) => Buffer.from(text).toString('hex').toUpperCase(),
  'in base64': (text) => Buffer.from(text).toString('base64'),
  'in base64, one byte on': (text) => Buffer.from(`{${text}}`).toString('base64'),
  'in base64 for addresses, two bytes on': (text) =>
    Buffer.from(`[{${text}}]`).toString('base64url'),
  'in base64 of base64': (text) =>
    Buffer.from(`transient: ${Buffer.from(`{"a":"${text}"}`).toString('base64')}`).toString(
      'base64',
    ),
  'in an address': (text) => `/people?who=${encodeURIComponent(text)}`,
  'in JSON with escapes': (text) =>
    JSON.stringify(text).replaceAll(
      /[^\x20-\x7e]/g,
      (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
  'as Node prints bytes': (text) => Buffer.from(text).toString('hex').replaceAll(/../g, '$& '),
  'as Go prints bytes': (text) => `[${[...Buffer.from(text)].join(' ')}]`,
  'as JSON prints bytes': (text) => JSON.stringify([...Buffer.from(text)]),
  'as its bare hash': (text) => createHash('sha256').update(text).digest('hex'),
  'as its bare hash in base64': (text) => createHash('sha256').update(text).digest('base64'),
};

describe('the scanner for personal values', () => {
  for (const [way, written] of Object.entries(ways)) {
    it(`finds a number and a name ${way}`, () => {
      for (const [what, text] of [
        ['iin of pledgor', iin],
        ['surname of pledgor', surname],
        ['surname of coOwner', short],
      ] as const) {
        const bytes = Buffer.from(written(text));
        const amid = Buffer.concat([Buffer.from('… before '), bytes, Buffer.from(' after')]);
        expect(named(amid), `${what} ${way}`).to.include(what);
      }
    });
  }

  it('finds who signed in a message in base64, broken into lines too', () => {
    const at = knownInstant('2026-11-20T06:00:00.000Z');
    const manifest = {
      version: 1,
      purpose: 'confirmation',
      channel: 'kepil',
      record: crypto.randomUUID(),
      revision: 1,
      salt: 'f'.repeat(64),
    } as const;
    const { signature } = new Signers().sign('pledgor', manifest, at);
    const lines = signature.match(/.{1,64}/g) ?? [];
    for (const text of [signature, JSON.stringify({ signature }), lines.join('\n')]) {
      expect(named(text)).to.include.members(['iin of pledgor', 'surname of pledgor']);
    }
  });

  it('finds names that were written in other letters', () => {
    expect(named('Асанова Айгерім')).to.include.members([
      'surname of pledgor',
      'givenName of pledgor',
    ]);
  });

  it('finds nothing where nothing is, and says no value of what it finds', () => {
    expect(named(`такими, пакет, ${inspect(Buffer.from('nothing'))}, 991231999999`)).to.eql([]);
    const said = JSON.stringify(scanner.scan(surname, 'a log'));
    expect(said).to.contain('a log').and.to.not.contain(surname);
  });
});
