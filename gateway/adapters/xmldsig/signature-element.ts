import type { Element } from '@xmldom/xmldom';
import { bytesOfBase64 } from '../../../chaincode/kernel/bytes.ts';
import { refuse } from '../../../chaincode/kernel/eds/refusals.ts';
import {
  accepted,
  andThen,
  each,
  refused,
  type Outcome,
} from '../../../chaincode/kernel/outcome.ts';
import type { Canonicalization } from './canonical-xml.ts';
import { isNamed, onlyElements } from './xml.ts';

/**
 * Reads a `ds:Signature` strictly: the elements that XMLDSig names, in its order and nothing else,
 * and of the transforms only those that leave no doubt about what is signed.
 */
export type SignatureElement = {
  readonly element: Element;
  readonly signedInfo: Element;
  readonly canonicalization: Canonicalization;
  /** The algorithm's URI, as of the digests. */
  readonly algorithm: string;
  readonly references: readonly Reference[];
  readonly value: Uint8Array;
  readonly keyInfo: Element;
};

/** One piece of the message that is signed by its digest. */
export type Reference = {
  readonly uri: string;
  /** Whether the signature itself is left out of what is signed. */
  readonly enveloped: boolean;
  readonly canonicalization: Canonicalization;
  readonly algorithm: string;
  readonly digest: Uint8Array;
};

export const signatureNamespace = 'http://www.w3.org/2000/09/xmldsig#';
const exclusiveNamespace = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const inclusiveUri = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315';
const envelopedUri = `${signatureNamespace}enveloped-signature`;
const inclusive: Canonicalization = { exclusive: false, inclusivePrefixes: [] };

/** Messages of SHEP sign one to three pieces, and name a few prefixes at most. */
const referencesMax = 4;
const inclusivePrefixesMax = 32;

/** Reads a signature, or says which part of it does not fit. */
export function readSignature(element: Element): Outcome<SignatureElement> {
  const [signedInfo, valueElement, keyInfo, ...more] = onlyElements(element) ?? [];
  const fits =
    signedInfo && valueElement && keyInfo && more.length === 0 && isDs(keyInfo, 'KeyInfo');
  if (!fits || !isDs(signedInfo, 'SignedInfo')) return misfit('Signature');
  return andThen(octetsOf(valueElement, 'SignatureValue'), (value) =>
    andThen(readSignedInfo(signedInfo), (info) =>
      accepted({ element, signedInfo, value, keyInfo, ...info }),
    ),
  );
}

type SignedInfo = Pick<SignatureElement, 'canonicalization' | 'algorithm' | 'references'>;

function readSignedInfo(signedInfo: Element): Outcome<SignedInfo> {
  const [method, algorithmElement, ...references] = onlyElements(signedInfo) ?? [];
  if (!method || !isDs(method, 'CanonicalizationMethod')) return misfit('SignedInfo');
  if (!algorithmElement || !isDs(algorithmElement, 'SignatureMethod')) return misfit('SignedInfo');
  if (references.length < 1 || references.length > referencesMax) return misfit('Reference');
  return andThen(canonicalizationOf(method), (canonicalization) =>
    andThen(algorithmOf(algorithmElement), (algorithm) =>
      andThen(each(references.map(readReference)), (read) =>
        accepted({ canonicalization, algorithm, references: read }),
      ),
    ),
  );
}

function readReference(element: Element): Outcome<Reference> {
  const [transforms, method, digestElement, ...more] = onlyElements(element) ?? [];
  const uri = element.getAttribute('URI');
  const fits =
    transforms && isDs(transforms, 'Transforms') && method && isDs(method, 'DigestMethod');
  if (!isDs(element, 'Reference') || uri === null || !fits || !digestElement || more.length > 0) {
    return misfit('Reference');
  }
  return andThen(readTransforms(transforms), (read) =>
    andThen(algorithmOf(method), (algorithm) =>
      andThen(octetsOf(digestElement, 'DigestValue'), (digest) =>
        accepted({ uri, ...read, algorithm, digest }),
      ),
    ),
  );
}

/** The enveloped-signature transform, a canonicalization, or the one and then the other. */
function readTransforms(
  element: Element,
): Outcome<Pick<Reference, 'enveloped' | 'canonicalization'>> {
  const all = onlyElements(element) ?? [];
  if (!all.every((transform) => isDs(transform, 'Transform'))) return misfit('Transforms');
  const enveloped = all[0]?.getAttribute('Algorithm') === envelopedUri;
  const [method, ...more] = enveloped ? all.slice(1) : all;
  if (more.length > 0 || all.length === 0) return misfit('Transforms');
  if (!method) return accepted({ enveloped, canonicalization: inclusive });
  return andThen(canonicalizationOf(method), (canonicalization) =>
    accepted({ enveloped, canonicalization }),
  );
}

function canonicalizationOf(method: Element): Outcome<Canonicalization> {
  return andThen(algorithmUri(method), (uri) => {
    // A name "with comments" is common, and within a document no comment is referred to.
    const plain = uri.replace(/#?WithComments$/, '');
    if (plain === inclusiveUri && onlyElements(method)?.length === 0) return accepted(inclusive);
    const isExclusive = plain === exclusiveNamespace || `${plain}#` === exclusiveNamespace;
    if (!isExclusive) return refused(refuse('UNSUPPORTED_ALG', { params: { oid: uri } }));
    return andThen(inclusivePrefixes(method), (prefixes) =>
      accepted({ exclusive: true, inclusivePrefixes: prefixes }),
    );
  });
}

function inclusivePrefixes(method: Element): Outcome<readonly string[]> {
  const [list, ...more] = onlyElements(method) ?? [method];
  if (!list) return accepted([]);
  if (more.length > 0 || !isNamed(list, exclusiveNamespace, 'InclusiveNamespaces')) {
    return misfit('InclusiveNamespaces');
  }
  const prefixes = (list.getAttribute('PrefixList') ?? '').split(/\s+/).filter(Boolean);
  if (prefixes.length > inclusivePrefixesMax) return misfit('InclusiveNamespaces');
  return accepted(prefixes.map((prefix) => (prefix === '#default' ? '' : prefix)));
}

/** An algorithm without parameters. */
function algorithmOf(method: Element): Outcome<string> {
  return onlyElements(method)?.length === 0 ? algorithmUri(method) : misfit(method.localName ?? '');
}

function algorithmUri(method: Element): Outcome<string> {
  const uri = method.getAttribute('Algorithm');
  return uri ? accepted(uri) : misfit(method.localName ?? '');
}

function octetsOf(element: Element, name: string): Outcome<Uint8Array> {
  const octets = isDs(element, name) ? base64Of(element) : undefined;
  return octets ? accepted(octets) : misfit(name);
}

/** The octets that an element's text holds in base64, with blanks anywhere. */
export function base64Of(element: Element): Uint8Array | undefined {
  const hasText = Array.from(element.childNodes).every((node) => node.nodeType === node.TEXT_NODE);
  const text = (element.textContent ?? '').replaceAll(/[ \t\r\n]/g, '');
  if (!hasText || text === '') return undefined;
  const octets = bytesOfBase64(text);
  return octets.ok ? octets.value : undefined;
}

export function isDs(element: Element, name: string): boolean {
  return isNamed(element, signatureNamespace, name);
}

/** Refuses a signature because of the part that does not fit. */
export function misfit(part: string) {
  return refused(refuse('BAD_STRUCTURE', { params: { part } }));
}
