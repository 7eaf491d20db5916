import { expect } from 'chai';
import { binSchema } from '../../../chaincode/kernel/bin.ts';
import { knownDate } from '../../../chaincode/kernel/civil-date.ts';
import { documentHashOf } from '../../../chaincode/kernel/document-hash.ts';
import { mspIdSchema } from '../../../chaincode/kernel/msp-id.ts';
import { knownInstant } from '../../../chaincode/kernel/instant.ts';
import { type Outcome, valueOrThrow } from '../../../chaincode/kernel/outcome.ts';
import * as rules from '../../../chaincode/organisations/rules.ts';
import {
  acceptedEarlierMax,
  checklistItemName,
  type ChecklistItem,
  type Integration,
  type IntegrationApplication,
  type Organisation,
} from '../../../chaincode/organisations/schema.ts';
import { foundingEditions } from '../../../chaincode/regimes/founding.ts';

const bin = binSchema.parse('990140000047');
const day = knownDate('2026-03-10');
const at = knownInstant('2026-03-10T06:00:00.000Z');
const due = { lastDay: knownDate('2026-03-26'), until: knownInstant('2026-03-26T18:59:59.999Z') };

const alpha: Organisation = {
  bin,
  name: 'Platform Alpha',
  kind: 'NON_STATE_SYSTEM_OWNER',
  mspId: mspIdSchema.parse('AlphaMSP'),
  categories: [],
  systems: [
    { id: 'pledges', name: 'Pledges' },
    { id: 'archive', name: 'Archive', kdpException: 'ARTICLE_9_1' },
  ],
  admittedBy: '0123456789abcdef',
};

const application: IntegrationApplication = {
  services: ['Registration of pledges'],
  needed: [{ service: 'GBD FL', businessProcess: 'Identity of the pledgor' }],
  servicePeriod: 'the service',
  storageTime: 'one year',
  storageDays: 365,
  processingTime: 'one day',
  storageBasis: 'order 165/276',
  mode: 'CALL_CENTRE_1414',
  part: 'INITIATOR',
  testProtocols: [documentHashOf('protocol')],
};

const applied: Integration = {
  bin,
  system: 'pledges',
  application,
  submittedAt: at,
  dueOn: due.lastDay,
  answers: [],
  state: 'SUBMITTED',
};

const items: readonly ChecklistItem[] = checklistItemName.options.map((item) => ({
  bin,
  item,
  proofs: [{ number: '1', date: day, hash: documentHashOf(item) }],
  validFrom: knownDate('2026-01-01'),
  validUntil: knownDate('2026-12-31'),
  state: 'ACCEPTED',
}));

const pilot = (() => {
  const draft = foundingEditions.find(({ procedure }) => procedure === 'PLEDGE');
  if (draft === undefined) throw new Error('no pilot');
  return { ...draft, extensions: [] };
})();

const act = documentHashOf('act');
const signed = { cms: documentHashOf('cms'), signedAt: at, trustVersion: '1' };

const inProduction: Integration = { ...applied, state: 'PRODUCTION' };
const codesOf = (outcome: Outcome<unknown>): string[] =>
  outcome.ok ? [] : outcome.refusals.map(({ code }) => code);

/** The integration after so many different answers. */
function withAnswers(count: number): Integration {
  const answers = Array.from({ length: count }, (_, index) => ({
    tokenHash: documentHashOf(`token ${index}`),
    answeredAt: at,
    transactionId: String(index),
  }));
  return { ...applied, decidedAt: at, state: 'APPROVED', answers };
}

describe('filing by organisations', () => {
  const standing = { organisation: alpha, items, integrations: [inProduction] };

  it('is open to who has everything', () => {
    expect(rules.mayFile(standing, pilot, day).ok).to.equal(true);
  });

  it('is closed to second-tier banks under the pilot (OR-1)', () => {
    const bank = { ...alpha, categories: ['SECOND_TIER_BANK'] };
    expect(codesOf(rules.mayFile({ ...standing, organisation: bank }, pilot, day))).to.eql([
      'PARTICIPANT_EXCLUDED_BY_REGIME',
    ]);
  });

  it('lists every missing, returned and expired item at once (OR-2)', () => {
    const [first, second, third, ...rest] = items as [
      ChecklistItem,
      ChecklistItem,
      ChecklistItem,
      ...ChecklistItem[],
    ];
    const faulty = [
      { ...second, state: 'RETURNED' as const },
      { ...third, validUntil: knownDate('2026-03-09') },
      ...rest,
    ];
    expect(first.item).to.equal('KDP_CONNECTION');
    expect(codesOf(rules.mayFile({ ...standing, items: faulty }, pilot, day))).to.eql([
      'CHECKLIST_ITEM_MISSING',
      'CHECKLIST_ITEM_NOT_ACCEPTED',
      'CHECKLIST_ITEM_NOT_VALID_ON',
    ]);
  });

  describe('while an item is renewed (OR-2)', () => {
    const [item] = items as readonly [ChecklistItem];
    const { state: _, ...documents } = item;
    const renewal = (from: string, until?: string) => ({
      ...documents,
      proofs: [{ number: from, date: day, hash: documentHashOf(from) }],
      validFrom: knownDate(from),
      validUntil: knownDate(until ?? '2027-12-31'),
    });
    const acceptedNow = (one: ChecklistItem) =>
      valueOrThrow(rules.judged(one, rules.statedHash(one), undefined));
    const filing = (one: ChecklistItem, on: string) => {
      const all = [one, ...items.slice(1).map(({ validUntil: _until, ...each }) => each)];
      return codesOf(rules.mayFile({ ...standing, items: all }, pilot, knownDate(on)));
    };

    it('goes on under what was accepted, until the successor is accepted and has begun', () => {
      const stated = rules.stated(item, renewal('2027-01-01'));
      expect(stated.state).to.equal('STATED');
      expect(filing(stated, '2026-11-20')).to.eql([]);
      expect(filing(stated, '2027-01-01')).to.eql(['CHECKLIST_ITEM_NOT_VALID_ON']);
      const accepted = acceptedNow(stated);
      expect(filing(accepted, '2026-11-20')).to.eql([]);
      expect(filing(accepted, '2027-01-01')).to.eql([]);
      expect(filing(accepted, '2028-01-01')).to.eql(['CHECKLIST_ITEM_NOT_VALID_ON']);
    });

    it('is not stopped where the successor is returned', () => {
      const stated = rules.stated(item, renewal('2026-02-01'));
      const returned = valueOrThrow(rules.judged(stated, rules.statedHash(stated), 'unreadable'));
      expect(returned).to.include({ state: 'RETURNED', reason: 'unreadable' });
      expect(filing(returned, '2026-11-20')).to.eql([]);
    });

    it('goes by the successor from its first day on, also where that ends earlier', () => {
      const accepted = acceptedNow(rules.stated(item, renewal('2026-11-01', '2026-11-10')));
      expect(filing(accepted, '2026-10-31')).to.eql([]);
      expect(filing(accepted, '2026-11-11')).to.eql(['CHECKLIST_ITEM_NOT_VALID_ON']);
    });

    it('keeps of the accepted only what begins before the last', () => {
      const first = acceptedNow(rules.stated(item, renewal('2027-01-01')));
      const corrected = acceptedNow(rules.stated(first, renewal('2026-12-01')));
      expect(corrected.earlier?.map(({ validFrom }) => validFrom)).to.eql(['2026-01-01']);
      let last = corrected;
      for (let year = 2028; year < 2060; year += 1) {
        last = acceptedNow(rules.stated(last, renewal(`${year}-01-01`)));
      }
      expect(last.earlier).to.have.length(acceptedEarlierMax);
      expect(last.earlier?.at(-1)?.validFrom).to.equal('2058-01-01');
    });

    it('stops where the operator returns what was accepted, also behind a successor', () => {
      const stated = rules.stated(item, renewal('2027-01-01'));
      const returned = valueOrThrow(rules.judged(stated, rules.statedHash(item), 'it was forged'));
      expect(returned.state).to.equal('STATED');
      expect(filing(returned, '2026-11-20')).to.eql(['CHECKLIST_ITEM_NOT_ACCEPTED']);
      const same = rules.stated(item, documents);
      const none = valueOrThrow(rules.judged(same, rules.statedHash(item), 'it was forged'));
      expect(filing(none, '2026-11-20')).to.eql(['CHECKLIST_ITEM_NOT_ACCEPTED']);
      // Accepted anew is only what is stated now.
      expect(codesOf(rules.judged(stated, rules.statedHash(item), undefined))).to.eql([
        'ITEM_STATED_ANEW',
      ]);
    });
  });

  it('asks every system to be in production with KDP but for the exceptions (OR-5)', () => {
    const unready = { ...standing, integrations: [applied] };
    expect(codesOf(rules.mayFile(unready, pilot, day))).to.eql(['KDP_NOT_IN_PRODUCTION']);
  });
});

describe('integration with KDP', () => {
  it('opens own means to banks, or by an agreement (CN-2)', () => {
    const own = {
      ...application,
      mode: 'OWN_MEANS' as const,
      operationsCentre: documentHashOf('s'),
    };
    expect(codesOf(rules.modeIsOpen(own, alpha))).to.eql(['MODE_NEEDS_PROOF']);
    const agreed = { ...own, authorityAgreement: documentHashOf('a') };
    expect(rules.modeIsOpen(agreed, alpha).ok).to.equal(true);
    expect(rules.modeIsOpen(own, { ...alpha, categories: ['SECOND_TIER_BANK'] }).ok).to.equal(true);
  });

  it('keeps two modes for initiators (CN-2)', () => {
    const protocol = { ...application, mode: 'PROTOCOL' as const, part: 'OPERATOR' as const };
    expect(codesOf(rules.modeIsOpen(protocol, alpha))).to.eql(['MODE_NEEDS_INITIATOR']);
  });

  it('is decided in its term, and records when it is not', () => {
    const inTime = rules.decided(applied, undefined, at, due);
    expect(inTime.ok && inTime.value).to.include({ state: 'APPROVED', isLate: false });
    const late = rules.decided(
      applied,
      'not by the law',
      knownInstant('2026-03-26T19:00:00.000Z'),
      due,
    );
    expect(late.ok && late.value).to.include({ state: 'RETURNED', isLate: true });
  });

  it('takes ten different answers before its act (OR-4)', () => {
    expect(codesOf(rules.actFiled(withAnswers(9), act, signed))).to.eql(['TEST_ANSWERS_TOO_FEW']);
    expect(rules.actFiled(withAnswers(10), act, signed).ok).to.equal(true);
  });

  it('counts answers from its approval to the present, a client being up to 15 minutes ahead', () => {
    const answerAt = (answeredAt: string) => {
      const answer = { tokenHash: act, answeredAt: knownInstant(answeredAt), transactionId: 't' };
      return codesOf(rules.answered(withAnswers(1), answer, at));
    };
    expect(answerAt(at)).to.eql([]);
    expect(answerAt('2026-03-10T06:15:00.000Z')).to.eql([]);
    expect(answerAt('2026-03-10T05:59:59.999Z')).to.eql(['TEST_ANSWER_OUTSIDE_PERIOD']);
    expect(answerAt('2026-03-10T06:15:00.001Z')).to.eql(['TEST_ANSWER_OUTSIDE_PERIOD']);
  });

  it('asks for the key with KDP where own means are used (002 cl. 10 2))', () => {
    const own = { ...application, mode: 'OWN_MEANS' as const };
    const ready = { ...withAnswers(10), application: own };
    expect(codesOf(rules.actFiled(ready, act, signed))).to.eql(['KEY_NOT_HANDED']);
  });

  it('takes its steps in turn', () => {
    expect(codesOf(rules.actReviewed(applied, undefined))).to.eql(['INTEGRATION_STEP_OUT_OF_TURN']);
    expect(codesOf(rules.submitted(applied, applied, due))).to.eql([
      'INTEGRATION_STEP_OUT_OF_TURN',
    ]);
    expect(rules.submitted({ ...applied, state: 'RETURNED' }, applied, due).ok).to.equal(true);
  });
});

describe('an integration with KDP in production', () => {
  const produced: Integration = {
    ...withAnswers(10),
    decidedAt: at,
    act,
    actSigned: signed,
    state: 'PRODUCTION',
  };
  const longer: Integration = { ...applied, application: { ...application, storageDays: 3650 } };
  const succeeding = (earlier: Integration) => valueOrThrow(rules.submitted(earlier, longer, due));

  it('works under the former application until the successor is in production (OR-3)', () => {
    const pending = succeeding(produced);
    expect(pending).to.include({ state: 'SUBMITTED' }).and.to.not.have.property('decidedAt');
    expect(pending.answers).to.eql([]);
    for (const state of ['SUBMITTED', 'RETURNED', 'WITHDRAWN', 'APPROVED', 'ACT_FILED'] as const) {
      expect(rules.inProduction({ ...pending, state })).to.eql(application);
    }
    const again = succeeding({ ...pending, state: 'RETURNED' });
    expect(again.inForce).to.eql(pending.inForce);
    const reviewed = valueOrThrow(rules.actReviewed({ ...again, state: 'ACT_FILED' }, undefined));
    expect(rules.inProduction(reviewed)).to.eql(longer.application);
    expect(reviewed).to.not.have.property('inForce');
  });

  it('takes back what is under way, and may then apply anew', () => {
    for (const state of ['SUBMITTED', 'APPROVED', 'ACT_FILED'] as const) {
      const pending: Integration = { ...succeeding(produced), state };
      const back = valueOrThrow(rules.withdrawn(pending, 'The mode was mistaken.'));
      expect(back).to.eql({ ...pending, reason: 'The mode was mistaken.', state: 'WITHDRAWN' });
      expect(rules.inProduction(back)).to.eql(application);
      expect(succeeding(back).inForce).to.eql(pending.inForce);
    }
    for (const state of ['RETURNED', 'WITHDRAWN', 'PRODUCTION', 'ENDED'] as const) {
      expect(codesOf(rules.withdrawn({ ...produced, state }, 'Late.'))).to.eql([
        'INTEGRATION_STEP_OUT_OF_TURN',
      ]);
    }
  });

  it('says when it is ended how it came in, and nothing of an application under way', () => {
    const ended = valueOrThrow(rules.takenOut(produced, 'Switched off.', at));
    const { act: filed, actSigned, answers, decidedAt } = produced;
    expect(ended).to.deep.include({ act: filed, actSigned, answers, decidedAt, state: 'ENDED' });
    expect(ended).to.include({ reason: 'Switched off.', endedAt: at });
    const pending: Integration = { ...succeeding(produced), isLate: true, state: 'APPROVED' };
    expect(valueOrThrow(rules.takenOut(pending, 'Switched off.', at))).to.eql(ended);
    expect(rules.inProduction(ended)).to.equal(undefined);
  });

  it('is ended where it is in production, and not twice', () => {
    for (const earlier of [applied, valueOrThrow(rules.takenOut(produced, 'Once.', at))]) {
      expect(codesOf(rules.takenOut(earlier, 'Again.', at))).to.eql([
        'INTEGRATION_STEP_OUT_OF_TURN',
      ]);
    }
  });
});
