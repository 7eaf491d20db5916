/** Transactions that write records as they are given, past the procedure that leads to them. */
import { z } from 'zod';
import { operation } from '../../chaincode/ledger/operation.ts';

/** One of the contract `records`; what it writes, its handler says. */
export function writing(name: string, input: z.ZodType) {
  return operation({
    contract: 'records',
    name,
    summary: 'Writes a record.',
    norms: 'none',
    shape: { kind: 'public' },
    callers: {},
    input,
    output: z.strictObject({}),
  });
}
