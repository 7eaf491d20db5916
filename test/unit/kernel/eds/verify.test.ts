import { expect } from 'chai';
import { utf8Of } from '../../../../chaincode/kernel/bytes.ts';
import { manifestBytes, type Manifest } from '../../../../chaincode/kernel/eds/manifest.ts';
import { SignatureCache } from '../../../../chaincode/kernel/eds/signature-check.ts';
import { verify } from '../../../../chaincode/kernel/eds/verify.ts';
import { inspectionPolicy, ledgerPolicy } from '../../../../chaincode/kernel/eds/policy.ts';
import { trustOf } from '../../../../chaincode/kernel/eds/trust.ts';
import { canonicalJson, type Json } from '../../../../chaincode/kernel/canonical-json.ts';
import { valueOrThrow } from '../../../../chaincode/kernel/outcome.ts';
import { issueTo, keyOf } from '../../../../gateway/stands/eds/authority.ts';
import { people } from '../../../../gateway/stands/eds/people.ts';
import { stamp } from '../../../../gateway/stands/eds/signed-messages.ts';
import {
  at,
  authority,
  codesOf,
  crl,
  document,
  holder,
  now,
  ocsp,
  signed,
  signedAt,
  signer,
  stampedAt,
  trust,
  verdictOf,
} from '../../../support/eds-scene.ts';

const pledgor = holder('pledgor');
const spouse = holder('spouse');

describe('a verified signature', () => {
  it('says who signed, when and by what chain', () => {
    const verdict = verdictOf();
    const [found] = verdict.signers;
    expect(verdict).to.deep.include({ ok: true, reasons: [], notes: [], content: 'attached' });
    expect(found).to.deep.include({
      signingTime: signedAt,
      judgedAt: stampedAt,
      judgedBy: 'timeStamp',
      revocation: { status: 'good', source: 'ocsp', asOf: at('10:01:00') },
    });
    expect(found?.chain.map(({ pinned }) => pinned)).to.deep.equal([false, true, true]);
  });

  it('may bear a time stamp whose number and nonce are negative, as every other real one is', () => {
    for (const octets of ['d00e5c06714409', 'fe80', 'ff', '00', '7f', '0080']) {
      const drawn = new Uint8Array(Buffer.from(octets, 'hex'));
      const service = authority().timeStamper;
      const stamped = (bytes: Uint8Array) => stamp(bytes, { service, at: stampedAt, drawn });
      const evidence = { signature: signed(holder('pledgor'), { stamp: stamped }) };
      const { reasons, signers } = verdictOf({ evidence });
      expect(reasons, octets).to.deep.equal([]);
      expect(signers[0]?.timeStamp?.serial).to.equal(octets === '0080' ? '80' : octets);
    }
  });

  it('names the person in one place, so that the rest can be shown', () => {
    const [found] = verdictOf().signers;
    const { surname, iin, patronymic } = people.pledgor;
    expect(found?.subject?.person).to.deep.include({ iin, surname, patronymic });
    const rest = { ...found, subject: { ...found?.subject, person: undefined } };
    const shown = canonicalJson(JSON.parse(JSON.stringify(rest)) as Json);
    for (const personal of [iin, surname]) expect(shown).to.not.include(personal);
  });

  it('tells persons, organisations and their roles by the certificate', () => {
    const found = (['pledgor', 'alphaHead', 'alphaSignatory', 'registrar'] as const).map((name) => {
      const by = holder(name);
      const verdict = verdictOf({ evidence: { signature: signed(by), ocsps: [ocsp(by)] } });
      const subject = verdict.signers[0]?.subject;
      return [verdict.ok, subject?.kind, subject?.roles, subject?.bin];
    });
    const alpha = people.alphaHead.bin;
    expect(found).to.deep.equal([
      [true, 'person', ['person'], undefined],
      [true, 'organisation', ['organisation', 'head'], alpha],
      [true, 'organisation', ['organisation', 'signatory'], alpha],
      [true, 'organisation', ['organisation', 'employee'], people.registrar.bin],
    ]);
  });

  it('is the same verdict whoever makes it and however often', () => {
    expect(verdictOf()).to.deep.equal(verdictOf());
  });

  it('stands when its certificate has expired since', () => {
    const brief = holder('pledgor', { notAfter: at('10:04:00') });
    const evidence = { signature: signed(brief), ocsps: [ocsp(brief)] };
    expect(codesOf(verdictOf({ evidence }))).to.deep.equal([]);
  });

  it('may be detached from a document that is given beside it', () => {
    const signature = signed(pledgor, {}, { detached: true });
    const given = verdictOf({ evidence: { signature }, content: document });
    expect(given).to.deep.include({ ok: true, content: 'detached' });
    const other = verdictOf({ evidence: { signature }, content: utf8Of('Кепіл шарты № 2') });
    expect(codesOf(other)).to.deep.equal(['DIGEST_MISMATCH']);
  });
});

describe('several signers', () => {
  const signature = signed(pledgor, {}, { signers: [signer(spouse), signer(pledgor)] });
  const evidence = { signature, ocsps: [ocsp(pledgor), ocsp(spouse)] };
  const iins = (...names: readonly ('pledgor' | 'spouse' | 'coOwner')[]) => ({
    signers: names.map((name) => ({ iin: people[name].iin })),
  });

  it('are accepted when they are exactly the expected ones, in any order', () => {
    const verdict = verdictOf({ evidence, policy: iins('pledgor', 'spouse') });
    expect([codesOf(verdict), verdict.signers.length]).to.deep.equal([[], 2]);
  });

  it('are refused when one is missing, too many or somebody else', () => {
    for (const policy of [
      iins('pledgor'),
      iins('pledgor', 'spouse', 'coOwner'),
      iins('pledgor', 'coOwner'),
      iins('pledgor', 'pledgor'),
    ]) {
      expect(codesOf(verdictOf({ evidence, policy }))).to.deep.equal(['SIGNERS_MISMATCH']);
    }
  });

  it('are each judged for themselves', () => {
    const forged = { ...spouse, key: { ...spouse.key, sign: pledgor.key.sign } };
    const message = signed(pledgor, {}, { signers: [signer(forged), signer(pledgor)] });
    const verdict = verdictOf({ evidence: { ...evidence, signature: message } });
    expect(verdict.signers.map(({ ok }) => ok)).to.have.members([false, true]);
    expect(codesOf(verdict)).to.deep.equal(['SIG_INVALID']);
  });

  it('may sign with keys of different kinds, and enclose certificates many times', () => {
    const rsa = authority('rsa');
    const other = issueTo(people.coOwner, rsa.issuer, keyOf('rsa', 'tests coOwner'));
    const stampRsa = (bytes: Uint8Array) =>
      stamp(bytes, { service: rsa.timeStamper, at: stampedAt });
    const mixed = signed(
      pledgor,
      {},
      {
        signers: [signer(pledgor), signer(other, { stamp: stampRsa })],
        certificates: Array.from({ length: 16 }, (_, index) =>
          index % 2 === 0 ? pledgor.certificate : other.certificate,
        ),
      },
    );
    const both = valueOrThrow(
      trustOf({
        version: 'both',
        authorities: [authority(), rsa].map(({ issuer }) => issuer.certificate),
        timeStampers: [authority(), rsa].map(({ timeStamper }) => timeStamper.certificate),
      }),
    );
    const { issuer, responder } = rsa;
    const ocsps = [ocsp(pledgor), ocsp(other, { issuer, responder })];
    const verdict = verdictOf({ evidence: { signature: mixed, ocsps }, trust: both });
    expect([codesOf(verdict), verdict.signers.length]).to.deep.equal([[], 2]);
  });
});

describe('the purpose of a signature', () => {
  const manifest: Manifest = {
    version: 1,
    purpose: 'confirmation',
    channel: 'kepil',
    record: 'APP-1',
    revision: 2,
    salt: 'c3'.repeat(32),
  };
  const demanded = {
    purpose: 'confirmation',
    channel: 'kepil',
    record: 'APP-1',
    revision: 2,
  } as const;
  const verdictOver = (content: Uint8Array) =>
    verdictOf({
      evidence: { signature: signed(pledgor, {}, { content }) },
      policy: { manifest: demanded },
    });

  it('is accepted for what it names', () => {
    expect(codesOf(verdictOver(manifestBytes(manifest)))).to.deep.equal([]);
  });

  it('is never taken for another: a sign-in, another record, an earlier revision', () => {
    const others: readonly Partial<Manifest>[] = [
      { purpose: 'signIn' },
      { record: 'APP-2' },
      { revision: 1 },
      { channel: 'other' },
    ];
    expect(
      others.map((other) => codesOf(verdictOver(manifestBytes({ ...manifest, ...other })))),
    ).to.deep.equal([
      ['PURPOSE_MISMATCH'],
      ['RECORD_MISMATCH'],
      ['REVISION_MISMATCH'],
      ['CHANNEL_MISMATCH'],
    ]);
  });

  it('must be written in the one form that a manifest has', () => {
    const text = canonicalJson(manifest);
    const forms = [
      `${text}\n`,
      text.replace('"revision":2', '"revision":2.0'),
      text.replace('{', '{"version":1,'),
    ];
    for (const form of forms) {
      expect(codesOf(verdictOver(utf8Of(form)))).to.deep.equal(['MANIFEST_NOT_CANONICAL']);
    }
    expect(codesOf(verdictOver(document))).to.deep.equal(['MANIFEST_MALFORMED']);
  });
});

describe('revocation', () => {
  const judged = (evidence: object, moments?: { now: typeof now }) => {
    const verdict = verdictOf({
      evidence: { ocsps: [], ...evidence },
      ...(moments && { moments }),
    });
    const { revocation } = verdict.signers[0] ?? {};
    return [verdict.ok, revocation?.status, ...codesOf(verdict)];
  };
  const { serial } = pledgor;

  it('counts if it is not later than the time stamp, whatever its reason', () => {
    const list = (time: string) => ({ crls: [crl({ revoked: [{ serial, at: at(time) }] })] });
    expect(judged(list('10:00:02'))).to.deep.equal([false, 'revoked', 'CERT_REVOKED']);
    expect(judged(list('10:00:03'))).to.deep.equal([true, 'revokedLater']);
  });

  it('counts at any time if the key may have been another’s', () => {
    const state = { at: at('10:04:00'), reason: 'keyCompromise' } as const;
    expect(judged({ ocsps: [ocsp(pledgor, { state })] })).to.deep.equal([
      false,
      'revoked',
      'CERT_REVOKED',
    ]);
  });

  it('is proved by a stale list, which proves nothing else', () => {
    const stale = { thisUpdate: at('00:00:00'), nextUpdate: at('09:00:00') };
    const revoked = [{ serial, at: at('00:00:00') }];
    expect(judged({ crls: [crl({ ...stale, revoked })] })).to.deep.equal([
      false,
      'revoked',
      'CERT_REVOKED',
    ]);
    expect(judged({ crls: [crl(stale)] })).to.deep.equal([false, 'unknown', 'CRL_STALE']);
  });

  it('outweighs a good answer', () => {
    const revoked = [{ serial, at: at('09:00:00') }];
    expect(judged({ ocsps: [ocsp()], crls: [crl({ revoked })] })).to.deep.equal([
      false,
      'revoked',
      'CERT_REVOKED',
    ]);
  });

  it('is read from a list of changes and the list it continues', () => {
    const old = { number: 7, thisUpdate: at('00:00:00'), nextUpdate: at('01:00:00') };
    const changes = { number: 9, deltaBase: 7, thisUpdate: at('10:00:00') };
    const revoked = [{ serial, at: at('09:30:00') }];
    const released = [{ serial, at: at('09:30:00'), reason: 'removeFromCRL' as const }];
    const cases = [
      judged({ crls: [crl(old), crl({ ...changes })] }),
      judged({ crls: [crl(old), crl({ ...changes, revoked })] }),
      judged({ crls: [crl({ ...old, revoked }), crl({ ...changes, revoked: released })] }),
      judged({ crls: [crl({ ...old, number: 5 }), crl(changes)] }),
    ];
    expect(cases).to.deep.equal([
      [true, 'good'],
      [false, 'revoked', 'CERT_REVOKED'],
      [true, 'good'],
      [false, 'unknown', 'CRL_STALE'],
    ]);
  });

  it('is answered by a list whose hash is anchored, and by the issuer’s delegate alone', () => {
    const list = crl();
    const anchoredCrls = verdictOf({ evidence: { ocsps: [], crls: [list] } }).ok;
    expect(anchoredCrls).to.equal(true);
    const sha1Named = ocsp(pledgor, { hashOid: '1.3.14.3.2.26' });
    expect(judged({ ocsps: [sha1Named] })).to.deep.equal([false, 'unknown', 'ALG_OUTDATED']);
  });
});

describe('the cost of a verification', () => {
  it('does not include a certificate that was met before, and the verdict is the same', () => {
    const cache = new SignatureCache();
    const evidence = { signature: signed(), ocsps: [ocsp()] };
    const run = () => verify(evidence, undefined, trust(), ledgerPolicy, { now }, cache);
    const first = run();
    let worked = 0;
    const answer = cache.answer.bind(cache);
    cache.answer = (name, work) =>
      answer(name, () => {
        worked += 1;
        return work();
      });
    expect(run()).to.deep.equal(first);
    expect(worked).to.equal(0);
    expect(verdictOf()).to.deep.equal(first);
  });

  it('is bounded alike with and without a cache', () => {
    const cache = new SignatureCache();
    const evidence = { signature: signed(), ocsps: [ocsp()] };
    const policy = { ...ledgerPolicy, signatureChecksMax: 3 };
    const verdicts = [cache, cache, undefined].map((each) =>
      verify(evidence, undefined, trust(), policy, { now }, each),
    );
    expect(verdicts.map(codesOf)).to.deep.equal(
      Array(3).fill(codesOf(verdicts[0] ?? expect.fail())),
    );
    expect(codesOf(verdicts[0] ?? expect.fail())).to.include('TOO_COSTLY');
  });

  it('leaves a cache no larger than it was made', () => {
    const cache = new SignatureCache(2);
    let worked = 0;
    const ask = (name: string) =>
      cache.answer(name, () => {
        worked += 1;
        return true;
      });
    ['a', 'b', 'a', 'c', 'a', 'b'].forEach(ask);
    // "b" was the least lately asked for when "c" came.
    expect(worked).to.equal(4);
  });
});

describe('an examination', () => {
  it('judges at a moment given where no time stamp is trusted, and says so', () => {
    const verdict = verdictOf({
      evidence: { ocsps: [] },
      policy: inspectionPolicy,
      trust: trust({ timeStampers: [] }),
      moments: { at: at('10:10:00') },
    });
    expect(verdict.ok).to.equal(true);
    expect(verdict.signers[0]?.judgedBy).to.equal('given');
    expect(verdict.notes.map(({ code }) => code)).to.deep.equal([
      'TST_UNTRUSTED',
      'REVOCATION_NOT_CHECKED',
    ]);
  });
});
