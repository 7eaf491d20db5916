import { expect } from 'chai';
import { z } from 'zod';
import { parsed, refusalsMax } from '../../../chaincode/kernel/from-zod.ts';
import { accepted, refusalsOf } from '../../../chaincode/kernel/outcome.ts';
import { refuse } from '../../../chaincode/kernel/refusals.ts';

/** The faults of an input as `CODE /field` lines. */
function faults(schema: z.ZodType, input: unknown): string[] {
  return refusalsOf(parsed(schema, input)).map(({ code, field }) => `${code} ${field}`);
}

describe('faults that zod finds', () => {
  it('give the value when there is none', () => {
    expect(parsed(z.strictObject({ a: z.int() }), { a: 1 })).to.deep.equal(accepted({ a: 1 }));
  });

  it('are all listed at once, each at its field', () => {
    const form = z.strictObject({
      name: z.string().max(3),
      count: z.int().min(2),
      kind: z.enum(['x', 'y']),
      parties: z.array(z.strictObject({ id: z.string().regex(/^\d+$/) })),
      list: z.array(z.int()).max(1),
      flag: z.boolean(),
      absent: z.literal('here'),
      part: z.strictObject({}),
      sum: z.number(),
    });
    const input = {
      name: 'long',
      count: 1.5,
      kind: 'z',
      parties: [{ id: '1' }, { id: 'a', extra: 1 }],
      list: [1, 2],
      flag: 'yes',
      part: [],
      sum: 'x',
    };
    expect(faults(form, input)).to.have.members([
      'FIELD_TOO_LONG /name',
      'FIELD_NOT_INTEGER /count',
      'FIELD_NOT_ONE_OF /kind',
      'FIELD_FORMAT /parties/1/id',
      'FIELD_UNKNOWN /parties/1/extra',
      'LIST_TOO_LONG /list',
      'FIELD_NOT_BOOLEAN /flag',
      'FIELD_REQUIRED /absent',
      'FIELD_NOT_OBJECT /part',
      'FIELD_NOT_NUMBER /sum',
    ]);
  });

  it('say which bound was passed, of texts, lists and numbers', () => {
    const form = z.strictObject({
      text: z.string().min(2),
      list: z.array(z.int()).min(1),
      least: z.int().min(5),
      most: z.int().max(5),
    });
    const outcome = parsed(form, { text: 'x', list: [], least: 4, most: 6 });
    expect(refusalsOf(outcome)).to.have.deep.members([
      refuse('FIELD_TOO_SHORT', { field: '/text', params: { minimum: '2' } }),
      refuse('LIST_TOO_SHORT', { field: '/list', params: { minimum: '1' } }),
      refuse('FIELD_TOO_SMALL', { field: '/least', params: { minimum: '5' } }),
      refuse('FIELD_TOO_LARGE', { field: '/most', params: { maximum: '5' } }),
    ]);
  });

  it('of a union are those of the member that came nearest', () => {
    const byKind = z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('a'), one: z.int() }),
      z.strictObject({ kind: z.literal('b') }),
    ]);
    expect(parsed(z.strictObject({ u: byKind }), { u: { kind: 'c' } })).to.deep.include({
      refusals: [refuse('FIELD_NOT_ONE_OF', { field: '/u/kind', params: { allowed: 'a, b' } })],
    });
    expect(faults(byKind, { kind: 'a' })).to.deep.equal(['FIELD_REQUIRED /one']);
    expect(faults(byKind, {})).to.deep.equal(['FIELD_REQUIRED /kind']);
    const plain = z.strictObject({
      u: z.union([z.strictObject({ a: z.int(), b: z.int() }), z.int()]),
    });
    expect(faults(plain, { u: 'x' })).to.have.length(1);
  });

  it('never repeat names of members that the sender made up', () => {
    const form = z.strictObject({ a: z.record(z.string().regex(/^k\d$/), z.int()) });
    expect(faults(form, { a: { '000000000000': 1 }, '000000000001': 2 })).to.deep.equal([
      'FIELD_UNKNOWN /a',
      'FIELD_UNKNOWN ',
    ]);
    expect(faults(form, { a: {}, N12345678: 1 })).to.deep.equal(['FIELD_UNKNOWN ']);
  });

  it('carry the refusal of a check of ours', () => {
    const form = z.strictObject({
      id: z.string().superRefine((_, context) => {
        const refusal = refuse('NOT_FOUND', { norm: 'RG-1' });
        context.addIssue({ code: 'custom', params: { refusal } });
      }),
    });
    expect(parsed(form, { id: 'x' })).to.deep.include({
      refusals: [refuse('NOT_FOUND', { field: '/id', norm: 'RG-1' })],
    });
  });

  it('are bounded in number, and the last says how many are left out', () => {
    const found = refusalsOf(parsed(z.array(z.int()), Array<string>(refusalsMax + 5).fill('x')));
    expect(found).to.have.length(refusalsMax);
    expect(found.at(-1)).to.deep.equal(refuse('FAULTS_NOT_SHOWN', { params: { count: '6' } }));
  });
});
