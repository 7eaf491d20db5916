/** Organisations: who is a party, what it has to prove, and its way into KDP. */
import { dueAfter } from '../kernel/deadline.ts';
import type { Instant } from '../kernel/instant.ts';
import { accepted, andThen, refused } from '../kernel/outcome.ts';
import { localDateOf } from '../kernel/almaty.ts';
import { command, contractOf, query } from '../ledger/contract.ts';
import { historyOf } from '../ledger/history.ts';
import { operatorMsp } from '../ledger/institutions.ts';
import type { Reader } from '../ledger/reader.ts';
import { editionInForce } from '../regimes/rules.ts';
import { calendarOn, editionsOn } from '../regimes/store.ts';
import { headHandlers } from './heads/handlers.ts';
import {
  applyForKdp,
  decideOnKdp,
  endKdp,
  get,
  handKey,
  judgeItem,
  kdpHistory,
  list,
  mayFile,
  reviewTestAct,
  stateItem,
  withdrawKdp,
} from './operations.ts';
import { refuse } from './refusals.ts';
import * as rules from './rules.ts';
import {
  type ChecklistItem,
  checklistItemType,
  integrationType,
  organisationType,
} from './schema.ts';
import { byOwner, saved } from './steps.ts';
import { integrationOn, organisationOn, ownOrganisation, standingOf } from './store.ts';
import { testingHandlers } from './testing/handlers.ts';

export const OrganisationsContract = contractOf('organisations', [
  query(get, async (ledger, { bin }) => {
    const found = await organisationOn(ledger, bin);
    if (!found.ok) return found;
    const { organisation, items, integrations } = await standingOf(ledger, found.value);
    return accepted({
      organisation,
      items: items.map(shown),
      integrations: [...integrations],
    });
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

  query(kdpHistory, async (ledger, { bin, system, ...asked }) => {
    const found = await integrationOn(ledger, bin, system);
    if (!found.ok) return found;
    return accepted(await historyOf(ledger, integrationType, [bin, system], asked));
  }),

  command(stateItem, async (ledger, statement) => {
    const { bin, item: name } = statement;
    const own = await ownOrganisation(ledger, bin);
    if (!own.ok) return own;
    const before = await ledger.find(checklistItemType, [bin, name]);
    const item = rules.stated(before?.data, statement);
    await ledger.put(checklistItemType, item);
    ledger.emit({ name: 'ChecklistItemStated', bin: item.bin, item: item.item });
    return accepted(item);
  }),

  command(judgeItem, async (ledger, { bin, item, stated, reason }) => {
    const found = await ledger.find(checklistItemType, [bin, item]);
    if (found === undefined) return refused(refuse('ITEM_UNKNOWN', { norm: 'OR-2' }));
    const judged = rules.judged(found.data, stated, reason);
    if (!judged.ok) return judged;
    await ledger.put(checklistItemType, judged.value);
    const state = reason === undefined ? 'ACCEPTED' : 'RETURNED';
    ledger.emit({ name: 'ChecklistItemJudged', bin, item, state });
    return judged;
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

  command(withdrawKdp, (ledger, { bin, system, reason }) =>
    byOwner(ledger, bin, system, 'KdpIntegrationWithdrawn', (integration) =>
      rules.withdrawn(integration, reason),
    ),
  ),

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

  command(reviewTestAct, async (ledger, { bin, system, reason }) => {
    const found = await integrationOn(ledger, bin, system);
    const reviewed = andThen(found, (integration) => rules.actReviewed(integration, reason));
    return saved(ledger, reviewed, 'KdpTestActReviewed');
  }),

  command(endKdp, async (ledger, { bin, system, reason }) => {
    const { caller, circumstances } = ledger;
    const allowed =
      caller.mspId === operatorMsp
        ? await organisationOn(ledger, bin)
        : await ownOrganisation(ledger, bin);
    if (!allowed.ok) return allowed;
    const found = await integrationOn(ledger, bin, system);
    const ended = andThen(found, (each) => rules.takenOut(each, reason, circumstances.time));
    return saved(ledger, ended, 'KdpIntegrationEnded');
  }),

  ...testingHandlers,
  ...headHandlers,
]);

/** An item with the hashes by which the operator judges what is stated of it, and what was accepted. */
function shown(item: ChecklistItem) {
  const { earlier = [], ...present } = item;
  return {
    ...present,
    stated: rules.statedHash(item),
    earlier: earlier.map((each) => ({ ...each, stated: rules.hashOfEarlier(item, each) })),
  };
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
