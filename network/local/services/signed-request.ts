/** Requests that a client signs as bytes: read, and answered to who may read the channel. */
import { status as Code } from '@grpc/grpc-js';
import type { PeerContext } from './peer-context.ts';
import { readerOf } from './reader-access.ts';
import { RpcError } from './status.ts';

type Signed = { getRequest_asU8(): Uint8Array; getSignature_asU8(): Uint8Array };
type Request = { getChannelId(): string; getIdentity_asU8(): Uint8Array };

/** The request within; Fabric names it one way where it is missing and another where it is broken. */
export function requestIn<Message>(
  signed: Signed,
  { missing, broken }: { readonly missing: string; readonly broken: string },
  parse: (bytes: Uint8Array) => Message,
): Message {
  const bytes = signed.getRequest_asU8();
  if (bytes.length === 0) throw invalid(`${missing} is required`);
  try {
    return parse(bytes);
  } catch {
    throw invalid(`invalid ${broken}: proto: cannot parse invalid wire-format data`);
  }
}

/** Turns away whoever may not read the channel, in Fabric's words. */
export function assertReader({ channel }: PeerContext, signed: Signed, request: Request): void {
  const access = readerOf(channel, request.getChannelId(), {
    data: signed.getRequest_asU8(),
    identity: request.getIdentity_asU8(),
    signature: signed.getSignature_asU8(),
  });
  if (access.identity === undefined) throw new RpcError(Code.PERMISSION_DENIED, access.refusal);
}

/** A request that no reading could make sense of. */
export function invalid(message: string): RpcError {
  return new RpcError(Code.INVALID_ARGUMENT, message);
}
