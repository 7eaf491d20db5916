import { expect } from 'chai';
import { documentHashOf } from '../../../../chaincode/kernel/document-hash.ts';
import { knownInstant } from '../../../../chaincode/kernel/instant.ts';
import { mspIdSchema } from '../../../../chaincode/kernel/msp-id.ts';
import { type Outcome, valueOrThrow } from '../../../../chaincode/kernel/outcome.ts';
import { languages } from '../../../../chaincode/kernel/refusal.ts';
import type { Application } from '../../../../chaincode/pledges/application.ts';
import {
  attemptsMax,
  type Notice,
  noticeParts,
} from '../../../../chaincode/pledges/notices/notice.ts';
import {
  answeredBefore,
  type DeliveryStep,
  latestOf,
  noticeNamed,
  noticesOf,
  stepped,
} from '../../../../chaincode/pledges/notices/notice-rules.ts';
import { pledgeTexts } from '../../../../chaincode/pledges/refusals.ts';
import { applicationNumber, banks } from '../builders.ts';
import { decidedApplication, decisionOf } from './builders.ts';

const platform = mspIdSchema.parse('AlphaMSP');
const registrar = mspIdSchema.parse('GosCorpMSP');

/** Who is told what, by whom: `REGISTERED PLEDGOR 2 EGOV GosCorpMSP`. */
function toldBy(application: Application): readonly string[] {
  return noticesOf(application, { platform, registrar }).map(
    ({ subject, role, participant = '', cabinet, deliverer }) =>
      [subject, role, participant, cabinet, deliverer].join(' ').replace('  ', ' '),
  );
}

const toldPledgee = (subject: string) => `${subject} PLEDGEE PLATFORM AlphaMSP`;
const toldPledgor = (subject: string, number = 2) => `${subject} PLEDGOR ${number} EGOV GosCorpMSP`;

describe('the notices that are due (PL-14)', () => {
  for (const [decision, subject] of [
    ['REGISTER', 'REGISTERED'],
    ['SUSPEND', 'SUSPENDED'],
    ['REFUSE', 'REFUSED'],
  ] as const) {
    it(`tell of ${decision} the pledgor on egov.kz and the pledgee on the platform`, () => {
      const application = decidedApplication({ decisions: [decisionOf(decision)] });
      expect(toldBy(application)).to.eql([toldPledgor(subject), toldPledgee(subject)]);
    });
  }

  it('are of each decision, and none of a resumption: what follows it is told', () => {
    const decisions = [decisionOf('SUSPEND'), decisionOf('RESUME'), decisionOf('REGISTER')];
    const application = decidedApplication({ decisions });
    const notices = noticesOf(application, { platform, registrar });
    expect(notices.map(({ decision }) => decision)).to.eql([1, 1, 3, 3]);
    expect(latestOf(notices, application).map(({ subject }) => subject)).to.eql([
      'REGISTERED',
      'REGISTERED',
    ]);
    const resumed = { ...application, decisions: decisions.slice(0, 2) };
    expect(latestOf(noticesOf(resumed, { platform, registrar }), resumed)).to.eql([]);
  });

  it('go to every pledgor, a legal entity too, and to no spouse or other owner', () => {
    const [pledgee, pledgor, spouse] = decidedApplication().participants;
    const firm = { number: 4, role: 'PLEDGOR' as const, natural: false, signs: true };
    const coOwner = { number: 5, role: 'CO_OWNER' as const, natural: true, signs: true };
    const application = decidedApplication({
      participants: [pledgee!, pledgor!, spouse!, firm, coOwner],
      decisions: [decisionOf('REGISTER')],
    });
    const told = 'REGISTERED';
    expect(toldBy(application)).to.eql([
      toldPledgor(told),
      toldPledgor(told, 4),
      toldPledgee(told),
    ]);
  });

  it('of a termination go to an applicant other than the pledgee too (TR-3)', () => {
    const { participants, pledgee } = decidedApplication();
    const [, pledgor] = participants;
    const applicant = { number: 1, role: 'APPLICANT' as const, signs: true };
    const ended = { kind: 'TERMINATION' as const, decisions: [decisionOf('REGISTER')] };
    const told = 'TERMINATION_REGISTERED';
    const byPledgee = { ...applicant, bin: pledgee, natural: false };
    expect(toldBy(decidedApplication({ ...ended, participants: [byPledgee, pledgor!] }))).to.eql([
      toldPledgor(told),
      toldPledgee(told),
    ]);
    const byPledgor = [{ ...applicant, natural: true }];
    expect(toldBy(decidedApplication({ ...ended, participants: byPledgor }))).to.eql([
      `${told} APPLICANT 1 EGOV GosCorpMSP`,
      toldPledgee(told),
    ]);
  });

  it('of a refusal of the pledgee go to the pledgor alone, from the platform (PL-8)', () => {
    const { signedAt, cms, reasons } = refusal;
    const application = decidedApplication({ pledgeeRefusal: { signedAt, cms, reasons } });
    expect(toldBy(application)).to.eql(['REFUSED_BY_PLEDGEE PLEDGOR 2 EGOV AlphaMSP']);
    const [told] = noticesOf(application, { platform, registrar });
    expect(told?.decidedAt).to.equal(signedAt);
    expect(latestOf([told!], application)).to.have.length(1);
  });

  it('go to holders beside the platform too, each by who was recorded at the filing', () => {
    const [own, other] = [mspIdSchema.parse('BetaMSP'), registrar];
    const application = decidedApplication({
      kind: 'CESSION',
      decisions: [decisionOf('REGISTER')],
      holders: [
        { bin: banks[1]!, deliverer: own },
        { bin: banks[2]!, deliverer: other },
      ],
    });
    expect(toldBy(application).slice(2)).to.eql([
      'REGISTERED HOLDER PLATFORM BetaMSP',
      'REGISTERED HOLDER EGOV GosCorpMSP',
    ]);
    const keys = noticesOf(application, { platform, registrar }).map((each) => noticeParts(each));
    expect(new Set(keys.map(String)).size).to.equal(4);
  });

  it('are none before anything is decided', () => {
    expect(toldBy(decidedApplication({ state: 'ACCEPTED', decisions: [] }))).to.eql([]);
  });
});

const refusal = {
  reasons: documentHashOf('reasons'),
  cms: documentHashOf('cms'),
  signedAt: knownInstant('2026-03-10T06:30:00.000Z'),
};

const application = decidedApplication({ decisions: [decisionOf('REGISTER')] });
const notices = noticesOf(application, { platform, registrar });
const due = valueOrThrow(
  noticeNamed(notices, { application: application.id, decision: 1, participant: 2 }),
);

/** Who says so, late in the day. */
const by = (caller: string) => ({ caller, now: knownInstant('2026-03-10T11:00:00.000Z') });

/** A step of the nth minute after ten. */
function step(name: DeliveryStep['step'], minute: number, receipt = `${name} ${minute}`) {
  const at = knownInstant(`2026-03-10T10:${String(minute).padStart(2, '0')}:00.000Z`);
  return { step: name, at, receipt: documentHashOf(receipt) };
}

function after(notice: Notice, ...steps: readonly DeliveryStep[]): Notice {
  return steps.reduce((one, each) => valueOrThrow(stepped(one, each, by(registrar))), notice);
}

describe('the way of a notice', () => {
  it('goes from due to sent to delivered, each with its time and the hash of its receipt', () => {
    const [sent, delivered] = [step('SENT', 1), step('DELIVERED', 2)];
    expect(after(due, sent).state).to.equal('SENT');
    const { attempts, state } = after(due, sent, delivered);
    expect(state).to.equal('DELIVERED');
    expect(attempts).to.eql([
      {
        sent: { at: sent.at, receipt: sent.receipt },
        ended: { at: delivered.at, receipt: delivered.receipt, outcome: 'DELIVERED' },
      },
    ]);
  });

  it('is begun again after a failure, and counts its attempts', () => {
    const failed = after(due, step('SENT', 1), step('FAILED', 2));
    expect(failed.state).to.equal('FAILED');
    const again = after(failed, step('SENT', 3), step('DELIVERED', 4));
    expect(again.attempts.map(({ ended }) => ended?.outcome)).to.eql(['FAILED', 'DELIVERED']);
  });

  it('answers the same evidence as when it came first, and knows no other', () => {
    const steps = [step('SENT', 1), step('FAILED', 2), step('SENT', 3), step('DELIVERED', 4)];
    const all = after(due, ...steps);
    for (const [index, each] of steps.entries()) {
      expect(answeredBefore(all, each), each.step).to.eql(after(due, ...steps.slice(0, index + 1)));
      expect(answeredBefore(all, { ...each, receipt: documentHashOf('another') })).to.equal(
        undefined,
      );
      expect(answeredBefore(all, { ...each, at: step('SENT', 9).at })).to.equal(undefined);
    }
    expect(answeredBefore(due, step('SENT', 1))).to.equal(undefined);
    // A failure and a delivery are two things, though one receipt states both.
    expect(answeredBefore(all, { ...steps[1]!, step: 'DELIVERED' })).to.equal(undefined);
  });

  it('takes each step in its turn alone', () => {
    const ways: readonly (readonly [Notice, readonly DeliveryStep['step'][]])[] = [
      [due, ['SENT']],
      [after(due, step('SENT', 1)), ['DELIVERED', 'FAILED']],
      [after(due, step('SENT', 1), step('FAILED', 1)), ['SENT']],
      [after(due, step('SENT', 1), step('DELIVERED', 1)), []],
    ];
    for (const [notice, open] of ways) {
      for (const name of ['SENT', 'DELIVERED', 'FAILED'] as const) {
        const codes = codesOf(stepped(notice, step(name, 5), by(registrar)));
        const expected = open.includes(name) ? [] : ['NOTICE_STEP_OUT_OF_TURN'];
        expect(codes, `${notice.state} ${name}`).to.eql(expected);
      }
    }
  });
});

type Code = Extract<keyof typeof pledgeTexts, `NOTICE_${string}`>;

/** One case for each code: a code without one does not compile. */
const cases: { readonly [C in Code]: () => Outcome<unknown> } = {
  NOTICE_UNKNOWN: () =>
    noticeNamed(notices, { application: applicationNumber(1), decision: 1, participant: 3 }),
  NOTICE_OF_ANOTHER_DELIVERER: () => stepped(due, step('SENT', 1), by(platform)),
  NOTICE_STEP_OUT_OF_TURN: () => stepped(due, step('DELIVERED', 1), by(registrar)),
  NOTICE_TIME_BACKWARD: () =>
    stepped(after(due, step('SENT', 2)), step('DELIVERED', 1), by(registrar)),
  NOTICE_ATTEMPTS_SPENT: () => {
    const failing = Array.from({ length: attemptsMax }, (_, nth) => [
      step('SENT', nth),
      step('FAILED', nth),
    ]);
    return stepped(after(due, ...failing.flat()), step('SENT', 59), by(registrar));
  },
};

const codesOf = (outcome: Outcome<unknown>) =>
  outcome.ok ? [] : outcome.refusals.map(({ code }) => code);

describe('every code of a notice', () => {
  for (const [code, run] of Object.entries(cases)) {
    it(`${code} is said where it is due, with its norm, in each language`, () => {
      const outcome = run();
      expect(codesOf(outcome)).to.eql([code]);
      expect(outcome.ok || outcome.refusals[0].norm).to.match(/^PL-14/);
      for (const language of languages) {
        expect(pledgeTexts[code as Code][language]).to.match(/^[^\s].*[.]$/u);
      }
    });
  }

  it('is said of a time still to come, within what a client’s clock may be ahead', () => {
    const stated = (at: string) => ({ ...step('SENT', 0), at: knownInstant(at) });
    const inTime = stepped(due, stated('2026-03-10T11:15:00.000Z'), by(registrar));
    expect(codesOf(inTime)).to.eql([]);
    const ahead = stepped(due, stated('2199-01-01T00:00:00.000Z'), by(registrar));
    expect(codesOf(ahead)).to.eql(['TIME_AHEAD']);
  });

  it('is said of a time before the decision too', () => {
    const early = { ...step('SENT', 0), at: knownInstant('2026-03-10T06:59:59.000Z') };
    expect(codesOf(stepped(due, early, by(registrar)))).to.eql(['NOTICE_TIME_BACKWARD']);
  });
});
