import { expect } from 'chai';
import { parseXml, xmlLimits } from '../../../../../gateway/adapters/xmldsig/xml.ts';
import { refusalsOf } from '../../../../../chaincode/kernel/outcome.ts';

describe('reading XML of others', () => {
  function codesOf(text: string): string[] {
    return refusalsOf(parseXml(text)).map(({ code }) => code);
  }

  it('takes a plain document', () => {
    expect(
      codesOf('<?xml version="1.0" encoding="UTF-8"?><a xmlns:p="urn:p"><p:b c="1"/></a>'),
    ).to.deep.equal([]);
  });

  it('refuses what is not well formed', () => {
    const texts = [
      '',
      'text',
      '<a>',
      '<a></b>',
      '<a b=1/>',
      '<a b="1" b="2"/>',
      '<a/><a/>',
      '<a>&unknown;</a>',
      '<p:a/>',
      '<a p:b="1"/>',
      '<a><b></a></b>',
      '<a>\u0000</a>',
      '<a>&#x1;</a>',
      '<a b="&#xFFFF;"/>',
      '<a>\ud800</a>',
      '<a b="<"/>',
    ];
    for (const text of texts) expect(codesOf(text), text).to.deep.equal(['XML_MALFORMED']);
  });

  it('refuses declarations of types and entities, whatever they say', () => {
    const bomb = '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>';
    expect(codesOf(bomb)).to.deep.equal(['XML_DOCTYPE']);
    expect(codesOf('<!doctype a SYSTEM "file:///none"><a/>')).to.deep.equal(['XML_DOCTYPE']);
  });

  it('bounds length, depth and number of nodes', () => {
    const { charactersMax, depthMax, nodesMax } = xmlLimits;
    expect(codesOf(`<a>${' '.repeat(charactersMax)}</a>`)).to.deep.equal(['INPUT_TOO_LARGE']);
    const deep = (depth: number) => '<a>'.repeat(depth) + '</a>'.repeat(depth);
    expect(codesOf(deep(depthMax))).to.deep.equal([]);
    expect(codesOf(deep(depthMax + 2))).to.deep.equal(['INPUT_TOO_DEEP']);
    expect(codesOf(deep(9_000))).to.deep.equal(['INPUT_TOO_DEEP']);
    expect(codesOf(`<a>${'<b/>'.repeat(nodesMax)}</a>`)).to.deep.equal(['INPUT_TOO_COMPLEX']);
  });
});
