import { expect } from 'chai';
import { GOST_2004, GOST_256_A } from '../../../../chaincode/kernel/eds/gost-curves.ts';
import { gost34311 } from '../../../../chaincode/kernel/eds/gost34311.ts';
import { verifyGost } from '../../../../chaincode/kernel/eds/gost3410.ts';
import { type AlgorithmSwitches } from '../../../../chaincode/kernel/eds/algorithms.ts';
import { ledgerPolicy } from '../../../../chaincode/kernel/eds/policy.ts';
import { streebog256 } from '../../../../chaincode/kernel/eds/streebog.ts';
import { trustOf } from '../../../../chaincode/kernel/eds/trust.ts';
import { verify } from '../../../../chaincode/kernel/eds/verify.ts';
import { utf8Of } from '../../../../chaincode/kernel/bytes.ts';
import { valueOrThrow } from '../../../../chaincode/kernel/outcome.ts';
import { issueTo, keyOf, makeAuthority } from '../../../../gateway/stands/eds/authority.ts';
import { gostSigningKey } from '../../../../gateway/stands/eds/keys.ts';
import { people } from '../../../../gateway/stands/eds/people.ts';
import { makeOcsp } from '../../../../gateway/stands/eds/revocation-evidence.ts';
import { signMessage, stamp } from '../../../../gateway/stands/eds/signed-messages.ts';
import { at, codesOf, document, now, signedAt, stampedAt } from '../../../support/eds-scene.ts';
import { nobleOf } from '../../../support/noble-gost.ts';

/** An authority whose keys are all of one kind, and a message of a person it certified. */
function scene(kind: 'gost256' | 'gost2004') {
  const { issuer, responder, timeStamper } = makeAuthority({ seed: 'switches', kind });
  const holder = issueTo(people.pledgor, issuer, keyOf(kind, 'switches pledgor'));
  const signature = signMessage({
    content: document,
    signers: [
      {
        holder,
        signingTime: signedAt,
        stamp: (bytes) => stamp(bytes, { service: timeStamper, at: stampedAt }),
      },
    ],
  });
  const thisUpdate = at('10:00:00');
  const { serial } = holder;
  const ocsp = makeOcsp({ issuer, responder, serial, state: 'good', thisUpdate });
  const trust = trustOf({
    version: 'switches',
    authorities: [issuer.certificate],
    timeStampers: [timeStamper.certificate],
  });
  return (changes: Partial<AlgorithmSwitches>) => {
    const algorithms = { ...ledgerPolicy.algorithms, ...changes };
    const policy = { ...ledgerPolicy, algorithms };
    const evidence = { signature, ocsps: [ocsp] };
    return codesOf(verify(evidence, undefined, valueOrThrow(trust), policy, { now }));
  };
}

describe('an algorithm that is off', () => {
  it('of 256 bits is refused, and accepted where a policy switches it on', () => {
    const judge = scene('gost256');
    expect(judge({})).to.include('ALG_SWITCHED_OFF');
    expect(judge({ gost256: true })).to.deep.equal([]);
  });

  it('of 2004 is refused, and accepted where a policy for archives switches it on', () => {
    const judge = scene('gost2004');
    expect(judge({})).to.include('ALG_OUTDATED');
    expect(judge({ gost256: true, sha1: true })).to.include('ALG_OUTDATED');
    expect(judge({ gost2004: true })).to.deep.equal([]);
  });

  for (const [name, curve, digestOf] of [
    ['gost256', GOST_256_A, streebog256],
    ['gost2004', GOST_2004, gost34311],
  ] as const) {
    it(`of the kind ${name} verifies as somebody else’s arithmetic does`, () => {
      const key = gostSigningKey('oracle', name);
      const oracle = nobleOf(curve);
      const publicKey = key.bits.subarray(2);
      for (let number = 0; number < 3; number += 1) {
        const message = utf8Of(`message ${number}`);
        const sound = { publicKey, digest: digestOf(message), signature: key.sign(message) };
        const signature = sound.signature.map((octet, place) =>
          place === number * 7 ? octet ^ 1 : octet,
        );
        expect(verifyGost({ curve, ...sound })).to.equal(true);
        expect(oracle.verify(sound)).to.equal(true);
        const changed = { ...sound, signature };
        expect(verifyGost({ curve, ...changed })).to.equal(oracle.verify(changed));
      }
    });
  }
});
