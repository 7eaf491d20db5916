/**
 * Which application a payment has paid for: one fee is for one application (PL-7, PL-9).
 *
 * The record stands by the evidence of the payment, under the State Corporation's seal, so that no
 * majority can take it away and have a receipt pay again.
 */
import { z } from 'zod';
import { type ApplicationId, applicationIdSchema } from '../kernel/application-id.ts';
import { type DocumentHash, documentHashSchema } from '../kernel/document-hash.ts';
import { accepted, type Outcome, refused } from '../kernel/outcome.ts';
import { registrarMsp } from '../ledger/institutions.ts';
import type { PublicLedger } from '../ledger/public-ledger.ts';
import type { Reader } from '../ledger/reader.ts';
import { recordType } from '../ledger/record.ts';
import { refuse } from './refusals.ts';
import { applicationOn } from './store.ts';

const paymentUse = z.strictObject({
  evidence: documentHashSchema,
  /** What it paid for: an application, or the batch of a cession. */
  paid: applicationIdSchema,
});
type PaymentUse = z.output<typeof paymentUse>;

const paymentUseType = recordType({
  name: 'payment.use',
  version: 1,
  schema: paymentUse,
  keyOf: ({ evidence }: PaymentUse) => [evidence],
});

/**
 * Whether a payment may pay for an application: it has paid for no other one, or for one that was
 * taken back or closed before EGKN took it, for which no service was rendered. What a pledgee
 * refuses has not been filed, and took no payment.
 */
export async function stillUnused(
  ledger: Reader,
  evidence: DocumentHash,
  application: ApplicationId,
): Promise<Outcome<null>> {
  const use = await ledger.findSealed(paymentUseType, [evidence], registrarMsp);
  if (use.state === 'ABSENT') return accepted(null);
  if (use.state === 'SEALED') {
    const isOwn = use.data.paid === application;
    if (isOwn || (await isReturned(ledger, use.data))) return accepted(null);
  }
  return refused(
    refuse('PAYMENT_USED_ALREADY', { norm: 'PL-7; PL-9', field: '/payment/evidence' }),
  );
}

async function isReturned(ledger: Reader, { paid }: PaymentUse): Promise<boolean> {
  const earlier = await applicationOn(ledger, paid);
  if (!earlier.ok) return false;
  const { state, acceptance } = earlier.value;
  return ['WITHDRAWN', 'CLOSED'].includes(state) && acceptance === undefined;
}

/** Notes that a payment has paid for an application. */
export async function notePaid(
  ledger: PublicLedger,
  evidence: DocumentHash,
  paid: ApplicationId,
): Promise<void> {
  await ledger.putSealed(paymentUseType, { evidence, paid }, registrarMsp);
}
