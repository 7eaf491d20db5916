/** The members as they stand on the ledger. */
import type { Reader } from '../ledger/reader.ts';
import { type Member, memberType } from './schema.ts';

/** The members that have not left; a consortium is small, so that one read gives them all. */
export async function membersOn(ledger: Reader): Promise<readonly Member[]> {
  return (await ledger.findAll(memberType))
    .map(({ data }) => data)
    .filter(({ removedBy }) => removedBy === undefined);
}
