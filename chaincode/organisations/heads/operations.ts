/** The transactions of heads. */
import { z } from 'zod';
import { binSchema } from '../../kernel/bin.ts';
import { registrarMsp } from '../../ledger/institutions.ts';
import { operation } from '../../ledger/operation.ts';
import { head } from './schema.ts';

const contract = 'organisations';
/** Heads give mandates and sign for pledgees: they count as the State Corporation has sealed them. */
const shape = { kind: 'public', sealedBy: registrarMsp } as const;
const callers = { nodeOu: 'admin' } as const;

export const nameHead = operation({
  contract,
  name: 'nameHead',
  summary: 'Names a head entitled to sign for an organisation, by salted hash, with the first day.',
  norms: 'OR-1; SE-2; SE-3',
  shape,
  callers,
  input: head.omit({ dismissal: true }),
  output: head,
});

export const endHead = operation({
  contract,
  name: 'endHead',
  summary: "Ends a head's term with its last day; the record stays.",
  norms: 'OR-1; SE-3',
  shape,
  callers,
  input: head.pick({ bin: true, person: true, until: true, dismissal: true }).required(),
  output: head,
});

export const heads = operation({
  contract,
  name: 'heads',
  summary: 'Lists the heads of an organisation, those of the past too, each by salted hash.',
  norms: 'OR-1; SE-2',
  shape: { kind: 'query' },
  callers: {},
  input: z.strictObject({
    bin: binSchema,
    limit: z.int().min(1).max(100).default(50),
    cursor: z.string().max(1000).optional(),
  }),
  output: z.strictObject({ heads: z.array(head), next: z.string().optional() }),
});

export const headOperations = [nameHead, endHead, heads];
