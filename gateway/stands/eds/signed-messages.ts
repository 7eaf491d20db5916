import { parseCertificate } from '../../../chaincode/kernel/eds/certificate.ts';
import { contentTypes } from '../../../chaincode/kernel/eds/cms.ts';
import { tags } from '../../../chaincode/kernel/eds/der.ts';
import { cmsAttributeOids } from '../../../chaincode/kernel/eds/attributes.ts';
import { sha1 } from '../../../chaincode/kernel/eds/sha1.ts';
import type { Instant } from '../../../chaincode/kernel/instant.ts';
import { valueOrThrow } from '../../../chaincode/kernel/outcome.ts';
import { sha256 } from '../../../chaincode/kernel/sha256.ts';
import type { Holder } from './certificates.ts';
import {
  der,
  context,
  generalizedTime,
  integer,
  integerOfOctets,
  octetString,
  oid,
  sequence,
  setOf,
  time,
} from './der-writer.ts';

/** How a message is signed. */
export type SigningOptions = {
  readonly content: Uint8Array;
  readonly detached?: boolean;
  readonly signers: readonly SignerOptions[];
  /** Certificates to enclose; the signers' if left out. */
  readonly certificates?: readonly Uint8Array[];
};

export type SignerOptions = {
  readonly holder: Holder;
  readonly signingTime?: Instant;
  /** The certificate that the signature is bound to; none at all if `undefined` is stated. */
  readonly bound?: Uint8Array | undefined;
  /** Asks a time-stamp service for a token over the signature. */
  readonly stamp?: (signature: Uint8Array) => Uint8Array;
  /** What the attributes say, where a test wants them to lie. */
  readonly contentType?: string;
  readonly messageDigest?: Uint8Array;
  readonly withoutAttributes?: boolean;
  /** Attributes to leave out. */
  readonly omitted?: readonly string[];
  readonly unsigned?: readonly Uint8Array[];
};

/** Signs a message as the national programs do: CMS, signers by issuer and number. */
export function signMessage(options: SigningOptions): Uint8Array {
  const { content, detached, signers } = options;
  const certificates = options.certificates ?? signers.map(({ holder }) => holder.certificate);
  return signedData({
    version: 1,
    contentType: contentTypes.data,
    content: detached ? undefined : content,
    certificates,
    digestAlgorithms: signers.map(({ holder }) => holder.key.digestAlgorithm),
    signerInfos: signers.map((signer) => signerInfo(signer, content)),
  });
}

type SignedDataParts = {
  readonly version: number;
  readonly contentType: string;
  readonly content: Uint8Array | undefined;
  readonly certificates: readonly Uint8Array[];
  readonly digestAlgorithms: readonly Uint8Array[];
  readonly signerInfos: readonly Uint8Array[];
};

function signedData(parts: SignedDataParts): Uint8Array {
  const { content } = parts;
  const inner = sequence(
    oid(parts.contentType),
    ...(content ? [context(0, octetString(content))] : []),
  );
  const algorithms = [...new Map(parts.digestAlgorithms.map((a) => [a.join(), a])).values()];
  return sequence(
    oid(contentTypes.signedData),
    context(
      0,
      sequence(
        integer(parts.version),
        setOf(...algorithms),
        inner,
        context(0, ...parts.certificates),
        setOf(...parts.signerInfos),
      ),
    ),
  );
}

function signerInfo(options: SignerOptions, content: Uint8Array): Uint8Array {
  const { key } = options.holder;
  const attributes = setOf(...attributesOf(options, content));
  const plain = options.withoutAttributes ?? false;
  const signature = key.sign(plain ? content : attributes);
  const token = options.stamp?.(signature);
  const unsigned = [
    ...(token ? [attribute(cmsAttributeOids.signatureTimeStamp, token)] : []),
    ...(options.unsigned ?? []),
  ];
  return sequence(
    integer(1),
    signerId(options.holder),
    key.digestAlgorithm,
    ...(plain ? [] : [implicit(0, attributes)]),
    key.signatureAlgorithm,
    octetString(signature),
    ...(unsigned.length > 0 ? [implicit(1, setOf(...unsigned))] : []),
  );
}

function attributesOf(options: SignerOptions, content: Uint8Array): readonly Uint8Array[] {
  const { holder, signingTime, contentType = contentTypes.data } = options;
  const bound = 'bound' in options ? options.bound : holder.certificate;
  const binding = bound && sequence(sequence(sequence(octetString(sha256(bound)))));
  const digest = options.messageDigest ?? holder.key.digest(content);
  const values: readonly (readonly [string, Uint8Array | undefined])[] = [
    [cmsAttributeOids.contentType, oid(contentType)],
    [cmsAttributeOids.signingTime, signingTime && time(signingTime)],
    [cmsAttributeOids.signingCertificateV2, binding],
    [cmsAttributeOids.messageDigest, octetString(digest)],
  ];
  return values.flatMap(([type, value]) =>
    value && !options.omitted?.includes(type) ? [attribute(type, value)] : [],
  );
}

function signerId({ certificate, serial }: Holder): Uint8Array {
  return sequence(issuerName(certificate), integerOfOctets(serial));
}

export function attribute(type: string, ...values: readonly Uint8Array[]): Uint8Array {
  return sequence(oid(type), setOf(...values));
}

/** The same content under an implicit context tag. */
function implicit(number: number, set: Uint8Array): Uint8Array {
  return Uint8Array.from(set, (octet, at) => (at === 0 ? 0xa0 | number : octet));
}

/** What a time-stamp service is asked for, and how it answers. */
export type StampOptions = {
  readonly service: Holder;
  readonly at: Instant;
  readonly policy?: string;
  /** The binding to the service's certificate; SHA-1 is what services still write. */
  readonly bound?: Uint8Array;
  readonly imprint?: Uint8Array;
  /** Octets that the service drew for the token's number and the nonce; their sign is theirs. */
  readonly drawn?: Uint8Array;
};

/** An INTEGER of octets as they fell, as services write them: every other one is negative. */
function drawnInteger(octets: Uint8Array): Uint8Array {
  const from = octets.findIndex((octet, at) => {
    const next = octets[at + 1] ?? 0;
    return !(octet === 0 && next < 0x80) && !(octet === 0xff && next >= 0x80);
  });
  return der(tags.integer, octets.subarray(Math.max(from, 0)));
}

/** Makes a time-stamp token over some bytes. */
export function stamp(stamped: Uint8Array, options: StampOptions): Uint8Array {
  const { service, at, policy = '1.2.398.3.3.2.6.4' } = options;
  const { key, certificate } = service;
  const imprint = octetString(options.imprint ?? key.digest(stamped));
  const content = sequence(
    integer(1),
    oid(policy),
    sequence(key.digestAlgorithm, imprint),
    drawnInteger(options.drawn ?? sha256(stamped).subarray(0, 16)),
    generalizedTime(at),
    drawnInteger(options.drawn ?? sha1(stamped).subarray(0, 8)),
  );
  const bound = sha1(options.bound ?? certificate);
  const attributes = setOf(
    attribute(cmsAttributeOids.contentType, oid(contentTypes.timeStampInfo)),
    attribute(cmsAttributeOids.signingTime, time(at)),
    attribute(
      cmsAttributeOids.signingCertificate,
      sequence(sequence(sequence(octetString(bound)))),
    ),
    attribute(cmsAttributeOids.messageDigest, octetString(key.digest(content))),
  );
  return signedData({
    version: 3,
    contentType: contentTypes.timeStampInfo,
    content,
    certificates: [certificate],
    digestAlgorithms: [key.digestAlgorithm],
    signerInfos: [
      sequence(
        integer(1),
        signerId(service),
        key.digestAlgorithm,
        implicit(0, attributes),
        key.signatureAlgorithm,
        octetString(key.sign(attributes)),
      ),
    ],
  });
}

/** The issuer's name as it stands in a certificate. */
function issuerName(certificate: Uint8Array): Uint8Array {
  const parsed = parseCertificate(certificate);
  return valueOrThrow(parsed).issuer.bytes;
}
