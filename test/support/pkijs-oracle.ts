/** What PKI.js reads of the same bytes, in our words: somebody else's parser as an oracle. */
import {
  type AttributeTypeAndValue,
  BasicOCSPResponse,
  Certificate,
  CertificateRevocationList,
  ContentInfo,
  type ExtKeyUsage,
  IssuerAndSerialNumber,
  OCSPResponse,
  type RelativeDistinguishedNames,
  SignedData,
} from 'pkijs';
import { hexOf } from '../../chaincode/kernel/bytes.ts';

/** The text of an INTEGER's octets as we write a number: no leading nought for the sign. */
function serialText(octets: ArrayBuffer | Uint8Array): string {
  const text = Buffer.from(octets as Uint8Array).toString('hex');
  return text.length > 2 ? text.replace(/^00/, '') : text;
}

function attributesOf(name: RelativeDistinguishedNames) {
  return name.typesAndValues.map(({ type, value }: AttributeTypeAndValue) => ({
    oid: type,
    text: String((value as { valueBlock: { value: unknown } }).valueBlock.value),
  }));
}

const usageNames = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
];

/** The names of the bits of a KeyUsage, the highest first. */
function usagesOf(bits: { valueBlock: { valueHexView: Uint8Array } } | undefined) {
  const octets = bits?.valueBlock.valueHexView;
  if (octets === undefined) return undefined;
  return usageNames.filter((_, index) => ((octets[index >> 3] ?? 0) >> (7 - (index & 7))) & 1);
}

/** A certificate in few words. */
export function theirCertificate(bytes: Uint8Array) {
  return certificateWords(Certificate.fromBER(bytes));
}

function certificateWords(certificate: Certificate) {
  const extension = (oid: string) =>
    certificate.extensions?.find(({ extnID }) => extnID === oid)?.parsedValue as unknown;
  return {
    serial: serialText(certificate.serialNumber.valueBlock.valueHexView),
    issuer: attributesOf(certificate.issuer),
    subject: attributesOf(certificate.subject),
    notBefore: certificate.notBefore.value.toISOString(),
    notAfter: certificate.notAfter.value.toISOString(),
    signatureOid: certificate.signatureAlgorithm.algorithmId,
    keyUsage: usagesOf(extension('2.5.29.15') as Parameters<typeof usagesOf>[0]),
    extendedKeyUsage: (extension('2.5.29.37') as ExtKeyUsage | undefined)?.keyPurposes,
    isAuthority: (extension('2.5.29.19') as { cA?: boolean } | undefined)?.cA ?? false,
  };
}

/** A list of revoked certificates in few words. */
export function theirCrl(bytes: Uint8Array) {
  const list = CertificateRevocationList.fromBER(bytes);
  return {
    issuer: attributesOf(list.issuer),
    thisUpdate: list.thisUpdate.value.toISOString(),
    nextUpdate: list.nextUpdate?.value.toISOString(),
    revoked: (list.revokedCertificates ?? []).map(({ userCertificate, revocationDate }) => [
      serialText(userCertificate.valueBlock.valueHexView),
      revocationDate.value.toISOString(),
    ]),
  };
}

/** An OCSP response in few words. */
export function theirOcsp(bytes: Uint8Array) {
  const held = OCSPResponse.fromBER(bytes).responseBytes?.response.valueBlock.valueHexView;
  const { tbsResponseData } = BasicOCSPResponse.fromBER(held ?? new Uint8Array());
  return {
    producedAt: tbsResponseData.producedAt.toISOString(),
    answers: tbsResponseData.responses.map(({ certID, certStatus, thisUpdate }) => ({
      serial: serialText(certID.serialNumber.valueBlock.valueHexView),
      hashOid: certID.hashAlgorithm.algorithmId,
      state: ['good', 'revoked', 'unknown'][
        (certStatus as { idBlock: { tagNumber: number } }).idBlock.tagNumber
      ],
      thisUpdate: thisUpdate.toISOString(),
    })),
  };
}

function messageOf(bytes: Uint8Array): SignedData {
  return new SignedData({ schema: ContentInfo.fromBER(bytes).content as never });
}

/** A signed message in few words. */
export function theirCms(bytes: Uint8Array) {
  const message = messageOf(bytes);
  const enclosed: readonly unknown[] = message.certificates ?? [];
  return {
    contentType: message.encapContentInfo.eContentType,
    content: hexOf(
      new Uint8Array(message.encapContentInfo.eContent?.getValue() ?? new ArrayBuffer(0)),
    ),
    certificates: enclosed.flatMap((each) =>
      each instanceof Certificate ? [certificateWords(each).serial] : [],
    ),
    signers: message.signerInfos.map((signer) => ({
      serial:
        signer.sid instanceof IssuerAndSerialNumber
          ? serialText(signer.sid.serialNumber.valueBlock.valueHexView)
          : undefined,
      digestOid: signer.digestAlgorithm.algorithmId,
      signatureOid: signer.signatureAlgorithm.algorithmId,
      signature: Buffer.from(signer.signature.valueBlock.valueHexView).toString('hex'),
    })),
  };
}

/** Whether a message's first signature stands, for the algorithms that the platform knows. */
export async function theirVerdict(bytes: Uint8Array): Promise<boolean> {
  try {
    return await messageOf(bytes).verify({ signer: 0 });
  } catch {
    // It throws at what it cannot verify, and at some of what does not stand.
    return false;
  }
}

/** Whether a certificate was signed by an issuer's key. */
export async function theirChain(bytes: Uint8Array, issuer: Uint8Array): Promise<boolean> {
  try {
    return await Certificate.fromBER(bytes).verify(Certificate.fromBER(issuer));
  } catch {
    // As above.
    return false;
  }
}
