import { expect } from 'chai';
import { utf8Of } from '../../../../chaincode/kernel/bytes.ts';
import { cmsAttributeOids } from '../../../../chaincode/kernel/eds/attributes.ts';
import { recordedFaults } from '../../../../chaincode/kernel/eds/evidence-verdict.ts';
import { extensionOids } from '../../../../chaincode/kernel/eds/extensions.ts';
import { contentTypes } from '../../../../chaincode/kernel/eds/cms.ts';
import { defaultLimits } from '../../../../chaincode/kernel/eds/der.ts';
import {
  manifestBytes,
  parseManifest,
  type Manifest,
} from '../../../../chaincode/kernel/eds/manifest.ts';
import { attributeOids } from '../../../../chaincode/kernel/eds/names.ts';
import { inspectionPolicy, ledgerPolicy } from '../../../../chaincode/kernel/eds/policy.ts';
import { edsTexts } from '../../../../chaincode/kernel/eds/refusals.ts';
import { usageOids } from '../../../../chaincode/kernel/eds/roles.ts';
import { verifyFile } from '../../../../chaincode/kernel/eds/verify-file.ts';
import { refusalsOf } from '../../../../chaincode/kernel/outcome.ts';
import { languages } from '../../../../chaincode/kernel/refusal.ts';
import { holderName } from '../../../../gateway/stands/eds/authority.ts';
import {
  extension,
  issue,
  nameOf,
  usage,
  type Holder,
} from '../../../../gateway/stands/eds/certificates.ts';
import {
  algorithm,
  bitString,
  contextPrimitive,
  nothing,
  oid,
  sequence,
} from '../../../../gateway/stands/eds/der-writer.ts';
import { gostSigningKey, type SigningKey } from '../../../../gateway/stands/eds/keys.ts';
import { people } from '../../../../gateway/stands/eds/people.ts';
import { ocspRefusal } from '../../../../gateway/stands/eds/revocation-evidence.ts';
import { attribute, stamp } from '../../../../gateway/stands/eds/signed-messages.ts';
import { knownInstant } from '../../../../chaincode/kernel/instant.ts';
import {
  at,
  authority,
  crl,
  holder,
  now,
  ocsp,
  signed,
  signer,
  stampedAt,
  trust,
  verdictOf,
  type Case,
} from '../../../support/eds-scene.ts';

type Code = keyof typeof edsTexts;

const pledgor = holder('pledgor');
const stranger = gostSigningKey('a stranger');

/** All that a verification says: reasons and notes. */
function said(changes: Case): readonly string[] {
  const { reasons, notes } = verdictOf(changes);
  return [...reasons, ...notes].map(({ code }) => code);
}

/** What is said of a message that the pledgor signed otherwise. */
function signedSo(...how: Parameters<typeof signed>): readonly string[] {
  return said({ evidence: { signature: signed(...how) } });
}

/** What is said of a message whose signer's certificate is another. */
function certified(changes: Parameters<typeof holder>[1]): readonly string[] {
  const by = holder('pledgor', changes);
  return said({ evidence: { signature: signed(by), ocsps: [ocsp(by)] } });
}

/** What is said of a message whose signer was certified by another issuer, enclosed with it. */
function issuedBy(issuer: Holder): readonly string[] {
  const leaf = issue(request, issuer);
  const signature = signed(leaf, {}, { certificates: [leaf.certificate, issuer.certificate] });
  return said({ evidence: { signature } });
}

const terms = {
  notBefore: knownInstant('2025-01-01T00:00:00.000Z'),
  notAfter: knownInstant('2035-01-01T00:00:00.000Z'),
};
const certifies = { authority: {}, keyUsage: [usage.keyCertSign, usage.crlSign] };
const request = {
  ...terms,
  name: holderName(people.pledgor),
  key: pledgor.key,
  keyUsage: [usage.digitalSignature, usage.nonRepudiation],
  extendedKeyUsage: [usageOids.signature],
};

function subordinate(issuer: Holder, changes: Partial<Parameters<typeof issue>[0]> = {}): Holder {
  const name = nameOf([[attributeOids.commonName, 'SUBORDINATE']]);
  return issue({ ...terms, ...certifies, name, key: stranger, ...changes }, issuer);
}

function keyLike(changes: Partial<SigningKey>): Holder {
  return { ...pledgor, key: { ...pledgor.key, ...changes } };
}

function revocation(evidence: Case['evidence'], changes: Case = {}): readonly string[] {
  return said({ evidence: { ocsps: [], ...evidence }, ...changes });
}

const manifest: Manifest = {
  version: 1,
  purpose: 'confirmation',
  channel: 'kepil',
  record: 'APP-1',
  revision: 1,
  salt: '5a'.repeat(32),
};

/** What is said where this manifest was signed and the first one is demanded. */
function manifested(changes: Partial<Manifest>): readonly string[] {
  const content = manifestBytes({ ...manifest, ...changes });
  const signature = signed(pledgor, {}, { content });
  const { purpose, channel, record, revision } = manifest;
  return said({
    evidence: { signature },
    policy: { manifest: { purpose, channel, record, revision } },
  });
}

function parsedManifest(text: string): readonly string[] {
  return refusalsOf(parseManifest(utf8Of(text))).map(({ code }) => code);
}

/** One case for each code: a code without one does not compile. */
const cases: { readonly [C in Code]: () => readonly string[] } = {
  BAD_DER: () => said({ evidence: { signature: signed().subarray(0, 900) } }),
  BAD_STRUCTURE: () => said({ evidence: { signature: pledgor.certificate } }),
  INPUT_TOO_LARGE: () => said({ policy: { limits: { ...defaultLimits, bytesMax: 100 } } }),
  INPUT_TOO_DEEP: () => said({ policy: { limits: { ...defaultLimits, depthMax: 3 } } }),
  INPUT_TOO_COMPLEX: () => said({ policy: { signersMax: 0 } }),
  INPUT_UNKNOWN: () =>
    verifyFile(Uint8Array.of(0x30, 0), {
      evidence: {},
      content: undefined,
      trust: trust(),
      policy: ledgerPolicy,
      moments: {},
    }).reasons.map(({ code }) => code),
  TOO_COSTLY: () => said({ policy: { signatureChecksMax: 2 } }),

  UNSUPPORTED_ALG: () => signedSo(keyLike({ signatureAlgorithm: algorithm('1.2.3.4') })),
  ALG_SWITCHED_OFF: () => signedSo(keyLike({ digestAlgorithm: algorithm('1.2.398.3.10.1.3.2') })),
  ALG_OUTDATED: () => signedSo(keyLike({ digestAlgorithm: algorithm('1.3.14.3.2.26') })),
  ALG_MISMATCH: () => signedSo(keyLike({ digestAlgorithm: algorithm('2.16.840.1.101.3.4.2.1') })),
  KEY_UNFIT: () => {
    const curve = sequence(oid('1.2.643.7.1.2.1.2.2'), oid('1.2.398.3.10.1.3.3'));
    const info = sequence(
      sequence(oid('1.2.398.3.10.1.1.2.2'), curve),
      bitString(pledgor.key.bits),
    );
    return certified({ key: { ...pledgor.key, info } });
  },

  CONTENT_MISSING: () => signedSo(pledgor, {}, { detached: true }),
  CONTENT_DIFFERS: () => said({ content: utf8Of('Басқа құжат') }),
  CONTENT_TYPE: () => signedSo(pledgor, { contentType: contentTypes.timeStampInfo }),
  SIGNERS_NONE: () => signedSo(pledgor, {}, { signers: [] }),
  SIGNER_REPEATED: () => signedSo(pledgor, {}, { signers: [signer(pledgor), signer(pledgor)] }),
  SIGNED_ATTRIBUTES_MISSING: () => signedSo(pledgor, { withoutAttributes: true }),
  ATTRIBUTE_MISSING: () => signedSo(pledgor, { omitted: [cmsAttributeOids.messageDigest] }),
  ATTRIBUTE_REPEATED: () =>
    signedSo(pledgor, { unsigned: [attribute('1.2.3', nothing), attribute('1.2.3', nothing)] }),
  ATTRIBUTE_UNKNOWN: () => signedSo(pledgor, { unsigned: [attribute('1.2.3', nothing)] }),
  DIGEST_MISMATCH: () => signedSo(pledgor, { messageDigest: new Uint8Array(64) }),
  SIG_INVALID: () => signedSo(keyLike({ sign: stranger.sign })),
  SIGNER_CERT_MISSING: () => signedSo(pledgor, {}, { certificates: [] }),
  SIGNING_CERT_MISSING: () => signedSo(pledgor, { bound: undefined }),
  SIGNING_CERT_MISMATCH: () => signedSo(pledgor, { bound: holder('spouse').certificate }),

  CHAIN_INCOMPLETE: () => said({ trust: trust({ authorities: [] }) }),
  CHAIN_TOO_LONG: () => {
    const low = subordinate(authority().issuer, { authority: { pathLength: 0 } });
    const key = gostSigningKey('lower still');
    const name = nameOf([[attributeOids.commonName, 'LOWER']]);
    const lower = subordinate(low, { name, key });
    const leaf = issue(request, lower);
    const certificates = [leaf, lower, low].map(({ certificate }) => certificate);
    return said({ evidence: { signature: signed(leaf, {}, { certificates }) } });
  },
  CERT_SIG_INVALID: () => {
    const { issuer } = authority();
    const forged = issue(request, { ...issuer, key: { ...issuer.key, sign: stranger.sign } });
    return said({ evidence: { signature: signed(forged) } });
  },
  CERT_EXPIRED: () => certified({ notAfter: at('09:59:59') }),
  CERT_NOT_YET_VALID: () => certified({ notBefore: at('11:00:00') }),
  ISSUER_NOT_CA: () => issuedBy(holder('spouse')),
  EXTENSION_UNKNOWN: () => certified({ extensions: [extension('1.2.3.4', nothing, true)] }),

  KEY_USAGE: () => certified({ keyUsage: [usage.digitalSignature] }),
  EKU_NOT_SIGNATURE: () => certified({ extendedKeyUsage: [usageOids.authentication] }),
  SUBJECT_UNREADABLE: () => certified({ name: nameOf([[attributeOids.commonName, 'NOBODY']]) }),
  CHECK_DIGIT: () => certified({ name: holderName({ ...people.pledgor, iin: '123456789011' }) }),
  ROLE_MISMATCH: () => said({ policy: { signers: [{ roles: ['head'] }] } }),
  SIGNERS_MISMATCH: () => said({ policy: { signers: [{ iin: people.spouse.iin }] } }),

  TIME_UNKNOWN: () =>
    said({ policy: inspectionPolicy, trust: trust({ timeStampers: [] }), moments: {} }),
  SIGNING_TIME_LATER: () => signedSo(pledgor, { signingTime: at('11:00:00') }),
  TST_MISSING: () => {
    const { stamp: _, ...unstamped } = signer(pledgor);
    return signedSo(pledgor, {}, { signers: [unstamped] });
  },
  TST_UNTRUSTED: () => said({ trust: trust({ timeStampers: [] }) }),
  TST_IMPRINT: () =>
    stampedSo(() => stamp(utf8Of('another'), { service: authority().timeStamper, at: stampedAt })),
  TST_INVALID: () =>
    stampedSo((signature) =>
      stamp(signature, {
        service: authority().timeStamper,
        at: stampedAt,
        bound: pledgor.certificate,
      }),
    ),
  TST_EKU: () =>
    stampedSo((signature) => stamp(signature, { service: authority().responder, at: stampedAt })),
  TST_LATER: () => said({ moments: { now: at('09:00:00') } }),

  REVOCATION_NOT_CHECKED: () => revocation({}),
  REVOCATION_UNKNOWN: () => revocation({ ocsps: [ocsp(holder('spouse'))] }),
  CERT_REVOKED: () => revocation({ ocsps: [ocsp(pledgor, { state: { at: at('09:00:00') } })] }),
  REVOKED_LATER: () => revocation({ ocsps: [ocsp(pledgor, { state: { at: at('10:00:30') } })] }),
  CERT_NOT_ISSUED: () => revocation({ ocsps: [ocsp(pledgor, { state: 'notIssued' })] }),
  CRL_STALE: () =>
    revocation({ crls: [crl({ thisUpdate: terms.notBefore, nextUpdate: at('00:00:00') })] }),
  CRL_LATER: () => revocation({ crls: [crl({ thisUpdate: at('12:00:00') })] }),
  CRL_INVALID: () => {
    const { issuer } = authority();
    const forger = { ...issuer, key: { ...issuer.key, sign: stranger.sign } };
    return revocation({ crls: [crl({}, forger)] });
  },
  CRL_NOT_ANCHORED: () =>
    revocation({ crls: [crl()] }, { trust: trust({ anchoredCrls: ['00'.repeat(32)] }) }),
  CRL_DELTA_ALONE: () => revocation({ crls: [crl({ deltaBase: 7, number: 8 })] }),
  CRL_UNSUPPORTED: () => {
    const onlyUsers = sequence(contextPrimitive(1, Uint8Array.of(0xff)));
    const partial = extension(extensionOids.issuingDistributionPoint, onlyUsers, true);
    return revocation({ crls: [crl({ extensions: [partial] })] });
  },
  OCSP_REFUSED: () => revocation({ ocsps: [ocspRefusal(3)] }),
  OCSP_STALE: () => revocation({ ocsps: [ocsp(pledgor, { thisUpdate: at('08:00:00') })] }),
  OCSP_LATER: () => revocation({ ocsps: [ocsp(pledgor, { thisUpdate: at('12:00:00') })] }),
  OCSP_INVALID: () => {
    const { responder } = authority();
    const forger = { ...responder, key: { ...responder.key, sign: stranger.sign } };
    return revocation({ ocsps: [ocsp(pledgor, { responder: forger })] });
  },
  OCSP_RESPONDER: () => revocation({ ocsps: [ocsp(pledgor, { responder: holder('spouse') })] }),
  OCSP_NONCE: () =>
    revocation({
      ocsps: [ocsp(pledgor, { nonce: Uint8Array.of(1, 2, 3) })],
      ocspNonce: '010204',
    }),

  MANIFEST_MALFORMED: () => parsedManifest('{"purpose":"confirmation"}'),
  MANIFEST_NOT_CANONICAL: () => parsedManifest(JSON.stringify(manifest, undefined, 1)),
  MANIFEST_VERSION: () => parsedManifest('{"version":2}'),
  PURPOSE_MISMATCH: () => manifested({ purpose: 'signIn' }),
  CHANNEL_MISMATCH: () => manifested({ channel: 'other' }),
  RECORD_MISMATCH: () => manifested({ record: 'APP-2' }),
  REVISION_MISMATCH: () => manifested({ revision: 2 }),

  EVIDENCE_DIFFERS: () =>
    recordedFaults({ signature: signed() }, { cms: '00'.repeat(32) }).map(({ code }) => code),
};

function stampedSo(stamped: (signature: Uint8Array) => Uint8Array): readonly string[] {
  return signedSo(pledgor, { stamp: stamped });
}

describe('every code of the verifier', () => {
  it('has its case where all is well: then nothing is said', () => {
    expect(said({ moments: { now } })).to.deep.equal([]);
  });

  for (const [code, run] of Object.entries(cases)) {
    it(`${code} is said where it is due`, () => {
      expect(run()).to.include(code);
    });
  }

  it('has a text in each language that ends as a sentence', () => {
    for (const [code, texts] of Object.entries(edsTexts)) {
      for (const language of languages) expect(texts[language], code).to.match(/^[^\s].*[.]$/u);
      expect(new Set(Object.values(texts)).size, code).to.equal(3);
    }
  });
});
