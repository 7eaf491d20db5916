/**
 * How notices stand: which there are follows from the application, what became of one says the
 * organisation that delivers it.
 */
import { mspIdSchema } from '../../kernel/msp-id.ts';
import { accepted, type Outcome } from '../../kernel/outcome.ts';
import { registrarMsp } from '../../ledger/institutions.ts';
import type { PublicLedger } from '../../ledger/public-ledger.ts';
import type { Reader } from '../../ledger/reader.ts';
import { organisationOn } from '../../organisations/store.ts';
import type { Application } from '../application.ts';
import { applicationOn } from '../store.ts';
import { type Notice, type NoticeId, noticeParts, noticeType } from './notice.ts';
import { latestOf, noticeNamed, noticesOf } from './notice-rules.ts';

/** Writes down what is due after a decision, so that those who deliver find it. */
export async function announce(ledger: PublicLedger, application: Application): Promise<void> {
  const notices = await noticesOn(ledger, application);
  for (const notice of latestOf(notices, application)) await ledger.put(noticeType, notice);
}

/**
 * A notice as it counts: no record of one makes it due, the application does; and what its deliverer
 * has not sealed was not delivered, whoever wrote so.
 */
export async function standingNotice(ledger: Reader, id: NoticeId): Promise<Outcome<Notice>> {
  const application = await applicationOn(ledger, id.application);
  if (!application.ok) return application;
  const due = noticeNamed(await noticesOn(ledger, application.value), id);
  if (!due.ok) return due;
  const recorded = await ledger.find(noticeType, noticeParts(id));
  if (recorded === undefined) return due;
  const isSealed = await ledger.isSealed(noticeType, recorded.data, due.value.deliverer);
  return isSealed ? accepted(recorded.data) : due;
}

async function noticesOn(ledger: Reader, application: Application): Promise<readonly Notice[]> {
  const platform = await organisationOn(ledger, application.platform);
  if (!platform.ok) throw new Error('an application of an unknown platform');
  const registrar = mspIdSchema.parse(registrarMsp);
  return noticesOf(application, { platform: platform.value.mspId, registrar });
}
