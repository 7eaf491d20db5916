import { joined } from '../../chaincode/kernel/eds/bytes.ts';
import { eachItem, parsed, type Der } from '../../chaincode/kernel/eds/der.ts';
import { der } from '../../gateway/stands/eds/der-writer.ts';
import { randomOf } from '../../gateway/stands/eds/keys.ts';

/**
 * Changed copies of an input, decided by a seed: what a fault on the way or an adversary without
 * keys could make of it. Some break the encoding, others write a sound one that says other things.
 */

/** Numbers that a seed decides. */
export type Dice = (below: number) => number;

export function diceOf(seed: string): Dice {
  const random = randomOf(seed);
  let left = new Uint8Array();
  return (below) => {
    if (left.length < 4) left = Uint8Array.from(random(4096));
    const number = new DataView(left.buffer, left.byteOffset).getUint32(0);
    left = left.subarray(4);
    return number % below;
  };
}

/** An input taken apart, so that sound encodings of other things can be written. */
type Part = { readonly tag: number; body: Uint8Array | Part[] };

/** One changed copy; `others` are sound inputs of the same kind to take parts from. */
export function mutant(input: Uint8Array, others: readonly Uint8Array[], dice: Dice): Uint8Array {
  const ways = [
    flipped,
    flipped,
    flipped,
    cut,
    lyingLength,
    nested,
    swapped,
    spliced,
    dropped,
    doubled,
  ];
  const way = ways[dice(ways.length)] ?? flipped;
  return way(input, dice, others);
}

function flipped(input: Uint8Array, dice: Dice): Uint8Array {
  const copy = Uint8Array.from(input);
  for (let left = 1 + dice(3); left > 0; left -= 1) {
    const at = dice(copy.length);
    copy[at] = (copy[at] ?? 0) ^ (1 << dice(8));
  }
  return copy;
}

function cut(input: Uint8Array, dice: Dice): Uint8Array {
  const at = dice(input.length);
  return dice(2) === 0 ? input.subarray(0, at) : input.subarray(at);
}

/** Changes an octet that says how long something is. */
function lyingLength(input: Uint8Array, dice: Dice): Uint8Array {
  const starts = startsOf(input);
  const copy = Uint8Array.from(input);
  const at = (starts[dice(starts.length)] ?? 0) + 1 + dice(2);
  if (at < copy.length)
    copy[at] = [0, 0x7f, 0x80, 0x81, 0x84, 0xff, (copy[at] ?? 0) + 1][dice(7)] ?? 0;
  return copy;
}

/** Where the elements of an input begin. */
function startsOf(input: Uint8Array): readonly number[] {
  const starts: number[] = [];
  const walk = (node: Der): void => {
    starts.push(node.bytes.byteOffset - input.byteOffset);
    if ((node.tag & 0x20) !== 0) for (const item of eachItem(node)) walk(item);
  };
  parsed(input, walk);
  return starts.length > 0 ? starts : [0];
}

/** Puts a part very deep. */
function nested(input: Uint8Array, dice: Dice): Uint8Array {
  return rewritten(input, dice, (part) => {
    let inner = written(part);
    for (let depth = 1 + dice(200); depth > 0; depth -= 1) inner = der(0x30, inner);
    part.body = inner;
  });
}

/** Exchanges two parts, lengths kept true. */
function swapped(input: Uint8Array, dice: Dice): Uint8Array {
  const root = partOf(input);
  if (root === undefined) return flipped(input, dice);
  const parts = partsOf(root);
  const [one, other] = [parts[dice(parts.length)], parts[dice(parts.length)]];
  if (!one || !other || partsOf(one).includes(other) || partsOf(other).includes(one)) {
    return flipped(input, dice);
  }
  const copy = { ...one };
  Object.assign(one, other);
  Object.assign(other, copy);
  return written(root);
}

/** Puts a part of another sound input in the place of one. */
function spliced(input: Uint8Array, dice: Dice, others: readonly Uint8Array[]): Uint8Array {
  const other = others[dice(Math.max(others.length, 1))];
  const source = other && partOf(other);
  if (source === undefined) return flipped(input, dice);
  // The whole of another sound input is no mutant: it says what it says.
  const parts = partsOf(source).slice(1);
  return rewritten(input, dice, (part) => {
    const same = parts.filter(({ tag }) => tag === part.tag);
    const chosen = same[dice(Math.max(same.length, 1))];
    if (chosen) part.body = chosen.body;
  });
}

function dropped(input: Uint8Array, dice: Dice): Uint8Array {
  return withList(input, dice, (list, at) => void list.splice(at, 1));
}

function doubled(input: Uint8Array, dice: Dice): Uint8Array {
  return withList(input, dice, (list, at) => {
    const part = list[at];
    if (part) list.splice(at, 0, part);
  });
}

function withList(
  input: Uint8Array,
  dice: Dice,
  change: (list: Part[], at: number) => void,
): Uint8Array {
  return rewritten(input, dice, (part) => {
    if (part.body instanceof Uint8Array) part.body = new Uint8Array();
    else change(part.body, dice(part.body.length));
  });
}

function rewritten(input: Uint8Array, dice: Dice, change: (part: Part) => void): Uint8Array {
  const root = partOf(input);
  if (root === undefined) return flipped(input, dice);
  const parts = partsOf(root);
  const part = parts[dice(parts.length)];
  if (part) change(part);
  return written(root);
}

function partOf(input: Uint8Array): Part | undefined {
  const outcome = parsed(input, taken);
  return outcome.ok ? outcome.value : undefined;
}

/** OCTET STRINGs that hold DER are taken apart too: evidence stands in them. */
function taken(node: Der): Part {
  if ((node.tag & 0x20) !== 0) return { tag: node.tag, body: [...eachItem(node)].map(taken) };
  const inner = node.tag === 0x04 && node.body[0] === 0x30 ? partOf(node.body) : undefined;
  return { tag: node.tag, body: inner ? [inner] : node.body };
}

function partsOf(part: Part): readonly Part[] {
  return part.body instanceof Uint8Array ? [part] : [part, ...part.body.flatMap(partsOf)];
}

function written({ tag, body }: Part): Uint8Array {
  return der(tag, body instanceof Uint8Array ? body : joined(...body.map(written)));
}
