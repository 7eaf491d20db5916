import { expect } from 'chai';
import { voted } from '../../../chaincode/decisions/rules.ts';
import { type Decision, type Vote, votesMax } from '../../../chaincode/decisions/schema.ts';
import { knownDate } from '../../../chaincode/kernel/civil-date.ts';
import { documentHashOf } from '../../../chaincode/kernel/document-hash.ts';
import { knownInstant } from '../../../chaincode/kernel/instant.ts';
import { mspIdSchema } from '../../../chaincode/kernel/msp-id.ts';
import { type Outcome, refusalsOf } from '../../../chaincode/kernel/outcome.ts';
import { answered, excluded } from '../../../chaincode/organisations/rules.ts';
import {
  type Integration,
  type Organisation,
  organisationDecisionsMax,
  testAnswersMax,
} from '../../../chaincode/organisations/schema.ts';
import {
  type Application,
  checksMax,
  decisionsMax,
  type OfficerDecision,
} from '../../../chaincode/pledges/application.ts';
import { checked, decided } from '../../../chaincode/pledges/application-rules.ts';
import { holdersMax, termsMax } from '../../../chaincode/pledges/encumbrance.ts';
import {
  agreementsMax,
  emptyRegister,
  pledgesMax,
  withAgreement,
  withPledge,
} from '../../../chaincode/pledges/register-contents.ts';
import { amended, ceded } from '../../../chaincode/pledges/register-rules.ts';
import { extended } from '../../../chaincode/regimes/rules.ts';
import { type Edition, extensionsMax } from '../../../chaincode/regimes/schema.ts';
import { founders } from '../../../chaincode/roster/founders.ts';
import { acceptanceAt, applicationNumber, banks, pledge, property } from '../pledges/builders.ts';

const at = knownInstant('2026-03-10T06:00:00.000Z');
const due = { lastDay: knownDate('2026-03-11'), until: knownInstant('2026-03-11T18:59:59.999Z') };
const hash = documentHashOf('document');
const [first, second] = banks as [(typeof banks)[number], (typeof banks)[number]];
const entry = { application: applicationNumber(500), at };

function listOf<T>(length: number, each: (index: number) => T): T[] {
  return Array.from({ length }, (_, index) => each(index));
}

/** Adds to a list of so many. */
type Adding = (length: number) => Outcome<unknown>;

const check = {
  check: 'PAYMENT' as const,
  source: 'EGKN' as const,
  isMet: true,
  evidence: hash,
  at,
};

const lists: Readonly<Record<string, { limit: number; norm: string; add: Adding }>> = {
  checks: {
    limit: checksMax,
    norm: 'PL-10',
    add: (length) => {
      const checks = listOf(length, () => check);
      const application = { state: 'ACCEPTED', acceptance: acceptanceAt(0, 1), checks };
      return checked(application as unknown as Application, [check], at);
    },
  },
  holders: {
    limit: holdersMax,
    norm: 'PL-1',
    add: (length) => {
      const holders = listOf(length, () => ({
        bin: first,
        application: entry.application,
        since: at,
      }));
      return ceded(pledge(1, { holders }), first, second, entry);
    },
  },
  terms: {
    limit: termsMax,
    norm: 'PL-1',
    add: (length) => {
      const [stated] = pledge(1).terms;
      const terms = listOf(length, () => stated!);
      const consent = { consentToRepledge: false };
      return amended(pledge(1, { terms }), { titleDocument: hash }, consent, entry);
    },
  },
  pledges: {
    limit: pledgesMax,
    norm: 'PL-1',
    add: (length) =>
      withPledge(
        {
          ...emptyRegister(property),
          pledges: listOf(length, (index) => {
            const { id, acceptance } = pledge(index);
            return { id, egknNumber: acceptance.egknNumber };
          }),
        },
        pledge(500),
      ),
  },
  agreements: {
    limit: agreementsMax,
    norm: 'PL-15',
    add: (length) => {
      const agreements = listOf(length, (index) => pledge(index).id);
      return withAgreement({ ...emptyRegister(property), agreements }, pledge(500).id);
    },
  },
  extensions: {
    limit: extensionsMax,
    norm: 'RG-2',
    add: (length) => {
      const extension = { until: knownDate('2026-01-01'), basis: 'basis', decision: 'd' };
      const edition = {
        until: { date: '2025-12-31' },
        extensions: listOf(length, () => extension),
      };
      const longer = { ...extension, until: knownDate('2027-01-01') };
      return extended(edition as unknown as Edition, longer);
    },
  },
  answers: {
    limit: testAnswersMax,
    norm: 'OR-4',
    add: (length) => {
      const answer = (name: number | string) => ({
        tokenHash: documentHashOf(`token ${name}`),
        answeredAt: at,
        transactionId: 't',
      });
      const integration = { state: 'APPROVED', decidedAt: at, answers: listOf(length, answer) };
      return answered(integration as unknown as Integration, answer('next'), at);
    },
  },
  since: {
    limit: organisationDecisionsMax,
    norm: 'OR-1',
    add: (length) => {
      const since = listOf(length, () => ({ kind: 'READMITTED', decision: 'd' }));
      return excluded({ since } as unknown as Organisation, 'next');
    },
  },
  votes: {
    limit: votesMax,
    norm: 'SE-4',
    add: (length) => {
      const vote = (name: string): Vote => ({
        mspId: mspIdSchema.parse(name),
        inFavour: true,
        at,
        transactionId: 't',
      });
      const votes = listOf(length, (index) => vote(`Former${index}MSP`));
      const members = founders.map((founder) => ({ ...founder, peers: [] }));
      const decision = { state: 'OPEN', expiresAt: at, votes } as unknown as Decision;
      return voted(decision, members, vote('AlphaMSP'));
    },
  },
};

const fullness = (outcome: Outcome<unknown>) =>
  refusalsOf(outcome).filter(({ code }) => code === 'RECORD_FULL');

describe('a list of a record', () => {
  for (const [what, { limit, norm, add }] of Object.entries(lists)) {
    it(`of ${what} takes the last one that it holds, and refuses the next with a code`, () => {
      expect(add(limit - 1).ok).to.equal(true);
      const params = { what, limit: String(limit) };
      expect(refusalsOf(add(limit))).to.eql([{ code: 'RECORD_FULL', norm, params }]);
    });
  }

  it('of decisions keeps room for the resumption of what is suspended and for the end', () => {
    const ground = { article: '27' as const, code: 'COURT_RULING' };
    const decision = (name: OfficerDecision['decision']): OfficerDecision => ({
      decision: name,
      grounds:
        name === 'REFUSE'
          ? [{ article: '31', code: 'WRONG_APPLICANT' }]
          : name === 'SUSPEND'
            ? [ground]
            : [],
      decidedAt: at,
      reasons: documentHashOf('reasons'),
      cms: documentHashOf(name),
      mandate: 'm',
    });
    const earlier = { ...decision('RESUME'), cms: documentHashOf('earlier') };
    const after = (length: number, name: OfficerDecision['decision']) => {
      const state = name === 'RESUME' ? 'SUSPENDED' : 'ACCEPTED';
      const decisions = listOf(length, () => earlier);
      const acceptance = acceptanceAt(-1, 1);
      const asked = { kind: 'PLEDGE', participants: [], acceptance, checks: [] };
      const application = { ...asked, state, decisions };
      return fullness(decided(application as unknown as Application, decision(name), due));
    };
    const full = (limit: number) => [
      { code: 'RECORD_FULL', norm: 'PL-13', params: { what: 'decisions', limit: String(limit) } },
    ];
    for (const [name, limit] of [
      ['SUSPEND', decisionsMax - 2],
      ['RESUME', decisionsMax - 1],
      ['REGISTER', decisionsMax],
      ['REFUSE', decisionsMax],
    ] as const) {
      expect(after(limit - 1, name), name).to.eql([]);
      expect(after(limit, name), name).to.eql(full(limit));
    }
  });
});
