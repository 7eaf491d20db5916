/**
 * A notice of what was decided, to one cabinet, and what became of it (PL-14).
 *
 * Whom it goes to is a role and a participant's number; who that is stands in the dossier, which the
 * organisation that delivers holds (SE-2).
 */
import { z } from 'zod';
import { applicationIdSchema } from '../../kernel/application-id.ts';
import { binSchema } from '../../kernel/bin.ts';
import { documentHashSchema } from '../../kernel/document-hash.ts';
import { instantSchema } from '../../kernel/instant.ts';
import { mspIdSchema } from '../../kernel/msp-id.ts';
import { recordType } from '../../ledger/record.ts';
import { partsMax } from '../portfolio/part.ts';

/** Which notice: about which decision, to whom. */
export const noticeId = z.strictObject({
  /** An application, or a batch by which a portfolio is ceded. */
  application: applicationIdSchema,
  /**
   * The place among the application's decisions; what ends it without one comes after the last. Of a
   * batch the part that was carried out.
   */
  decision: z.int().min(1).max(partsMax),
  /** Whose cabinet on egov.kz; without one, and without a holder, it is the pledgee's. */
  participant: z.int().min(1).max(100).optional(),
  /** Which holder, told beside the platform: through its own organisation, or on egov.kz. */
  holder: binSchema.optional(),
  /** All pledgors of a part at once, each in an own cabinet: only who delivers knows who they are. */
  pledgors: z.literal(true).optional(),
});
export type NoticeId = z.output<typeof noticeId>;

/** What the delivering system says of one moment, and the hash of the receipt that it gave. */
const proof = z.strictObject({ at: instantSchema, receipt: documentHashSchema });
export type Proof = z.output<typeof proof>;

/** One attempt to deliver, and how it ended. */
const attempt = z.strictObject({
  sent: proof,
  ended: proof.extend({ outcome: z.enum(['DELIVERED', 'FAILED']) }).optional(),
});
export type Attempt = z.output<typeof attempt>;

/** So many attempts a notice has; after them someone has to find out what is wrong. */
export const attemptsMax = 20;

export const noticeState = z.enum(['DUE', 'SENT', 'DELIVERED', 'FAILED']);

export const notice = z.strictObject({
  ...noticeId.shape,
  /** What it tells; the termination's is the result of that service (TR-3; 000 alg. 21). */
  subject: z.enum([
    'REGISTERED',
    'TERMINATION_REGISTERED',
    'SUSPENDED',
    'REFUSED',
    'REFUSED_BY_PLEDGEE',
    'WITHDRAWN',
    'CLOSED',
  ]),
  role: z.enum(['PLEDGEE', 'PLEDGOR', 'PLEDGORS', 'APPLICANT', 'HOLDER']),
  cabinet: z.enum(['PLATFORM', 'EGOV']),
  decidedAt: instantSchema,
  /** The organisation that delivers it, and alone says what became of it. */
  deliverer: mspIdSchema,
  state: noticeState,
  attempts: z.array(attempt).max(attemptsMax),
});
export type Notice = z.output<typeof notice>;

export const noticeType = recordType({
  name: 'notice',
  version: 1,
  schema: notice,
  keyOf: (data: Notice) => noticeParts(data),
  indexes: {
    /** Who delivers asks for what it has to send, or still has no answer for, the earliest first. */
    undelivered: ({ deliverer, state, decidedAt }) =>
      state === 'DELIVERED' ? [] : [[deliverer, state, decidedAt]],
  },
});

/** The parts of a notice's key; padded, so that an application's notices come in order. */
export function noticeParts(notice: NoticeId): readonly string[] {
  const { application, decision, participant, holder = 'pledgee', pledgors } = notice;
  const other = pledgors === undefined ? holder : 'pledgors';
  const recipient = participant === undefined ? other : String(participant).padStart(3, '0');
  return [application, String(decision).padStart(3, '0'), recipient];
}
