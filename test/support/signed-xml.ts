import { SignedXml, type HashAlgorithm, type SignatureAlgorithm } from 'xml-crypto';
import { streebog512 } from '../../chaincode/kernel/eds/streebog.ts';
import type { Holder } from '../../gateway/stands/eds/certificates.ts';

/** Signs XML by `xml-crypto`, so that our verification is held against somebody else's making. */
const national = 'urn:ietf:params:xml:ns:pkigovkz:xmlsec:algorithms:';
export const gostSignatureUri = `${national}gostr34102015-gostr34112015-512`;
export const gostDigestUri = `${national}gostr34112015-512`;
export const inclusiveUri = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315';
export const exclusiveUri = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const envelopedUri = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature';
const wss = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-';
export const wsseNamespace = `${wss}wssecurity-secext-1.0.xsd`;
export const wsuNamespace = `${wss}wssecurity-utility-1.0.xsd`;

/** What a test changes of the usual form. */
export type SigningOptions = {
  readonly transforms?: readonly string[];
  readonly canonicalization?: string;
  readonly keyInfo?: string;
};

/** A document with one more signature at the end of its root element, as NCALayer leaves it. */
export function envelopedXml(xml: string, by: Holder, options: SigningOptions = {}): string {
  const signer = signerOf(by, {
    canonicalization: inclusiveUri,
    keyInfo: `<ds:X509Data><ds:X509Certificate>${lines(by)}</ds:X509Certificate></ds:X509Data>`,
    ...options,
  });
  signer.addReference({
    xpath: '/*',
    isEmptyUri: true,
    transforms: [...(options.transforms ?? [envelopedUri, `${inclusiveUri}#WithComments`])],
    digestAlgorithm: gostDigestUri,
  });
  signer.computeSignature(xml, { prefix: 'ds', location: { reference: '/*', action: 'append' } });
  return signer.getSignedXml();
}

/** A SOAP message whose Body is signed, the certificate in a KeyIdentifier, as SHEP wants it. */
export function soapMessage(body: string, by: Holder, options: SigningOptions = {}): string {
  const envelope =
    '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Header>' +
    `<wsse:Security xmlns:wsse="${wsseNamespace}"/></soap:Header>` +
    `<soap:Body xmlns:wsu="${wsuNamespace}" wsu:Id="id-1">${body}</soap:Body></soap:Envelope>`;
  const identifier =
    `<wsse:SecurityTokenReference><wsse:KeyIdentifier ValueType="${wss}x509-token-profile-1.0#X509v3">` +
    `${lines(by)}</wsse:KeyIdentifier></wsse:SecurityTokenReference>`;
  const signer = signerOf(by, { canonicalization: exclusiveUri, keyInfo: identifier, ...options });
  signer.addReference({
    xpath: "//*[local-name()='Body']",
    transforms: [...(options.transforms ?? [exclusiveUri])],
    digestAlgorithm: gostDigestUri,
  });
  const location = { reference: "//*[local-name()='Security']", action: 'append' } as const;
  signer.computeSignature(envelope, { prefix: 'ds', location });
  return signer.getSignedXml();
}

function signerOf(by: Holder, options: Required<Omit<SigningOptions, 'transforms'>>): SignedXml {
  const signer = new SignedXml({
    idMode: 'wssecurity',
    privateKey: 'unused: the algorithm below holds the key',
    signatureAlgorithm: gostSignatureUri,
    canonicalizationAlgorithm: options.canonicalization,
    getKeyInfoContent: () => options.keyInfo,
  });
  signer.HashAlgorithms[gostDigestUri] = StreebogHash;
  signer.SignatureAlgorithms[gostSignatureUri] = class implements SignatureAlgorithm {
    getSignature = (signedInfo: unknown) =>
      Buffer.from(by.key.sign(Buffer.from(String(signedInfo)))).toString('base64');
    verifySignature = () => false;
    getAlgorithmName = () => gostSignatureUri;
  };
  return signer;
}

class StreebogHash implements HashAlgorithm {
  getHash = (xml: string) => Buffer.from(streebog512(Buffer.from(xml))).toString('base64');
  getAlgorithmName = () => gostDigestUri;
}

/** Base64 in lines of 76 characters, as the makers of these documents write it. */
function lines({ certificate }: Holder): string {
  return (
    Buffer.from(certificate)
      .toString('base64')
      .match(/.{1,76}/g) ?? []
  ).join('\n');
}
