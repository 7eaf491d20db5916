import { expect } from 'chai';
import fc from 'fast-check';
import { mspIdSchema } from '../../../chaincode/kernel/msp-id.ts';
import { knownInstant } from '../../../chaincode/kernel/instant.ts';
import { voted, withdrawn } from '../../../chaincode/decisions/rules.ts';
import type { Decision, Vote } from '../../../chaincode/decisions/schema.ts';
import { founders } from '../../../chaincode/roster/founders.ts';
import { majorityOf } from '../../../chaincode/roster/rules.ts';
import type { Member } from '../../../chaincode/roster/schema.ts';

const members: readonly Member[] = founders.map((founder) => ({ ...founder, peers: [] }));
const mspIds = members.map(({ mspId }) => mspId);

const proposed: Decision = {
  id: '0123456789abcdef',
  subject: { kind: 'roster.removal' },
  reason: 'a reason',
  proposedBy: mspIdSchema.parse('AlphaMSP'),
  proposedAt: knownInstant('2026-11-20T10:00:00.000Z'),
  expiresAt: knownInstant('2026-12-20T10:00:00.000Z'),
  votes: [],
  state: 'OPEN',
};

const vote = (mspId: string, inFavour = true, at = '2026-11-21T10:00:00.000Z'): Vote => ({
  mspId: mspIdSchema.parse(mspId),
  inFavour,
  at: knownInstant(at),
  transactionId: 't',
});

/** The decision after votes that are all accepted, or the code of the first refusal. */
function after(votes: readonly Vote[], decision = proposed): Decision | string {
  let now = decision;
  for (const each of votes) {
    const next = voted(now, members, each);
    if (!next.ok) return next.refusals[0].code;
    now = next.value;
  }
  return now;
}

describe('decisions of the consortium', () => {
  it('are adopted by the vote that reaches the majority', () => {
    const two = [vote('AlphaMSP'), vote('GosCorpMSP')];
    expect(after(two)).to.have.property('state', 'OPEN');
    expect(after([...two, vote('NitMSP')])).to.include({
      state: 'ADOPTED',
      closedAt: '2026-11-21T10:00:00.000Z',
    });
  });

  it('take no vote once they are decided', () => {
    const three = ['AlphaMSP', 'GosCorpMSP', 'NitMSP'].map((mspId) => vote(mspId));
    expect(after([...three, vote('BetaMSP')])).to.equal('DECISION_CLOSED');
  });

  it('are rejected once no majority can be reached any more', () => {
    const against = ['AlphaMSP', 'GosCorpMSP', 'NitMSP'].map((mspId) => vote(mspId, false));
    expect(after(against.slice(0, 2))).to.have.property('state', 'OPEN');
    expect(after(against)).to.have.property('state', 'REJECTED');
  });

  it('count one vote an organisation, of members alone, in time', () => {
    expect(after([vote('AlphaMSP'), vote('AlphaMSP')])).to.equal('VOTED_ALREADY');
    expect(after([vote('GammaMSP')])).to.equal('NOT_A_MEMBER');
    expect(after([vote('BetaMSP', true, '2026-12-20T10:00:00.001Z')])).to.equal('DECISION_EXPIRED');
  });

  it('do not count the votes of those who have left since', () => {
    const now = after([vote('AlphaMSP'), vote('GosCorpMSP')]) as Decision;
    const left = members.filter(({ mspId }) => mspId !== 'AlphaMSP');
    const next = voted(now, left, vote('NitMSP'));
    // Two of the four that remain: their majority is three.
    expect(next.ok && next.value.state).to.equal('OPEN');
  });

  it('can be taken back by their proposer alone', () => {
    expect(withdrawn(proposed, 'BetaMSP', proposed.proposedAt)).to.have.nested.property(
      'refusals[0].code',
      'NOT_THE_PROPOSER',
    );
    const taken = withdrawn(proposed, 'AlphaMSP', proposed.proposedAt);
    expect(taken.ok && taken.value.state).to.equal('WITHDRAWN');
  });

  it('are decided alike in whatever order the members vote', () => {
    const ballots = fc.array(fc.boolean(), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(ballots, fc.shuffledSubarray(mspIds, { minLength: 5 }), (choices, order) => {
        const choice = (mspId: Member['mspId']) => choices[mspIds.indexOf(mspId)] ?? false;
        let now = proposed;
        for (const mspId of order) {
          const next = voted(now, members, vote(mspId, choice(mspId)));
          if (next.ok) now = next.value;
        }
        const inFavour = choices.filter(Boolean).length;
        expect(now.state).to.equal(inFavour >= majorityOf(5) ? 'ADOPTED' : 'REJECTED');
      }),
    );
  });
});
