/** The transactions of organisations and of their integration with KDP. */
import { z } from 'zod';
import { binSchema } from '../kernel/bin.ts';
import { civilDateSchema } from '../kernel/civil-date.ts';
import { documentHashSchema } from '../kernel/document-hash.ts';
import { instantSchema } from '../kernel/instant.ts';
import { changesOf, historyPage } from '../ledger/history.ts';
import { authorityMsp, operatorMsp } from '../ledger/institutions.ts';
import { operation } from '../ledger/operation.ts';
import { headOperations } from './heads/operations.ts';
import { testingOperations } from './testing/operations.ts';
import {
  acceptedEarlier,
  checklistItem,
  checklistItemName,
  integration,
  integrationApplication,
  organisation,
  proof,
} from './schema.ts';

const contract = 'organisations';
const publicly = { kind: 'public' } as const;
const ofSystem = { bin: binSchema, system: z.string().min(1).max(60) };
const reason = z.string().min(1).max(1000);

export const get = operation({
  contract,
  name: 'get',
  summary: 'Shows an organisation with its checklist and its integrations with KDP.',
  norms: 'OR-1; OR-2; OR-3',
  shape: { kind: 'query' },
  callers: {},
  input: z.strictObject({ bin: binSchema }),
  output: z.strictObject({
    organisation,
    /** Each with the hash by which the operator judges what is stated now. */
    items: z.array(
      checklistItem.extend({
        stated: documentHashSchema,
        earlier: z.array(acceptedEarlier.extend({ stated: documentHashSchema })),
      }),
    ),
    integrations: z.array(integration),
  }),
});

export const list = operation({
  contract,
  name: 'list',
  summary: 'Lists the organisations that take part.',
  norms: 'OR-1',
  shape: { kind: 'query' },
  callers: {},
  input: z.strictObject({
    limit: z.int().min(1).max(100).default(50),
    cursor: z.string().max(1000).optional(),
  }),
  output: z.strictObject({ organisations: z.array(organisation), next: z.string().optional() }),
});

export const mayFile = operation({
  contract,
  name: 'mayFile',
  summary:
    'Tells whether an organisation may file pledges on a day, or everything that is missing.',
  norms: 'OR-1; OR-2; OR-5; RG-2',
  shape: { kind: 'query' },
  callers: {},
  input: z.strictObject({ bin: binSchema, on: civilDateSchema }),
  output: organisation,
});

export const kdpHistory = operation({
  contract,
  name: 'kdpHistory',
  summary: 'Shows every change of the integration of a system with KDP, newest first.',
  norms: 'OR-3; SE-1',
  shape: { kind: 'query' },
  callers: {},
  input: z.strictObject({ ...ofSystem, ...historyPage }),
  output: changesOf(integration),
});

export const stateItem = operation({
  contract,
  name: 'stateItem',
  summary: 'States the documents that prove an item of the admission checklist.',
  norms: 'OR-2; 000 cl. 3-4',
  shape: publicly,
  callers: { nodeOu: 'admin' },
  input: z.strictObject({
    bin: binSchema,
    item: checklistItemName,
    proofs: z.array(proof).min(1).max(20),
    validFrom: civilDateSchema,
    validUntil: civilDateSchema.optional(),
  }),
  output: checklistItem,
});

export const judgeItem = operation({
  contract,
  name: 'judgeItem',
  summary: 'Accepts what is stated of an item, or returns it, also later, with the reason.',
  norms: 'OR-2',
  shape: publicly,
  callers: { nodeOu: 'admin', organisations: [operatorMsp] },
  input: z.strictObject({
    bin: binSchema,
    item: checklistItemName,
    /**
     * The hash of what was judged, as `get` shows it: what was stated since is not judged by it. That of
     * documents that were accepted earlier returns those.
     */
    stated: documentHashSchema,
    reason: reason.optional(),
  }),
  output: checklistItem,
});

export const applyForKdp = operation({
  contract,
  name: 'applyForKdp',
  summary: 'Applies on Smart Bridge for the integration of a system with KDP.',
  norms: 'OR-3; 002 cl. 4-8',
  shape: publicly,
  callers: { nodeOu: 'admin' },
  input: z.strictObject({
    ...ofSystem,
    application: integrationApplication,
    /** When Smart Bridge took the application; the term of ten days counts from it. */
    submittedAt: instantSchema,
  }),
  output: integration,
});

export const withdrawKdp = operation({
  contract,
  name: 'withdrawKdp',
  summary: 'Takes back an application that is under way; what is in production goes on.',
  norms: 'OR-3',
  shape: publicly,
  callers: { nodeOu: 'admin' },
  input: z.strictObject({ ...ofSystem, reason }),
  output: integration,
});

export const decideOnKdp = operation({
  contract,
  name: 'decideOnKdp',
  summary: 'Approves an application for integration, or returns it for rework with the reason.',
  norms: 'OR-3; 002 cl. 5, 9',
  shape: publicly,
  callers: { nodeOu: 'admin', organisations: [operatorMsp, authorityMsp] },
  input: z.strictObject({
    ...ofSystem,
    /** When the decision was made on Smart Bridge. */
    decidedAt: instantSchema,
    reason: reason.optional(),
  }),
  output: integration,
});

export const handKey = operation({
  contract,
  name: 'handKey',
  summary: "Records that the public part of the organisation's key was handed to KDP.",
  norms: 'OR-3; 002 cl. 10 2)',
  shape: publicly,
  callers: { nodeOu: 'admin' },
  input: z.strictObject({ ...ofSystem, keyHash: documentHashSchema, handedAt: instantSchema }),
  output: integration,
});

export const reviewTestAct = operation({
  contract,
  name: 'reviewTestAct',
  summary: 'Opens production after the review of the act, or returns it with the reason.',
  norms: 'OR-3; 002 cl. 12',
  shape: publicly,
  callers: { nodeOu: 'admin', organisations: [operatorMsp] },
  input: z.strictObject({ ...ofSystem, reason: reason.optional() }),
  output: integration,
});

export const endKdp = operation({
  contract,
  name: 'endKdp',
  summary: 'Takes a system out of production at KDP: its organisation does, or the operator.',
  norms: 'OR-3; OR-5; 002 cl. 3',
  shape: publicly,
  callers: { nodeOu: 'admin' },
  input: z.strictObject({ ...ofSystem, reason }),
  output: integration,
});

export const organisationOperations = [
  get,
  list,
  mayFile,
  kdpHistory,
  stateItem,
  judgeItem,
  applyForKdp,
  withdrawKdp,
  decideOnKdp,
  handKey,
  ...testingOperations,
  reviewTestAct,
  endKdp,
  ...headOperations,
];
