/**
 * How key stores are hidden under a password: the schemes of PKCS #12 itself, and those of PKCS #5
 * that newer programs take.
 */
import { createDecipheriv, createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import { joined, sameBytes } from '../../../chaincode/kernel/eds/bytes.ts';
import {
  fail,
  itemsOf,
  misfit,
  octets,
  oidOf,
  sequence,
  smallOf,
  tags,
  type Der,
} from '../../../chaincode/kernel/eds/der.ts';
import { refuse } from '../../../chaincode/kernel/eds/refusals.ts';
import { decipherRc2 } from './rc2.ts';

const part = 'pkcs12/encryption';
const iterationsMax = 1_000_000;

/** The schemes of PKCS #12 (RFC 7292, appendix C), all with SHA-1. */
const ownSchemes: Readonly<Record<string, { cipher: 'des' | 'rc2'; keyOctets: number }>> = {
  '1.2.840.113549.1.12.1.3': { cipher: 'des', keyOctets: 24 },
  '1.2.840.113549.1.12.1.4': { cipher: 'des', keyOctets: 16 },
  '1.2.840.113549.1.12.1.5': { cipher: 'rc2', keyOctets: 16 },
  '1.2.840.113549.1.12.1.6': { cipher: 'rc2', keyOctets: 5 },
};

const pbes2 = '1.2.840.113549.1.5.13';
const pbkdf2 = '1.2.840.113549.1.5.12';

const pseudoRandom: Readonly<Record<string, string>> = {
  '1.2.840.113549.2.7': 'sha1',
  '1.2.840.113549.2.9': 'sha256',
  '1.2.840.113549.2.10': 'sha384',
  '1.2.840.113549.2.11': 'sha512',
};

const ciphers: Readonly<Record<string, { name: string; keyOctets: number; blockOctets: number }>> =
  {
    '1.2.840.113549.3.7': { name: 'des-ede3-cbc', keyOctets: 24, blockOctets: 8 },
    '2.16.840.1.101.3.4.1.2': { name: 'aes-128-cbc', keyOctets: 16, blockOctets: 16 },
    '2.16.840.1.101.3.4.1.22': { name: 'aes-192-cbc', keyOctets: 24, blockOctets: 16 },
    '2.16.840.1.101.3.4.1.42': { name: 'aes-256-cbc', keyOctets: 32, blockOctets: 16 },
  };

const digests: Readonly<Record<string, string>> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

/** What stands under an OID; another OID is refused by name. */
function known<T>(table: Readonly<Record<string, T>>, oid: string): T {
  const found = Object.hasOwn(table, oid) ? table[oid] : undefined;
  return found ?? fail(refuse('UNSUPPORTED_ALG', { params: { oid } }));
}

/** Deciphers what a scheme hides under the password. */
export function decrypted(scheme: Der, ciphertext: Uint8Array, password: string): Uint8Array {
  const fields = sequence(scheme, part);
  const oid = oidOf(fields.any(), part);
  if (oid === pbes2) return decryptedByPbes2(fields.any(), ciphertext, password);
  const { cipher, keyOctets } = known(ownSchemes, oid);
  const parameters = sequence(fields.any(), part);
  const salt = octets(parameters.any(), part);
  const iterations = smallOf(parameters.any(), part);
  const key = derived('sha1', { password, salt, iterations }, 1, keyOctets);
  const start = derived('sha1', { password, salt, iterations }, 2, 8);
  checkBlocks(ciphertext, 8);
  if (cipher === 'rc2') {
    return unpadded(decipherRc2(ciphertext, key, 8 * keyOctets, start), 8);
  }
  const whole = keyOctets === 16 ? joined(key, key.subarray(0, 8)) : key;
  return deciphered('des-ede3-cbc', ciphertext, whole, start);
}

function decryptedByPbes2(node: Der, ciphertext: Uint8Array, password: string): Uint8Array {
  const [derivation, encryption] = itemsOf(node, 2);
  const [derivationOid, derivationParameters] = itemsOf(derivation ?? node, 2);
  if (oidOf(derivationOid, part) !== pbkdf2 || !derivationParameters) misfit(part);
  const parameters = sequence(derivationParameters, part);
  const salt = octets(parameters.any(), part);
  const iterations = bounded(smallOf(parameters.any(), part));
  parameters.optional(tags.integer);
  const prf = parameters.optional(tags.sequence);
  const digest = prf ? known(pseudoRandom, oidOf(itemsOf(prf, 2)[0], part)) : 'sha1';
  const [cipherOid, start] = itemsOf(encryption ?? node, 2);
  const { name, keyOctets, blockOctets } = known(ciphers, oidOf(cipherOid, part));
  const vector = start ? octets(start, part) : misfit(part);
  if (vector.length !== blockOctets) misfit(part);
  checkBlocks(ciphertext, blockOctets);
  const key = pbkdf2Sync(password, salt, iterations, keyOctets, digest);
  return deciphered(name, ciphertext, key, vector);
}

function deciphered(
  name: string,
  ciphertext: Uint8Array,
  key: Uint8Array,
  start: Uint8Array,
): Uint8Array {
  const decipher = createDecipheriv(name, key, start).setAutoPadding(false);
  return unpadded(joined(decipher.update(ciphertext), decipher.final()), start.length);
}

function checkBlocks(ciphertext: Uint8Array, block: number): void {
  if (ciphertext.length === 0 || ciphertext.length % block !== 0) misfit(part);
}

function unpadded(padded: Uint8Array, block: number): Uint8Array {
  const padding = padded.at(-1) ?? 0;
  return padding >= 1 && padding <= block
    ? padded.subarray(0, -padding)
    : misfit('pkcs12/password');
}

/** Checks the code that a store carries over its contents; with a wrong password it differs. */
export function checkMac(mac: Der, content: Uint8Array, password: string): void {
  const fields = sequence(mac, 'pkcs12/mac');
  const info = sequence(fields.any(), 'pkcs12/mac');
  const [type] = itemsOf(info.next(tags.sequence), 2);
  const digest = known(digests, oidOf(type, 'pkcs12/mac'));
  const stated = octets(info.any(), 'pkcs12/mac');
  const salt = octets(fields.any(), 'pkcs12/mac');
  const count = fields.optional(tags.integer);
  const iterations = count ? smallOf(count, 'pkcs12/mac') : 1;
  const found = macOf(digest, content, { password, salt, iterations });
  if (!sameBytes(found, stated)) misfit('pkcs12/password');
}

type Secret = {
  readonly password: string;
  readonly salt: Uint8Array;
  readonly iterations: number;
};

export function macOf(digest: string, content: Uint8Array, secret: Secret): Uint8Array {
  const key = derived(digest, secret, 3, createHash(digest).digest().length);
  return new Uint8Array(createHmac(digest, key).update(content).digest());
}

function bounded(iterations: number): number {
  return iterations >= 1 && iterations <= iterationsMax ? iterations : misfit('pkcs12/iterations');
}

/** The derivation of PKCS #12 (RFC 7292, appendix B): a key, a start vector, or a key of the code. */
export function derived(
  digest: string,
  { password, salt, iterations }: Secret,
  purpose: 1 | 2 | 3,
  count: number,
): Uint8Array {
  bounded(iterations);
  const block = digest === 'sha384' || digest === 'sha512' ? 128 : 64;
  const secret = Buffer.from(`${password}\0`, 'utf16le').swap16();
  const diversifier = new Uint8Array(block).fill(purpose);
  let input = joined(repeated(salt, block), repeated(secret, block));
  const output: Uint8Array[] = [];
  for (let made = 0; made < count; made += output.at(-1)?.length ?? count) {
    let hash = joined(diversifier, input);
    for (let round = 0; round < iterations; round += 1) {
      hash = createHash(digest).update(hash).digest();
    }
    output.push(hash);
    input = added(
      input,
      BigInt(`0x${Buffer.from(repeated(hash, block)).toString('hex')}`) + 1n,
      block,
    );
  }
  return joined(...output).subarray(0, count);
}

/** A text as often as fills whole blocks. */
function repeated(text: Uint8Array, block: number): Uint8Array {
  const length = Math.ceil(text.length / block) * block;
  return Uint8Array.from({ length }, (_, index) => text[index % text.length] ?? 0);
}

/** Each block of the input with a number added, what overflows a block lost. */
function added(input: Uint8Array, number: bigint, block: number): Uint8Array {
  const modulus = 1n << BigInt(8 * block);
  const copy = new Uint8Array(input.length);
  for (let at = 0; at < input.length; at += block) {
    const value = BigInt(`0x${Buffer.from(input.subarray(at, at + block)).toString('hex')}`);
    const sum = ((value + number) % modulus).toString(16).padStart(2 * block, '0');
    copy.set(Buffer.from(sum, 'hex'), at);
  }
  return copy;
}
