/** Which organisations' peers signed something that the chaincode answered. */
import { registrarMsp } from '../../chaincode/ledger/institutions.ts';
import type { Identity } from '../../network/identity/msp.ts';
import { type ChannelConfig, memberOf } from './channel-config.ts';

/** A peer's signature over an answer. */
export type SignedAnswer = {
  /** `protos.ProposalResponsePayload`, as it was signed. */
  readonly payload: Uint8Array;
  /** `msp.SerializedIdentity` of the peer. */
  readonly endorser: Uint8Array;
  readonly signature: Uint8Array;
};

/** The peer that gave an answer, if its signature is valid and it is a peer of the channel. */
export function peerBehind(
  config: ChannelConfig,
  { payload, endorser, signature }: SignedAnswer,
): Identity | undefined {
  const identity = memberOf(config, endorser);
  if (identity?.role !== 'peer') return undefined;
  return identity.verify(Buffer.concat([payload, endorser]), signature) ? identity : undefined;
}

/** Whether these are a majority of the organisations that count, the State Corporation among them. */
export function areEnough(config: ChannelConfig, mspIds: readonly string[]): boolean {
  return mspIds.length >= majorityOf(config) && mspIds.includes(registrarMsp);
}

/** How many organisations are more than half of them. */
export function majorityOf({ size }: ChannelConfig): number {
  return Math.floor(size / 2) + 1;
}

/** Those of the organisations that count, each once. */
export function counting(
  { organisations }: ChannelConfig,
  mspIds: readonly string[],
): readonly string[] {
  return [...new Set(mspIds)]
    .filter((mspId) => organisations.get(mspId)?.isVouchedFor === true)
    .sort();
}
