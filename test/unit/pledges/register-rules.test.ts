import { expect } from 'chai';
import fc from 'fast-check';
import type { Bin } from '../../../chaincode/kernel/bin.ts';
import type { ApplicationId } from '../../../chaincode/kernel/application-id.ts';
import { knownInstant } from '../../../chaincode/kernel/instant.ts';
import { type Outcome, valueOrThrow } from '../../../chaincode/kernel/outcome.ts';
import type { Encumbrance, RankAgreement } from '../../../chaincode/pledges/encumbrance.ts';
import {
  agreedOnRank,
  amended,
  ceded,
  compareAcceptance,
  type Entry,
  entered,
  holderOf,
  inRankOrder,
  live,
  rankOf,
  repledges,
  terminated,
} from '../../../chaincode/pledges/register-rules.ts';
import { emptyRegister, withPledge } from '../../../chaincode/pledges/register-contents.ts';
import { acceptanceAt, applicationNumber, banks, pledge, property } from './builders.ts';

const [first, second, third] = banks as [Bin, Bin, Bin];
const at = knownInstant('2026-03-11T06:00:00.000Z');
const ids = (encumbrances: readonly Encumbrance[]) => encumbrances.map(({ id }) => id);
const entryOf = ({ application, at: since }: Entry) => ({ application, since });
const codesOf = (outcome: Outcome<unknown>) =>
  outcome.ok ? [] : outcome.refusals.map(({ code }) => code);

const agreementOf = (n: number, order: readonly number[]): RankAgreement => ({
  property,
  application: applicationNumber(n),
  acceptance: acceptanceAt(n, n),
  order: order.map(applicationNumber),
});

describe('the register of a property', () => {
  it('ranks by the minute of acceptance, then by the number of EGKN (PL-15)', () => {
    const late = pledge(1, { acceptance: acceptanceAt(9, 1) });
    const early = pledge(2, { acceptance: acceptanceAt(3, 2) });
    const sameMinute = pledge(3, { acceptance: acceptanceAt(3, 3) });
    expect(ids(inRankOrder([late, sameMinute, early], []))).to.eql(ids([early, sameMinute, late]));
  });

  it('counts the numbers of EGKN, whatever their width (PL-15)', () => {
    const numbered = (n: number, egknNumber: string) =>
      pledge(n, { acceptance: { ...acceptanceAt(3, n), egknNumber } });
    const all = [numbered(1, 'A-10'), numbered(2, 'A-9'), numbered(3, 'A-010'), numbered(4, 'B-1')];
    expect(ids(inRankOrder(all, []))).to.eql([2, 3, 1, 4].map(applicationNumber));
  });

  it('lets those behind move up when a pledge ends', () => {
    const ended = terminated(pledge(1), { application: applicationNumber(9), at });
    expect(rankOf(applicationNumber(2), [ended, pledge(2)], [])).to.equal(1);
    expect(rankOf(applicationNumber(1), [ended, pledge(2)], [])).to.equal(undefined);
  });

  it('changes the order by agreement alone, and moves nobody who did not agree', () => {
    const all = [pledge(1), pledge(2), pledge(3)];
    const swapped = inRankOrder(all, [agreementOf(7, [3, 1])]);
    expect(ids(swapped)).to.eql([3, 2, 1].map(applicationNumber));
  });

  it('keeps the order that was agreed on when one of those who agreed ends (PL-15)', () => {
    const ended = terminated(pledge(1), { application: applicationNumber(9), at });
    const ranked = inRankOrder([ended, pledge(2), pledge(3)], [agreementOf(7, [3, 1])]);
    expect(ids(ranked)).to.eql([3, 2].map(applicationNumber));
  });

  it('asks every holder who agrees on a rank, and only live pledges', () => {
    const all = [pledge(1), pledge(2, { holders: [{ ...pledge(2).holders[0]!, bin: second }] })];
    expect(codesOf(agreedOnRank(all, agreementOf(7, [2, 1]), [first]))).to.eql([
      'RANK_CONSENT_MISSING',
    ]);
    expect(codesOf(agreedOnRank(all, agreementOf(7, [2, 4]), [first, second]))).to.eql([
      'RANK_OF_WHAT_IS_NOT_LIVE',
    ]);
    expect(codesOf(agreedOnRank(all, agreementOf(7, [2, 2]), [second]))).to.eql([
      'RANK_NAMES_TWICE',
    ]);
    expect(agreedOnRank(all, agreementOf(7, [2, 1]), [first, second]).ok).to.equal(true);
  });

  it('takes a re-pledge only with the consent that an earlier contract asks for (PL-1)', () => {
    const earlier = pledge(1, { consentToRepledge: true });
    const repledge = pledge(2, { kind: 'REPLEDGE' });
    expect(codesOf(entered([earlier], [], repledge, []))).to.eql([
      'EARLIER_PLEDGEE_CONSENT_MISSING',
    ]);
    expect(entered([earlier], [], repledge, [first]).ok).to.equal(true);
  });

  it('takes a re-pledge of what stood before it when it was accepted, of one home at least', () => {
    const { acceptance: own } = pledge(2, { kind: 'REPLEDGE' });
    const none = ['NOTHING_TO_REPLEDGE'];
    expect(codesOf(repledges([[], []], own))).to.eql(none);
    expect(codesOf(repledges([[pledge(3)]], own))).to.eql(none);
    expect(codesOf(repledges([[], [pledge(1)]], own))).to.eql([]);
    const endedAt = (registeredAt: string) =>
      terminated(pledge(1), {
        application: applicationNumber(9),
        at: knownInstant(registeredAt),
      });
    expect(codesOf(repledges([[endedAt('2026-03-10T06:01:59.999Z')]], own))).to.eql(none);
    expect(codesOf(repledges([[endedAt('2026-03-10T06:02:00.000Z')]], own))).to.eql([]);
  });

  it('asks for the consent of those whom EGKN accepted earlier, and of nobody behind (PL-1)', () => {
    const behind = pledge(2, { consentToRepledge: true });
    expect(entered([behind], [], pledge(1), []).ok).to.equal(true);
  });

  it('changes by agreement the terms, whether it may be re-pledged among them (PL-1)', () => {
    const { titleDocument } = pledge(1).terms[0]!;
    const entry = { application: applicationNumber(9), at };
    const outcome = amended(pledge(1), { titleDocument }, { consentToRepledge: true }, entry);
    const changed = valueOrThrow(outcome);
    expect(changed.terms.at(-1)).to.eql({ titleDocument, ...entryOf(entry) });
    expect(codesOf(entered([changed], [], pledge(2), []))).to.eql([
      'EARLIER_PLEDGEE_CONSENT_MISSING',
    ]);
  });

  it('enters nothing twice', () => {
    expect(codesOf(entered([pledge(1)], [], pledge(1), []))).to.eql([
      'ENCUMBRANCE_REGISTERED_ALREADY',
    ]);
  });

  it('enters an entry of EGKN once, whoever brings it (PL-11)', () => {
    const contents = withPledge(emptyRegister(property), pledge(1));
    if (!contents.ok) throw new Error('refused');
    const sameNumber = pledge(2, { acceptance: { ...acceptanceAt(1, 2), egknNumber: '1' } });
    for (const again of [pledge(1), sameNumber]) {
      expect(codesOf(withPledge(contents.value, again))).to.eql(['EGKN_ENTRY_REGISTERED_ALREADY']);
    }
    expect(withPledge(contents.value, pledge(2)).ok).to.equal(true);
  });

  it('cedes from the holder alone, and keeps the rank (PL-1)', () => {
    const entry = { application: applicationNumber(9), at };
    expect(codesOf(ceded(pledge(1), second, third, entry))).to.eql(['NOT_THE_HOLDER']);
    expect(codesOf(ceded(pledge(1), first, first, entry))).to.eql(['HOLDER_ALREADY']);
    const moved = ceded(pledge(1), first, second, entry);
    if (!moved.ok) throw new Error('refused');
    expect(holderOf(moved.value)).to.equal(second);
    expect(ids(inRankOrder([pledge(2), moved.value], []))).to.eql(ids([pledge(1), pledge(2)]));
  });

  it('ends nothing that was not registered, and nothing twice', () => {
    const ended = terminated(pledge(1), { application: applicationNumber(9), at });
    expect(codesOf(live(undefined))).to.eql(['ENCUMBRANCE_UNKNOWN']);
    expect(codesOf(live(ended))).to.eql(['ENCUMBRANCE_TERMINATED']);
  });
});

/** What anybody may try; whom it concerns is drawn at random, so that most of it is refused. */
type Attempt =
  | {
      readonly do: 'enter';
      readonly minute: number;
      readonly bank: number;
      readonly again: boolean;
    }
  | { readonly do: 'cede'; readonly which: number; readonly from: number; readonly to: number }
  | { readonly do: 'end'; readonly which: number }
  | { readonly do: 'agree'; readonly which: readonly number[]; readonly banks: readonly number[] };

const small = fc.nat({ max: 5 });
const bank = fc.nat({ max: 2 });
const attempts: fc.Arbitrary<Attempt> = fc.oneof(
  fc.record({
    do: fc.constant('enter' as const),
    minute: small,
    bank,
    again: fc.boolean(),
  }),
  fc.record({ do: fc.constant('cede' as const), which: small, from: bank, to: bank }),
  fc.record({ do: fc.constant('end' as const), which: small }),
  fc.record({
    do: fc.constant('agree' as const),
    which: fc.array(small, { minLength: 2, maxLength: 4 }),
    banks: fc.subarray([0, 1, 2]),
  }),
);

/** A register that takes what the rules accept, and remembers what has to stay true. */
class Register {
  encumbrances: Encumbrance[] = [];
  agreements: RankAgreement[] = [];
  #next = 0;

  attempt(attempt: Attempt): Outcome<unknown> {
    const entry = { application: applicationNumber(1000 + this.#next), at };
    switch (attempt.do) {
      case 'enter': {
        const n = attempt.again ? this.#next : (this.#next += 1);
        const { bin } = { bin: banks[attempt.bank] as Bin };
        const holders = [{ ...pledge(n).holders[0]!, bin }];
        const candidate = pledge(n, { acceptance: acceptanceAt(attempt.minute, n), holders });
        return this.#kept(entered(this.encumbrances, [], candidate, []), (value) =>
          this.encumbrances.push(value),
        );
      }
      case 'cede': {
        const found = live(this.#find(attempt.which));
        const [from, to] = [banks[attempt.from] as Bin, banks[attempt.to] as Bin];
        if (!found.ok) return found;
        return this.#kept(ceded(found.value, from, to, entry), (value) => this.#replace(value));
      }
      case 'end': {
        const found = live(this.#find(attempt.which));
        return this.#kept(found, (value) => this.#replace(terminated(value, entry)));
      }
      case 'agree': {
        this.#next += 1;
        const agreement = agreementOf(this.#next, attempt.which);
        const consenting = attempt.banks.map((index) => banks[index] as Bin);
        return this.#kept(agreedOnRank(this.encumbrances, agreement, consenting), (value) =>
          this.agreements.push(value),
        );
      }
    }
  }

  #find(n: number): Encumbrance | undefined {
    return this.encumbrances.find(({ id }) => id === applicationNumber(n));
  }

  #replace(changed: Encumbrance): void {
    this.encumbrances = this.encumbrances.map((each) => (each.id === changed.id ? changed : each));
  }

  #kept<T>(outcome: Outcome<T>, keep: (value: T) => void): Outcome<T> {
    if (outcome.ok) keep(outcome.value);
    return outcome;
  }
}

describe('the register after any sequence of attempts', () => {
  it('holds what a register must hold', () => {
    fc.assert(
      fc.property(fc.array(attempts, { maxLength: 25 }), (sequence) => {
        const register = new Register();
        for (const attempt of sequence) {
          const before = register.encumbrances;
          const outcome = register.attempt(attempt);
          if (outcome.ok) continue;
          expect(outcome.refusals.every(({ code }) => /^[A-Z_]+$/.test(code))).to.equal(true);
          expect(register.encumbrances).to.equal(before);
        }
        const { encumbrances, agreements } = register;
        const ranked = inRankOrder(encumbrances, agreements);
        // Nothing twice; everything live has one rank; what has ended has none.
        expect(new Set(ids(encumbrances)).size).to.equal(encumbrances.length);
        expect(new Set(ids(ranked))).to.eql(
          new Set(ids(encumbrances.filter(({ state }) => state === 'LIVE'))),
        );
        // Whoever never agreed on a rank keeps the place that acceptance gives among the others.
        const agreed = new Set<ApplicationId>(agreements.flatMap(({ order }) => order));
        const unmoved = ranked.filter(({ id }) => !agreed.has(id));
        const byAcceptance = unmoved.toSorted((one, other) =>
          compareAcceptance(one.acceptance, other.acceptance),
        );
        expect(ids(unmoved)).to.eql(ids(byAcceptance));
        // One live holder each: the last of an unbroken chain.
        for (const { holders } of encumbrances) {
          holders.forEach(({ bin }, index) => expect(bin).not.to.equal(holders[index - 1]?.bin));
        }
      }),
      { numRuns: 1000 },
    );
  });
});
