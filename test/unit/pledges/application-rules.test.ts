import { expect } from 'chai';
import { knownDate } from '../../../chaincode/kernel/civil-date.ts';
import { documentHashOf } from '../../../chaincode/kernel/document-hash.ts';
import {
  type Instant,
  knownInstant,
  msPerMinute,
  plusMs,
} from '../../../chaincode/kernel/instant.ts';
import { accepted, type Outcome, refusalsOf, refused } from '../../../chaincode/kernel/outcome.ts';
import {
  type Application,
  type CheckName,
  checksToRegister,
  type OfficerDecision,
  type ReportedCheck,
} from '../../../chaincode/pledges/application.ts';
import { neededSources } from '../../../chaincode/pledges/check-sources.ts';
import * as rules from '../../../chaincode/pledges/application-rules.ts';
import {
  participantsOfTermination,
  requiredParticipants,
} from '../../../chaincode/pledges/participants.ts';
import { filedAt } from '../../../chaincode/pledges/time-rules.ts';
import { dropped, takenBack } from '../../../chaincode/pledges/withdrawing/withdrawal-rules.ts';
import { iinSchemaOf } from '../../../chaincode/kernel/iin.ts';
import { foundingEditions } from '../../../chaincode/regimes/founding.ts';
import { acceptanceAt, applicationNumber, banks, property } from './builders.ts';

const at = knownInstant('2026-03-10T06:00:00.000Z');
const due = { lastDay: knownDate('2026-03-11'), until: knownInstant('2026-03-11T18:59:59.999Z') };
const manifest = documentHashOf('manifest');
const payment = { evidence: documentHashOf('receipt'), confirmedAt: at };
const [draft] = foundingEditions;
if (draft === undefined) throw new Error('no founding edition');
const edition = { ...draft, extensions: [] };

const pledgor = documentHashOf('pledgor');
const spouse = documentHashOf('spouse');

const prepared: Application = {
  id: applicationNumber(1),
  kind: 'PLEDGE',
  platform: banks[0]!,
  pledgee: banks[0]!,
  consentToRepledge: false,
  targets: [{ property }],
  revision: 1,
  dossier: documentHashOf('dossier'),
  titleDocument: documentHashOf('title'),
  contract: documentHashOf('title'),
  participants: [
    { number: 1, role: 'PLEDGEE', natural: false, signs: true, bin: banks[0]! },
    { number: 2, role: 'PLEDGOR', natural: true, signs: true, person: pledgor },
    { number: 3, role: 'SPOUSE', natural: true, signs: true, person: spouse },
  ],
  confirmations: [],
  checks: [],
  decisions: [],
  state: 'PREPARED',
};

const confirmations = prepared.participants.map(({ number }) => ({
  participant: number,
  manifest,
  cms: documentHashOf(`cms ${number}`),
  signedAt: at,
}));
const consents = [2, 3].map((participant) => ({
  participant,
  attempt: 1,
  isUsable: true,
  isSpent: false,
}));
const filing = {
  edition: accepted(edition),
  confirmations: confirmations.map(accepted),
  consents,
  payment,
  unused: accepted(null),
  at,
  now: at,
};

const valueOf = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(outcome.refusals.map(({ code }) => code).join(', '));
  return outcome.value;
};
const codesOf = (outcome: Outcome<unknown>) =>
  outcome.ok ? [] : outcome.refusals.map(({ code }) => code);

const filed = () => valueOf(rules.filed(prepared, filing));
const taking = { acceptance: acceptanceAt(1, 1), paymentReachedAt: at, due, now: at };
const taken = () => valueOf(rules.acceptedByEgkn(filed(), taking));
/** As soon as EGKN has taken it. */
const checkedAt = plusMs(at, msPerMinute);
/** So many minutes after the acceptance. */
const after = (minutes: number) => plusMs(at, (minutes + 1) * msPerMinute);
const decision = (
  name: OfficerDecision['decision'],
  changes: Partial<OfficerDecision> = {},
): OfficerDecision => ({
  decision: name,
  grounds: [],
  reasons: documentHashOf('reasons'),
  decidedAt: after(0),
  cms: documentHashOf(`signed ${name}`),
  mandate: 'm',
  ...changes,
});

/** Whom a register names: who owns, and who is married to an owner. */
function namedBy(check: CheckName) {
  if (check === 'RIGHTS_AND_CHARACTERISTICS') return { people: [{ person: pledgor }] };
  return check === 'MARRIAGE' ? { people: [{ person: pledgor }, { person: spouse }] } : {};
}

/** The accepted application with these checks, all met but the ones named. */
function withChecks(names: readonly CheckName[], unmet: readonly CheckName[] = []): Application {
  return checkedAnew(taken(), checkedAt, names, unmet);
}

/** An application with these checks of a time, all met but the ones named. */
function checkedAnew(
  application: Application,
  made: Instant,
  names: readonly CheckName[] = checksToRegister,
  unmet: readonly CheckName[] = [],
): Application {
  const reported = names.flatMap((check): ReportedCheck[] => {
    const common = { evidence: documentHashOf(check), at: made };
    if (check === 'NO_EXCLUDING_ENCUMBRANCE') {
      return [{ check, source: 'EGKN', encumbrances: [{ property, codes: [] }], ...common }];
    }
    const isMet = !unmet.includes(check);
    return neededSources(prepared, check).map((source) => {
      const answer = { check, source, isMet, ...common, ...namedBy(check) };
      return answer as ReportedCheck;
    });
  });
  return valueOf(rules.checked(application, reported, made));
}

describe('filing an application', () => {
  it('records the edition that it is filed under (RG-1)', () => {
    expect(filed()).to.include({ state: 'FILED', edition: 'pilot-2025' });
  });

  it('lists every missing signature and consent at once (PL-3, PL-6, CN-1)', () => {
    const [pledgee, pledgor] = confirmations;
    const outcome = rules.filed(prepared, {
      ...filing,
      confirmations: [pledgee!, pledgor!].map(accepted),
      consents: [{ participant: 2, attempt: 1, isUsable: false, isSpent: false }],
    });
    expect(codesOf(outcome)).to.eql([
      'CONSENT_NOT_USABLE',
      'CONFIRMATION_MISSING',
      'CONSENT_MISSING',
    ]);
  });

  it('lists the faults of every stage at once: regime, payment, verdicts, people (PL-3)', () => {
    const outcome = rules.filed(prepared, {
      ...filing,
      edition: refused({ code: 'REGIME_UNKNOWN' }),
      payment: { ...payment, confirmedAt: after(15) },
      confirmations: [...filing.confirmations.slice(1), refused({ code: 'VERDICT_NOT_GIVEN' })],
      consents: consents.slice(1),
    });
    expect(codesOf(outcome)).to.eql([
      'REGIME_UNKNOWN',
      'TIME_AHEAD',
      'VERDICT_NOT_GIVEN',
      'CONFIRMATION_MISSING',
      'CONSENT_MISSING',
    ]);
  });

  it('takes no payment that is still to come, but for a clock that is ahead (PL-9)', () => {
    const paid = (confirmedAt: Instant) =>
      codesOf(rules.filed(prepared, { ...filing, payment: { ...payment, confirmedAt } }));
    expect(paid(plusMs(at, 15 * msPerMinute))).to.eql([]);
    expect(paid(plusMs(at, 15 * msPerMinute + 1))).to.eql(['TIME_AHEAD']);
  });

  it('happens when it is paid and the last one has signed, whatever is stated (RG-2)', () => {
    const signed = [{ signedAt: after(1) }, { signedAt: after(3) }];
    expect(filedAt(signed, { confirmedAt: at })).to.equal(after(3));
    expect(filedAt(signed, { confirmedAt: after(4) })).to.equal(after(4));
  });

  it('does not take signatures over another revision (PL-7)', () => {
    const before = documentHashOf('before');
    const [first, ...others] = confirmations;
    const stale = [first!, ...others.map((each) => ({ ...each, manifest: before }))].map(accepted);
    expect(codesOf(rules.filed(prepared, { ...filing, confirmations: stale }))).to.eql([
      'CONFIRMATION_OF_ANOTHER_REVISION',
      'CONFIRMATION_OF_ANOTHER_REVISION',
    ]);
  });

  it('keeps what was checked on the platform, each with its evidence (PL-7)', () => {
    const { dossier, titleDocument } = prepared;
    const met = { source: 'PLATFORM' as const, isMet: true, at };
    expect(filed().checks).to.eql([
      { check: 'FORM_COMPLETE', evidence: dossier, ...met },
      { check: 'DOCUMENTS_ATTACHED', evidence: titleDocument, ...met },
      { check: 'SIGNATURES', evidence: manifest, ...met },
      { check: 'PAYMENT', evidence: payment.evidence, ...met },
    ]);
  });

  it('takes the payment by the document that everyone signed, where there is one (TR-1)', () => {
    const paidBy = (paymentDocument: typeof manifest) =>
      codesOf(rules.filed({ ...prepared, paymentDocument }, filing));
    expect(paidBy(payment.evidence)).to.eql([]);
    expect(paidBy(documentHashOf('another receipt'))).to.eql(['PAYMENT_DOCUMENT_DIFFERS']);
  });

  it('asks for new signatures after a change of the dossier', () => {
    const { dossier, titleDocument, participants } = prepared;
    const changed = valueOf(rules.revised(prepared, { dossier, titleDocument, participants }));
    expect(changed).to.deep.include({ revision: 2, confirmations: [] });
    expect(codesOf(rules.revised(filed(), prepared))).to.eql(['APPLICATION_STEP_OUT_OF_TURN']);
  });
});

describe('deciding on an application', () => {
  const article27 = { article: '27' as const, code: 'COURT_RULING' };
  const article31 = { article: '31' as const, code: 'WRONG_APPLICANT' };

  it('registers when every check is met, and no sooner (PL-11)', () => {
    const done = rules.decided(withChecks(checksToRegister), decision('REGISTER'));
    expect(valueOf(done)).to.include({ state: 'REGISTERED', isLate: false });
    const unmet = withChecks(checksToRegister, ['NOT_IN_TERRORISM_LIST']);
    expect(codesOf(rules.decided(unmet, decision('REGISTER')))).to.eql(['CHECK_NOT_MET']);
    // The numbers of persons and of legal entities stand in two databases.
    expect(codesOf(rules.decided(taken(), decision('REGISTER')))).to.have.length(
      checksToRegister.length + 1,
    );
  });

  it('records lateness (PL-12)', () => {
    const late = decision('REGISTER', { decidedAt: knownInstant('2026-03-11T19:00:00.000Z') });
    expect(valueOf(rules.decided(withChecks(checksToRegister), late))).to.have.property(
      'isLate',
      true,
    );
  });

  it('counts no time while it is suspended, and anew from the resumption (PL-12)', () => {
    const decidedAt = after(0);
    const halt = decision('SUSPEND', { decidedAt, grounds: [article27] });
    const suspended = valueOf(rules.decided(withChecks(checksToRegister), halt));
    expect(suspended).not.to.have.any.keys('due', 'isLate');
    const refusal = { grounds: [article31], decidedAt: knownInstant('2026-04-10T06:00:00.000Z') };
    expect(valueOf(rules.decided(suspended, decision('REFUSE', refusal))).isLate).to.equal(false);

    const anew = {
      lastDay: knownDate('2026-04-13'),
      until: knownInstant('2026-04-13T18:59:59.999Z'),
    };
    const onward = decision('RESUME', { decidedAt: refusal.decidedAt });
    const resumed = valueOf(rules.decided(suspended, onward, anew));
    expect(resumed.due).to.eql(anew);
    const looked = checkedAnew(resumed, onward.decidedAt);
    for (const [on, isLate] of [
      [anew.until, false],
      [knownInstant('2026-04-13T19:00:00.000Z'), true],
    ] as const) {
      const done = rules.decided(looked, decision('REGISTER', { decidedAt: on }));
      expect(valueOf(done)).to.deep.include({ isLate, due: anew });
    }
  });

  it('does not forget in a suspension that it came late (PL-12)', () => {
    const late = knownInstant('2026-03-11T19:00:00.000Z');
    const halt = decision('SUSPEND', { decidedAt: late, grounds: [article27] });
    const suspended = valueOf(rules.decided(withChecks(checksToRegister), halt));
    const onward = decision('RESUME', { decidedAt: plusMs(late, 1000) });
    const anew = { lastDay: due.lastDay, until: knownInstant('2026-03-13T18:59:59.999Z') };
    const resumed = valueOf(rules.decided(suspended, onward, anew));
    const last = decision('REGISTER', { decidedAt: plusMs(late, 2000) });
    const looked = checkedAnew(resumed, onward.decidedAt);
    expect(valueOf(rules.decided(looked, last)).isLate).to.equal(true);
  });

  it('suspends and refuses on grounds of the law alone (PL-13)', () => {
    expect(codesOf(rules.decided(taken(), decision('SUSPEND')))).to.eql(['GROUND_MISSING']);
    const wrong = decision('SUSPEND', { grounds: [article31] });
    expect(codesOf(rules.decided(taken(), wrong))).to.eql(['GROUND_MISSING']);
    const unknown = { grounds: [article27, { article: '27' as const, code: 'WRONG_APPLICANT' }] };
    expect(refusalsOf(rules.decided(taken(), decision('SUSPEND', unknown)))).to.eql([
      {
        code: 'GROUND_UNKNOWN',
        norm: 'PL-13; 000 alg. 15-16',
        field: '/decision/grounds/1/code',
        params: { article: '27' },
      },
    ]);
    const refusal = decision('REFUSE', { grounds: [article31] });
    expect(valueOf(rules.decided(taken(), refusal)).state).to.equal('REFUSED');
  });

  it('takes signatures while it is prepared, and decisions once EGKN has it (CN-6)', () => {
    const step = 'APPLICATION_STEP_OUT_OF_TURN';
    expect(codesOf(rules.stillPreparing(prepared))).to.eql([]);
    expect(codesOf(rules.stillPreparing(filed()))).to.eql([step]);
    expect(codesOf(rules.awaitingEgkn(prepared))).to.eql([step]);
    expect(codesOf(rules.awaitingDecision(filed()))).to.eql([step]);
    expect(codesOf(rules.awaitingDecision(taken()))).to.eql([]);
  });

  it('resumes what was suspended, and decides nothing twice', () => {
    const suspended = valueOf(
      rules.decided(taken(), decision('SUSPEND', { grounds: [article27] })),
    );
    expect(codesOf(rules.decided(suspended, decision('REGISTER')))).to.eql([
      'APPLICATION_STEP_OUT_OF_TURN',
    ]);
    const onward = decision('RESUME', { decidedAt: after(1) });
    expect(valueOf(rules.decided(suspended, onward, due)).state).to.equal('ACCEPTED');
    const registered = valueOf(rules.decided(withChecks(checksToRegister), decision('REGISTER')));
    expect(codesOf(rules.decided(registered, decision('REGISTER')))).to.eql([
      'APPLICATION_STEP_OUT_OF_TURN',
    ]);
    const withdrawal = { manifest, cms: documentHashOf('cms'), signedAt: at };
    expect(takenBack(registered, withdrawal).ok).to.equal(false);
    expect(takenBack(suspended, withdrawal).ok).to.equal(true);
  });

  it('is taken back by a signature that follows the others; a draft by none (SE-3)', () => {
    const withdrawal = { manifest, cms: documentHashOf('cms'), signedAt: at };
    expect(valueOf(dropped(prepared, at))).to.include({ state: 'WITHDRAWN', endedAt: at });
    expect(codesOf(takenBack(prepared, withdrawal))).to.eql(['APPLICATION_STEP_OUT_OF_TURN']);
    for (const undecided of [filed(), taken()]) {
      expect(codesOf(dropped(undecided, at))).to.eql(['WITHDRAWAL_UNSIGNED']);
      const early = { ...withdrawal, signedAt: plusMs(at, -1000) };
      expect(codesOf(takenBack(undecided, early))).to.eql(['WITHDRAWAL_BEFORE_FILING']);
      const ended = valueOf(takenBack(undecided, withdrawal));
      expect(ended).to.deep.include({ state: 'WITHDRAWN', endedAt: at, withdrawal });
      expect(codesOf(dropped(ended, at))).to.eql(['APPLICATION_STEP_OUT_OF_TURN']);
    }
  });
});

describe('required participants', () => {
  const policy = iinSchemaOf('TEST_NUMBERS');
  const natural = (iin: string) => ({ iin: policy.parse(iin), surname: 'SURNAME' });
  const owner = natural('850101300010');
  const spouse = natural('860202400020');
  const coOwner = natural('700303300030');
  const pledgee = { bin: banks[0]!, name: 'Pledgee' };
  const married = {
    spouses: [owner, spouse] as [typeof owner, typeof spouse],
    registeredOn: knownDate('2010-05-05'),
  };

  it('are the pledgee, the pledgors, the other owners and the spouses (PL-4, PL-5)', () => {
    const facts = { owners: [owner, coOwner], marriages: [married] };
    expect(
      requiredParticipants({ pledgee, pledgors: [owner] }, facts).map(({ role }) => role),
    ).to.eql(['PLEDGEE', 'PLEDGOR', 'CO_OWNER', 'SPOUSE']);
  });

  it('leave out a spouse after the divorce, and count an owning spouse once', () => {
    const divorced = { ...married, dissolvedOn: knownDate('2020-01-01') };
    expect(
      requiredParticipants(
        { pledgee, pledgors: [owner] },
        { owners: [owner], marriages: [divorced] },
      ),
    ).to.have.length(2);
    const facts = { owners: [owner, spouse], marriages: [married] };
    expect(
      requiredParticipants({ pledgee, pledgors: [owner] }, facts).map(({ role }) => role),
    ).to.eql(['PLEDGEE', 'PLEDGOR', 'CO_OWNER']);
  });

  it('of a termination are the applicant, and all pledgors without a signature (TR-3, TR-5)', () => {
    const parties = { pledgee, pledgors: [owner, { bin: banks[1]!, name: 'Firm' }] };
    expect(participantsOfTermination(parties).map(({ role, signs }) => [role, signs])).to.eql([
      ['APPLICANT', true],
      ['PLEDGOR', false],
      ['PLEDGOR', false],
    ]);
  });
});
