import { Node, type Attr, type Document, type Element } from '@xmldom/xmldom';
import { isElement } from './xml.ts';

/**
 * Canonical XML 1.0, inclusive (W3C REC-xml-c14n-20010315) and exclusive (REC-xml-exc-c14n-20020718),
 * of a document or of an element with all below it. Comments are left out: a reference within the
 * document never covers them (XMLDSig 4.3.3.3), whatever the transform's name says.
 *
 * By hand, because the package that has it (`xml-crypto`) sorts by the machine's locale and leaves
 * unsigned every attribute whose name begins with "xmlns".
 */
export type Canonicalization = {
  readonly exclusive: boolean;
  /** The prefixes that the exclusive form treats as the inclusive one does; '' is the default. */
  readonly inclusivePrefixes: readonly string[];
};

/** Namespaces by prefix; '' is the default one. */
type Namespaces = ReadonlyMap<string, string>;

/** The namespaces known at an element: its own over those around it, so that nothing is copied. */
type Scope = { readonly own: Namespaces; readonly outer: Scope | undefined };

const xmlNamespace = 'http://www.w3.org/XML/1998/namespace';
const xmlnsNamespace = 'http://www.w3.org/2000/xmlns/';

/** The canonical text of a document or of an element, without the elements left out. */
export function canonicalXml(
  apex: Document | Element,
  how: Canonicalization,
  without: ReadonlySet<Node> = new Set(),
): string {
  const writer = new Writer(how, without);
  if (isElement(apex)) writer.apex(apex);
  else writer.document(apex);
  return writer.text();
}

class Writer {
  readonly #how: Canonicalization;
  readonly #without: ReadonlySet<Node>;
  readonly #pieces: string[] = [];

  constructor(how: Canonicalization, without: ReadonlySet<Node>) {
    this.#how = how;
    this.#without = without;
  }

  text(): string {
    return this.#pieces.join('');
  }

  /** Line feeds part the instructions outside the root element from it. */
  document(document: Document): void {
    let isBeforeRoot = true;
    for (const node of Array.from(document.childNodes)) {
      if (isElement(node)) {
        this.apex(node);
        isBeforeRoot = false;
      } else if (node.nodeType === Node.PROCESSING_INSTRUCTION_NODE) {
        const instruction = instructionText(node);
        if (instruction) this.#pieces.push(isBeforeRoot ? `${instruction}\n` : `\n${instruction}`);
      }
    }
  }

  /** In the inclusive form the topmost element takes over what its ancestors declared. */
  apex(element: Element): void {
    const ancestors = ancestorsOf(element);
    const around = new Map(ancestors.flatMap((each) => [...declarationsOf(each)]));
    const attributes = this.#how.exclusive ? [] : xmlAttributesOf(ancestors);
    const inherited = { prefixes: [...around.keys()], attributes };
    this.#element(element, { own: around, outer: undefined }, undefined, inherited);
  }

  /** `rendered` holds the namespaces that the elements written around this one have declared. */
  #element(
    element: Element,
    outer: Scope,
    rendered: Scope | undefined,
    inherited: Inherited = { prefixes: [], attributes: [] },
  ): void {
    if (this.#without.has(element)) return;
    const own = declarationsOf(element);
    const scope = within(own, outer);
    const prefixes = this.#how.exclusive
      ? [...usedPrefixes(element), ...this.#how.inclusivePrefixes]
      : [...own.keys(), ...inherited.prefixes];
    const declared = declarations(prefixes, scope, rendered);
    this.#pieces.push(
      `<${element.nodeName}`,
      ...declared.map(declarationText),
      ...attributesOf(element, inherited.attributes).map(attributeText),
      '>',
    );
    const inner = within(new Map(declared), rendered);
    for (let node = element.firstChild; node !== null; node = node.nextSibling) {
      if (isElement(node)) this.#element(node, scope, inner);
      else this.#pieces.push(leafText(node));
    }
    this.#pieces.push(`</${element.nodeName}>`);
  }
}

/** What an element has from those around it that are not written. */
type Inherited = { readonly prefixes: readonly string[]; readonly attributes: readonly Attr[] };

function within(own: Namespaces, outer: Scope): Scope;
function within(own: Namespaces, outer: Scope | undefined): Scope | undefined;
function within(own: Namespaces, outer: Scope | undefined): Scope | undefined {
  return own.size > 0 ? { own, outer } : outer;
}

/** The namespace of a prefix; '' where there is none. */
function namespaceOf(prefix: string, scope: Scope | undefined): string {
  for (let each = scope; each !== undefined; each = each.outer) {
    const uri = each.own.get(prefix);
    if (uri !== undefined) return uri;
  }
  return '';
}

/** What must be declared at an element, sorted by prefix, the default namespace first. */
function declarations(
  prefixes: readonly string[],
  scope: Scope,
  rendered: Scope | undefined,
): [string, string][] {
  return [...new Set(prefixes)]
    .filter((prefix) => prefix !== 'xml')
    .map((prefix): [string, string] => [prefix, namespaceOf(prefix, scope)])
    .filter(([prefix, uri]) => namespaceOf(prefix, rendered) !== uri)
    .toSorted(([left], [right]) => byCodePoint(left, right));
}

/** The elements around one, the outermost first. */
function ancestorsOf(element: Element): readonly Element[] {
  const ancestors: Element[] = [];
  for (let node = element.parentNode; node !== null && isElement(node); node = node.parentNode) {
    ancestors.push(node);
  }
  return ancestors.toReversed();
}

function declarationsOf(element: Element): Namespaces {
  return new Map(
    Array.from(element.attributes)
      .filter(isDeclaration)
      .map(({ prefix, localName, value }) => [prefix ? (localName ?? '') : '', value]),
  );
}

/** The nearest of each `xml:` attribute. */
function xmlAttributesOf(ancestors: readonly Element[]): readonly Attr[] {
  const all = ancestors.flatMap((element) => Array.from(element.attributes));
  const own = all.filter(({ namespaceURI }) => namespaceURI === xmlNamespace);
  return [...new Map(own.map((attribute) => [attribute.localName, attribute])).values()];
}

function isDeclaration({ namespaceURI }: Attr): boolean {
  return namespaceURI === xmlnsNamespace;
}

/** The prefixes in the names of an element and its attributes. */
function usedPrefixes(element: Element): readonly string[] {
  const attributes = Array.from(element.attributes).filter((each) => !isDeclaration(each));
  return [element.prefix ?? '', ...attributes.flatMap(({ prefix }) => prefix ?? [])];
}

/** An element's attributes in their order, with those inherited that it does not have itself. */
function attributesOf(element: Element, inherited: readonly Attr[]): readonly Attr[] {
  const own = Array.from(element.attributes).filter((each) => !isDeclaration(each));
  const missing = inherited.filter(({ nodeName }) => !element.hasAttribute(nodeName));
  return [...own, ...missing].toSorted(
    (left, right) =>
      byCodePoint(left.namespaceURI ?? '', right.namespaceURI ?? '') ||
      byCodePoint(left.localName ?? '', right.localName ?? ''),
  );
}

/** UTF-8 sorts as code points do, where the language compares halves of them. */
function byCodePoint(left: string, right: string): number {
  if (left === right) return 0;
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}

function declarationText([prefix, uri]: [string, string]): string {
  return ` xmlns${prefix ? `:${prefix}` : ''}="${escapedValue(uri)}"`;
}

function attributeText({ nodeName, value }: Attr): string {
  return ` ${nodeName}="${escapedValue(value)}"`;
}

function leafText(node: Node): string {
  switch (node.nodeType) {
    case Node.TEXT_NODE:
    case Node.CDATA_SECTION_NODE:
      return escapedText(node.nodeValue ?? '');
    case Node.PROCESSING_INSTRUCTION_NODE:
      return instructionText(node);
    default:
      return '';
  }
}

function instructionText({ nodeName, nodeValue }: Node): string {
  // The parser shows the declaration of XML as an instruction, which it is not.
  if (nodeName === 'xml') return '';
  return nodeValue ? `<?${nodeName} ${nodeValue}?>` : `<?${nodeName}?>`;
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#x9;',
  '\n': '&#xA;',
  '\r': '&#xD;',
};

function escapedText(text: string): string {
  return text.replaceAll(/[&<>\r]/g, (character) => escapes[character] ?? character);
}

function escapedValue(text: string): string {
  return text.replaceAll(/[&<"\t\n\r]/g, (character) => escapes[character] ?? character);
}
