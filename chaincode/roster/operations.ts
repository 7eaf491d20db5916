/** The transactions of the roster. */
import { z } from 'zod';
import { operation } from '../ledger/operation.ts';
import { mspIdSchema } from '../kernel/msp-id.ts';
import { member, peer } from './schema.ts';

export const found = operation({
  contract: 'roster',
  name: 'found',
  summary: 'Founds the consortium with the members that the package names; once.',
  norms: 'SE-4',
  shape: { kind: 'public' },
  callers: { nodeOu: 'admin' },
  input: z.strictObject({}),
  output: z.strictObject({ members: z.array(mspIdSchema) }),
});

export const statePeers = operation({
  contract: 'roster',
  name: 'statePeers',
  summary: "States the peers that the caller's organisation runs.",
  norms: 'SE-4',
  shape: { kind: 'public' },
  callers: { nodeOu: 'admin' },
  input: z.strictObject({ peers: z.array(peer).min(1).max(20) }),
  output: member,
});

export const members = operation({
  contract: 'roster',
  name: 'members',
  summary: 'Lists the members of the consortium and how many votes decide.',
  norms: 'SE-4',
  shape: { kind: 'query' },
  callers: {},
  input: z.strictObject({}),
  output: z.strictObject({ members: z.array(member), majority: z.int() }),
});

export const rosterOperations = [found, statePeers, members];
