/**
 * The notices of a part of a portfolio that was ceded: each holder is told of it in its cabinet, and
 * the pledgors on egov.kz (PL-14; 000 alg. 17). Who the pledgors are the ledger does not know of what
 * was imported, so that one notice stands for those of a part.
 */
import type { OpenedBatch, PartOutcome } from '../portfolio/batch.ts';
import type { Notice } from './notice.ts';
import { type Deliverers, toHolders } from './notice-rules.ts';

export function noticesOfPart(
  { holders, decidedAt }: Pick<OpenedBatch, 'holders' | 'decidedAt'>,
  { batch: application, part: decision, lines, already, refused }: PartOutcome,
  deliverers: Deliverers,
): readonly Notice[] {
  // Nothing was ceded: nobody is told, and a line that stood before was told of then.
  if (lines === already.length + refused.length) return [];
  const told = { application, decision, subject: 'REGISTERED' as const, decidedAt };
  const due = { ...told, state: 'DUE' as const, attempts: [] };
  const { platform, registrar } = deliverers;
  return [
    { ...due, role: 'PLEDGEE', cabinet: 'PLATFORM', deliverer: platform },
    ...toHolders({ holders }, due, deliverers),
    { ...due, pledgors: true, role: 'PLEDGORS', cabinet: 'EGOV', deliverer: registrar },
  ];
}
