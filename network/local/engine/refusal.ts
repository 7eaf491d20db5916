/**
 * Failures of the ledger, worded as Fabric words them, because clients show and match these texts.
 *
 * The services map them to gRPC; the engine itself knows no transport.
 */

/** A proposal that a peer answers with an error instead of a proposal response. */
export class ProposalError extends Error {
  override readonly name = 'ProposalError';
}

/** An envelope that the orderers do not take. */
export class OrderError extends Error {
  override readonly name = 'OrderError';
}
