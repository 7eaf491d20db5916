import { expect } from 'chai';
import fc from 'fast-check';
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import type { Outcome } from '../../../../chaincode/kernel/outcome.ts';
import { type TokenKey, verifyJwt } from '../../../../chaincode/kernel/jwt/verify-jwt.ts';

/** Node's own signatures are the oracle: what it signs must verify, and nothing else. */
const pairs = {
  RS256: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
};
type Algorithm = keyof typeof pairs;
const algorithms: readonly Algorithm[] = ['RS256', 'ES256'];

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

function keyOf(algorithm: Algorithm, key: KeyObject = pairs[algorithm].publicKey): TokenKey {
  return { algorithm, publicKey: key.export({ format: 'der', type: 'spki' }) };
}

function tokenOf(algorithm: Algorithm, claims: unknown, header: unknown = { alg: algorithm }) {
  const signed = `${part(header)}.${part(claims)}`;
  const key = { key: pairs[algorithm].privateKey, dsaEncoding: 'ieee-p1363' as const };
  return `${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`;
}

const codeOf = (outcome: Outcome<unknown>) => (outcome.ok ? 'ok' : outcome.refusals[0].code);

describe('security tokens', () => {
  for (const algorithm of algorithms) {
    it(`are read when their key has signed them: ${algorithm}`, () => {
      const claims = { exp: 1, sub: 'x' };
      expect(verifyJwt(tokenOf(algorithm, claims), keyOf(algorithm))).to.eql({
        ok: true,
        value: claims,
      });
    });

    it(`are refused under another key: ${algorithm}`, () => {
      const other =
        algorithm === 'RS256'
          ? generateKeyPairSync('rsa', { modulusLength: 2048 })
          : generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const key = keyOf(algorithm, other.publicKey);
      expect(codeOf(verifyJwt(tokenOf(algorithm, {}), key))).to.equal('TOKEN_SIGNATURE');
    });

    it(`are refused with any one character changed: ${algorithm}`, () => {
      const token = tokenOf(algorithm, { exp: 1, sub: 'x' });
      fc.assert(
        fc.property(
          fc.nat({ max: token.length - 1 }),
          fc.constantFrom('A', 'b', '9', '.'),
          (at, by) => {
            const changed = token.slice(0, at) + by + token.slice(at + 1);
            if (changed === token) return;
            expect(verifyJwt(changed, keyOf(algorithm)).ok).to.equal(false);
          },
        ),
        { numRuns: 60 },
      );
    });
  }

  it('do not choose their own algorithm', () => {
    for (const alg of ['none', 'HS256', 'ES256']) {
      expect(codeOf(verifyJwt(tokenOf('RS256', {}, { alg }), keyOf('RS256')))).to.equal(
        'TOKEN_ALGORITHM',
      );
    }
  });

  it('are refused with extensions that must be understood', () => {
    const header = { alg: 'RS256', crit: ['b64'] };
    expect(codeOf(verifyJwt(tokenOf('RS256', {}, header), keyOf('RS256')))).to.equal(
      'TOKEN_MALFORMED',
    );
  });

  it('are refused under a key of another kind', () => {
    const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey;
    expect(codeOf(verifyJwt(tokenOf('ES256', {}), keyOf('ES256', p384)))).to.equal(
      'TOKEN_SIGNATURE',
    );
    const key = { algorithm: 'RS256' as const, publicKey: new Uint8Array([1, 2, 3]) };
    expect(codeOf(verifyJwt(tokenOf('RS256', {}), key))).to.equal('TOKEN_KEY_UNFIT');
  });

  it('are refused whatever else is sent in their place', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        expect(verifyJwt(text, keyOf('ES256')).ok).to.equal(false);
      }),
    );
    expect(codeOf(verifyJwt('a'.repeat(20_000), keyOf('ES256')))).to.equal('TOKEN_MALFORMED');
  });
});
