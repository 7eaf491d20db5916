import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { evidenceText, type EvidenceFile } from '../../../../chaincode/kernel/eds/evidence-file.ts';
import { manifestBytes } from '../../../../chaincode/kernel/eds/manifest.ts';
import { sha256Hex } from '../../../../chaincode/kernel/sha256.ts';
import { makeAuthority } from '../../../../gateway/stands/eds/authority.ts';
import { people } from '../../../../gateway/stands/eds/people.ts';
import { verdictOf, type VerifyOptions } from '../../../../scripts/eds/verify.ts';
import { authority, codesOf, holder, now, ocsp, signed } from '../../../support/eds-scene.ts';

const record = 'APP-1';
const expected = { purpose: 'confirmation', channel: 'kepil', record, revision: 1 } as const;
const content = manifestBytes({ version: 1, ...expected, salt: '5a'.repeat(32) });
const signature = signed(holder('pledgor'), {}, { content });
const { issuer, timeStamper } = authority();
const evidence: EvidenceFile = {
  signature,
  content,
  certificates: [],
  crls: [],
  ocsps: [ocsp()],
  verifiedAt: now,
  demand: { signer: { iin: people.pledgor.iin, roles: ['person'] }, manifest: expected },
  trust: {
    version: '1',
    authorities: [issuer.certificate],
    timeStampers: [timeStamper.certificate],
    anchoredCrls: [],
  },
};
const cmsHash = sha256Hex(signature);
const manifestHash = sha256Hex(content);

describe('kepil eds verify of an evidence file', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'kepil-evidence-'));
  after(() => rmSync(folder, { recursive: true }));

  const file = (name: string, text: string) => {
    const place = path.join(folder, name);
    writeFileSync(place, text);
    return place;
  };
  // Years later: the verdict is that of the time when it was verified.
  const clock = () => Date.UTC(2040, 0, 1);
  const codes = (changes: Partial<EvidenceFile>, options: VerifyOptions) =>
    codesOf(
      verdictOf(file('evidence.json', evidenceText({ ...evidence, ...changes })), options, clock),
    );

  it("makes the ledger's verdict again, beside the hashes that the ledger keeps", () => {
    expect(codes({}, { cmsHash, manifestHash })).to.deep.equal([]);
    const place = file('evidence.json', evidenceText(evidence));
    const verdict = verdictOf(place, { cmsHash }, clock);
    expect(verdict.trustVersion).to.equal('1');
    expect(verdict.signers[0]?.revocation.status).to.equal('good');
  });

  it('is called wrongly with nothing to hold the file against: anyone could have written it', () => {
    expect(() => codes({}, {})).to.throw('--cms-hash');
    expect(() => codes({}, { manifestHash })).to.throw('--cms-hash');
    expect(() => codes({}, { cmsHash: 'a hash' })).to.throw('no SHA-256');
  });

  it('refuses what the ledger knows by another hash', () => {
    const other = '00'.repeat(32);
    expect(codes({}, { cmsHash: other })).to.deep.equal(['EVIDENCE_DIFFERS']);
    expect(codes({}, { cmsHash, manifestHash: other })).to.deep.equal(['EVIDENCE_DIFFERS']);
    const forger = makeAuthority({ seed: 'a forger' });
    const forged = { ...evidence.trust, authorities: [forger.issuer.certificate] };
    const trust = { version: '1', timeStampers: [], ...forged };
    expect(codes({ trust }, { cmsHash })).to.include('CHAIN_INCOMPLETE');
  });

  it("compares with an application's record, as `kepil call` prints it or bare", () => {
    const confirmation = { participant: 2, manifest: manifestHash, cms: cmsHash, signedAt: now };
    const known = { confirmations: [confirmation], decisions: [] };
    for (const shown of [known, { status: 'answered', result: known }]) {
      const application = file('record.json', JSON.stringify(shown));
      expect(codes({}, { application })).to.deep.equal([]);
    }
    const without = file('without.json', JSON.stringify({ confirmations: [], decisions: [] }));
    expect(codes({}, { application: without })).to.deep.equal(['EVIDENCE_DIFFERS']);
    expect(() => codes({}, { application: file('x.json', '{}') })).to.throw('no application');
  });

  it('demands what the ledger demanded: the signer, the role, the manifest', () => {
    const demand = evidence.demand ?? expect.fail('no demand');
    const head = { ...demand, signer: { roles: ['head'] as const } };
    expect(codes({ demand: head }, { cmsHash })).to.deep.equal(['ROLE_MISMATCH']);
    const consent = { ...demand, manifest: { ...expected, purpose: 'consent' as const } };
    expect(codes({ demand: consent }, { cmsHash })).to.deep.equal(['PURPOSE_MISMATCH']);
  });
});
