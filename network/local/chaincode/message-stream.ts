import type { peer } from '@hyperledger/fabric-protos';

/** The peer's end of the stream that chaincode and peer talk over. */
export interface MessageStream {
  send(message: peer.ChaincodeMessage): void;
  onMessage(listener: (message: peer.ChaincodeMessage) => void): void;
  /** Called once, however the stream ended. */
  onEnd(listener: () => void): void;
  end(): void;
}

/** Makes a stream to a chaincode program, or rejects with the reason why it cannot. */
export type Connect = () => Promise<MessageStream>;
