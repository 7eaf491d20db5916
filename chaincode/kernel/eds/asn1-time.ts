import { parseInstant, type Instant } from '../instant.ts';
import { misfit, tags, type Der } from './der.ts';

/** Times of certificates, lists and tokens: read by hand and without `Date`. */

/** Digits, an optional fraction (which DER forbids to end in 0) and Z: no other zone is DER. */
const form = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(?:\.(\d{0,8}[1-9]))?Z$/;

/** The instant of a UTCTime or GeneralizedTime; what is finer than a millisecond is cut off. */
export function timeOf(node: Der, part: string): Instant {
  if (node.tag !== tags.utcTime && node.tag !== tags.generalizedTime) return misfit(part);
  if (node.body.length > 32) return misfit(part);
  const text = String.fromCharCode(...node.body);
  if (node.tag === tags.generalizedTime) return instantOf(text) ?? misfit(part);
  // Two digits of the year: 50 and later are of the last century (RFC 5280, 4.1.2.5.1).
  if (text.length !== 13) return misfit(part);
  return instantOf((text < '50' ? '20' : '19') + text) ?? misfit(part);
}

/** The instant of `20260720090807Z`; undefined for any other text and for days that do not exist. */
function instantOf(digits: string): Instant | undefined {
  const match = form.exec(digits);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction = ''] = match;
  const milliseconds = fraction.slice(0, 3).padEnd(3, '0');
  const instant = parseInstant(
    `${year}-${month}-${day}T${hour}:${minute}:${second}.${milliseconds}Z`,
  );
  return instant.ok ? instant.value : undefined;
}
