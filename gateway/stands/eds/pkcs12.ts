import { createCipheriv, createDecipheriv, createHash, createHmac } from 'node:crypto';
import { definiteLengths } from '../../../chaincode/kernel/eds/ber.ts';
import { joined, sameBytes } from '../../../chaincode/kernel/eds/bytes.ts';
import { parseCertificate } from '../../../chaincode/kernel/eds/certificate.ts';
import {
  attempted,
  contextTag,
  derOf,
  fail,
  itemsOf,
  misfit,
  octets,
  oidOf,
  only,
  sequence as fieldsOf,
  smallOf,
  tags,
  within,
  type Der,
} from '../../../chaincode/kernel/eds/der.ts';
import { andThen, type Outcome } from '../../../chaincode/kernel/outcome.ts';
import type { Holder } from './certificates.ts';
import { algorithm, context, integer, octetString, oid, sequence } from './der-writer.ts';
import type { RandomBytes } from './gost-signing.ts';
import { gostSigningKeyOf, type SigningKey } from './keys.ts';

/**
 * Key stores (PKCS #12) as the national authority gives them out: keys and certificates under triple
 * DES of a password. For the published test keys and our own; a real person's key belongs in
 * NCALayer, never here.
 */

const types = {
  data: '1.2.840.113549.1.7.1',
  encryptedData: '1.2.840.113549.1.7.6',
  keyBag: '1.2.840.113549.1.12.10.1.1',
  shroudedKeyBag: '1.2.840.113549.1.12.10.1.2',
  certificateBag: '1.2.840.113549.1.12.10.1.3',
  x509: '1.2.840.113549.1.9.22.1',
  tripleDes: '1.2.840.113549.1.12.1.3',
  sha1: '1.3.14.3.2.26',
  gostKey: '1.2.398.3.10.1.1.2.2',
} as const;

const iterationsMax = 100_000;

type Contents = { readonly keys: Der[]; readonly certificates: Uint8Array[] };

/** Opens a key store: its GOST key with the certificate that belongs to it. */
export function readPkcs12(bytes: Uint8Array, password: string): Outcome<Holder> {
  return andThen(
    attempted(() => contentsOf(bytes, password)),
    ({ keys, certificates }) => attempted(() => holderOf(keys, certificates)),
  );
}

function contentsOf(bytes: Uint8Array, password: string): Contents {
  const fields = fieldsOf(derOf(definiteLengths(bytes)), 'pkcs12');
  if (smallOf(fields.any(), 'pkcs12') !== 3) misfit('pkcs12/version');
  const safe = dataOf(fields.any());
  const mac = fields.optional(tags.sequence);
  if (mac) checkMac(mac, safe.body, password);
  const contents: Contents = { keys: [], certificates: [] };
  for (const item of itemsOf(within(safe, safe.body), 16)) readSafe(item, password, contents);
  return contents;
}

/** The OCTET STRING of a ContentInfo of type data. */
function dataOf(node: Der): Der {
  const fields = fieldsOf(node, 'pkcs12');
  if (oidOf(fields.any(), 'pkcs12') !== types.data) misfit('pkcs12/contentType');
  const held = only(fields.next(contextTag(0)), 'pkcs12');
  octets(held, 'pkcs12');
  return held;
}

function readSafe(node: Der, password: string, contents: Contents): void {
  const [type] = itemsOf(node, 2);
  if (oidOf(type, 'pkcs12') === types.data) {
    const held = dataOf(node);
    readBags(within(held, held.body), password, contents);
    return;
  }
  const fields = fieldsOf(node, 'pkcs12');
  if (oidOf(fields.any(), 'pkcs12') !== types.encryptedData) misfit('pkcs12/contentType');
  const encrypted = fieldsOf(only(fields.next(contextTag(0)), 'pkcs12'), 'pkcs12');
  smallOf(encrypted.any(), 'pkcs12');
  const inner = fieldsOf(encrypted.any(), 'pkcs12');
  inner.any();
  const scheme = inner.any();
  const ciphertext = inner.next(contextTag(0, false));
  readBags(derOf(decrypted(scheme, ciphertext.body, password)), password, contents);
}

function readBags(node: Der, password: string, contents: Contents): void {
  for (const bag of itemsOf(node, 64)) {
    const fields = fieldsOf(bag, 'pkcs12/bag');
    const type = oidOf(fields.any(), 'pkcs12/bag');
    const value = only(fields.next(contextTag(0)), 'pkcs12/bag');
    if (type === types.keyBag) contents.keys.push(value);
    if (type === types.shroudedKeyBag) {
      const shrouded = fieldsOf(value, 'pkcs12/bag');
      const scheme = shrouded.any();
      const ciphertext = octets(shrouded.any(), 'pkcs12/bag');
      contents.keys.push(derOf(decrypted(scheme, ciphertext, password)));
    }
    if (type === types.certificateBag) {
      const certificate = fieldsOf(value, 'pkcs12/bag');
      if (oidOf(certificate.any(), 'pkcs12/bag') !== types.x509) continue;
      const held = only(certificate.next(contextTag(0)), 'pkcs12/bag');
      contents.certificates.push(octets(held, 'pkcs12/bag'));
    }
  }
}

function holderOf(keys: readonly Der[], certificates: readonly Uint8Array[]): Holder {
  for (const key of keys.map(privateKeyOf)) {
    for (const certificate of certificates) {
      const parsed = parseCertificate(certificate);
      if (!parsed.ok) fail(parsed.refusals[0]);
      const { subject, serial, keyInfo } = parsed.value;
      if (!sameBytes(keyInfo, key.info)) continue;
      return { name: subject.bytes, serial: Buffer.from(serial, 'hex'), certificate, key };
    }
  }
  return misfit('pkcs12/key');
}

/** The private number, little-endian; some programs wrap it in one more OCTET STRING. */
function privateKeyOf(node: Der): SigningKey {
  const fields = fieldsOf(node, 'pkcs8');
  smallOf(fields.any(), 'pkcs8');
  const [type] = itemsOf(fields.next(tags.sequence), 2);
  if (oidOf(type, 'pkcs8') !== types.gostKey) misfit('pkcs8/algorithm');
  const held = octets(fields.any(), 'pkcs8');
  const number = held.length === 66 && held[0] === tags.octetString ? held.subarray(2) : held;
  return number.length === 64 ? gostSigningKeyOf(number) : misfit('pkcs8/privateKey');
}

function checkMac(mac: Der, content: Uint8Array, password: string): void {
  const fields = fieldsOf(mac, 'pkcs12/mac');
  const digest = fieldsOf(fields.any(), 'pkcs12/mac');
  const [type] = itemsOf(digest.next(tags.sequence), 2);
  if (oidOf(type, 'pkcs12/mac') !== types.sha1) misfit('pkcs12/mac');
  const stated = octets(digest.any(), 'pkcs12/mac');
  const salt = octets(fields.any(), 'pkcs12/mac');
  const count = fields.optional(tags.integer);
  const iterations = count ? smallOf(count, 'pkcs12/mac') : 1;
  if (!sameBytes(macOf(content, password, salt, iterations), stated)) misfit('pkcs12/password');
}

function macOf(
  content: Uint8Array,
  password: string,
  salt: Uint8Array,
  iterations: number,
): Uint8Array {
  const key = derived(password, salt, iterations, 3, 20);
  return new Uint8Array(createHmac('sha1', key).update(content).digest());
}

function decrypted(scheme: Der, ciphertext: Uint8Array, password: string): Uint8Array {
  const fields = fieldsOf(scheme, 'pkcs12/encryption');
  if (oidOf(fields.any(), 'pkcs12/encryption') !== types.tripleDes) misfit('pkcs12/encryption');
  const parameters = fieldsOf(fields.any(), 'pkcs12/encryption');
  const salt = octets(parameters.any(), 'pkcs12/encryption');
  const iterations = smallOf(parameters.any(), 'pkcs12/encryption');
  if (ciphertext.length === 0 || ciphertext.length % 8 !== 0) misfit('pkcs12/encryption');
  const decipher = createDecipheriv(
    'des-ede3-cbc',
    derived(password, salt, iterations, 1, 24),
    derived(password, salt, iterations, 2, 8),
  ).setAutoPadding(false);
  const padded = joined(decipher.update(ciphertext), decipher.final());
  const padding = padded.at(-1) ?? 0;
  return padding >= 1 && padding <= 8 ? padded.subarray(0, -padding) : misfit('pkcs12/password');
}

const block = 64;

/** The derivation of PKCS #12 (RFC 7292, appendix B) with SHA-1. */
function derived(
  password: string,
  salt: Uint8Array,
  iterations: number,
  purpose: 1 | 2 | 3,
  count: number,
): Uint8Array {
  if (iterations > iterationsMax) misfit('pkcs12/iterations');
  const secret = Buffer.from(`${password}\0`, 'utf16le').swap16();
  const diversifier = new Uint8Array(block).fill(purpose);
  const blocks = [repeated(salt), repeated(secret)];
  let input = joined(...blocks);
  const output: Uint8Array[] = [];
  for (let made = 0; made < count; made += 20) {
    let hash = joined(diversifier, input);
    for (let round = 0; round < iterations; round += 1) {
      hash = createHash('sha1').update(hash).digest();
    }
    output.push(hash);
    input = added(input, BigInt(`0x${Buffer.from(repeated(hash)).toString('hex')}`) + 1n);
  }
  return joined(...output).subarray(0, count);
}

/** A text as often as fills whole blocks. */
function repeated(text: Uint8Array): Uint8Array {
  const length = Math.ceil(text.length / block) * block;
  return Uint8Array.from({ length }, (_, index) => text[index % text.length] ?? 0);
}

/** Each block of the input with a number added, what overflows a block lost. */
function added(input: Uint8Array, number: bigint): Uint8Array {
  const modulus = 1n << BigInt(8 * block);
  const copy = new Uint8Array(input.length);
  for (let at = 0; at < input.length; at += block) {
    const value = BigInt(`0x${Buffer.from(input.subarray(at, at + block)).toString('hex')}`);
    const sum = ((value + number) % modulus).toString(16).padStart(2 * block, '0');
    copy.set(Buffer.from(sum, 'hex'), at);
  }
  return copy;
}

const iterationsWritten = 1024;

/** Writes a key store like the national authority's. */
export function writePkcs12(holder: Holder, password: string, random: RandomBytes): Uint8Array {
  const shrouded = encrypted(holder.key.pkcs8, password, random(8));
  const keyBag = sequence(
    oid(types.shroudedKeyBag),
    context(0, sequence(shrouded.scheme, octetString(shrouded.ciphertext))),
  );
  const certificateBag = sequence(
    oid(types.certificateBag),
    context(0, sequence(oid(types.x509), context(0, octetString(holder.certificate)))),
  );
  const certificates = encrypted(sequence(certificateBag), password, random(8));
  const hidden = Uint8Array.from(octetString(certificates.ciphertext), (octet, at) =>
    at === 0 ? contextTag(0, false) : octet,
  );
  const safe = sequence(
    sequence(
      oid(types.encryptedData),
      context(0, sequence(integer(0), sequence(oid(types.data), certificates.scheme, hidden))),
    ),
    sequence(oid(types.data), context(0, octetString(sequence(keyBag)))),
  );
  const salt = random(8);
  const mac = octetString(macOf(safe, password, salt, iterationsWritten));
  return sequence(
    integer(3),
    sequence(oid(types.data), context(0, octetString(safe))),
    sequence(sequence(algorithm(types.sha1), mac), octetString(salt), integer(iterationsWritten)),
  );
}

function encrypted(plaintext: Uint8Array, password: string, salt: Uint8Array) {
  const cipher = createCipheriv(
    'des-ede3-cbc',
    derived(password, salt, iterationsWritten, 1, 24),
    derived(password, salt, iterationsWritten, 2, 8),
  );
  return {
    scheme: sequence(oid(types.tripleDes), sequence(octetString(salt), integer(iterationsWritten))),
    ciphertext: joined(cipher.update(plaintext), cipher.final()),
  };
}
