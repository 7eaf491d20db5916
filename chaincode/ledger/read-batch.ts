/**
 * Many reads of public state, asked of the peer in few messages.
 *
 * The read set is the same as that of single reads, so that endorsers agree whichever way they read.
 */
import { peer } from '@hyperledger/fabric-protos';
import type { ChaincodeStub } from 'fabric-shim';
import { askOf, keysOfMessageMax } from './peer-messages.ts';

/** The values of keys in their order, empty where nothing stands. */
export async function readAll(
  stub: ChaincodeStub,
  keys: readonly string[],
): Promise<readonly Uint8Array[]> {
  const ask = askOf(stub);
  const values: Uint8Array[] = [];
  if (ask === undefined) {
    for (const key of keys) values.push(await stub.getState(key));
    return values;
  }
  for (let start = 0; start < keys.length; start += keysOfMessageMax) {
    const asked = new peer.GetStateMultiple();
    asked.setKeysList(keys.slice(start, start + keysOfMessageMax));
    const answer = await ask(
      peer.ChaincodeMessage.Type.GET_STATE_MULTIPLE,
      asked.serializeBinary(),
    );
    values.push(...peer.GetStateMultipleResult.deserializeBinary(answer).getValuesList_asU8());
  }
  return values;
}
