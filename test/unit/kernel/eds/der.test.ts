import { expect } from 'chai';
import {
  booleanOf,
  eachItem,
  itemsOf,
  misfit,
  namedBits,
  naturalOf,
  oidOf,
  parsed,
  sequence,
  serialOf,
  smallOf,
  stringOf,
  tags,
  type Der,
} from '../../../../chaincode/kernel/eds/der.ts';
import { bytesOfHex } from '../../../../chaincode/kernel/bytes.ts';
import { refusalsOf, valueOrThrow } from '../../../../chaincode/kernel/outcome.ts';

function bytes(hex: string): Uint8Array {
  return valueOrThrow(bytesOfHex(hex.replaceAll(' ', '')));
}

function codeOf(hex: string, read: (node: Der) => unknown): string {
  const outcome = parsed(bytes(hex), read);
  return outcome.ok ? 'accepted' : (refusalsOf(outcome)[0]?.code ?? '');
}

/** Reads everything that is constructed, as a parser of nothing in particular. */
function walk(node: Der): void {
  if ((node.tag & 0x20) !== 0) for (const item of eachItem(node)) walk(item);
}

describe('the DER reader', () => {
  it('reads elements and where they stand', () => {
    const outcome = parsed(bytes('30 06 02 01 05 04 01 ff'), (node) =>
      itemsOf(node).map(({ tag, body }) => [tag, ...body]),
    );
    expect(outcome).to.deep.equal({
      ok: true,
      value: [
        [tags.integer, 5],
        [tags.octetString, 0xff],
      ],
    });
  });

  const broken: Readonly<Record<string, string>> = {
    'nothing at all': '',
    'a tag alone': '30',
    'a length beyond the input': '30 05 02 01 05',
    'bytes after the value': '02 01 05 00',
    'an indefinite length': '30 80 02 01 05 00 00',
    'a length in more octets than needed': '04 81 01 ff',
    'a leading zero in a length': '04 82 00 81',
    'a length of five octets': '04 85 00 00 00 00 01 ff',
    'an element that leaves its parent': '30 03 04 05 01',
    'a tag of more than one octet': '1f 81 01 00',
    'an end-of-contents octet as an element': '30 02 00 00',
  };
  for (const [name, hex] of Object.entries(broken)) {
    it(`refuses ${name}`, () => {
      expect(codeOf(hex, walk)).to.equal('BAD_DER');
    });
  }

  it('says at which byte of the input the encoding is broken', () => {
    const outcome = parsed(bytes('30 07 02 01 05 30 02 04 05'), walk);
    expect(refusalsOf(outcome)[0]?.params).to.deep.equal({ offset: '8' });
  });

  it('refuses what is nested too deeply, is too large or has too many elements', () => {
    const limits = { bytesMax: 64, depthMax: 3, elementsMax: 5 };
    const codes = [
      '30 08 30 06 30 04 30 02 05 00',
      `04 41 ${'00'.repeat(65)}`,
      `30 0a ${'0500'.repeat(5)}`,
    ]
      .map((hex) => parsed(bytes(hex), walk, limits))
      .map((outcome) => refusalsOf(outcome)[0]?.code);
    expect(codes).to.deep.equal(['INPUT_TOO_DEEP', 'INPUT_TOO_LARGE', 'INPUT_TOO_COMPLEX']);
  });

  it('reads ten thousand nested elements no further than its limit', () => {
    const depth = 10_000;
    const nested = new Uint8Array(4 * depth);
    for (let level = 0; level < depth; level += 1) {
      const length = 4 * (depth - level) - 4;
      nested.set([0x30, 0x82, length >> 8, length & 0xff], 4 * level);
    }
    expect(refusalsOf(parsed(nested, walk))[0]?.code).to.equal('INPUT_TOO_DEEP');
  });
});

describe('the values of DER', () => {
  const part = 'value';
  const forms: readonly (readonly [string, string, (node: Der) => unknown, unknown])[] = [
    ['an integer with a sign octet', '02 02 00 ff', (node) => naturalOf(node, part), 255n],
    ['a serial number', '02 02 00 ff', (node) => serialOf(node, part), 'ff'],
    ['a small integer', '02 02 01 00', (node) => smallOf(node, part), 256],
    ['true', '01 01 ff', (node) => booleanOf(node, part), true],
    ['an OID', '06 08 2a 83 0e 03 0a 01 03 03', (node) => oidOf(node, part), '1.2.398.3.10.1.3.3'],
    ['an OID of the third root', '06 03 88 37 01', (node) => oidOf(node, part), '2.999.1'],
    ['named bits', '03 02 03 c8', (node) => namedBits(node, part), [0, 1, 4]],
    ['UTF-8', '0c 02 d2 b0', (node) => stringOf(node, part), 'Ұ'],
    ['BMP text', '1e 02 04 b0', (node) => stringOf(node, part), 'Ұ'],
    ['text of a type that no name needs', '14 01 41', (node) => stringOf(node, part), undefined],
  ];
  for (const [name, hex, read, value] of forms) {
    it(`are read: ${name}`, () => {
      expect(parsed(bytes(hex), read)).to.deep.equal({ ok: true, value });
    });
  }

  const misfits: readonly (readonly [string, string, (node: Der) => unknown])[] = [
    ['an integer with a needless octet', '02 02 00 05', (node) => naturalOf(node, part)],
    ['a negative number', '02 01 ff', (node) => naturalOf(node, part)],
    ['an empty integer', '02 00', (node) => naturalOf(node, part)],
    ['a serial number of 22 octets', `02 16 01 ${'00'.repeat(21)}`, (node) => serialOf(node, part)],
    ['a boolean that is neither', '01 01 01', (node) => booleanOf(node, part)],
    ['an OID that does not end', '06 02 2a 83', (node) => oidOf(node, part)],
    ['an OID with a padded arc', '06 03 2a 80 01', (node) => oidOf(node, part)],
    ['bits set where none are used', '03 02 03 c9', (node) => namedBits(node, part)],
    ['overlong UTF-8', '0c 02 c0 80', (node) => stringOf(node, part)],
    ['a surrogate in UTF-8', '0c 03 ed a0 80', (node) => stringOf(node, part)],
    ['a printable string that is not', '13 01 40', (node) => stringOf(node, part)],
    ['a field left over', '30 03 02 01 05', (node) => sequence(node, part).end()],
    ['a field that is missing', '30 00', (node) => sequence(node, part).any()],
    ['another tag', '31 00', (node) => sequence(node, part)],
    ['whatever a parser says so', '05 00', () => misfit(part)],
  ];
  for (const [name, hex, read] of misfits) {
    it(`are refused: ${name}`, () => {
      expect(codeOf(hex, read)).to.equal('BAD_STRUCTURE');
    });
  }
});
