import type { Document, Element } from '@xmldom/xmldom';
import type { Certificate } from '../../../chaincode/kernel/eds/certificate.ts';
import { refuse } from '../../../chaincode/kernel/eds/refusals.ts';
import type { Checks } from '../../../chaincode/kernel/eds/signature-check.ts';
import { accepted, andThen, refused, type Outcome } from '../../../chaincode/kernel/outcome.ts';
import { refuseXml } from './refusals.ts';
import { misfit, readSignature, signatureNamespace } from './signature-element.ts';
import { childrenOf, isElement, isNamed, onlyElements, parseXml, walk } from './xml.ts';
import { certificateIn, checkSignature, type XmlSignature } from './xml-signature.ts';

/**
 * SOAP messages of the state's gateway (SHEP, SmartBridge): WS-Security with a signature over the
 * Body, the certificate beside it.
 */
const envelopeNamespaces = [
  'http://schemas.xmlsoap.org/soap/envelope/',
  'http://www.w3.org/2003/05/soap-envelope',
];
const wss = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-';
const wsseNamespace = `${wss}wssecurity-secext-1.0.xsd`;
const wsuNamespace = `${wss}wssecurity-utility-1.0.xsd`;
const x509Token = `${wss}x509-token-profile-1.0#X509v3`;

/** The parts of a message that matter; each is there once. */
type Message = {
  readonly document: Document;
  readonly body: Element;
  readonly security: Element;
  readonly signature: Element;
};

/** Verifies the one signature of a message; the signed text is its Body. */
export function verifySoapMessage(text: string, checks: Checks): Outcome<XmlSignature> {
  return andThen(andThen(parseXml(text), readMessage), (message) =>
    andThen(readSignature(message.signature), (signature) =>
      andThen(certificateOf(message, signature.keyInfo), (certificate) => {
        const targets = signature.references.map(({ uri, enveloped }) =>
          enveloped ? undefined : elementOf(message.document, uri),
        );
        // The Body by its place in the envelope: an element moved elsewhere with its Id is another.
        const bodyIndex = targets.indexOf(message.body);
        if (bodyIndex < 0) return refused(refuseXml('XML_NOT_COVERED'));
        const texts = checkSignature(
          signature,
          certificate,
          (reference) => targets[signature.references.indexOf(reference)],
          new Set(),
          checks,
        );
        return andThen(texts, (all) => accepted({ certificate, signedXml: all[bodyIndex] ?? '' }));
      }),
    ),
  );
}

function readMessage(document: Document): Outcome<Message> {
  const envelope = document.documentElement;
  const namespace = envelopeNamespaces.find(
    (each) => envelope && isNamed(envelope, each, 'Envelope'),
  );
  if (!envelope || !namespace) return misfit('Envelope');
  const [body, ...moreBodies] = childrenOf(envelope, namespace, 'Body');
  if (!body || moreBodies.length > 0) return misfit('Body');
  const headers = childrenOf(envelope, namespace, 'Header');
  const securities = headers.flatMap((one) => childrenOf(one, wsseNamespace, 'Security'));
  const signatures = securities.flatMap((one) => childrenOf(one, signatureNamespace, 'Signature'));
  const [signature, ...moreSignatures] = signatures;
  if (!signature) return refused(refuse('SIGNERS_NONE'));
  const security = securities.find((one) => one === signature.parentNode);
  if (moreSignatures.length > 0 || headers.length > 1 || !security) return misfit('Security');
  return accepted({ document, body, security, signature });
}

/** The certificate in the signature's KeyInfo, or in the token that it refers to. */
function certificateOf(message: Message, keyInfo: Element): Outcome<Certificate> {
  const [token, ...more] = childrenOf(keyInfo, wsseNamespace, 'SecurityTokenReference');
  const [named, ...others] = (token && onlyElements(token)) ?? [];
  if (!named || more.length > 0 || others.length > 0) {
    return refused(refuse('SIGNER_CERT_MISSING'));
  }
  if (isNamed(named, wsseNamespace, 'KeyIdentifier')) return tokenCertificate(named);
  if (isNamed(named, signatureNamespace, 'X509Data')) {
    const [element, ...rest] = childrenOf(named, signatureNamespace, 'X509Certificate');
    if (element && rest.length === 0) return certificateIn(element);
  }
  const isReference = isNamed(named, wsseNamespace, 'Reference');
  const target = isReference ? elementOf(message.document, named.getAttribute('URI')) : undefined;
  const isToken = target && isNamed(target, wsseNamespace, 'BinarySecurityToken');
  return isToken && target.parentNode === message.security
    ? tokenCertificate(target)
    : refused(refuse('SIGNER_CERT_MISSING'));
}

function tokenCertificate(element: Element): Outcome<Certificate> {
  const isX509 = element.getAttribute('ValueType') === x509Token;
  return isX509 ? certificateIn(element) : refused(refuse('SIGNER_CERT_MISSING'));
}

/** The one element that bears the Id of a reference; two with one Id name nothing. */
function elementOf(document: Document, uri: string | null): Element | undefined {
  const id = uri?.startsWith('#') ? uri.slice(1) : '';
  if (id === '') return undefined;
  const [element, ...more] = Array.from(walk(document), ({ node }) => node)
    .filter(isElement)
    .filter((one) => idsOf(one).includes(id));
  return more.length === 0 ? element : undefined;
}

function idsOf(element: Element): (string | null)[] {
  return [
    element.getAttributeNS(wsuNamespace, 'Id'),
    ...['Id', 'ID', 'id'].map((name) => element.getAttribute(name)),
  ];
}
