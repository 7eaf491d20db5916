import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { refusalsOf, valueOrThrow } from '../../../../../chaincode/kernel/outcome.ts';
import { randomOf } from '../../../../../gateway/stands/eds/keys.ts';
import { readPkcs12, writePkcs12 } from '../../../../../gateway/stands/eds/pkcs12.ts';
import { document, holder, ocsp, signed, verdictOf } from '../../../../support/eds-scene.ts';
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
