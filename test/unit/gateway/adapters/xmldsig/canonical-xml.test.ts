import { type Document, type Element } from '@xmldom/xmldom';
import { expect } from 'chai';
import fc from 'fast-check';
import { C14nCanonicalization, ExclusiveCanonicalization } from 'xml-crypto';
import { canonicalXml } from '../../../../../gateway/adapters/xmldsig/canonical-xml.ts';
import { parseXml } from '../../../../../gateway/adapters/xmldsig/xml.ts';
import { valueOrThrow } from '../../../../../chaincode/kernel/outcome.ts';

const inclusive = { exclusive: false, inclusivePrefixes: [] };
const exclusive = { exclusive: true, inclusivePrefixes: [] };

describe('canonical XML', () => {
  it('leaves comments out and keeps instructions, as in 3.1 of the recommendation', () => {
    const text =
      '<?xml version="1.0"?>\n\n<?xml-stylesheet   href="doc.xsl"\n   type="text/xsl"   ?>\n\n' +
      '<doc>Hello, world!<!-- Comment 1 --></doc>\n\n<?pi-without-data     ?>\n\n<!-- Comment 2 -->';
    expect(canonicalXml(documentOf(text), inclusive)).to.equal(
      '<?xml-stylesheet href="doc.xsl"\n   type="text/xsl"   ?>\n' +
        '<doc>Hello, world!</doc>\n<?pi-without-data?>',
    );
  });

  it('keeps every blank of the content, as in 3.2', () => {
    const text = '<doc>\n   <clean>   </clean>\n   <dirty>   A   B   </dirty>\n</doc>';
    expect(canonicalXml(documentOf(text), inclusive)).to.equal(text);
  });

  it('orders namespaces and attributes and drops what is declared already, as in 3.3', () => {
    const text =
      '<doc><e1   /><e3   name = "elem3"   id="elem3"   />' +
      '<e5 a:attr="out" b:attr="sorted" attr2="all" attr="I\'m"' +
      ' xmlns:b="http://www.ietf.org" xmlns:a="http://www.w3.org" xmlns="http://example.org"/>' +
      '<e6 xmlns="" xmlns:a="http://www.w3.org"><e7 xmlns="http://www.ietf.org">' +
      '<e8 xmlns="" xmlns:a="http://www.w3.org"><e9 xmlns="" xmlns:a="http://www.ietf.org"/></e8>' +
      '</e7></e6></doc>';
    expect(canonicalXml(documentOf(text), inclusive)).to.equal(
      '<doc><e1></e1><e3 id="elem3" name="elem3"></e3>' +
        '<e5 xmlns="http://example.org" xmlns:a="http://www.w3.org" xmlns:b="http://www.ietf.org"' +
        ' attr="I\'m" attr2="all" b:attr="sorted" a:attr="out"></e5>' +
        '<e6 xmlns:a="http://www.w3.org"><e7 xmlns="http://www.ietf.org"><e8 xmlns="">' +
        '<e9 xmlns:a="http://www.ietf.org"></e9></e8></e7></e6></doc>',
    );
  });

  it('writes characters and references in one way, as in 3.4', () => {
    const text =
      '<doc>\r\n<text>First line&#x0d;&#10;Second line</text><value>&#x32;</value>' +
      '<compute><![CDATA[value>"0" && value<"10" ?"valid":"error"]]></compute>' +
      '<compute expr=\'value>"0" &amp;&amp; value&lt;"10" ?"valid":"error"\'>valid</compute>' +
      "<norm attr=' &apos;   &#x20;&#13;&#xa;&#9;   &apos; '/><br a='x\ty\nz'/></doc>";
    expect(canonicalXml(documentOf(text), inclusive)).to.equal(
      '<doc>\n<text>First line&#xD;\nSecond line</text><value>2</value>' +
        '<compute>value&gt;"0" &amp;&amp; value&lt;"10" ?"valid":"error"</compute>' +
        '<compute expr="value>&quot;0&quot; &amp;&amp; value&lt;&quot;10&quot; ?&quot;valid&quot;:&quot;error&quot;">' +
        'valid</compute><norm attr=" \'    &#xD;&#xA;&#x9;   \' "></norm><br a="x y z"></br></doc>',
    );
  });

  it('keeps the line separators that XML 1.1 alone would change', () => {
    expect(canonicalXml(documentOf('<a>x\u0085y\u2028z</a>'), inclusive)).to.equal(
      '<a>x\u0085y\u2028z</a>',
    );
  });

  it('takes what surrounds an element into the inclusive form only', () => {
    const text =
      '<a xmlns="urn:d" xmlns:p="urn:p" xml:lang="kk"><b xmlns:q="urn:q"><p:c k="1"/></b></a>';
    const element = documentOf(text).getElementsByTagName('p:c')[0] as Element;
    expect(canonicalXml(element, inclusive)).to.equal(
      '<p:c xmlns="urn:d" xmlns:p="urn:p" xmlns:q="urn:q" k="1" xml:lang="kk"></p:c>',
    );
    expect(canonicalXml(element, exclusive)).to.equal('<p:c xmlns:p="urn:p" k="1"></p:c>');
    expect(
      canonicalXml(element, { exclusive: true, inclusivePrefixes: ['', 'q', 'none'] }),
    ).to.equal('<p:c xmlns="urn:d" xmlns:p="urn:p" xmlns:q="urn:q" k="1"></p:c>');
  });

  it('signs an attribute whose name merely begins like a declaration', () => {
    expect(canonicalXml(documentOf('<a xmlnsx="1"/>'), exclusive)).to.equal('<a xmlnsx="1"></a>');
  });

  it('sorts by code point, not by halves of characters', () => {
    const text = '<a \u{10000}="1" \uf900="2"/>';
    expect(canonicalXml(documentOf(text), inclusive)).to.equal('<a \uf900="2" \u{10000}="1"></a>');
  });

  it('says what another implementation says', () => {
    fc.assert(
      fc.property(tree, (text) => {
        const document = documentOf(text);
        const root = document.documentElement as Element;
        for (const [how, oracle] of [
          [inclusive, new C14nCanonicalization()],
          [exclusive, new ExclusiveCanonicalization()],
        ] as const) {
          const theirs = oracle.process(root, {});
          expect(canonicalXml(root, how), text).to.equal(theirs);
        }
      }),
      { numRuns: 200 },
    );
  });
});

/** Documents with a few namespaces bound, bound anew and used in all ways. */
const { tree } = fc.letrec<{ tree: string; content: string }>((tie) => ({
  tree: fc
    .record({
      name: fc.constantFrom('e', 'p:e', 'q:e'),
      namespaces: fc.record({
        '': fc.constantFrom(undefined, 'urn:1', 'urn:2'),
        p: fc.constantFrom('urn:1', 'urn:3'),
        q: fc.constantFrom('urn:2', 'urn:4'),
      }),
      attributes: fc.uniqueArray(fc.constantFrom('a', 'b', 'p:a', 'q:b', 'xml:lang')),
      content: tie('content'),
    })
    .map(({ name, namespaces, attributes, content }) => {
      const declared = Object.entries(namespaces).flatMap(([prefix, uri]) =>
        uri === undefined ? [] : [` xmlns${prefix && ':'}${prefix}="${uri}"`],
      );
      const values = attributes.map((attribute) => ` ${attribute}="&lt;&quot;&#9;"`);
      return `<${name}${declared.join('')}${values.join('')}>${content}</${name}>`;
    }),
  content: fc
    .array(
      fc.oneof(
        { maxDepth: 3, withCrossShrink: true },
        fc.constantFrom('x', '&gt;&#13; y'),
        tie('tree'),
      ),
      {
        maxLength: 3,
      },
    )
    .map((parts) => parts.join('')),
}));

function documentOf(text: string): Document {
  return valueOrThrow(parseXml(text));
}
