import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { utf8Of } from '../../../../chaincode/kernel/bytes.ts';
import {
  manifestBytes,
  manifestHash,
  parseManifest,
  purposes,
  type Manifest,
} from '../../../../chaincode/kernel/eds/manifest.ts';
import { refusalsOf, valueOrThrow } from '../../../../chaincode/kernel/outcome.ts';

const example: Manifest = {
  version: 1,
  purpose: 'consent',
  channel: 'kepil',
  record: 'APP-1',
  revision: 1,
  salt: 'e5'.repeat(32),
};

const page = readFileSync('docs/manifest.md', 'utf8');

describe('the manifest', () => {
  it('has the bytes and the hash that its page prints', () => {
    const [, text = ''] = /```text\n(.*)\n```/.exec(page) ?? [];
    const manifest = valueOrThrow(parseManifest(utf8Of(text)));
    expect(Buffer.from(manifestBytes(manifest)).toString()).to.equal(text);
    expect(page).to.include(`\`\`\`\n${manifestHash(manifest)}\n\`\`\``);
  });

  it('names on its page every purpose there is', () => {
    for (const purpose of purposes) expect(page).to.include(`\`${purpose}\``);
  });

  it('has one form: what is written is read back, and nothing else is', () => {
    const texts = fc.string({ unit: 'binary', minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('a', 'b', 'sumTiyn'), texts), (facts) => {
        const manifest = { ...example, facts };
        const bytes = manifestBytes(manifest);
        expect(valueOrThrow(parseManifest(bytes))).to.deep.equal(manifest);
        const spaced = utf8Of(JSON.stringify(manifest, undefined, 1));
        expect(refusalsOf(parseManifest(spaced))[0]?.code).to.equal('MANIFEST_NOT_CANONICAL');
      }),
      { numRuns: 50 },
    );
  });

  const malformed: Readonly<Record<string, string>> = {
    'no JSON': 'confirmation',
    'a list': '[]',
    'a member that is not known': JSON.stringify({ ...example, more: 1 }),
    'an unknown purpose': JSON.stringify({ ...example, purpose: 'anything' }),
    'a salt that is too short': JSON.stringify({ ...example, salt: '00' }),
    'the revision nought': JSON.stringify({ ...example, revision: 0 }),
    'a lone surrogate': JSON.stringify({ ...example, facts: { a: '\ud800' } }),
    'more than may be read': JSON.stringify({ ...example, record: 'A'.repeat(40_000) }),
  };
  for (const [name, text] of Object.entries(malformed)) {
    it(`is not ${name}`, () => {
      expect(refusalsOf(parseManifest(utf8Of(text)))[0]?.code).to.equal('MANIFEST_MALFORMED');
    });
  }
});
