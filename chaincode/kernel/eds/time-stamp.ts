import type { Instant } from '../instant.ts';
import { algorithmOid } from './algorithms.ts';
import { timeOf } from './asn1-time.ts';
import { contentTypes, parseCms, type SignedData } from './cms.ts';
import {
  attempted,
  booleanOf,
  contextTag,
  derOf,
  misfit,
  octets,
  oidOf,
  sequence,
  randomNumberOf,
  smallOf,
  tags,
  type Der,
} from './der.ts';
import { extensionsOf, unknownCritical } from './extensions.ts';
import { andThen, type Outcome } from '../outcome.ts';

/** A time-stamp token (RFC 3161): a signed message whose content states a digest and a time. */
export type TimeStampToken = { readonly signedData: SignedData; readonly info: TimeStampInfo };

export type TimeStampInfo = {
  readonly policy: string;
  readonly digestOid: string;
  readonly imprint: Uint8Array;
  readonly serial: string;
  readonly time: Instant;
  readonly nonce: string | undefined;
};

/** Parses the DER of a token. */
export function parseTimeStamp(bytes: Uint8Array): Outcome<TimeStampToken> {
  return andThen(parseCms(bytes), (signedData) => attempted(() => tokenOf(signedData)));
}

function tokenOf(signedData: SignedData): TimeStampToken {
  const { contentType, content } = signedData;
  if (contentType !== contentTypes.timeStampInfo || content === undefined) misfit('timeStamp');
  return { signedData, info: infoOf(derOf(content ?? new Uint8Array())) };
}

function infoOf(node: Der): TimeStampInfo {
  const part = 'timeStamp/info';
  const fields = sequence(node, part);
  if (smallOf(fields.any(), part) !== 1) misfit(part);
  const policy = oidOf(fields.any(), part);
  const imprint = sequence(fields.any(), part);
  const digestOid = algorithmOid(imprint.any(), part);
  const digest = octets(imprint.any(), part);
  imprint.end();
  const serial = randomNumberOf(fields.any(), part);
  const time = timeOf(fields.next(tags.generalizedTime), part);
  fields.optional(tags.sequence);
  const ordering = fields.optional(tags.boolean);
  if (ordering) booleanOf(ordering, part);
  const nonce = fields.optional(tags.integer);
  fields.optional(contextTag(0));
  const wrapped = fields.optional(contextTag(1));
  fields.end();
  const extensions = wrapped ? extensionsOf({ ...wrapped, tag: tags.sequence }, part) : [];
  if (unknownCritical(extensions, []).length > 0) misfit(part);
  return {
    policy,
    digestOid,
    imprint: digest,
    serial,
    time,
    nonce: nonce && randomNumberOf(nonce, part),
  };
}
