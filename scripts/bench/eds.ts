import { GOST_512_A } from '../../chaincode/kernel/eds/gost-curves.ts';
import { verifyGost, type GostSignature } from '../../chaincode/kernel/eds/gost3410.ts';
import { ledgerPolicy } from '../../chaincode/kernel/eds/policy.ts';
import { SignatureCache } from '../../chaincode/kernel/eds/signature-check.ts';
import { streebog512 } from '../../chaincode/kernel/eds/streebog.ts';
import type { Verdict } from '../../chaincode/kernel/eds/verdict.ts';
import { verify } from '../../chaincode/kernel/eds/verify.ts';
import { gostKeyOf, signGost } from '../../gateway/stands/eds/gost-signing.ts';
import { now, ocsp, signed, trust } from '../../test/support/eds-scene.ts';
import { bytesFrom, nobleOf } from '../../test/support/noble-gost.ts';
import { figureOf, type BenchCase, type BenchOptions, type Figure } from './case.ts';
import { quantile } from './statistics.ts';

/**
 * What a signature costs. The yardstick of every figure is one verification by @noble/curves, in
 * turns with ours, so that a busy machine slows both.
 */
export const edsBench: BenchCase = {
  name: 'eds',
  about:
    'One GOST-512 verification under a new key, a whole CAdES-T with its evidence, and ' +
    'Streebog-512 of 1 MB; beside each, one verification by @noble/curves used plainly.',
  run,
};

const ROUNDS = 60;
const WARM_UP_ROUNDS = 30;
const MEGABYTE = 2 ** 20;
const YARDSTICK = 'one GOST-512 verification by @noble/curves used plainly';

async function run({ say }: BenchOptions): Promise<readonly [Figure, ...Figure[]]> {
  say('making keys and signatures');
  const signatures = Array.from({ length: WARM_UP_ROUNDS + ROUNDS }, (_, i) => signatureOf(i));
  const content = new Uint8Array(MEGABYTE).fill(0x5a);
  const evidence = { signature: signed(), ocsps: [ocsp()] };
  const cache = new SignatureCache();
  const verdictOn = (known?: SignatureCache): Verdict =>
    verify(evidence, undefined, trust(), ledgerPolicy, { now }, known);
  const noble = nobleOf(GOST_512_A);
  say(`measuring ${ROUNDS} rounds after ${WARM_UP_ROUNDS} to warm up`);
  const rounds = signatures.map((signature) => ({
    noble: timeMs(() => mustHold(noble.verify(signature))),
    ours: timeMs(() => mustHold(verifyGost(signature))),
    // Nothing known: the signer's signature, the token's, the OCSP answer's, and those on all
    // certificates up to the root. With a cache the certificates' are known from before.
    cadesT: timeMs(() => mustHold(verdictOn().ok)),
    cadesTKnown: timeMs(() => mustHold(verdictOn(cache).ok)),
    streebog: timeMs(() => streebog512(content)),
  }));
  const measured = rounds.slice(WARM_UP_ROUNDS);
  const median = (of: keyof (typeof rounds)[number]): number =>
    quantile(
      measured.map((round) => round[of]),
      0.5,
    );
  const common = { unit: 'ms', baseline: median('noble'), baselineName: YARDSTICK };
  return [
    figureOf({ case: 'eds: GOST-512 verification, new key', figure: median('ours'), ...common }),
    figureOf({ case: 'eds: CAdES-T, nothing known', figure: median('cadesT'), ...common }),
    figureOf({
      case: 'eds: CAdES-T, known certificates',
      figure: median('cadesTKnown'),
      ...common,
    }),
    figureOf({ case: 'eds: Streebog-512 of 1 MB', figure: median('streebog'), ...common }),
  ];
}

/** A signature under a key of its own. */
function signatureOf(index: number): GostSignature {
  const key = gostKeyOf(GOST_512_A, Buffer.from(`key ${index}`));
  const digest = streebog512(Buffer.from(`message ${index}`));
  const signature = signGost(key, digest, bytesFrom(`nonce ${index}`));
  return { curve: GOST_512_A, publicKey: key.publicKey, digest, signature };
}

/** A bench of something that answers wrongly measures nothing. */
function mustHold(verdict: boolean): void {
  if (!verdict) throw new Error('A true signature was refused');
}

function timeMs(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
