/**
 * Messages to the peer for which the shim of this version has no call.
 *
 * The shim sends each read and each write by itself and waits for the peer's answer; most of what a
 * batch costs is these round trips. Peers since 3.1 take many in one message, and the shim's handler
 * carries any message.
 */
import { peer } from '@hyperledger/fabric-protos';
import type { ChaincodeStub } from 'fabric-shim';

/** Keys that a peer takes in one message, unless its operator allows more. */
export const keysOfMessageMax = 1000;

/** Sends the peer a payload of this type; gives the payload of its answer. */
export type Ask = (type: MessageType, payload: Uint8Array) => Promise<Uint8Array>;
type MessageType = ReturnType<peer.ChaincodeMessage['getType']>;

/** What of the shim's handler is used: it sends a message and resolves with the peer's answer. */
type Handler = {
  _askPeerAndListen(message: peer.ChaincodeMessage, method: string): Promise<Uint8Array>;
};

/** How to ask this transaction's peer; nothing where the shim has no such handler. */
export function askOf(stub: ChaincodeStub): Ask | undefined {
  const { handler } = stub as unknown as { readonly handler?: Partial<Handler> };
  if (handler?._askPeerAndListen === undefined) return undefined;
  return (type, payload) => {
    const message = new peer.ChaincodeMessage();
    message.setType(type);
    message.setPayload(payload);
    message.setTxid(stub.getTxID());
    message.setChannelId(stub.getChannelID());
    return (handler as Handler)._askPeerAndListen(message, 'message');
  };
}
