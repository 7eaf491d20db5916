/** The unit tests' ledger as an organisation's administrator reaches it through the gateway's client. */
import type { LedgerConnection } from '../../gateway/ledger/connection.ts';
import type { KepilLedger } from './kepil-ledger.ts';
import { attributesOf } from './unit-identities.ts';

/** A client's ways to the ledger. What is refused carries no reason: who asks here needs none. */
export function connectionTo(
  { ledger }: KepilLedger,
  org: string,
): Pick<LedgerConnection, 'mspId' | 'submit' | 'evaluate'> {
  const caller = { org, role: 'admin' as const, ...attributesOf('admin') };
  const reason = { kind: 'invalid', validation: 'refused' } as const;
  return {
    mspId: org,
    evaluate: async ({ contract = '', transaction, arguments: [text = ''] }) => {
      const { payload, refusal } = await ledger.evaluate(contract, transaction, text, caller);
      return refusal === undefined
        ? { status: 'answered', result: payload }
        : { status: 'refused', reason };
    },
    submit: async ({
      contract = '',
      transaction,
      arguments: [text = ''],
      transient,
      endorsers,
    }) => {
      const options = {
        ...caller,
        ...(transient && { transient }),
        ...(endorsers && { endorsers }),
      };
      const once = () => ledger.submit(contract, transaction, text, options);
      let outcome = await once();
      // As the gateway does: a conflict had no effect.
      while (outcome.code === 'MVCC_READ_CONFLICT') outcome = await once();
      const { txId: transactionId, code, payload: result } = outcome;
      if (code !== 'VALID') return { status: 'refused', transactionId, reason };
      return { status: 'committed', transactionId, blockNumber: 0n, result };
    },
  };
}
