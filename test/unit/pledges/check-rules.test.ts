import { expect } from 'chai';
import fc from 'fast-check';
import { documentHashOf } from '../../../chaincode/kernel/document-hash.ts';
import { encumbranceKinds } from '../../../chaincode/kernel/encumbrances.ts';
import { knownInstant, msPerMinute, plusMs } from '../../../chaincode/kernel/instant.ts';
import type { Outcome } from '../../../chaincode/kernel/outcome.ts';
import {
  type Application,
  type Check,
  checkName,
  checksToRegister,
  checkSource,
  type ReportedCheck,
  reportedCheck,
} from '../../../chaincode/pledges/application.ts';
import {
  judged,
  reportFaults,
  unmet,
  unmetChecks,
} from '../../../chaincode/pledges/check-rules.ts';
import { cadastralNumberSchema } from '../../../chaincode/kernel/cadastral-number.ts';
import { neededSources, sourcesOf } from '../../../chaincode/pledges/check-sources.ts';
import { acceptanceAt, property } from './builders.ts';

const at = knownInstant('2026-03-10T06:00:00.000Z');
const common = { evidence: documentHashOf('sheet'), at };
const later = (minutes: number) => plusMs(at, minutes * msPerMinute);
const other = cadastralNumberSchema.parse('20:315:033:105:1:8');
const codesOf = (outcome: Outcome<unknown>) =>
  outcome.ok ? [] : outcome.refusals.map(({ code }) => code);

/** What a check of these properties is judged by. */
const about = (...properties: readonly (typeof property)[]) => ({
  kind: 'PLEDGE' as const,
  targets: properties.map((each) => ({ property: each })),
  participants: [],
  contract: documentHashOf('contract'),
});

const reported = (...codes: readonly string[]) =>
  judged(about(property), {
    check: 'NO_EXCLUDING_ENCUMBRANCE',
    source: 'EGKN',
    encumbrances: [{ property, codes: [...codes] }],
    ...common,
  });

describe('what EGKN reports of encumbrances (PL-10)', () => {
  for (const { code, name, meaning } of encumbranceKinds) {
    const excludes = meaning === 'BLOCKS';
    it(`${excludes ? 'excludes' : 'does not exclude'} a registration by ${code} (${name})`, () => {
      const check = reported('5010', code);
      if (!check.ok) throw new Error('refused');
      expect(check.value.isMet).to.equal(!excludes);
      expect(unmet(about(property), check.value)[0]?.params).to.eql(
        excludes ? { property, code, name } : { name: 'NO_EXCLUDING_ENCUMBRANCE', source: 'EGKN' },
      );
    });
  }

  it('leaves a code that the dictionary lacks to the officer', () => {
    const known = encumbranceKinds.map(({ code }) => code);
    const code = fc.stringMatching(/^\d{4}$/).filter((text) => !known.includes(text));
    fc.assert(fc.property(code, (unknown) => reported(unknown).ok));
  });

  it('has to be reported of every property of the application', () => {
    const check = judged(about(property, other), {
      check: 'NO_EXCLUDING_ENCUMBRANCE',
      source: 'EGKN',
      encumbrances: [{ property, codes: [] }],
      ...common,
    });
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

const company = { number: 1, role: 'PLEDGEE', natural: false, signs: true } as const;
const owner = { number: 2, role: 'PLEDGOR', natural: true, signs: true } as const;
const acceptance = acceptanceAt(0, 1);
const between = (kind: Application['kind'], participants: Application['participants']) => {
  const answers = checksToRegister.flatMap((check) =>
    neededSources({ kind, participants }, check).map((source): Check => ({
      check,
      source,
      isMet: true,
      ...common,
    })),
  );
  const asked = { kind, participants, acceptance, targets: [{ property }], decisions: [] };
  return { asked: asked as unknown as Application, answers };
};
const codes = (refusals: readonly { readonly code: string }[]) => refusals.map(({ code }) => code);

describe('who answers a check (PL-10; 000 alg. 11-12)', () => {
  const { asked, answers } = between('PLEDGE', [company, owner]);
  const unmetWith = (...checks: readonly Check[]) =>
    unmetChecks({ ...asked, checks: [...checks] }, {}).map(({ params }) => params);
  const numbersBy = (source: Check['source'], isMet: boolean): Check => {
    return { check: 'PERSON_NUMBERS', source, isMet, ...common };
  };

  it('is a source that gives it, and no other', () => {
    const givers = {
      MARRIAGE: ['ZAGS'],
      PERSON_NUMBERS: ['GBD_FL', 'GBD_UL'],
      NOT_IN_TERRORISM_LIST: ['FT_LIST'],
    } as Readonly<Record<string, readonly string[]>>;
    for (const check of checkName.exclude(['NO_EXCLUDING_ENCUMBRANCE']).options) {
      for (const source of checkSource.options) {
        const reported = { check, source, isMet: true, ...common } as ReportedCheck;
        const isGiver = (givers[check] ?? ['EGKN']).includes(source);
        expect(codes(reportFaults(asked, reported, at)), `${check} ${source}`).to.eql(
          isGiver ? [] : ['CHECK_OF_ANOTHER_SOURCE'],
        );
      }
    }
  });

  it('is for a termination EGKN, which knows the registered pledge (TR-2)', () => {
    expect(sourcesOf({ kind: 'TERMINATION' }, 'PERSON_NUMBERS')).to.eql(['EGKN']);
  });

  it('is each database that knows a participant: neither answers for the other', () => {
    expect(unmetWith(...answers)).to.eql([]);
    for (const missing of answers) {
      const { check: name, source } = missing;
      expect(unmetWith(...answers.filter((each) => each !== missing))).to.eql([{ name, source }]);
    }
  });

  it('is nobody where there is no natural person to ask about', () => {
    const among = between('PLEDGE', [company]);
    const sources = among.answers.map(({ source }) => source);
    expect(sources).to.include('GBD_UL').and.not.to.include.members(['GBD_FL']);
    expect(sources).not.to.include('ZAGS');
    expect(unmetChecks({ ...among.asked, checks: among.answers }, {})).to.eql([]);
  });

  it("keeps a negative answer until the same source's later one", () => {
    const negative = { name: 'PERSON_NUMBERS', source: 'GBD_FL' };
    const refused = { ...numbersBy('GBD_FL', false), at: later(1) };
    const met = (minutes: number) => ({ ...numbersBy('GBD_FL', true), at: later(minutes) });
    expect(unmetWith(...answers, refused, numbersBy('GBD_UL', true))).to.eql([negative]);
    expect(unmetWith(...answers, refused, met(2))).to.eql([]);
    const none = between('PLEDGE', [company]);
    const all = [...none.answers, refused];
    expect(unmetChecks({ ...none.asked, checks: all }, {})).to.have.length(1);
  });

  it('is the latest by its time, in whatever order answers came, and the worse of one time', () => {
    const negative = { name: 'PERSON_NUMBERS', source: 'GBD_FL' };
    const refused = { ...numbersBy('GBD_FL', false), at: later(1) };
    const met = (minutes: number) => ({ ...numbersBy('GBD_FL', true), at: later(minutes) });
    expect(unmetWith(refused, ...answers)).to.eql([negative]);
    expect(unmetWith(...answers, refused, met(0))).to.eql([negative]);
    expect(unmetWith(met(2), ...answers, refused)).to.eql([]);
    for (const both of [
      [refused, met(1)],
      [met(1), refused],
    ] as const) {
      expect(unmetWith(...answers, ...both)).to.eql([negative]);
    }
  });
});

describe('what was checked before a resumption (PL-10, PL-13)', () => {
  const { asked, answers } = between('PLEDGE', [company, owner]);
  const resumedAt = later(5);
  const decisions = [
    { decision: 'SUSPEND', decidedAt: later(1) },
    { decision: 'RESUME', decidedAt: resumedAt },
  ] as unknown as Application['decisions'];
  const faultsOf = (...checks: readonly Check[]) =>
    unmetChecks({ ...asked, decisions, checks: [...checks] }, {});
  const renewed = [
    'RIGHTS_AND_CHARACTERISTICS',
    'NO_EXCLUDING_ENCUMBRANCE',
    'NOT_IN_TERRORISM_LIST',
  ];

  it('counts no longer of encumbrances, rights and the list of terrorists', () => {
    const faults = faultsOf(...answers);
    expect(new Set(codes(faults))).to.eql(new Set(['CHECK_OUTDATED']));
    expect(faults.map(({ params }) => params?.['name'])).to.eql(renewed);
    const anew = answers.map((answer) => ({ ...answer, at: resumedAt }));
    expect(faultsOf(...answers, ...anew)).to.eql([]);
    expect(faultsOf(...answers, ...anew.filter(({ check }) => renewed.includes(check)))).to.eql([]);
  });

  it('is not hidden by a late report of an answer from before it', () => {
    const anew = answers.map((answer) => ({ ...answer, isMet: false, at: resumedAt }));
    const retried = answers.map((answer) => ({ ...answer, at: later(4) }));
    const faults = codes(faultsOf(...anew, ...retried));
    expect(faults).to.have.length(answers.length).and.not.to.include('CHECK_OUTDATED');
  });

  it('counts for a termination by what EGKN says of the registered pledge', () => {
    const ending = between('TERMINATION', [company]);
    const rights: Check = {
      check: 'RIGHTS_AND_CHARACTERISTICS',
      source: 'EGKN',
      isMet: true,
      ...common,
    };
    const faults = unmetChecks({ ...ending.asked, decisions, checks: [rights] }, {});
    expect(codes(faults)).to.include('CHECK_OUTDATED');
  });
});

describe('when a check is made (PL-10)', () => {
  const { asked } = between('PLEDGE', [company]);
  const faultsAt = (instant: string) => {
    const made = { check: 'PAYMENT' as const, source: 'EGKN' as const, isMet: true, ...common };
    return codes(reportFaults(asked, { ...made, at: knownInstant(instant) }, at));
  };

  it('is from the minute at which EGKN took the application', () => {
    expect(faultsAt('1970-01-01T00:00:00.000Z')).to.eql(['CHECK_BEFORE_ACCEPTANCE']);
    expect(faultsAt('2026-03-10T05:59:59.999Z')).to.eql(['CHECK_BEFORE_ACCEPTANCE']);
    expect(faultsAt('2026-03-10T06:00:00.000Z')).to.eql([]);
  });

  it('is not still to come', () => {
    expect(faultsAt('2026-03-10T06:15:00.000Z')).to.eql([]);
    expect(faultsAt('2026-03-10T06:15:00.001Z')).to.eql(['TIME_AHEAD']);
  });
});

describe('encumbrances that are for an officer (PL-10)', () => {
  const { asked, answers } = between('PLEDGE', [company, owner]);
  const lawsuit = '6010';
  const bankruptcy = '3910';
  const unknown = '9999';
  const refusedOf = (
    codesOfHome: string[],
    considered?: Application['decisions'][0]['considered'],
  ) => {
    const encumbrances = [{ property, codes: codesOfHome }];
    const report: Check = {
      check: 'NO_EXCLUDING_ENCUMBRANCE',
      source: 'EGKN',
      isMet: true,
      encumbrances,
      ...common,
    };
    return unmetChecks({ ...asked, checks: [...answers, report] }, { considered });
  };

  it('stand against the registration until the decision names them', () => {
    const all = [lawsuit, bankruptcy, unknown];
    const refusals = refusedOf(['5010', ...all]);
    expect([...new Set(codes(refusals))]).to.eql(['ENCUMBRANCE_NOT_CONSIDERED']);
    expect(refusals.map(({ params }) => params?.['code'])).to.eql(all);
    expect(refusedOf(all, [{ property, codes: all }])).to.eql([]);
    expect(refusedOf(['5010', '3010'])).to.eql([]);
  });

  it('are named one by one, and for each property', () => {
    const partly = refusedOf([lawsuit, unknown], [{ property, codes: [lawsuit] }]);
    expect(partly.map(({ params }) => params?.['code'])).to.eql([unknown]);
    const elsewhere = [{ property: other, codes: [lawsuit] }];
    expect(codes(refusedOf([lawsuit], elsewhere))).to.eql(['ENCUMBRANCE_NOT_CONSIDERED']);
  });
});
