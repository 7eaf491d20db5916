import { Metadata, status } from '@grpc/grpc-js';
import { GatewayError } from '@hyperledger/fabric-gateway';
import type { Fault } from '../../../../gateway/ledger/fault.ts';

/** A fault as the gateway service would give it. */
export function fault(code: number, message = 'it failed', nodes: readonly string[] = []): Fault {
  return { code, message, nodes: nodes.map((text) => ({ mspId: 'AlphaMSP', message: text })) };
}

/** The Fabric client's error of such a fault. */
export function errorOf({ code, message, nodes }: Fault): GatewayError {
  const details = nodes.map((node) => ({ ...node, address: 'peer0.alpha.kepil.test:7051' }));
  const cause = Object.assign(new Error(message), {
    code,
    details: message,
    metadata: new Metadata(),
  });
  return new GatewayError({ code, message, details, cause });
}

/** The faults of the table in `docs/decisions/submit-once.md`, in Fabric's words. */
export const faults = {
  refusal: (code: string) =>
    fault(status.ABORTED, 'failed to endorse transaction, see attached details for more info', [
      `chaincode response 500, {"refusals":[{"code":"${code}"}]}`,
    ]),
  chaincode: fault(status.ABORTED, 'failed to endorse transaction', [
    'chaincode response 500, Cannot read properties of undefined',
  ]),
  duplicate: fault(status.FAILED_PRECONDITION, 'x', [
    'duplicate transaction found [0f]. Creator [0a]',
  ]),
  clockSkew: fault(status.UNAVAILABLE, 'x', [
    'request unauthorized due to incorrect timestamp 2026-11-20 12:00:00 +0000 UTC, peer time …',
  ]),
  mismatch: fault(
    status.ABORTED,
    'failed to assemble transaction: ProposalResponsePayloads do not match (base64): …',
  ),
  unavailable: fault(status.UNAVAILABLE, 'No connection established'),
  fewPeers: fault(
    status.FAILED_PRECONDITION,
    'no combination of peers can be derived which satisfy the endorsement policy: …',
  ),
  late: fault(status.DEADLINE_EXCEEDED, 'Deadline exceeded'),
  noQuorum: fault(status.UNAVAILABLE, 'insufficient number of orderers could successfully process'),
  pooled: fault(status.UNAVAILABLE, 'x', ['BAD_REQUEST: request already exists']),
  processed: fault(status.UNAVAILABLE, 'x', ['BAD_REQUEST: request already processed']),
  rejected: fault(status.INVALID_ARGUMENT, 'prepared transaction must be signed'),
} as const;
