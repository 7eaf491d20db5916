/** What an organisation's peer has no more after a restore from an older backup. */
import { expect } from 'chai';
import type { Level } from '../../network/local/engine/level.ts';
import { privateStateKey } from '../../network/local/engine/store-keys.ts';

/** Takes a private value from an organisation's own store; its hash stays. */
export async function lose(level: Level, mspId: string, heldKey: string): Promise<void> {
  const at = { chaincode: 'kepil', collection: `_implicit_org_${mspId}` };
  const key = privateStateKey(mspId, at, heldKey);
  expect(await level.get(key), 'was there').to.not.equal(undefined);
  await level.del(key);
}
