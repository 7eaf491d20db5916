import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { joined } from '../../../../../chaincode/kernel/eds/bytes.ts';
import { derOf, itemsOf, type Der } from '../../../../../chaincode/kernel/eds/der.ts';
import { refusalsOf, valueOrThrow } from '../../../../../chaincode/kernel/outcome.ts';
import { issueTo, keyOf } from '../../../../../gateway/stands/eds/authority.ts';
import type { Holder } from '../../../../../gateway/stands/eds/certificates.ts';
import {
  context,
  integer,
  octetString,
  oid,
  sequence,
} from '../../../../../gateway/stands/eds/der-writer.ts';
import { people } from '../../../../../gateway/stands/eds/people.ts';
import { randomOf } from '../../../../../gateway/stands/eds/keys.ts';
import { readPkcs12, writePkcs12 } from '../../../../../gateway/stands/eds/pkcs12.ts';
import {
  authority,
  document,
  holder,
  ocsp,
  signed,
  verdictOf,
} from '../../../../support/eds-scene.ts';
import { skip } from '../../../../support/skip.ts';

const password = 'Құпия 2026';
const store = () => writePkcs12(holder('alphaHead'), password, randomOf('salt'));

describe('a key store', () => {
  it('gives back the key with its certificate, and the key signs', () => {
    const opened = valueOrThrow(readPkcs12(store(), password));
    expect(opened.certificate).to.deep.equal(holder('alphaHead').certificate);
    const evidence = { signature: signed(opened), ocsps: [ocsp(opened)] };
    expect(verdictOf({ evidence, content: document }).ok).to.equal(true);
  });

  it('opens with its own password only', () => {
    const [refusal] = refusalsOf(readPkcs12(store(), 'another'));
    expect(refusal?.params).to.deep.equal({ part: 'pkcs12/password' });
  });

  it('never throws, however it was changed', () => {
    const sound = store();
    for (let at = 0; at < sound.length; at += 97) {
      const changed = Uint8Array.from(sound, (octet, index) => (index === at ? octet ^ 4 : octet));
      expect(() => readPkcs12(changed, password)).to.not.throw();
    }
  });

  it('of an old program opens, its certificates under 40 bits of RC2', function () {
    opensOfOpenssl(this, ['-legacy']);
  });

  it('of a new program opens: PBES2 with AES, a code of SHA-256', function () {
    opensOfOpenssl(this, []);
    opensOfOpenssl(this, ['-keypbe', 'AES-128-CBC', '-certpbe', 'AES-192-CBC']);
    opensOfOpenssl(this, ['-keypbe', 'NONE', '-certpbe', 'NONE', '-macalg', 'sha512']);
  });

  it('is refused by the name of an algorithm that is not known', function () {
    const made = storeOfOpenssl(this, ['-keypbe', 'CAMELLIA-128-CBC']);
    const [refusal] = refusalsOf(readPkcs12(made, 'Qwerty12'));
    expect(refusal).to.deep.include({ code: 'UNSUPPORTED_ALG' });
  });

  it('written with indefinite lengths inside opens, as Java writes it', () => {
    const made = readPkcs12(indefiniteInside(holder('alphaHead')), 'none');
    expect(valueOrThrow(made).certificate).to.deep.equal(holder('alphaHead').certificate);
  });

  it("in the national authority's form opens: indefinite lengths, the ciphertext in pieces", () => {
    const opened = readPkcs12(inPieces(store()), password);
    expect(valueOrThrow(opened).certificate).to.deep.equal(holder('alphaHead').certificate);
  });

  /** A store of an RSA key that OpenSSL makes; the key signs, and the verifier takes it. */
  function opensOfOpenssl(context: Mocha.Context, options: readonly string[]): void {
    const opened = valueOrThrow(readPkcs12(storeOfOpenssl(context, options), 'Qwerty12'));
    expect(opened.certificate).to.deep.equal(rsaHolder().certificate);
    expect(opened.key.info).to.deep.equal(rsaHolder().key.info);
    const evidence = { signature: signed(opened), ocsps: [ocsp(opened)] };
    expect(verdictOf({ evidence, content: document }).reasons).to.deep.equal([]);
  }

  it('is one that OpenSSL opens too', function () {
    if (spawnSync('openssl', ['version']).status !== 0) skip(this, 'openssl is not at hand');
    const folder = mkdtempSync(path.join(tmpdir(), 'kepil-pkcs12-'));
    try {
      const file = path.join(folder, 'store.p12');
      writeFileSync(file, writePkcs12(holder('alphaHead'), 'Qwerty12', randomOf('salt')));
      const args = ['pkcs12', '-in', file, '-passin', 'pass:Qwerty12', '-nokeys'];
      const shown = execFileSync('openssl', args, { encoding: 'utf8', stdio: 'pipe' });
      const [, body = ''] = /-----BEGIN CERTIFICATE-----([^-]*)-----END/.exec(shown) ?? [];
      const certificate = Buffer.from(body.replaceAll(/\s/g, ''), 'base64');
      expect(new Uint8Array(certificate)).to.deep.equal(holder('alphaHead').certificate);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

let made: Holder | undefined;

function rsaHolder(): Holder {
  made ??= issueTo(people.alphaHead, authority().issuer, keyOf('rsa', 'a key store'));
  return made;
}

function storeOfOpenssl(context: Mocha.Context, options: readonly string[]): Uint8Array {
  if (spawnSync('openssl', ['version']).status !== 0) skip(context, 'openssl is not at hand');
  const folder = mkdtempSync(path.join(tmpdir(), 'kepil-pkcs12-'));
  const place = (name: string) => path.join(folder, name);
  try {
    writeFileSync(place('key.pem'), pem('PRIVATE KEY', rsaHolder().key.pkcs8));
    writeFileSync(place('cert.pem'), pem('CERTIFICATE', rsaHolder().certificate));
    const files = ['-inkey', place('key.pem'), '-in', place('cert.pem'), '-out', place('made.p12')];
    const args = ['pkcs12', '-export', ...files, '-passout', 'pass:Qwerty12', ...options];
    const { status, stderr } = spawnSync('openssl', args, { encoding: 'utf8' });
    if (status !== 0) skip(context, `openssl cannot make such a store: ${stderr.slice(0, 80)}`);
    return new Uint8Array(readFileSync(place('made.p12')));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function pem(label: string, der: Uint8Array): string {
  const body = Buffer.from(der).toString('base64').replaceAll(/.{64}/g, '$&\n');
  return `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----\n`;
}

/** An open store, the inside of which is written with indefinite lengths. */
function indefiniteInside({ key, certificate }: Holder): Uint8Array {
  const data = '1.2.840.113549.1.7.1';
  const bags = sequence(
    sequence(oid('1.2.840.113549.1.12.10.1.1'), context(0, key.pkcs8)),
    sequence(
      oid('1.2.840.113549.1.12.10.1.3'),
      context(0, sequence(oid('1.2.840.113549.1.9.22.1'), context(0, octetString(certificate)))),
    ),
  );
  const pieces = indefinite(
    0x24,
    octetString(bags.subarray(0, 100)),
    octetString(bags.subarray(100)),
  );
  const inside = indefinite(0x30, indefinite(0x30, oid(data), indefinite(0xa0, pieces)));
  return sequence(integer(3), sequence(oid(data), context(0, octetString(inside))));
}

function indefinite(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  return joined(Uint8Array.of(tag, 0x80), ...parts, Uint8Array.of(0, 0));
}

/** The same store without its code, the certificates' ciphertext in two pieces. */
function inPieces(written: Uint8Array): Uint8Array {
  const [, safe] = itemsOf(derOf(written), 3);
  const [type, held] = partsOf(safe);
  const [inside] = partsOf(held);
  const [hidden, open] = partsOf(derOf(bytesOf(inside, 'body')));
  const [hiddenType, wrapped] = partsOf(hidden);
  const [encrypted] = partsOf(wrapped);
  const [version, info] = partsOf(encrypted);
  const [content, scheme, text] = partsOf(info);
  const body = bytesOf(text, 'body');
  const pieces = [octetString(body.subarray(0, 16)), octetString(body.subarray(16))];
  const inner = [bytesOf(content), bytesOf(scheme), indefinite(0xa0, ...pieces)];
  const again = indefinite(0x30, bytesOf(version), indefinite(0x30, ...inner));
  const first = indefinite(0x30, bytesOf(hiddenType), indefinite(0xa0, again));
  const safes = octetString(indefinite(0x30, first, bytesOf(open)));
  return sequence(integer(3), sequence(bytesOf(type), context(0, safes)));
}

function partsOf(node: Der | undefined): readonly Der[] {
  return itemsOf(node ?? expect.fail('nothing there'), 8);
}

function bytesOf(node: Der | undefined, part: 'bytes' | 'body' = 'bytes'): Uint8Array {
  return (node ?? expect.fail('nothing there'))[part];
}
