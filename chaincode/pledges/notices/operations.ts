/** The transactions of notices: what became of one, and which are still to be delivered. */
import { z } from 'zod';
import { applicationIdSchema } from '../../kernel/application-id.ts';
import { documentHashSchema } from '../../kernel/document-hash.ts';
import { instantSchema } from '../../kernel/instant.ts';
import { operation } from '../../ledger/operation.ts';
import { notice, noticeId, noticeState } from './notice.ts';

const norms = 'PL-14; PL-8; TR-3; 000 alg. 9, 17, 25';
const asQuery = { contract: 'pledges', norms, shape: { kind: 'query' }, callers: {} } as const;

/** A page may be shorter than asked for and not the last: the last one has no `next`. */
const page = {
  limit: z.int().min(1).max(100).default(20),
  cursor: z.string().max(1000).optional(),
};
const notices = z.strictObject({ notices: z.array(notice), next: z.string().optional() });

export const recordDelivery = operation({
  contract: 'pledges',
  name: 'recordDelivery',
  summary: 'Records that a notice was sent, was delivered to its cabinet, or failed to be.',
  norms,
  shape: { kind: 'public', sealedBy: 'caller' },
  callers: {},
  input: z.strictObject({
    ...noticeId.shape,
    step: noticeState.exclude(['DUE']),
    /** The time that the delivering system gives. */
    at: instantSchema,
    /** Of its receipt, which may name a person and stays with who delivers. */
    receipt: documentHashSchema,
  }),
  output: notice,
});

export const noticesOfApplication = operation({
  ...asQuery,
  name: 'noticesOfApplication',
  summary: 'Shows the notices about an application, or about a portfolio: what became of each.',
  input: z.strictObject({ application: applicationIdSchema, ...page }),
  output: notices,
});

export const noticesToDeliver = operation({
  ...asQuery,
  name: 'noticesToDeliver',
  summary: "Lists what the caller's organisation has to deliver, or has no answer for yet.",
  /** Of one state, or of each: due, failed, sent; within a state the earliest decision first. */
  input: z.strictObject({ state: noticeState.exclude(['DELIVERED']).optional(), ...page }),
  output: notices,
});

export const noticeOperations = [recordDelivery, noticesOfApplication, noticesToDeliver];
