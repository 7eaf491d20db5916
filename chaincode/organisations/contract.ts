/** Organisations: who is a party, what it has to prove, and its way into KDP. */
import { z } from 'zod';
import { type Bin, binSchema } from '../kernel/bin.ts';
import { documentHashOf, documentHashSchema } from '../kernel/document-hash.ts';
import { instantSchema } from '../kernel/instant.ts';
import { dueAfter } from '../kernel/deadline.ts';
import type { Instant } from '../kernel/instant.ts';
import { accepted, andThen, type Outcome, refused } from '../kernel/outcome.ts';
import { localDateOf } from '../kernel/almaty.ts';
import { command, contractOf, privateCommand, query } from '../ledger/contract.ts';
import type { PublicLedger } from '../ledger/public-ledger.ts';
import type { Reader } from '../ledger/reader.ts';
import { givenVerdict, verdictText } from '../ledger/verdict.ts';
import { signedByKdp } from '../trust/kdp-token.ts';
import { editionInForce } from '../regimes/rules.ts';
import { calendarOn, editionsOn } from '../regimes/store.ts';
import { headHandlers } from './heads/handlers.ts';
import {
  applyForKdp,
  countTestAnswer,
  decideOnKdp,
  fileTestAct,
  get,
  handKey,
  judgeItem,
  list,
  mayFile,
  reviewTestAct,
  stateItem,
  verifyTestAnswer,
} from './operations.ts';
import { refuse } from './refusals.ts';
import * as rules from './rules.ts';
import {
  checklistItemType,
  type Integration,
  integrationType,
  organisationType,
} from './schema.ts';
import { integrationOn, organisationOn, ownOrganisation, standingOf } from './store.ts';

export const OrganisationsContract = contractOf('organisations', [
  query(get, async (ledger, { bin }) => {
    const found = await organisationOn(ledger, bin);
    if (!found.ok) return found;
    const { organisation, items, integrations } = await standingOf(ledger, found.value);
    return accepted({ organisation, items: [...items], integrations: [...integrations] });
  }),

  query(list, async (ledger, { limit, cursor }) => {
    const page = await ledger.page(organisationType, [], { limit, cursor });
    if (!page.ok) return page;
    const { items, next } = page.value;
    const organisations = items.map(({ data }) => data);
    return accepted({ organisations, ...(next === undefined ? {} : { next }) });
  }),

  query(mayFile, async (ledger, { bin, on }) => {
    const found = await organisationOn(ledger, bin);
    if (!found.ok) return found;
    const edition = editionInForce(await editionsOn(ledger, 'PLEDGE'), 'PLEDGE', on);
    if (!edition.ok) return edition;
    return rules.mayFile(await standingOf(ledger, found.value), edition.value, on);
  }),

  command(stateItem, async (ledger, stated) => {
    const own = await ownOrganisation(ledger, stated.bin);
    if (!own.ok) return own;
    const item = { ...stated, state: 'STATED' as const };
    await ledger.put(checklistItemType, item);
    ledger.emit({ name: 'ChecklistItemStated', bin: item.bin, item: item.item });
    return accepted(item);
  }),

  command(judgeItem, async (ledger, { bin, item, reason }) => {
    const found = await ledger.find(checklistItemType, [bin, item]);
    if (found === undefined) return refused(refuse('ITEM_UNKNOWN', { norm: 'OR-2' }));
    const judged = {
      ...found.data,
      state: reason === undefined ? ('ACCEPTED' as const) : ('RETURNED' as const),
      ...(reason === undefined ? {} : { reason }),
    };
    await ledger.put(checklistItemType, judged);
    ledger.emit({ name: 'ChecklistItemJudged', bin, item, state: judged.state });
    return accepted(judged);
  }),

  command(applyForKdp, async (ledger, { bin, system, application, submittedAt }) => {
    const own = await ownOrganisation(ledger, bin);
    if (!own.ok) return own;
    if (!own.value.systems.some(({ id }) => id === system)) {
      return refused(refuse('SYSTEM_UNKNOWN', { norm: 'OR-5', params: { system } }));
    }
    const open = rules.modeIsOpen(application, own.value);
    if (!open.ok) return open;
    const due = await decisionDue(ledger, submittedAt);
    if (!due.ok) return due;
    const earlier = await ledger.find(integrationType, [bin, system]);
    return saved(
      ledger,
      rules.submitted(earlier?.data, { bin, system, application, submittedAt }, due.value),
      'KdpIntegrationApplied',
    );
  }),

  command(decideOnKdp, async (ledger, { bin, system, decidedAt, reason }) => {
    const found = await integrationOn(ledger, bin, system);
    if (!found.ok) return found;
    const due = await decisionDue(ledger, found.value.submittedAt);
    if (!due.ok) return due;
    const decision = rules.decided(found.value, reason, decidedAt, due.value);
    return saved(ledger, decision, 'KdpIntegrationDecided');
  }),

  command(handKey, (ledger, { bin, system, keyHash, handedAt }) =>
    byOwner(ledger, bin, system, 'KdpKeyHanded', (integration) =>
      rules.keyHanded(integration, { hash: keyHash, at: handedAt }),
    ),
  ),

  privateCommand(
    verifyTestAnswer,
    async (ledger, input) => {
      const own = await ownOrganisation(ledger, input.bin);
      if (!own.ok) return own;
      const claims = await signedByKdp(ledger, input.token, input.publicKey);
      if (!claims.ok) return claims;
      ledger.giveVerdict(verdictOnAnswer(input));
      return accepted(null);
    },
    (input) => ({ verdict: verdictOnAnswer(input) }),
  ),

  command(countTestAnswer, async (ledger, { verdict }) => {
    const given = await givenVerdict(ledger, testAnswerVerdict, verdict);
    if (!given.ok) return given;
    const { bin, system, tokenHash, answeredAt } = given.value;
    const { transactionId } = ledger.circumstances;
    return byOwner(ledger, bin, system, 'KdpTestAnswerCounted', (integration) =>
      rules.answered(integration, { tokenHash, answeredAt, transactionId }),
    );
  }),

  command(fileTestAct, (ledger, { bin, system, act }) =>
    byOwner(ledger, bin, system, 'KdpTestActFiled', (integration) =>
      rules.actFiled(integration, act),
    ),
  ),

  command(reviewTestAct, async (ledger, { bin, system, reason }) => {
    const found = await integrationOn(ledger, bin, system);
    const reviewed = andThen(found, (integration) => rules.actReviewed(integration, reason));
    return saved(ledger, reviewed, 'KdpTestActReviewed');
  }),

  ...headHandlers,
]);

/** A token of the test environment, verified; whose it was is said nowhere. */
const testAnswerVerdict = z.strictObject({
  verdict: z.literal('TEST_ANSWER'),
  bin: binSchema,
  system: z.string(),
  tokenHash: documentHashSchema,
  answeredAt: instantSchema,
});

function verdictOnAnswer(input: z.output<typeof verifyTestAnswer.input>): string {
  const { bin, system, token, answeredAt } = input;
  const tokenHash = documentHashOf(token);
  return verdictText({ verdict: 'TEST_ANSWER', bin, system, tokenHash, answeredAt });
}

/** A step that only the organisation itself takes. */
async function byOwner(
  ledger: PublicLedger,
  bin: Bin,
  system: string,
  event: string,
  step: (integration: Integration) => Outcome<Integration>,
): Promise<Outcome<Integration>> {
  const own = await ownOrganisation(ledger, bin);
  if (!own.ok) return own;
  const found = await integrationOn(ledger, bin, system);
  return saved(ledger, andThen(found, step), event);
}

/** Writes an integration as a step has left it, and tells of the step. */
async function saved(
  ledger: PublicLedger,
  outcome: Outcome<Integration>,
  event: string,
): Promise<Outcome<Integration>> {
  if (!outcome.ok) return outcome;
  const { bin, system, state } = outcome.value;
  await ledger.put(integrationType, outcome.value);
  ledger.emit({ name: event, bin, system, state });
  return outcome;
}

/** The decision is due in the days that the edition of KDP's rules states (002 cl. 9). */
async function decisionDue(ledger: Reader, submittedAt: Instant) {
  const editions = await editionsOn(ledger, 'KDP');
  const edition = editionInForce(editions, 'KDP', localDateOf(submittedAt));
  if (!edition.ok) return edition;
  const term = edition.value.parameters.terms['application']?.term;
  if (term === undefined) throw new Error('the edition of KDP names no term for an application');
  return dueAfter(await calendarOn(ledger), submittedAt, term);
}
