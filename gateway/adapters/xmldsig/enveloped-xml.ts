import type { Document, Element } from '@xmldom/xmldom';
import type { Certificate } from '../../../chaincode/kernel/eds/certificate.ts';
import { refuse } from '../../../chaincode/kernel/eds/refusals.ts';
import type { Checks } from '../../../chaincode/kernel/eds/signature-check.ts';
import {
  accepted,
  andThen,
  each,
  refused,
  type Outcome,
} from '../../../chaincode/kernel/outcome.ts';
import { readSignature, signatureNamespace, type SignatureElement } from './signature-element.ts';
import { childrenOf, parseXml } from './xml.ts';
import { certificateIn, checkSignature, type XmlSignature } from './xml-signature.ts';

/** Each is checked over the whole document, so their number bounds the time. */
const signaturesMax = 4;

/**
 * Verifies a document with its signatures inside its root element, as NCALayer and NCANode make it.
 *
 * Several signers sign one after the other: each signature covers the document with the signatures
 * before it, and was made before those that follow. So each is checked without the later ones; by
 * the letter of XMLDSig only the last would stand.
 */
export function verifyEnvelopedXml(text: string, checks: Checks): Outcome<readonly XmlSignature[]> {
  return andThen(parseXml(text), (document) => {
    const root = document.documentElement;
    const elements = root ? childrenOf(root, signatureNamespace, 'Signature') : [];
    if (elements.length === 0) return refused(refuse('SIGNERS_NONE'));
    if (elements.length > signaturesMax) {
      return refused(refuse('TOO_COSTLY', { params: { maximum: String(signaturesMax) } }));
    }
    return each(elements.map((_, index) => verifyOne(document, elements, index, checks)));
  });
}

function verifyOne(
  document: Document,
  elements: readonly Element[],
  index: number,
  checks: Checks,
): Outcome<XmlSignature> {
  const [element, ...later] = elements.slice(index);
  if (!element) return refused(refuse('SIGNERS_NONE'));
  return andThen(readSignature(element), (signature) =>
    andThen(certificateOf(signature), (certificate) => {
      // One reference to the whole document: nothing is left over that is not signed.
      const isWhole = signature.references.length === 1;
      const texts = checkSignature(
        signature,
        certificate,
        ({ uri, enveloped }) => (isWhole && uri === '' && enveloped ? document : undefined),
        new Set(later),
        checks,
      );
      return andThen(texts, ([signedXml = '']) => accepted({ certificate, signedXml }));
    }),
  );
}

function certificateOf({ keyInfo }: SignatureElement): Outcome<Certificate> {
  const data = childrenOf(keyInfo, signatureNamespace, 'X509Data');
  const [element, ...more] = data.flatMap((one) =>
    childrenOf(one, signatureNamespace, 'X509Certificate'),
  );
  return element && more.length === 0
    ? certificateIn(element)
    : refused(refuse('SIGNER_CERT_MISSING'));
}
