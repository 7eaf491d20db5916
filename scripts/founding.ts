/** Makes a new network one that can be used at once: the consortium founded, every peer answering. */
import { operations } from '../chaincode/operations.ts';
import { callOf } from '../gateway/ledger/operation-call.ts';
import { textOf } from './outcome-text.ts';
import { type NetworkInfo, withConnection } from './network-info.ts';
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
  await withConnection(info, { org: founder.name, user: 'Admin' }, async (connection) => {
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
  });
}

const answerTimeoutMs = 20_000;

/** Waits until every organisation's own peer gives the founded roster. */
export async function untilAllAnswer(info: NetworkInfo): Promise<void> {
  const until = Date.now() + answerTimeoutMs;
  const roster = { contract: 'roster', transaction: 'members', arguments: ['{"input":{}}'] };
  for (const { name } of info.organisations) {
    await withConnection(info, { org: name, user: 'User1' }, async (connection) => {
      for (;;) {
        const outcome = await connection.evaluate(roster);
        if (outcome.status === 'answered') return;
        if (Date.now() > until) {
          throw new PlainError(`The peer of ${name} does not answer.\n${textOf(outcome, 'en')}`);
        }
      }
    });
  }
}
