import { expect } from 'chai';
import { knownDate } from '../../../chaincode/kernel/civil-date.ts';
import { binSchema } from '../../../chaincode/kernel/bin.ts';
import { documentHashOf } from '../../../chaincode/kernel/document-hash.ts';
import { refusalsOf } from '../../../chaincode/kernel/outcome.ts';
import { personHash } from '../../../chaincode/kernel/person-hash.ts';
import * as rules from '../../../chaincode/organisations/heads/rules.ts';
import type { Head } from '../../../chaincode/organisations/heads/schema.ts';
import { people } from '../../../gateway/stands/eds/people.ts';

const proof = { number: '1', date: knownDate('2026-01-05'), hash: documentHashOf('act') };
const head: Head = {
  bin: binSchema.parse(people.alphaHead.bin),
  person: personHash('0'.repeat(64), people.alphaHead.iin),
  from: knownDate('2026-01-05'),
  appointment: proof,
};
const until = (day: string) => ({ until: knownDate(day), dismissal: proof });
const codes = (...of: Parameters<typeof refusalsOf>) => refusalsOf(...of).map(({ code }) => code);

describe("the term of an organisation's head (OR-1)", () => {
  it('counts from its first day to its last, both included', () => {
    const term = { ...head, ...until('2026-03-10') };
    for (const [day, isIn] of [
      ['2026-01-04', false],
      ['2026-01-05', true],
      ['2026-03-10', true],
      ['2026-03-11', false],
    ] as const) {
      const said = codes(rules.inForce(term, knownDate(day)));
      expect(said, day).to.eql(isIn ? [] : ['HEAD_NOT_IN_FORCE']);
    }
    expect(rules.inForce(head, knownDate('2099-12-31')).ok).to.equal(true);
  });

  it('does not end before it begins where it is stated', () => {
    expect(codes(rules.named({ ...head, ...until('2026-01-04') }))).to.eql(['HEAD_TERM_REVERSED']);
    expect(rules.named({ ...head, ...until('2026-01-05') }).ok).to.equal(true);
  });

  it('shrinks and never grows', () => {
    const term = { ...head, ...until('2026-03-10') };
    expect(codes(rules.ended(term, until('2026-03-10')))).to.eql(['HEAD_ENDED_ALREADY']);
    expect(codes(rules.ended(term, until('2027-01-01')))).to.eql(['HEAD_ENDED_ALREADY']);
    const shorter = rules.ended(term, until('2026-03-09'));
    expect(shorter.ok && shorter.value.until).to.equal('2026-03-09');
    const open = rules.ended(head, until('2026-03-09'));
    expect(open.ok && open.value.from).to.equal(head.from);
  });

  it('is never in force where it was ended before its first day, as after an error', () => {
    const mistaken = rules.ended(head, until('2026-01-04'));
    expect(mistaken.ok && codes(rules.inForce(mistaken.value, head.from))).to.eql([
      'HEAD_NOT_IN_FORCE',
    ]);
  });
});
