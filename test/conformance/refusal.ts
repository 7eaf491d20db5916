import * as grpc from '@grpc/grpc-js';
import { GatewayError } from '@hyperledger/fabric-gateway';

/** How a network refused a call, as its client sees it. */
export type Refusal = {
  /** Which of the client library's errors: at what stage of the transaction. */
  readonly stage: string;
  /** Name of the gRPC status code. */
  readonly code: string;
  /** The status's own text, without the code that the client library puts before it. */
  readonly message: string;
  /** What the peers and orderers that were asked said, in the order of their MSP. */
  readonly details: readonly { readonly mspId: string; readonly message: string }[];
};

/** Waits for a call to be refused; one that succeeds fails the case. */
export async function refusalOf(call: Promise<unknown>): Promise<Refusal> {
  try {
    const answer = await call;
    throw new NotRefused(answer);
  } catch (error) {
    if (error instanceof GatewayError) return refusal(error);
    throw error;
  }
}

class NotRefused extends Error {
  constructor(answer: unknown) {
    super(`should have been refused, but gave ${JSON.stringify(answer) ?? 'nothing'}`);
  }
}

function refusal(error: GatewayError): Refusal {
  return {
    stage: error.name,
    code: grpc.status[error.code] ?? String(error.code),
    message: error.cause.details,
    details: error.details
      .map(({ mspId, message }) => ({ mspId, message }))
      .toSorted((a, b) => (a.mspId < b.mspId ? -1 : 1)),
  };
}
