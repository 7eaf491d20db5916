import type { Document, Element, Node } from '@xmldom/xmldom';
import { sameBytes } from '../../../chaincode/kernel/eds/bytes.ts';
import { parseCertificate, type Certificate } from '../../../chaincode/kernel/eds/certificate.ts';
import { digestBy } from '../../../chaincode/kernel/eds/digest.ts';
import { refuse } from '../../../chaincode/kernel/eds/refusals.ts';
import { signatureFault, type Checks } from '../../../chaincode/kernel/eds/signature-check.ts';
import {
  accepted,
  andThen,
  each,
  refused,
  type Outcome,
} from '../../../chaincode/kernel/outcome.ts';
import { digestOfUri, signatureOfUri } from './algorithm-uris.ts';
import { canonicalXml } from './canonical-xml.ts';
import { refuseXml } from './refusals.ts';
import { base64Of, misfit, type Reference, type SignatureElement } from './signature-element.ts';

/**
 * A signature in XML that stands: whose certificate it names and what exactly it covers. Whether
 * that certificate is trusted, valid and of the right person is judged by the kernel, as for any
 * other signature.
 */
export type XmlSignature = {
  readonly certificate: Certificate;
  /**
   * The canonical text of what is signed. It alone may be read further: another element of the
   * message may look like the signed one and be none.
   */
  readonly signedXml: string;
};

/** Finds what a reference names; undefined where that is not what must be signed. */
export type Resolve = (reference: Reference) => Document | Element | undefined;

/**
 * Checks every digest and the signature itself; gives the canonical texts in the order of the
 * references. `without` are the signatures that were added after this one.
 */
export function checkSignature(
  signature: SignatureElement,
  certificate: Certificate,
  resolve: Resolve,
  without: ReadonlySet<Node>,
  checks: Checks,
): Outcome<readonly string[]> {
  const algorithm = signatureOfUri(signature.algorithm, checks.switches);
  if (!algorithm.ok) return algorithm;
  const texts = each(
    signature.references.map((reference) => {
      const left = reference.enveloped ? new Set([...without, signature.element]) : without;
      return checkReference(reference, resolve(reference), left, checks);
    }),
  );
  if (!texts.ok) return texts;
  const signedInfo = canonicalXml(signature.signedInfo, signature.canonicalization);
  const signed = {
    key: certificate.key,
    algorithm: algorithm.value,
    message: Buffer.from(signedInfo),
    signature: signature.value,
  };
  const fault = signatureFault(checks, signed, refuse('SIG_INVALID'));
  return fault ? refused(fault) : texts;
}

function checkReference(
  reference: Reference,
  target: Document | Element | undefined,
  without: ReadonlySet<Node>,
  checks: Checks,
): Outcome<string> {
  if (!target) return refused(refuseXml('XML_NOT_COVERED'));
  return andThen(digestOfUri(reference.algorithm, checks.switches), (name) => {
    const text = canonicalXml(target, reference.canonicalization, without);
    const digest = digestBy(name, Buffer.from(text));
    const fits = sameBytes(digest, reference.digest);
    return fits ? accepted(text) : refused(refuse('DIGEST_MISMATCH'));
  });
}

/** Reads the certificate that an element holds in base64. */
export function certificateIn(element: Element): Outcome<Certificate> {
  const bytes = base64Of(element);
  return bytes ? parseCertificate(bytes) : misfit(element.localName ?? '');
}
