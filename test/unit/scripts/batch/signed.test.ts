import { expect } from 'chai';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { evidenceText } from '../../../../chaincode/kernel/eds/evidence-file.ts';
import { manifestBytes } from '../../../../chaincode/kernel/eds/manifest.ts';
import { batchContent } from '../../../../chaincode/pledges/portfolio/batch.ts';
import { cmsHash } from '../../../../chaincode/trust/evidence.ts';
import { trustList } from '../../../../chaincode/trust/schema.ts';
import { base64Of } from '../../../../chaincode/kernel/bytes.ts';
import { sha256Hex } from '../../../../chaincode/kernel/sha256.ts';
import { people } from '../../../../gateway/stands/eds/people.ts';
import { hashOf, id, salt } from '../../../../gateway/stands/story/signers.ts';
import { signedByFiles } from '../../../../scripts/batch/signed.ts';
import { expectedOf, manifestFor, signerOf } from '../../../../scripts/batch/signers.ts';
import { foundIn, verificationOf } from '../../../../scripts/batch/verification.ts';
import {
  authority,
  holder,
  now,
  ocsp,
  signed,
  signer,
  stampedAt,
} from '../../../support/eds-scene.ts';

const content = batchContent.parse({
  kind: 'IMPORT',
  batch: id(),
  parts: [{ lines: 1, hash: hashOf('part') }],
  extract: hashOf('extract'),
});
const bytes = manifestBytes(manifestFor(content, 'registrar', 'kepil'));
const expected = expectedOf(content, 'registrar', 'kepil');
const manifest = { file: 'registrar.json', bytes };
const pin = (certificate: Uint8Array) => [{ certificate: base64Of(certificate), note: 'test' }];
const list = trustList.parse({
  environment: 'TEST',
  authorities: pin(authority().issuer.certificate),
  timeStampers: pin(authority().timeStamper.certificate),
  kdpKeys: [],
  version: 3,
  decision: 'test',
});

describe('a signature under a batch', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'kepil-signed-'));
  after(() => rmSync(folder, { recursive: true }));

  const file = (name: string, value: string | Uint8Array) => {
    const place = path.join(folder, name);
    writeFileSync(place, value);
    return place;
  };
  const signature = signed(holder('registrar'), {}, { content: bytes });

  it('is read from files, or from one evidence file, with what speaks for it', () => {
    const cms = file('officer.cms', signature);
    const given = { ocsp: [file('officer.ocsp', ocsp(holder('registrar')))], mandate: id() };
    const read = signedByFiles(cms, manifest, { ...given, saltFile: file('salt', `${salt()}\n`) });
    expect(cmsHash(read.evidence)).to.equal(sha256Hex(signature));
    expect(read.evidence.ocsps).to.have.lengthOf(1);
    expect(read.salt).to.match(/^[0-9a-f]{64}$/);
    const packed = { signature, certificates: [], crls: [], ocsps: [ocsp(holder('registrar'))] };
    const evidence = file('evidence.json', evidenceText(packed));
    expect(signedByFiles(evidence, manifest, {}).evidence).to.eql(read.evidence);
  });

  it('is sent only if it is over exactly the text of its signer', () => {
    const other = manifestBytes(manifestFor(content, 'registrar', 'kepil'));
    const ofOther = file('other.cms', signed(holder('registrar'), {}, { content: other }));
    expect(() => signedByFiles(ofOther, manifest, {})).to.throw('not a signature over registrar');
    expect(() => signedByFiles(file('no.cms', bytes), manifest, {})).to.throw();
    const cms = file('officer.cms', signature);
    const wrong = { saltFile: file('salt', 'x') };
    expect(() => signedByFiles(cms, manifest, wrong)).to.throw('holds no salt');
  });

  it('states when and by whom it was signed, so that nobody has to write a number down', () => {
    const { evidence } = signedByFiles(file('officer.cms', signature), manifest, {});
    const found = foundIn(
      { ...evidence, ocsps: [base64Of(ocsp(holder('registrar')))] },
      list,
      { expected, now },
      'en',
    );
    const { iin } = people.registrar;
    expect(found).to.eql({ signedAt: stampedAt, trustVersion: '3', iin });
    const of = { evidence, salt: salt(), mandate: id() };
    const { operation, input } = verificationOf(content, 'registrar', of, found);
    expect(operation.name).to.equal('verifyBatch');
    expect(operation.input.safeParse(input).success).to.equal(true);
    expect(() => verificationOf(content, 'registrar', { evidence }, found)).to.throw('mandate');
  });

  it('without a time stamp goes nowhere, and says why in the language asked for', () => {
    const { stamp: _, ...unstamped } = signer(holder('registrar'));
    const message = signed(holder('registrar'), {}, { content: bytes, signers: [unstamped] });
    const bare = file('bare.cms', message);
    const { evidence } = signedByFiles(bare, manifest, {});
    const find = () => foundIn(evidence, list, { expected, now }, 'ru');
    expect(find).to.throw(/The signature does not hold[\s\S]*[а-я]/);
  });

  it('is asked of those alone who sign such a batch', () => {
    expect(signerOf(content, 'registrar')).to.equal('registrar');
    expect(() => signerOf(content, 'cedent')).to.throw('its signers: registrar');
  });
});
