/** The signature that another one has replaced goes from its holders: it opens nothing (CN-6). */
import type { BatchVerdict } from '../../chaincode/pledges/portfolio/batch.ts';
import { dropSignature } from '../../chaincode/pledges/portfolio/batch-operations.ts';
import { answerOf, called } from '../ledger-call.ts';
import { type NetworkInfo, withConnection } from '../network-info.ts';
import { freshSalt } from '../salt.ts';
import type { SignOptions } from './sign.ts';

/**
 * Removes the earlier of two signatures, if the same organisation deposited both: of another's it is
 * not to say. Nothing happens where it is gone already.
 */
export async function droppedFor(
  info: NetworkInfo,
  earlier: BatchVerdict,
  later: BatchVerdict,
  { org, user, lang }: SignOptions,
): Promise<void> {
  const { batch, cms, depositor } = earlier;
  if (cms === later.cms || depositor !== later.depositor) return;
  await withConnection(info, { org, user }, async (connection) => {
    const salt = freshSalt();
    const outcome = await called(connection, dropSignature, { salt, batch, cms, depositor });
    answerOf(dropSignature, outcome, { language: lang });
  });
}
