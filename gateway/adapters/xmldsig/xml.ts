import { DOMParser, Node, type Document, type Element } from '@xmldom/xmldom';
import { refuse } from '../../../chaincode/kernel/eds/refusals.ts';
import { accepted, refused, type Outcome } from '../../../chaincode/kernel/outcome.ts';
import type { Refusal } from '../../../chaincode/kernel/refusal.ts';
import { refuseXml } from './refusals.ts';

/**
 * Strict reading of XML that others sent: no DOCTYPE, so that nothing is declared or expanded, and
 * bounds that keep the work small. Whatever the parser merely warns of is refused.
 */
export const xmlLimits = { charactersMax: 1 << 20, nodesMax: 10_000, depthMax: 64 };

/** Parses a document, or says why it is none that we read. */
export function parseXml(text: string): Outcome<Document> {
  const { charactersMax } = xmlLimits;
  if (text.length > charactersMax) {
    return refused(refuse('INPUT_TOO_LARGE', { params: { maximum: String(charactersMax) } }));
  }
  if (text.split('<').length > 2 * xmlLimits.nodesMax) return refused(tooComplex());
  if (/<!DOCTYPE/i.test(text)) return refused(refuseXml('XML_DOCTYPE'));
  const document = documentOf(text);
  if (!document?.documentElement) return refused(refuseXml('XML_MALFORMED'));
  const fault = boundsFault(document);
  return fault ? refused(fault) : accepted(document);
}

function documentOf(text: string): Document | undefined {
  const parser = new DOMParser({
    locator: false,
    // The default also turns the separators of XML 1.1 into line feeds, which would break digests.
    normalizeLineEndings: (source) => source.replaceAll(/\r\n?/g, '\n'),
    onError: (_level, message) => {
      throw new Error(message);
    },
  });
  try {
    return parser.parseFromString(text, 'text/xml');
  } catch {
    // The parser tells of bad input by exceptions only.
    return undefined;
  }
}

function boundsFault(document: Document): Refusal | undefined {
  const { nodesMax, depthMax } = xmlLimits;
  let nodes = 0;
  for (const { node, depth } of walk(document)) {
    nodes += 1 + (isElement(node) ? node.attributes.length : 0);
    if (nodes > nodesMax) return tooComplex();
    if (depth > depthMax)
      return refuse('INPUT_TOO_DEEP', { params: { maximum: String(depthMax) } });
    if (!known.has(node.nodeType) || !hasNames(node) || !hasCharacters(node)) {
      return refuseXml('XML_MALFORMED');
    }
  }
  return undefined;
}

function tooComplex(): Refusal {
  return refuse('INPUT_TOO_COMPLEX', { params: { maximum: String(xmlLimits.nodesMax) } });
}

type Visited = { readonly node: Node; readonly depth: number };

/** All nodes in their order; without recursion, since the depth may not be known to be bounded. */
export function* walk(document: Document): Generator<Visited> {
  let depth = 0;
  for (let node: Node | null = document.firstChild; node !== null;) {
    yield { node, depth };
    if (node.firstChild) {
      node = node.firstChild;
      depth += 1;
      continue;
    }
    while (node !== null && node.nextSibling === null) {
      node = node.parentNode;
      depth -= 1;
    }
    node = node?.nextSibling ?? null;
  }
}

const known: ReadonlySet<number> = new Set([
  Node.ELEMENT_NODE,
  Node.TEXT_NODE,
  Node.CDATA_SECTION_NODE,
  Node.PROCESSING_INSTRUCTION_NODE,
  Node.COMMENT_NODE,
]);

/** Whether every prefix of an element and of its attributes is bound to a namespace. */
function hasNames(node: Node): boolean {
  if (!isElement(node)) return true;
  const attributes = Array.from(node.attributes);
  return [node, ...attributes].every(
    ({ prefix, namespaceURI }) => !prefix || Boolean(namespaceURI),
  );
}

/** Whether all text is of characters that XML 1.0 has; the parser lets some others pass. */
function hasCharacters(node: Node): boolean {
  const texts = isElement(node)
    ? Array.from(node.attributes, ({ value }) => value)
    : [node.nodeValue ?? ''];
  return !texts.some((text) =>
    /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(text),
  );
}

export function isElement(node: Node): node is Element {
  return node.nodeType === Node.ELEMENT_NODE;
}

/** The elements directly below one, or undefined if anything but blanks stands between them. */
export function onlyElements(parent: Element): readonly Element[] | undefined {
  const children = Array.from(parent.childNodes).filter(
    (node) => node.nodeType !== Node.COMMENT_NODE,
  );
  const rest = children.filter((node) => !isElement(node));
  return rest.every((node) => isBlank(node)) ? children.filter(isElement) : undefined;
}

function isBlank(node: Node): boolean {
  return node.nodeType === Node.TEXT_NODE && /^[ \t\r\n]*$/.test(node.nodeValue ?? '');
}

/** The elements of a name directly below one. */
export function childrenOf(parent: Element, namespace: string, name: string): Element[] {
  return Array.from(parent.childNodes)
    .filter(isElement)
    .filter((child) => isNamed(child, namespace, name));
}

export function isNamed(element: Element, namespace: string, name: string): boolean {
  return element.namespaceURI === namespace && element.localName === name;
}
