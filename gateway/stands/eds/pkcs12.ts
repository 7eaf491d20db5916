import { createCipheriv } from 'node:crypto';
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
  type Der,
} from '../../../chaincode/kernel/eds/der.ts';
import { refuse } from '../../../chaincode/kernel/eds/refusals.ts';
import { andThen, type Outcome } from '../../../chaincode/kernel/outcome.ts';
import type { Holder } from './certificates.ts';
import { algorithm, context, integer, octetString, oid, sequence } from './der-writer.ts';
import type { RandomBytes } from './gost-signing.ts';
import { gostSigningKeyOf, rsaSigningKeyOf, type SigningKey } from './keys.ts';
import { checkMac, decrypted, derived, macOf } from './pkcs12-encryption.ts';

/**
 * Key stores (PKCS #12): as the national authority gives them out, keys and certificates under
 * triple DES of a password, and as other programs write them. For the published test keys and our own; a real person's key belongs in
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
  rsaKey: '1.2.840.113549.1.1.1',
} as const;

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
  // Programs in Java write the inside with indefinite lengths, whatever the outside is.
  const safes = derOf(definiteLengths(safe.body));
  for (const item of itemsOf(safes, 16)) readSafe(item, password, contents);
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
    readBags(derOf(definiteLengths(held.body)), password, contents);
    return;
  }
  const fields = fieldsOf(node, 'pkcs12');
  if (oidOf(fields.any(), 'pkcs12') !== types.encryptedData) misfit('pkcs12/contentType');
  const encrypted = fieldsOf(only(fields.next(contextTag(0)), 'pkcs12'), 'pkcs12');
  smallOf(encrypted.any(), 'pkcs12');
  const inner = fieldsOf(encrypted.any(), 'pkcs12');
  inner.any();
  const scheme = inner.any();
  const plaintext = decrypted(scheme, ciphertextOf(inner.any()), password);
  readBags(derOf(definiteLengths(plaintext)), password, contents);
}

/** Whole under its tag, or in pieces of their own. */
function ciphertextOf(node: Der): Uint8Array {
  if (node.tag === contextTag(0, false)) return node.body;
  if (node.tag !== contextTag(0)) misfit('pkcs12/encryption');
  return joined(...itemsOf(node, 64).map((piece) => octets(piece, 'pkcs12/encryption')));
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
      contents.keys.push(derOf(definiteLengths(decrypted(scheme, ciphertext, password))));
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

function privateKeyOf(node: Der): SigningKey {
  const fields = fieldsOf(node, 'pkcs8');
  smallOf(fields.any(), 'pkcs8');
  const [type] = itemsOf(fields.next(tags.sequence), 2);
  const oid = oidOf(type, 'pkcs8');
  if (oid === types.rsaKey) return rsaKeyIn(node.bytes);
  if (oid !== types.gostKey) fail(refuse('UNSUPPORTED_ALG', { params: { oid } }));
  return gostKeyIn(octets(fields.any(), 'pkcs8'));
}

function rsaKeyIn(pkcs8: Uint8Array): SigningKey {
  try {
    return rsaSigningKeyOf(pkcs8);
  } catch {
    // Node tells of bad keys by exceptions only.
    return misfit('pkcs8/privateKey');
  }
}

/** The private number, little-endian; some programs wrap it in one more OCTET STRING. */
function gostKeyIn(held: Uint8Array): SigningKey {
  const number = held.length === 66 && held[0] === tags.octetString ? held.subarray(2) : held;
  return number.length === 64 ? gostSigningKeyOf(number) : misfit('pkcs8/privateKey');
}

const iterationsWritten = 1024;

/** Writes a key store that the national authority's programs and OpenSSL open. */
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
  const secret = { password, salt, iterations: iterationsWritten };
  const mac = octetString(macOf('sha1', safe, secret));
  return sequence(
    integer(3),
    sequence(oid(types.data), context(0, octetString(safe))),
    sequence(sequence(algorithm(types.sha1), mac), octetString(salt), integer(iterationsWritten)),
  );
}

function encrypted(plaintext: Uint8Array, password: string, salt: Uint8Array) {
  const secret = { password, salt, iterations: iterationsWritten };
  const cipher = createCipheriv(
    'des-ede3-cbc',
    derived('sha1', secret, 1, 24),
    derived('sha1', secret, 2, 8),
  );
  return {
    scheme: sequence(oid(types.tripleDes), sequence(octetString(salt), integer(iterationsWritten))),
    ciphertext: joined(cipher.update(plaintext), cipher.final()),
  };
}
