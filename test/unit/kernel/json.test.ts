import { expect } from 'chai';
import fc from 'fast-check';
import { z } from 'zod';
import { canonicalJson, type Json } from '../../../chaincode/kernel/canonical-json.ts';
import { parsedJson, parseJson } from '../../../chaincode/kernel/json.ts';
import { accepted } from '../../../chaincode/kernel/outcome.ts';

function codeOf(text: string, maximumBytes = 1000): string {
  const outcome = parseJson(text, { maximumBytes });
  return outcome.ok ? 'accepted' : outcome.refusals[0].code;
}

describe('JSON read strictly', () => {
  it('gives what canonical JSON wrote', () => {
    const { json } = fc.letrec<{ json: Json }>((tie) => ({
      json: fc.oneof(
        { maxDepth: 4 },
        fc.constant(null),
        fc.boolean(),
        fc.maxSafeInteger().map((number) => (number === 0 ? 0 : number)),
        fc.string({ unit: 'grapheme' }),
        fc.array(tie('json'), { maxLength: 4 }),
        fc.dictionary(fc.string({ unit: 'grapheme' }), tie('json'), {
          maxKeys: 4,
          noNullPrototype: true,
        }),
      ),
    }));
    fc.assert(
      fc.property(json, (value) => {
        const text = canonicalJson(value);
        if (text.includes('"__proto__":')) return;
        const outcome = parseJson(text, { maximumBytes: 100_000 });
        expect(canonicalJson(outcome.ok ? outcome.value : 'refused')).to.equal(text);
      }),
    );
  });

  it('refuses a name that stands twice, however it is written', () => {
    expect(codeOf('{"a":1,"b":{"a":2}}')).to.equal('accepted');
    expect(codeOf('[{"a":1},{"a":2}]')).to.equal('accepted');
    expect(codeOf('{"a":1,"a":2}')).to.equal('BODY_NAME_TWICE');
    expect(codeOf('{"a":{"x":[{}]},"\\u0061":2}')).to.equal('BODY_NAME_TWICE');
    expect(codeOf(`{"a":1,"a"${' '.repeat(100)}:2}`)).to.equal('BODY_NAME_TWICE');
    expect(codeOf('{"a":"a","b":"a"}')).to.equal('accepted');
  });

  it('refuses exactly the objects whose names are not distinct', () => {
    const written = fc.constantFrom('a', 'b', '\\u0061', '\\u0062', 'a b', '\\"');
    const entry = fc.tuple(written, fc.nat(3), fc.constantFrom('1', '"a"', '{"a":1}', '["a"]'));
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 4 }), (entries) => {
        const members = entries.map(([name, gap, value]) => `"${name}"${' '.repeat(gap)}:${value}`);
        const text = `{${members.join(',')}}`;
        const names = Object.keys(JSON.parse(text) as object);
        expect(codeOf(text)).to.equal(
          names.length === entries.length ? 'accepted' : 'BODY_NAME_TWICE',
        );
      }),
    );
  });

  it('refuses numbers that canonical JSON cannot write', () => {
    for (const text of ['1.5', '1e3', '9007199254740992', '-0', '[1,0.1]']) {
      expect(codeOf(text), text).to.equal('BODY_NUMBER_NOT_WHOLE');
    }
    expect(codeOf('{"a":"1.5","b":-7}')).to.equal('accepted');
  });

  it('refuses what is too large, too deep or no JSON', () => {
    expect(codeOf('"ж"', 3)).to.equal('BODY_TOO_LARGE');
    expect(codeOf('['.repeat(32) + ']'.repeat(32))).to.equal('accepted');
    expect(codeOf('['.repeat(33) + ']'.repeat(33))).to.equal('BODY_TOO_DEEP');
    expect(codeOf('['.repeat(900_000), 1_000_000)).to.equal('BODY_TOO_DEEP');
    for (const text of [
      '',
      '{',
      '"',
      '"\\',
      '{"a"}',
      '[1,]',
      'nul',
      '"\\ud800"',
      '"\ud800"',
      '}{',
    ]) {
      expect(codeOf(text), text).to.equal('BODY_NOT_JSON');
    }
    expect(codeOf('{"__proto__":{"a":1}}')).to.equal('BODY_NOT_JSON');
  });

  it('is parsed with a schema', () => {
    const schema = z.strictObject({ a: z.int() });
    expect(parsedJson(schema, '{"a":1}', { maximumBytes: 9 })).to.deep.equal(accepted({ a: 1 }));
    expect(parsedJson(schema, '{}', { maximumBytes: 9 }).ok).to.equal(false);
  });
});
