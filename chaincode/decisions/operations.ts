/** The transactions by which the consortium decides. */
import { z } from 'zod';
import { operation } from '../ledger/operation.ts';
import { decision, decisionId, decisionState } from './schema.ts';
import { anySubject } from './subjects.ts';

const norms = 'RG-2; SE-3';

/** Longest time for voting. */
export const votingDaysMax = 90;

export const propose = operation({
  contract: 'decisions',
  name: 'propose',
  summary: 'Proposes something for the consortium to decide; proposing is not yet voting.',
  norms,
  shape: { kind: 'public' },
  callers: { nodeOu: 'admin' },
  input: z.strictObject({
    subject: anySubject,
    reason: z.string().min(1).max(2000),
    /** Days for voting, counted from the transaction's time. */
    votingDays: z.int().min(1).max(votingDaysMax).default(30),
  }),
  output: decision,
});

export const approve = operation({
  contract: 'decisions',
  name: 'approve',
  summary: "Votes for a decision in the name of the caller's organisation.",
  norms,
  shape: { kind: 'public' },
  callers: { nodeOu: 'admin' },
  input: z.strictObject({ id: decisionId }),
  output: decision,
});

export const reject = operation({
  contract: 'decisions',
  name: 'reject',
  summary: "Votes against a decision in the name of the caller's organisation.",
  norms,
  shape: { kind: 'public' },
  callers: { nodeOu: 'admin' },
  input: z.strictObject({ id: decisionId }),
  output: decision,
});

export const withdraw = operation({
  contract: 'decisions',
  name: 'withdraw',
  summary: 'Takes back a proposal that is not decided yet; only its proposer can.',
  norms,
  shape: { kind: 'public' },
  callers: { nodeOu: 'admin' },
  input: z.strictObject({ id: decisionId }),
  output: decision,
});

export const get = operation({
  contract: 'decisions',
  name: 'get',
  summary: 'Shows a decision with its votes.',
  norms,
  shape: { kind: 'query' },
  callers: {},
  input: z.strictObject({ id: decisionId }),
  output: decision,
});

export const list = operation({
  contract: 'decisions',
  name: 'list',
  summary: 'Lists decisions, a page at a time.',
  norms,
  shape: { kind: 'query' },
  callers: {},
  input: z.strictObject({
    state: decisionState.optional(),
    limit: z.int().min(1).max(100).default(20),
    cursor: z.string().max(1000).optional(),
  }),
  output: z.strictObject({ decisions: z.array(decision), next: z.string().optional() }),
});

export const decisionOperations = [propose, approve, reject, withdraw, get, list];
