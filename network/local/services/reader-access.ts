/** Who may read from the channel: any member of it whose signature is good. */
import type { Identity } from '../../identity/msp.ts';

/** The part of a channel that recognises members. */
export interface Membership {
  readonly name: string;
  identify(serializedIdentity: Uint8Array, at?: Date): Identity;
}

/** Bytes, who is said to have signed them, and the signature. */
export type SignedData = {
  readonly data: Uint8Array;
  readonly identity: Uint8Array;
  readonly signature: Uint8Array;
};

/** The reader, or the reason in Fabric's words why the channel's `Readers` policy is not met. */
export function readerOf(
  channel: Membership,
  channelName: string,
  signed: SignedData,
): { readonly identity: Identity } | { readonly identity?: never; readonly refusal: string } {
  if (channelName !== channel.name) {
    return { refusal: `Failed to get policy manager for channel [${channelName}]` };
  }
  const identity = identityOf(channel, signed.identity);
  // Clients, admins and peers read; an orderer has no part in the application's policies.
  if (identity !== undefined && identity.role !== 'orderer') {
    if (identity.verify(signed.data, signed.signature)) return { identity };
  }
  const policy = '/Channel/Application/Readers';
  const unmet =
    "implicit policy evaluation failed - 0 sub-policies were satisfied, but this policy requires 1 of the 'Readers' sub-policies to be satisfied";
  return {
    refusal: `Failed evaluating policy on signed data during check policy on channel [${channelName}] with policy [${policy}]: [${unmet}]`,
  };
}

function identityOf(channel: Membership, serialized: Uint8Array): Identity | undefined {
  try {
    return channel.identify(serialized);
  } catch {
    // A stranger, who is refused as one who may not read.
    return undefined;
  }
}
