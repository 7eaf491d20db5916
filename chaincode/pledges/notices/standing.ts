/**
 * How notices stand: which there are follows from the application, or from the parts of a portfolio
 * that were ceded; what became of one says the organisation that delivers it.
 */
import { mspIdSchema } from '../../kernel/msp-id.ts';
import { accepted, type Outcome } from '../../kernel/outcome.ts';
import { registrarMsp } from '../../ledger/institutions.ts';
import type { PublicLedger } from '../../ledger/public-ledger.ts';
import type { Reader } from '../../ledger/reader.ts';
import { organisationOn } from '../../organisations/store.ts';
import type { Application } from '../application.ts';
import type { OpenedBatch, PartOutcome } from '../portfolio/batch.ts';
import { batchOn, partOn } from '../portfolio/batch-store.ts';
import { applicationOn } from '../store.ts';
import { type Notice, type NoticeId, noticeParts, noticeType } from './notice.ts';
import { type Deliverers, latestOf, noticeNamed, noticesOf } from './notice-rules.ts';
import { noticesOfPart } from './part-notices.ts';

/** Writes down what is due after a decision, so that those who deliver find it. */
export async function announce(ledger: PublicLedger, application: Application): Promise<void> {
  const notices = noticesOf(application, await deliverersOf(ledger, application.platform));
  for (const notice of latestOf(notices, application)) await ledger.put(noticeType, notice);
}

/** Writes down what is due after a part of a cession. */
export async function announcePart(
  ledger: PublicLedger,
  opened: OpenedBatch,
  outcome: PartOutcome,
): Promise<void> {
  for (const notice of await noticesAfter(ledger, opened, outcome)) {
    await ledger.put(noticeType, notice);
  }
}

/**
 * A notice as it counts: no record of one makes it due, the application does; and what its deliverer
 * has not sealed was not delivered, whoever wrote so.
 */
export async function standingNotice(ledger: Reader, id: NoticeId): Promise<Outcome<Notice>> {
  const all = await noticesAbout(ledger, id);
  if (!all.ok) return all;
  const due = noticeNamed(all.value, id);
  if (!due.ok) return due;
  const recorded = await ledger.find(noticeType, noticeParts(id));
  if (recorded === undefined) return due;
  const isSealed = await ledger.isSealed(noticeType, recorded.data, due.value.deliverer);
  return isSealed ? accepted(recorded.data) : due;
}

/** All about an application, or about the part of a batch. */
async function noticesAbout(
  ledger: Reader,
  { application: id, decision }: NoticeId,
): Promise<Outcome<readonly Notice[]>> {
  const application = await applicationOn(ledger, id);
  if (application.ok) {
    const deliverers = await deliverersOf(ledger, application.value.platform);
    return accepted(noticesOf(application.value, deliverers));
  }
  const opened = await batchOn(ledger, id);
  if (!opened.ok) return application;
  const outcome = await partOn(ledger, id, decision);
  return accepted(outcome === undefined ? [] : await noticesAfter(ledger, opened.value, outcome));
}

/** Of an import nobody is told: EGKN told its parties when it registered. */
async function noticesAfter(
  ledger: Reader,
  opened: OpenedBatch,
  outcome: PartOutcome,
): Promise<readonly Notice[]> {
  const { content } = opened;
  if (content.kind !== 'CESSION') return [];
  return noticesOfPart(opened, outcome, await deliverersOf(ledger, content.platform));
}

async function deliverersOf(
  ledger: Reader,
  platform: Application['platform'],
): Promise<Deliverers> {
  const found = await organisationOn(ledger, platform);
  if (!found.ok) throw new Error('an application of an unknown platform');
  return { platform: found.value.mspId, registrar: mspIdSchema.parse(registrarMsp) };
}
