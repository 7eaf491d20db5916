import { contentTypes } from './cms.ts';
import { definiteLengths } from './ber.ts';
import {
  attempted,
  contextTag,
  derOf,
  fail,
  itemsOf,
  largeLimits,
  oidOf,
  only,
  tags,
  type Der,
} from './der.ts';
import type { Outcome } from '../outcome.ts';
import { refuse } from './refusals.ts';

/** What a DER file is, and the part of it that matters: a time-stamp response holds its token. */
export type KnownFile = {
  readonly kind: 'signature' | 'timeStamp' | 'certificate' | 'crl' | 'ocsp' | 'pkcs12';
  readonly der: Uint8Array;
};

/** Tells by its structure, never by its name, what a file is. */
export function fileOf(bytes: Uint8Array): Outcome<KnownFile> {
  return attempted(() => {
    const root = derOf(definiteLengths(bytes, largeLimits), largeLimits);
    return known(root, itemsOf(root, 8)) ?? fail(refuse('INPUT_UNKNOWN'));
  });
}

function known(root: Der, [first, second, third]: readonly Der[]): KnownFile | undefined {
  const der = root.bytes;
  if (first === undefined) return undefined;
  if (first.tag === tags.oid) {
    return oidOf(first, 'file') === contentTypes.signedData && second
      ? { kind: isTimeStamp(second) ? 'timeStamp' : 'signature', der }
      : undefined;
  }
  if (first.tag === tags.enumerated) return { kind: 'ocsp', der };
  if (first.tag === tags.integer && second?.tag === tags.sequence) return { kind: 'pkcs12', der };
  if (first.tag !== tags.sequence || second?.tag !== tags.sequence) return undefined;
  const [inner] = itemsOf(first, 64);
  // A time-stamp response: its status, then the token.
  if (third === undefined) return inner?.tag === tags.integer ? tokenOf(second) : undefined;
  return { kind: inner?.tag === contextTag(0) ? 'certificate' : 'crl', der };
}

function tokenOf(node: Der): KnownFile | undefined {
  const token = known(node, itemsOf(node, 8));
  return token?.kind === 'timeStamp' ? token : undefined;
}

/** Whether a signed message's content is a time stamp's. */
function isTimeStamp(wrapped: Der): boolean {
  const [, , content] = itemsOf(only(wrapped, 'file'), 8);
  const [type] = content ? itemsOf(content, 2) : [];
  return type?.tag === tags.oid && oidOf(type, 'file') === contentTypes.timeStampInfo;
}
