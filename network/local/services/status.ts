/** What a gRPC call ends with when it fails, in the form in which Fabric's clients read it. */
import { Metadata, status as Code } from '@grpc/grpc-js';
import { gateway, google } from '@hyperledger/fabric-protos';

/** Which peer or orderer failed, and with which words: an entry of the client's `details`. */
export type FailureDetail = {
  readonly address: string;
  readonly mspId: string;
  readonly message: string;
};

/** A failure that the client is to see: thrown by the services, sent by the server. */
export class RpcError extends Error {
  override readonly name = 'RpcError';
  readonly code: Code;
  readonly failures: readonly FailureDetail[];

  constructor(code: Code, message: string, failures: readonly FailureDetail[] = []) {
    super(message);
    this.code = code;
    this.failures = failures;
  }
}

/** What grpc-js sends for a failure: its code and words, and the details in the trailer. */
export function serviceErrorOf(error: unknown): {
  code: Code;
  details: string;
  metadata: Metadata;
} {
  const metadata = new Metadata();
  if (!(error instanceof RpcError)) {
    // Our own bug: Go's servers answer UNKNOWN with the error's text, so clients know the shape.
    return { code: Code.UNKNOWN, details: messageOf(error), metadata };
  }
  if (error.failures.length > 0) {
    metadata.set('grpc-status-details-bin', Buffer.from(detailsOf(error).serializeBinary()));
  }
  return { code: error.code, details: error.message, metadata };
}

/** The words of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function detailsOf(error: RpcError): google.rpc.Status {
  const status = new google.rpc.Status();
  status.setCode(error.code);
  status.setMessage(error.message);
  for (const { address, mspId, message } of error.failures) {
    const detail = new gateway.ErrorDetail();
    detail.setAddress(address);
    detail.setMspId(mspId);
    detail.setMessage(message);
    status.addDetails().pack(detail.serializeBinary(), 'gateway.ErrorDetail');
  }
  return status;
}
