/**
 * How the consortium decides: one vote an organisation, by majority over the roster, within a term.
 */
import { withOneMore } from '../kernel/full-list.ts';
import type { Instant } from '../kernel/instant.ts';
import { accepted, type Outcome, refused } from '../kernel/outcome.ts';
import { majorityOf, memberOf } from '../roster/rules.ts';
import type { Member } from '../roster/schema.ts';
import { refuse } from './refusals.ts';
import { type Decision, type Vote, votesMax } from './schema.ts';

/** Adds a member's vote, and closes the decision when the majority is reached for or against it. */
export function voted(
  decision: Decision,
  members: readonly Member[],
  vote: Vote,
): Outcome<Decision> {
  const member = memberOf(members, vote.mspId);
  if (!member.ok) return member;
  const open = stillOpen(decision, vote.at);
  if (!open.ok) return open;
  if (decision.votes.some(({ mspId }) => mspId === vote.mspId)) {
    return refused(refuse('VOTED_ALREADY'));
  }
  const bound = { what: 'votes', limit: votesMax, norm: 'SE-4' };
  const counted = withOneMore(decision.votes, vote, bound);
  if (!counted.ok) return counted;
  const votes = counted.value;
  const state = stateAfter(votes, members);
  return accepted({
    ...decision,
    votes,
    state,
    ...(state === 'OPEN' ? {} : { closedAt: vote.at }),
  });
}

/** Takes a proposal back before it is decided. */
export function withdrawn(decision: Decision, mspId: string, at: Instant): Outcome<Decision> {
  const open = stillOpen(decision, at);
  if (!open.ok) return open;
  return decision.proposedBy === mspId
    ? accepted({ ...decision, state: 'WITHDRAWN', closedAt: at })
    : refused(refuse('NOT_THE_PROPOSER', { norm: 'SE-3' }));
}

/** Instants of one form compare as texts. */
function stillOpen(decision: Decision, at: Instant): Outcome<Decision> {
  if (decision.state !== 'OPEN') {
    return refused(refuse('DECISION_CLOSED', { params: { state: decision.state } }));
  }
  return at <= decision.expiresAt
    ? accepted(decision)
    : refused(refuse('DECISION_EXPIRED', { params: { expiresAt: decision.expiresAt } }));
}

/** Only votes of those who are members now count: who has left no longer decides. */
function stateAfter(votes: readonly Vote[], members: readonly Member[]): Decision['state'] {
  const counted = votes.filter((vote) => members.some(({ mspId }) => mspId === vote.mspId));
  const inFavour = counted.filter((vote) => vote.inFavour).length;
  const against = counted.length - inFavour;
  const majority = majorityOf(members.length);
  if (inFavour >= majority) return 'ADOPTED';
  return members.length - against < majority ? 'REJECTED' : 'OPEN';
}
