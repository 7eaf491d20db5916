/** The consortium's decisions: proposed by one, approved by a majority, visible to all. */
import { accepted, type Outcome, refused } from '../kernel/outcome.ts';
import { msPerDay, plusMs } from '../kernel/instant.ts';
import { command, contractOf, query } from '../ledger/contract.ts';
import type { PublicLedger } from '../ledger/public-ledger.ts';
import type { Reader } from '../ledger/reader.ts';
import { memberOf } from '../roster/rules.ts';
import { membersOn } from '../roster/store.ts';
import { approve, get, list, propose, reject, withdraw } from './operations.ts';
import { refuse } from './refusals.ts';
import { voted, withdrawn } from './rules.ts';
import { type Decision, decisionType } from './schema.ts';
import { anySubject, effectOf } from './subjects.ts';

export const DecisionsContract = contractOf('decisions', [
  command(propose, async (ledger, { subject, reason, votingDays }) => {
    const { caller, time, transactionId } = ledger.circumstances;
    const proposer = memberOf(await membersOn(ledger), caller.mspId);
    if (!proposer.ok) return proposer;
    // Short enough to be typed, long enough that two transactions do not meet.
    const id = transactionId.slice(0, 16);
    const possible = await effectOf(ledger, subject, id);
    if (!possible.ok) return possible;
    const decision: Decision = {
      id,
      subject,
      reason,
      proposedBy: caller.mspId,
      proposedAt: time,
      expiresAt: plusMs(time, votingDays * msPerDay),
      votes: [],
      state: 'OPEN',
    };
    await ledger.put(decisionType, decision);
    ledger.emit({ name: 'DecisionProposed', id, kind: subject.kind, by: caller.mspId });
    return accepted(decision);
  }),

  command(approve, (ledger, { id }) => cast(ledger, id, true)),

  command(reject, (ledger, { id }) => cast(ledger, id, false)),

  command(withdraw, async (ledger, { id }) => {
    const found = await decisionOn(ledger, id);
    if (!found.ok) return found;
    const { caller, time } = ledger.circumstances;
    const taken = withdrawn(found.value, caller.mspId, time);
    if (!taken.ok) return taken;
    await ledger.put(decisionType, taken.value);
    ledger.emit({ name: 'DecisionWithdrawn', id, by: caller.mspId });
    return taken;
  }),

  query(get, (ledger, { id }) => decisionOn(ledger, id)),

  query(list, async (ledger, { state, limit, cursor }) => {
    const page = await ledger.page(decisionType, [], { limit, cursor });
    if (!page.ok) return page;
    const decisions = page.value.items.map(({ data }) => data);
    return accepted({
      decisions: decisions.filter((decision) => state === undefined || decision.state === state),
      ...(page.value.next === undefined ? {} : { next: page.value.next }),
    });
  }),
]);

/** Casts the caller's vote; the one that reaches the majority also carries the decision out. */
async function cast(
  ledger: PublicLedger,
  id: string,
  inFavour: boolean,
): Promise<Outcome<Decision>> {
  const found = await decisionOn(ledger, id);
  if (!found.ok) return found;
  const { caller, time, transactionId } = ledger.circumstances;
  const vote = { mspId: caller.mspId, inFavour, at: time, transactionId };
  const after = voted(found.value, await membersOn(ledger), vote);
  if (!after.ok) return after;
  ledger.emit({ name: 'DecisionVoted', id, by: caller.mspId, inFavour });
  if (after.value.state === 'ADOPTED') {
    const effect = await effectOf(ledger, anySubject.parse(after.value.subject), id);
    if (!effect.ok) return effect;
    await effect.value(ledger);
  }
  if (after.value.state !== 'OPEN') {
    ledger.emit({ name: 'DecisionClosed', id, state: after.value.state });
  }
  await ledger.put(decisionType, after.value);
  return after;
}

async function decisionOn(ledger: Reader, id: string): Promise<Outcome<Decision>> {
  const found = await ledger.find(decisionType, [id]);
  return found === undefined
    ? refused(refuse('DECISION_UNKNOWN', { field: '/id' }))
    : accepted(found.data);
}
