/** The transactions of the list of trust. */
import { z } from 'zod';
import { operatorMsp } from '../ledger/institutions.ts';
import { operation } from '../ledger/operation.ts';
import { anchoredCrl, trustList } from './schema.ts';

export const list = operation({
  contract: 'trust',
  name: 'list',
  summary: 'Shows the list of trust: the one that holds now, or that of a version.',
  norms: 'SE-3',
  shape: { kind: 'query' },
  callers: {},
  input: z.strictObject({ version: z.int().min(1).optional() }),
  output: trustList,
});

export const anchorCrl = operation({
  contract: 'trust',
  name: 'anchorCrl',
  summary: 'Anchors the hash of a list of revoked certificates, so that it counts as evidence.',
  norms: 'PL-7',
  shape: { kind: 'public' },
  callers: { organisations: [operatorMsp] },
  input: anchoredCrl,
  output: anchoredCrl,
});

export const trustOperations = [list, anchorCrl];
