import { expect } from 'chai';
import fc from 'fast-check';
import { documentHashOf } from '../../../chaincode/kernel/document-hash.ts';
import { encumbranceKinds } from '../../../chaincode/kernel/encumbrances.ts';
import { knownInstant } from '../../../chaincode/kernel/instant.ts';
import type { Outcome } from '../../../chaincode/kernel/outcome.ts';
import { reportedCheck } from '../../../chaincode/pledges/application.ts';
import { judged, unmet } from '../../../chaincode/pledges/check-rules.ts';
import { cadastralNumberSchema } from '../../../chaincode/kernel/cadastral-number.ts';
import { property } from './builders.ts';

const at = knownInstant('2026-03-10T06:00:00.000Z');
const common = { evidence: documentHashOf('sheet'), at };
const other = cadastralNumberSchema.parse('20:315:033:105:1:8');
const codesOf = (outcome: Outcome<unknown>) =>
  outcome.ok ? [] : outcome.refusals.map(({ code }) => code);

const reported = (...codes: readonly string[]) =>
  judged(
    { targets: [{ property }] },
    {
      check: 'NO_EXCLUDING_ENCUMBRANCE',
      source: 'EGKN',
      encumbrances: [{ property, codes: [...codes] }],
      ...common,
    },
  );

describe('what EGKN reports of encumbrances (PL-10)', () => {
  for (const { code, name, meaning } of encumbranceKinds) {
    const excludes = meaning === 'BLOCKS';
    it(`${excludes ? 'excludes' : 'does not exclude'} a registration by ${code} (${name})`, () => {
      const check = reported('5010', code);
      if (!check.ok) throw new Error('refused');
      expect(check.value.isMet).to.equal(!excludes);
      expect(unmet(check.value)[0]?.params).to.eql(
        excludes ? { property, code, name } : { name: 'NO_EXCLUDING_ENCUMBRANCE' },
      );
    });
  }

  it('leaves a code that the dictionary lacks to the officer', () => {
    const known = encumbranceKinds.map(({ code }) => code);
    const code = fc.stringMatching(/^\d{4}$/).filter((text) => !known.includes(text));
    fc.assert(fc.property(code, (unknown) => reported(unknown).ok));
  });

  it('has to be reported of every property of the application', () => {
    const check = judged(
      { targets: [{ property }, { property: other }] },
      {
        check: 'NO_EXCLUDING_ENCUMBRANCE',
        source: 'EGKN',
        encumbrances: [{ property, codes: [] }],
        ...common,
      },
    );
    expect(codesOf(check)).to.eql(['ENCUMBRANCES_NOT_REPORTED']);
  });

  it('is no matter of the sender: nobody may send whether the check is met', () => {
    const claim = { check: 'NO_EXCLUDING_ENCUMBRANCE', source: 'EGKN', isMet: true, ...common };
    expect(reportedCheck.safeParse(claim).success).to.equal(false);
    const both = { ...claim, encumbrances: [{ property, codes: ['7010'] }] };
    expect(reportedCheck.safeParse(both).success).to.equal(false);
    const others = { ...claim, check: 'PAYMENT' };
    expect(reportedCheck.safeParse(others).success).to.equal(true);
  });
});
