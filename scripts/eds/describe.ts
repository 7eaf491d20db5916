/** `kepil eds show`: what is in a file, in words, with nothing judged. */
import { parseCertificate } from '../../chaincode/kernel/eds/certificate.ts';
import { parseCms } from '../../chaincode/kernel/eds/cms.ts';
import { parseCrl } from '../../chaincode/kernel/eds/crl.ts';
import { largeLimits } from '../../chaincode/kernel/eds/der.ts';
import type { KnownFile } from '../../chaincode/kernel/eds/file-kind.ts';
import { nameText, type Name } from '../../chaincode/kernel/eds/names.ts';
import { oidName } from './oid-names.ts';
import { parseOcsp } from '../../chaincode/kernel/eds/ocsp.ts';
import { parseTimeStamp } from '../../chaincode/kernel/eds/time-stamp.ts';
import { hexOf } from '../../chaincode/kernel/bytes.ts';
import type { Outcome } from '../../chaincode/kernel/outcome.ts';

/** Plain data of a file: bytes in hexadecimal, names as text, OIDs with what they mean. */
export type Plain =
  string | number | boolean | readonly Plain[] | { readonly [name: string]: Plain };

/** Reads a file of a known kind into plain data. */
export function describe({ kind, der }: KnownFile): Outcome<Plain> {
  const outcome = read({ kind, der });
  return outcome.ok ? { ok: true, value: plain({ kind, ...outcome.value }, 0) } : outcome;
}

function read({ kind, der }: KnownFile): Outcome<object> {
  switch (kind) {
    case 'certificate':
      return parseCertificate(der);
    case 'crl':
      return parseCrl(der);
    case 'ocsp':
      return parseOcsp(der);
    case 'timeStamp':
      return parseTimeStamp(der);
    case 'signature':
      return parseCms(der, largeLimits);
    case 'pkcs12':
      return {
        ok: true,
        value: { note: 'A key store under a password: kepil eds sign reads it.' },
      };
  }
}

/** Parts that would only repeat the whole file. */
const hidden = new Set(['bytes', 'signedBytes', 'keyInfo', 'keyBits']);
const listShown = 200;

function plain(value: unknown, depth: number): Plain {
  if (value instanceof Uint8Array) return bytesText(value);
  if (value instanceof Map) return entriesOf(value, depth);
  if (Array.isArray(value)) {
    const shown = value.slice(0, listShown).map((item) => plain(item, depth + 1));
    return value.length > listShown ? [...shown, `… ${value.length} in all`] : shown;
  }
  if (typeof value === 'string') return oidName(value) ?? value;
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return '';
  if (isName(value)) return nameText(value);
  const members = Object.entries(value).filter(
    ([name, member]) => !hidden.has(name) && member !== undefined,
  );
  return Object.fromEntries(members.map(([name, member]) => [name, memberOf(name, member, depth)]));
}

/** A time stamp inside a signature is read too. */
function memberOf(name: string, member: unknown, depth: number): Plain {
  if (name !== 'timeStamp' || !(member instanceof Uint8Array) || depth > 6) {
    return plain(member, depth + 1);
  }
  const token = parseTimeStamp(member);
  return token.ok ? plain(token.value, depth + 1) : `unreadable: ${token.refusals[0].code}`;
}

function isName(value: object): value is Name {
  return 'attributes' in value && 'bytes' in value;
}

function entriesOf(map: ReadonlyMap<unknown, unknown>, depth: number): Plain {
  const shown = [...map].slice(0, listShown);
  const members = shown.map(([name, item]) => [String(name), plain(item, depth + 1)] as const);
  const rest = map.size > listShown ? [['…', `${map.size} in all`] as const] : [];
  return Object.fromEntries([...members, ...rest]);
}

function bytesText(bytes: Uint8Array): string {
  const shown = hexOf(bytes.subarray(0, 80));
  return bytes.length > 80 ? `${shown}… (${bytes.length} bytes)` : shown;
}

/** Plain data as an indented outline. */
export function outline(value: Plain, indent = ''): string {
  if (typeof value !== 'object') return `${indent}${value}`;
  if (isList(value)) {
    if (value.every((item) => typeof item !== 'object')) return `${indent}${value.join(', ')}`;
    return value
      .map((item, index) => `${indent}${index + 1}.\n${outline(item, `${indent}   `)}`)
      .join('\n');
  }
  return Object.entries(value)
    .map(([name, member]) => memberLine(name, member, indent))
    .join('\n');
}

function memberLine(name: string, member: Plain, indent: string): string {
  const label = name.replaceAll(
    /([a-z])([A-Z])/g,
    (_, a: string, b: string) => `${a} ${b.toLowerCase()}`,
  );
  const flat = outline(member);
  const simple = typeof member !== 'object' || (isList(member) && !flat.includes('\n'));
  return simple
    ? `${indent}${label}: ${flat || 'none'}`
    : `${indent}${label}:\n${outline(member, `${indent}  `)}`;
}

function isList(value: Plain): value is readonly Plain[] {
  return Array.isArray(value);
}
