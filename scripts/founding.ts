/** Founds the consortium on a new ledger, so that whoever tries it out can begin at once. */
import { operations } from '../chaincode/operations.ts';
import { callOf } from '../gateway/ledger/operation-call.ts';
import { textOf } from './outcome-text.ts';
import { connect, type NetworkInfo } from './network-info.ts';
import { PlainError } from './plain-error.ts';

/**
 * Calls every transaction `found` of the contracts, in the order of their declaration.
 *
 * The key is always the same, so that a founding that was cut short is completed, and one that is
 * done is not done again.
 */
export async function found(info: NetworkInfo): Promise<void> {
  const [founder] = info.organisations;
  if (!founder) throw new Error('a network without organisations');
  const connection = connect(info, { org: founder.name, user: 'Admin' });
  try {
    for (const operation of operations.filter(({ name }) => name === 'found')) {
      const key = `founding-${operation.contract}`;
      const outcome = await connection.submit(
        callOf(operation, { input: {}, key }, connection.mspId),
      );
      if (outcome.status === 'committed') continue;
      if (outcome.status === 'refused' && outcome.reason.kind === 'refusals') {
        const isDone = outcome.reason.refusals.every(({ code }) =>
          code.endsWith('FOUNDED_ALREADY'),
        );
        if (isDone) continue;
      }
      throw new PlainError(`${operation.contract} could not be founded.\n${textOf(outcome, 'en')}`);
    }
  } finally {
    connection.close();
  }
}
