/**
 * What went wrong between a client and Fabric, sorted into the kinds that call for different actions.
 *
 * Fabric gives most of them no code but its English wording, so the wording is matched here and
 * nowhere else. What the chaincode refuses is never matched by text: it carries codes as JSON.
 */
import { status as grpcStatus } from '@grpc/grpc-js';
import { GatewayError } from '@hyperledger/fabric-gateway';
import { z } from 'zod';
import type { Refusals } from '../../chaincode/kernel/outcome.ts';

/** A failed call: what the gateway service answered, with what each peer or orderer told it. */
export type Fault = {
  /** gRPC status code. */
  readonly code: number;
  readonly message: string;
  readonly nodes: readonly { readonly mspId: string; readonly message: string }[];
};

/**
 * The kinds of faults:
 * - `refusals`: the chaincode said no, with codes;
 * - `chaincode`: the chaincode failed without codes, which is a fault of its own;
 * - `duplicate`: this transaction id is committed already;
 * - `clockSkew`: the client's clock is more than 15 minutes off;
 * - `mismatch`: endorsers gave different answers: different heights, versions, or non-determinism;
 * - `alreadyOrdered`: the orderers have ordered this envelope before, or hold it;
 * - `unavailable`: it may go better next time;
 * - `rejected`: it will not: malformed, not permitted, not known.
 */
export type FaultKind =
  | 'refusals'
  | 'chaincode'
  | 'duplicate'
  | 'clockSkew'
  | 'mismatch'
  | 'alreadyOrdered'
  | 'unavailable'
  | 'rejected';

/** Fabric's own words for what it has no code for (v3.1: `internal/pkg/gateway`, `core/endorser`). */
const wording: readonly (readonly [FaultKind, RegExp])[] = [
  ['duplicate', /duplicate transaction found/],
  ['clockSkew', /incorrect timestamp/],
  ['mismatch', /ProposalResponsePayloads do not match/],
  ['alreadyOrdered', /request already (processed|exists)/],
  // Peers lose and find each other: after a restart, while a new version of the chaincode spreads.
  ['unavailable', /no combination of peers can be derived/],
  ['chaincode', /chaincode response [45]\d\d/],
];

/** Codes after which the same call, made again, gets the same answer. */
const lasting: readonly number[] = [
  grpcStatus.INVALID_ARGUMENT,
  grpcStatus.NOT_FOUND,
  grpcStatus.ALREADY_EXISTS,
  grpcStatus.PERMISSION_DENIED,
  grpcStatus.FAILED_PRECONDITION,
  grpcStatus.OUT_OF_RANGE,
  grpcStatus.UNIMPLEMENTED,
  grpcStatus.UNAUTHENTICATED,
];

/** Sorts a fault. */
export function kindOf(fault: Fault): FaultKind {
  if (refusalsIn(fault) !== undefined) return 'refusals';
  const texts = [fault.message, ...fault.nodes.map((node) => node.message)];
  const worded = wording.find(([, words]) => texts.some((text) => words.test(text)));
  if (worded) return worded[0];
  return lasting.includes(fault.code) ? 'rejected' : 'unavailable';
}

/** Whether somebody was there and did not answer in time, rather than not there. */
export function isLate({ code }: Fault): boolean {
  const late: number = grpcStatus.DEADLINE_EXCEEDED;
  return code === late;
}

/** Reads the fault from what a call of the Fabric client threw; other exceptions are our bugs. */
export function faultOf(error: unknown): Fault {
  if (error instanceof GatewayError) {
    const nodes = error.details.map(({ mspId, message }) => ({ mspId, message }));
    return { code: error.code, message: error.message, nodes };
  }
  throw error;
}

/** How every refusal of our chaincode begins: canonical JSON sorts and spaces it in one way only. */
const refusalsMark = '{"refusals":[';
const refusalsTextMax = 64 * 1024;
const refusalsMax = 1000;

const refusalsSchema = z.strictObject({
  refusals: z
    .array(
      z.strictObject({
        code: z.string(),
        field: z.string().exactOptional(),
        norm: z.string().exactOptional(),
        params: z.record(z.string(), z.string()).exactOptional(),
      }),
    )
    .min(1)
    .max(refusalsMax),
});

/** The chaincode's refusals, where a fault carries them; the first node that sent some speaks. */
export function refusalsIn(fault: Fault): Refusals | undefined {
  for (const text of [...fault.nodes.map((node) => node.message), fault.message]) {
    const refusals = refusalsOfText(text);
    if (refusals !== undefined) return refusals;
  }
  return undefined;
}

/** Fabric puts its own words before the chaincode's message, never behind it. */
function refusalsOfText(text: string): Refusals | undefined {
  const start = text.indexOf(refusalsMark);
  if (start < 0 || text.length - start > refusalsTextMax) return undefined;
  let json: unknown;
  try {
    json = JSON.parse(text.slice(start));
  } catch {
    // Somebody else’s words that hold the mark, or ones that Fabric cut short.
    return undefined;
  }
  const parsed = refusalsSchema.safeParse(json);
  // The schema asks for at least one, which its type does not say.
  return parsed.success ? (parsed.data.refusals as unknown as Refusals) : undefined;
}
