/** Changed copies of an extract, decided by a seed, and what may become of them. */
import { expect } from 'chai';
import { canonicalJson, type Json } from '../../chaincode/kernel/canonical-json.ts';
import { type Verified, verifyExtract } from '../../gateway/extracts/verify.ts';
import { diceOf } from './mutations.ts';

/** Verifies mutants of an extract; none may say anything but what it said. Gives how many it refused. */
export function mutantsRefused(text: string, sound: Verified, count: number): number {
  const dice = diceOf('extract');
  const said = saidBy(sound);
  const { fingerprint } = sound;
  let refusals = 0;
  for (let number = 0; number < count; number += 1) {
    const mutant = number % 3 === 0 ? memberMutant(text, dice) : bitMutant(text, dice);
    const verdict = verifyExtract(mutant, { fingerprint });
    if (verdict.ok) expect(saidBy(verdict.value)).to.eql(said);
    else refusals += 1;
  }
  return refusals;
}

/** What a verdict says of the pledge; who says so may be fewer. */
function saidBy({ channel, fingerprint, property, attestation, records }: Verified): unknown {
  return { channel, fingerprint, property, at: attestation.at, records };
}

function bitMutant(text: string, dice: (below: number) => number): string {
  const bytes = Buffer.from(text);
  const at = dice(bytes.length);
  bytes[at] = (bytes[at] ?? 0) ^ (1 << dice(7));
  return bytes.toString('utf8');
}

/** Changes what stands within: a byte of what base64 holds, a member that goes or comes twice. */
function memberMutant(text: string, dice: (below: number) => number): string {
  const root = JSON.parse(text) as Json;
  const places: { readonly of: Record<string, Json>; readonly name: string }[] = [];
  const walk = (value: Json): void => {
    if (value === null || typeof value !== 'object') return;
    for (const name of Object.keys(value)) {
      const of = value as Record<string, Json>;
      places.push({ of, name });
      walk(of[name] ?? null);
    }
  };
  walk(root);
  const place = places[dice(places.length)];
  const other = places[dice(places.length)];
  if (place === undefined || other === undefined) throw new Error('an extract without members');
  const value = place.of[place.name];
  if (typeof value === 'string' && dice(2) === 0) {
    const bytes = Buffer.from(value, 'base64');
    const at = dice(Math.max(bytes.length, 1));
    if (bytes.length > 0) bytes[at] = (bytes[at] ?? 0) ^ (1 << dice(8));
    place.of[place.name] = bytes.toString('base64');
  } else if (Array.isArray(place.of) && dice(2) === 0) place.of.splice(Number(place.name), 1);
  else place.of[place.name] = structuredClone(other.of[other.name] ?? null);
  return `${canonicalJson(root)}\n`;
}
