/**
 * Keeps the roster on the ledger in step with the channel: a change is proposed by one member and
 * approved by as many as make a majority, each as its own admin. On one machine all admins are here;
 * on several each organisation votes on its own: `kepil call decisions approve`.
 */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Json } from '../../chaincode/kernel/canonical-json.ts';
import { canonicalJson } from '../../chaincode/kernel/canonical-json.ts';
import type { Operation } from '../../chaincode/ledger/operation.ts';
import { approve, list, propose } from '../../chaincode/decisions/operations.ts';
import { type Decision, decision } from '../../chaincode/decisions/schema.ts';
import { members, statePeers } from '../../chaincode/roster/operations.ts';
import { type Candidate, type Member, member } from '../../chaincode/roster/schema.ts';
import type { EvaluateOutcome, Outcome } from '../../gateway/ledger/outcome.ts';
import { callOf } from '../../gateway/ledger/operation-call.ts';
import { type NetworkInfo, withConnection } from '../network-info.ts';
import { textOf } from '../outcome-text.ts';
import { PlainError } from '../plain-error.ts';

const votingDays = 30;
/** More open decisions than this are not looked through for one that was proposed before. */
const pagesMax = 20;

/** The members on the ledger; nothing where the chaincode keeps no roster, or none is founded. */
export async function rosterOf(info: NetworkInfo): Promise<readonly Member[] | undefined> {
  const [first] = info.organisations;
  if (first === undefined) return undefined;
  const outcome = await evaluated(info, first.name, members, {});
  if (outcome.status !== 'answered') return undefined;
  const found = z.object({ members: z.array(member) }).parse(JSON.parse(outcome.result)).members;
  return found.length === 0 ? undefined : found;
}

/** Admits an organisation to the roster, unless it is in it. */
export async function admitToRoster(
  info: NetworkInfo,
  candidate: Candidate,
  say: (step: string) => void,
): Promise<void> {
  const roster = await rosterOf(info);
  if (roster === undefined || roster.some(({ mspId }) => mspId === candidate.mspId)) return;
  say(`admitting ${candidate.mspId} to the roster, by a majority`);
  await decide(info, roster, { kind: 'roster.admission', member: candidate });
}

/** Removes an organisation from the roster, where it is in it; five members must remain. */
export async function removeFromRoster(
  info: NetworkInfo,
  mspId: string,
  say: (step: string) => void,
): Promise<void> {
  const roster = await rosterOf(info);
  if (roster?.some((one) => one.mspId === mspId) !== true) return;
  say(`removing ${mspId} from the roster, by a majority`);
  await decide(info, roster, { kind: 'roster.removal', mspId });
}

/** States an organisation's peers, as its own admin, unless they are stated so. */
export async function statePeersOf(
  info: NetworkInfo,
  organisation: string,
  peers: Member['peers'],
): Promise<void> {
  const own = info.organisations.find(({ name }) => name === organisation);
  const stated = (await rosterOf(info))?.find(({ mspId }) => mspId === own?.mspId);
  if (stated === undefined || canonicalJson(stated.peers) === canonicalJson(peers)) return;
  await submitted(info, organisation, statePeers, { peers });
}

/** Proposes, or goes on with what was proposed, and votes until it is decided. */
async function decide(
  info: NetworkInfo,
  roster: readonly Member[],
  subject: { readonly kind: string } & Readonly<Record<string, Json>>,
): Promise<void> {
  const voters = info.organisations.filter(({ mspId }) =>
    roster.some((one) => one.mspId === mspId),
  );
  const [first] = voters;
  if (first === undefined) throw new PlainError('No member of the roster is on this machine.');
  const input = { subject, reason: 'The channel’s configuration changes alike.', votingDays };
  let standing =
    (await openDecision(info, first.name, subject)) ??
    decision.parse(await submitted(info, first.name, propose, input));
  for (const { name, mspId } of voters) {
    if (standing.state !== 'OPEN') break;
    if (standing.votes.some((vote) => vote.mspId === mspId)) continue;
    standing = decision.parse(await submitted(info, name, approve, { id: standing.id }));
  }
  if (standing.state === 'ADOPTED') return;
  throw new PlainError(`Decision ${standing.id} is ${standing.state}, not adopted.`, {
    next: `The others vote with: kepil call decisions approve '{"id":"${standing.id}"}' --org NAME`,
  });
}

async function openDecision(
  info: NetworkInfo,
  organisation: string,
  subject: Json,
): Promise<Decision | undefined> {
  const wanted = canonicalJson(subject);
  let cursor: string | undefined;
  for (let page = 0; page < pagesMax; page += 1) {
    const input = { state: 'OPEN', limit: 100, ...(cursor === undefined ? {} : { cursor }) };
    const outcome = await evaluated(info, organisation, list, input);
    if (outcome.status !== 'answered') throw failed(list, outcome);
    const { decisions, next } = list.output.parse(JSON.parse(outcome.result));
    const found = decisions.find((one) => canonicalJson(one.subject as Json) === wanted);
    if (found !== undefined || next === undefined) return found;
    cursor = next;
  }
  return undefined;
}

/** What an organisation's peer says to a question of its admin. */
async function evaluated(
  info: NetworkInfo,
  org: string,
  operation: Operation,
  input: Json,
): Promise<EvaluateOutcome> {
  return withConnection(info, { org, user: 'Admin' }, async (connection) =>
    connection.evaluate(callOf(operation, { input, key: '' }, connection.mspId)),
  );
}

/** Submits as an organisation's admin; gives the answer. */
async function submitted(
  info: NetworkInfo,
  org: string,
  operation: Operation,
  input: Json,
): Promise<unknown> {
  const request = { input, key: randomUUID() };
  const outcome = await withConnection(info, { org, user: 'Admin' }, async (connection) =>
    connection.submit(callOf(operation, request, connection.mspId)),
  );
  if (outcome.status === 'committed') return JSON.parse(outcome.result ?? 'null');
  throw failed(operation, outcome);
}

function failed({ contract, name }: Operation, outcome: Outcome): PlainError {
  return new PlainError(`${contract}:${name} failed.\n${textOf(outcome, 'en')}`);
}
