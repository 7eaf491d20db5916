/** What a simulation would change, and what its endorsement will be asked for. */
import { common, peer } from '@hyperledger/fabric-protos';
import { sortedEntries } from './bytes.ts';
import { validationParameter } from './key-metadata.ts';
import { privateWriteSet } from './private-write-set.ts';
import type { Recording } from './read-write-recorder.ts';
import { encodeReadWriteSet, type ReadWriteSet } from './read-write-set.ts';
import type { Simulator, WrittenKey } from './simulator.ts';

/** What a simulation would change, beside the bytes that go into the response. */
export type SimulationResults = {
  /** The chaincode that the proposal called. */
  readonly chaincode: string;
  /** `rwset.TxReadWriteSet`, exactly as in the response's payload. */
  readonly publicBytes: Uint8Array;
  /** The same, readable. */
  readonly set: ReadWriteSet;
  /** `rwset.TxPvtReadWriteSet`; absent where nothing private was written. */
  readonly privateBytes?: Uint8Array;
  /** Collections that were written or read, by chaincode. */
  readonly collections: readonly CollectionUse[];
};

/** A collection that a simulation touched. */
export type CollectionUse = {
  readonly chaincode: string;
  readonly collection: string;
  /** Whether private values were read: hashes alone any organisation can read. */
  readonly read: boolean;
  readonly written: boolean;
};

export function simulationResults(
  chaincode: string,
  simulator: Simulator,
  { set, privateWrites }: Recording,
): SimulationResults {
  const read = simulator.privateReads;
  return {
    chaincode,
    publicBytes: encodeReadWriteSet(set),
    set,
    ...(privateWrites.length > 0 && {
      privateBytes: privateWriteSet(privateWrites).serializeBinary(),
    }),
    collections: set.flatMap((part) =>
      part.collections.map(({ collection, privateHash }) => ({
        chaincode: part.chaincode,
        collection,
        read: read.some((at) => at.chaincode === part.chaincode && at.collection === collection),
        written: privateHash.length > 0,
      })),
    ),
  };
}

/** What of one chaincode the endorsers' policies have to cover. */
type Interest = { readonly policies: Uint8Array[]; readonly required: Map<string, boolean> };

/**
 * Tells a gateway, as a peer does, whose policies count: for each chaincode its own and those of
 * its collections, and the written keys' own ones, which may make the chaincode's needless.
 */
export function interestOf(
  { set }: Pick<SimulationResults, 'set'>,
  simulator: Pick<Simulator, 'written' | 'privateReads'>,
): peer.ChaincodeInterest {
  const interests = writtenInterests(simulator.written);
  for (const { chaincode } of set) {
    if (!interests.has(chaincode)) interests.set(chaincode, interest([['', true]]));
  }
  for (const { chaincode, collection } of simulator.privateReads) {
    interests.get(chaincode)?.required.set(collection, true);
  }
  const message = new peer.ChaincodeInterest();
  for (const [chaincode, each] of sortedEntries(interests)) {
    for (const [collection] of sortedEntries(each.required)) {
      const call = chaincodeCall(chaincode, collection, each, simulator);
      if (call !== undefined) message.addChaincodes(call);
    }
  }
  return message;
}

function writtenInterests(written: readonly WrittenKey[]): Map<string, Interest> {
  const interests = new Map<string, Interest>();
  for (const { chaincode, collection, metadata } of written) {
    const known = interests.get(chaincode) ?? interest([['', false]]);
    interests.set(chaincode, known);
    const policy = metadata.get(validationParameter);
    if (policy === undefined) known.required.set(collection, true);
    else known.policies.push(policy);
  }
  return interests;
}

function interest(required: readonly (readonly [string, boolean])[]): Interest {
  return { policies: [], required: new Map(required) };
}

function chaincodeCall(
  chaincode: string,
  collection: string,
  { policies, required }: Interest,
  simulator: Pick<Simulator, 'privateReads'>,
): peer.ChaincodeCall | undefined {
  const call = new peer.ChaincodeCall();
  call.setName(chaincode);
  if (collection !== '') {
    const read = simulator.privateReads.some(
      (at) => at.chaincode === chaincode && at.collection === collection,
    );
    call.setCollectionNamesList([collection]);
    call.setNoPrivateReads(!read);
    return call;
  }
  const ownRequired = required.get('') === true;
  if (policies.length === 0) return ownRequired ? call : undefined;
  call.setKeyPoliciesList(
    policies.map((bytes) => common.SignaturePolicyEnvelope.deserializeBinary(bytes)),
  );
  call.setDisregardNamespacePolicy(!ownRequired);
  return call;
}
