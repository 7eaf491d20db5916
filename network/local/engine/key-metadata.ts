/** What stands beside a key in the state: names and bytes, above all its endorsement policy. */
import { ledger } from '@hyperledger/fabric-protos';
import { noBytes } from './bytes.ts';
import { metadataOf, metadataWriteMessage, type Metadata } from './read-write-set.ts';

/** The name under which a key's own endorsement policy stands. */
export const validationParameter = 'VALIDATION_PARAMETER';

export function encodeMetadata(metadata: Metadata): Uint8Array {
  return metadata.size === 0 ? noBytes : metadataWriteMessage('', metadata).serializeBinary();
}

export function decodeMetadata(bytes: Uint8Array | undefined): Metadata {
  if (bytes === undefined || bytes.length === 0) return new Map();
  const { KVMetadataWrite } = ledger.rwset.kvrwset;
  return metadataOf(KVMetadataWrite.deserializeBinary(bytes).getEntriesList());
}
