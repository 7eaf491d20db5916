/**
 * Failures of the ledger, worded as Fabric words them, because clients show and match these texts.
 *
 * The services map them to gRPC; the engine itself knows no transport.
 */

/**
 * A proposal that a peer answers with an error instead of a proposal response.
 *
 * At the `door` Fabric's filters stand (time window, expired certificate), behind it the peer's own
 * `check` of header, identity and signature: gateways treat the two differently.
 */
export class ProposalError extends Error {
  override readonly name = 'ProposalError';
  readonly stage: 'door' | 'check';

  constructor(message: string, stage: 'door' | 'check' = 'check') {
    super(message);
    this.stage = stage;
  }
}

/** An envelope that the orderers do not take, with the status that they answer. */
export class OrderError extends Error {
  override readonly name = 'OrderError';
  readonly status: OrderStatus;

  constructor(message: string, status: OrderStatus = 'BAD_REQUEST') {
    super(message);
    this.status = status;
  }
}

/** Statuses by Fabric's names that an orderer refuses an envelope with. */
export type OrderStatus =
  'BAD_REQUEST' | 'FORBIDDEN' | 'NOT_FOUND' | 'REQUEST_ENTITY_TOO_LARGE' | 'SERVICE_UNAVAILABLE';
