import type { peer } from '@hyperledger/fabric-protos';
import type { LedgerAccess } from './ledger-access.ts';

/** One call of a chaincode function, made for one organisation's endorsement. */
export type ChaincodeCall = {
  readonly channel: string;
  readonly txId: string;
  /** Name of the called chaincode: the namespace of all that it reads and writes. */
  readonly chaincode: string;
  readonly input: peer.ChaincodeInput;
  readonly signedProposal: peer.SignedProposal;
  /** Everything that the chaincode may ask of its ledger in this call. */
  readonly ledger: LedgerAccess;
};

/** What a chaincode answered. */
export type ChaincodeOutcome =
  /** Its response, and the one event that a transaction may carry. */
  | { readonly response: peer.Response; readonly event: peer.ChaincodeEvent | undefined }
  /** It could not even answer: the text of its `ERROR` message. */
  | { readonly failure: string };

/**
 * The port behind which a chaincode program stands: in this process, or behind a server's stream.
 *
 * A rejection is a failure of the program itself (stream ended, timeout), worded as Fabric does.
 */
export interface ChaincodeRunner {
  run(call: ChaincodeCall): Promise<ChaincodeOutcome>;
  close(): Promise<void>;
}
