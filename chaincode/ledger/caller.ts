/**
 * Who calls: what the caller's certificate says, which the peer has checked before the chaincode runs.
 */
import type { ClientIdentity } from 'fabric-shim';
import { Certificate } from '@fidm/x509';
import type { MspId } from '../kernel/msp-id.ts';
import { accepted, type Outcome, refused } from '../kernel/outcome.ts';
import { refuse } from '../kernel/refusals.ts';
import type { Callers } from './operation.ts';

/** The caller of a transaction. */
export type Caller = {
  readonly mspId: MspId;
  /** The NodeOU: `admin`, `client`, `peer` or `orderer`; undefined where there is none. */
  readonly nodeOu: string | undefined;
  /** The attribute `kepil.role`, given by the organisation's own CA. */
  readonly role: string | undefined;
};

const nodeOus = ['admin', 'client', 'peer', 'orderer'];

/**
 * Reads the caller from the identity that the peer verified.
 *
 * The NodeOU is taken from the parsed subject, not from the one-line name: a common name with a slash
 * could otherwise pass for an organisational unit.
 */
export function callerOf(identity: ClientIdentity): Caller {
  const { subject } = Certificate.fromPEM(Buffer.from(identity.getIDBytes()));
  const units = subject.attributes.filter(({ shortName }) => shortName === 'OU');
  return {
    // The peer has verified the identity, so that this is the id of an MSP of the channel.
    mspId: identity.getMSPID() as MspId,
    nodeOu: units.map(({ value }) => String(value)).find((value) => nodeOus.includes(value)),
    role: identity.getAttributeValue('kepil.role') ?? undefined,
  };
}

/** Whether a caller may use an operation; the refusal says which condition fails (SE-3). */
export function admit(caller: Caller, callers: Callers): Outcome<Caller> {
  const { nodeOu, roles, organisations } = callers;
  if (organisations !== undefined && !organisations.includes(caller.mspId)) {
    return refused(refuse('NOT_ALLOWED', { norm }));
  }
  if (nodeOu !== undefined && caller.nodeOu !== nodeOu) {
    return refused(refuse('ROLE_MISSING', { norm, params: { role: nodeOu } }));
  }
  if (roles !== undefined && !(caller.role !== undefined && roles.includes(caller.role))) {
    return refused(refuse('ROLE_MISSING', { norm, params: { role: roles.join(', ') } }));
  }
  return accepted(caller);
}

/** Who may do a thing follows from role and organisation, and is checked on the ledger. */
const norm = 'SE-3';
