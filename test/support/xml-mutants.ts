import { expect } from 'chai';
import { inspectionPolicy } from '../../chaincode/kernel/eds/policy.ts';
import { SignatureCache } from '../../chaincode/kernel/eds/signature-check.ts';
import {
  verifyXml,
  type VerifiedXml,
  type XmlForm,
} from '../../gateway/adapters/xmldsig/verify-xml.ts';
import { people } from '../../gateway/stands/eds/people.ts';
import { holder, now, trust } from './eds-scene.ts';
import { diceOf, type Dice } from './mutations.ts';
import { envelopedXml, soapMessage } from './signed-xml.ts';

/** The forms of signed XML with a sound document of each and another to take parts from. */
export const xmlForms: Readonly<Record<XmlForm, readonly [string, string]>> = {
  enveloped: [
    envelopedXml(
      '<order xmlns:p="urn:p" p:id="1"><sum>100</sum><to>А</to></order>',
      holder('pledgor'),
    ),
    envelopedXml(
      '<order xmlns:p="urn:p" p:id="2"><sum>900</sum><to>Б</to></order>',
      holder('spouse'),
    ),
  ],
  soap: [
    soapMessage('<m:answer xmlns:m="urn:m"><sum>100</sum><to>А</to></m:answer>', holder('pledgor')),
    soapMessage('<m:answer xmlns:m="urn:m"><sum>900</sum><to>Б</to></m:answer>', holder('spouse')),
  ],
};

/** A verdict on one document must not cost more than this, however hostile the document. */
const millisecondsMax = 100;

/**
 * Judges seeded mutants of one form: none may say anything but what the sound document says, none
 * may throw, none may take long. Returns how many were still accepted, with the same text.
 */
export function judgeXmlMutants(form: XmlForm, count: number): number {
  const [sound, other] = xmlForms[form];
  const dice = diceOf(`mutants of ${form}`);
  const original = JSON.stringify(judge(form, sound));
  let accepted = 0;
  for (let index = 0; index < count; index += 1) {
    const text = mutant(sound, other, dice);
    const start = performance.now();
    const verified = judge(form, text);
    const slow = performance.now() - start > millisecondsMax;
    expect(slow && isSlow(form, text), `mutant ${index} of ${form}`).to.equal(false);
    if (!verified.verdict.ok) continue;
    expect(JSON.stringify(verified), `mutant ${index} of ${form}`).to.equal(original);
    accepted += 1;
  }
  return accepted;
}

/** Tries again: on a busy machine a run may have been put aside. */
function isSlow(form: XmlForm, text: string): boolean {
  return [1, 2, 3].every(() => {
    const start = performance.now();
    judge(form, text);
    return performance.now() - start > millisecondsMax;
  });
}

const cache = new SignatureCache(64);

/** The other document as a whole is no mutant of this one: it is another person's. */
const policy = { ...inspectionPolicy, signers: [{ iin: people.pledgor.iin }] };

function judge(form: XmlForm, text: string): VerifiedXml {
  return verifyXml(form, text, {
    evidence: {},
    trust: trust(),
    policy,
    moments: { at: now },
    cache,
  });
}

/** One or two changes of a document. */
function mutant(sound: string, other: string, dice: Dice): string {
  const first = changed(sound, other, dice);
  return dice(4) === 0 ? changed(first, other, dice) : first;
}

function changed(text: string, other: string, dice: Dice): string {
  const ways = [
    flipped,
    cut,
    inserted,
    inserted,
    dropped,
    doubled,
    swapped,
    spliced,
    moved,
    nested,
  ];
  const way = ways[dice(ways.length)] ?? flipped;
  return way(text, dice, other);
}

function flipped(text: string, dice: Dice): string {
  const at = dice(text.length);
  const character = String.fromCharCode(text.charCodeAt(at) ^ (1 << dice(7)));
  return text.slice(0, at) + character + text.slice(at + 1);
}

function cut(text: string, dice: Dice): string {
  return text.slice(0, dice(text.length));
}

/** What may stand in a document without being seen, or may seem to be what it is not. */
const insertions = [
  ' ',
  '\n',
  '\r\n',
  '&#13;',
  '<!-- x -->',
  '<![CDATA[]]>',
  '<![CDATA[0]]>',
  '<?x y?>',
  ' a="1"',
  ' xmlnsx="1"',
  ' xmlns=""',
  ' xmlns:m="urn:other"',
  ' xmlns:ds="urn:other"',
  ' Id="id-1"',
  ' xml:lang="kk"',
  '<x/>',
  '&amp;',
  '&#48;',
  '\u0000',
  '\ud800',
];

function inserted(text: string, dice: Dice): string {
  const at = dice(text.length);
  return text.slice(0, at) + (insertions[dice(insertions.length)] ?? '') + text.slice(at);
}

function dropped(text: string, dice: Dice): string {
  const [from, to] = elementIn(text, dice);
  return text.slice(0, from) + text.slice(to);
}

function doubled(text: string, dice: Dice): string {
  const [from, to] = elementIn(text, dice);
  return text.slice(0, to) + text.slice(from, to) + text.slice(to);
}

/** Puts an element where another stood. */
function swapped(text: string, dice: Dice): string {
  const [from, to] = elementIn(text, dice);
  const [otherFrom, otherTo] = elementIn(text, dice);
  return text.slice(0, from) + text.slice(otherFrom, otherTo) + text.slice(to);
}

/** Puts another document's element in the place of one. */
function spliced(text: string, dice: Dice, other: string): string {
  const [from, to] = elementIn(text, dice);
  const [otherFrom, otherTo] = elementIn(other, dice);
  return text.slice(0, from) + other.slice(otherFrom, otherTo) + text.slice(to);
}

/** Takes an element from its place and puts it behind another tag. */
function moved(text: string, dice: Dice): string {
  const [from, to] = elementIn(text, dice);
  const rest = text.slice(0, from) + text.slice(to);
  const at = rest.indexOf('>', dice(rest.length)) + 1;
  return rest.slice(0, at) + text.slice(from, to) + rest.slice(at);
}

function nested(text: string, dice: Dice): string {
  const [from, to] = elementIn(text, dice);
  const depth = 1 + dice(200);
  const inner = text.slice(from, to);
  return text.slice(0, from) + '<x>'.repeat(depth) + inner + '</x>'.repeat(depth) + text.slice(to);
}

/** Where an element begins and ends. */
function elementIn(text: string, dice: Dice): readonly [number, number] {
  const tags = [...text.matchAll(/<([\w:]+)[^>]*>/g)];
  const tag = tags[dice(Math.max(tags.length, 1))];
  if (tag === undefined) return [0, text.length];
  const [opening, name = ''] = tag;
  if (opening.endsWith('/>')) return [tag.index, tag.index + opening.length];
  const end = text.indexOf(`</${name}>`, tag.index);
  return [tag.index, end < 0 ? text.length : end + name.length + 3];
}
