import { GOST_512_A } from '../../chaincode/kernel/eds/gost-curves.ts';
import { streebog512 } from '../../chaincode/kernel/eds/streebog.ts';
import { gostKeyOf, signGost, type GostKey } from '../../gateway/stands/eds/gost-signing.ts';
import { bytesFrom } from './noble-gost.ts';

/** A key and a certificate that it issued to itself: as little as a reader of certificates takes. */
export type CertifiedKey = { readonly key: GostKey; readonly certificate: Uint8Array };

/** The person that a name decides, with the test number 123456789011 and a key for signatures. */
export function certifiedKey(name: string): CertifiedKey {
  const key = gostKeyOf(GOST_512_A, Buffer.from(name));
  const algorithm = sequence(oid('1.2.398.3.10.1.1.2.3.2'), der(0x05));
  const parameters = sequence(oid('1.2.398.3.10.1.1.2.2.1'), oid('1.2.398.3.10.1.3.3'));
  const keyInfo = sequence(
    sequence(oid('1.2.398.3.10.1.1.2.2'), parameters),
    der(0x03, Uint8Array.of(0), der(0x04, key.publicKey)),
  );
  const holder = sequence(
    attribute('2.5.4.3', der(0x0c, Buffer.from(name))),
    attribute('2.5.4.5', der(0x13, Buffer.from('IIN123456789011'))),
  );
  const validity = sequence(time('260101000000Z'), time('270101000000Z'));
  const serial = der(0x02, Uint8Array.of(1));
  const version = der(0xa0, der(0x02, Uint8Array.of(2)));
  const usage = extension('2.5.29.15', der(0x03, Uint8Array.of(6, 0xc0)));
  const purposes = sequence(oid('1.3.6.1.5.5.7.3.4'), oid('1.2.398.3.3.4.1.1'));
  const extensions = der(0xa3, sequence(usage, extension('2.5.29.37', purposes)));
  const names = [holder, validity, holder];
  const signed = sequence(version, serial, algorithm, ...names, keyInfo, extensions);
  const signature = sign(key, signed);
  return { key, certificate: sequence(signed, algorithm, der(0x03, Uint8Array.of(0), signature)) };
}

/** GOST 34.10 with Streebog over a message, its nonce decided by both. */
export function sign(key: GostKey, message: Uint8Array): Uint8Array {
  const digest = streebog512(message);
  return signGost(
    key,
    digest,
    bytesFrom(Buffer.from([...key.privateKey, ...digest]).toString('hex')),
  );
}

function sequence(...parts: Uint8Array[]): Uint8Array {
  return der(0x30, ...parts);
}

function attribute(type: string, value: Uint8Array): Uint8Array {
  return der(0x31, sequence(oid(type), value));
}

function extension(type: string, value: Uint8Array): Uint8Array {
  return sequence(oid(type), der(0x04, value));
}

function time(text: string): Uint8Array {
  return der(0x17, Buffer.from(text));
}

function oid(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...arcs] = dotted.split('.').map(Number);
  return der(0x06, Uint8Array.from([40 * first + second, ...arcs].flatMap(base128)));
}

function base128(arc: number): number[] {
  const high = arc >>> 7;
  return [...(high > 0 ? base128(high).map((octet) => octet | 0x80) : []), arc & 0x7f];
}

function der(tag: number, ...parts: Uint8Array[]): Uint8Array {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size =
    length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Uint8Array.from([tag, ...size, ...content]);
}
