import { expect } from 'chai';
import { unjudged } from '../../../../chaincode/kernel/eds/signer.ts';
import type { Verdict } from '../../../../chaincode/kernel/eds/verdict.ts';
import type { Instant } from '../../../../chaincode/kernel/instant.ts';
import { withSecondOpinion } from '../../../../gateway/ports/second-opinion.ts';
import type { Opinion } from '../../../../gateway/ports/verifier.ts';

describe('a second opinion on a signature', () => {
  const accepted = verdictOver('0A1B', '2c');
  const agreeing: Opinion = { kind: 'valid', signers: [{ serial: '002C' }, { serial: 'a1b' }] };

  it('that agrees changes nothing, whatever its order and spelling of numbers', () => {
    expect(withSecondOpinion(accepted, 'X', agreeing, 'required')).to.equal(accepted);
  });

  it('never accepts what we refuse', () => {
    const refused = { ...accepted, ok: false };
    for (const rule of ['required', 'advisory'] as const) {
      expect(withSecondOpinion(refused, 'X', agreeing, rule).ok).to.equal(false);
    }
  });

  const disagreeing: [string, Opinion, Verdict][] = [
    ['SECOND_OPINION_INVALID', { ...agreeing, kind: 'invalid' }, accepted],
    ['SECOND_OPINION_DIFFERS', { kind: 'valid', signers: [] }, accepted],
    ['SECOND_OPINION_DIFFERS', { kind: 'valid', signers: [{ serial: 'a1b' }] }, accepted],
    ['SECOND_OPINION_DIFFERS', signersOf('a1b', '2c', '2c'), accepted],
    ['SECOND_OPINION_DIFFERS', signersOf('a1b', '2d'), accepted],
    ['SECOND_OPINION_DIFFERS', signersOf('a1b', undefined), accepted],
    ['SECOND_OPINION_DIFFERS', signersOf('a1b', 'not a number'), accepted],
    ['SECOND_OPINION_DIFFERS', { kind: 'valid', signers: [] }, verdictOver()],
    ['SECOND_OPINION_DIFFERS', signersOf('undefined'), verdictOver('none')],
    ['SECOND_OPINION_MISSING', { kind: 'none', why: 'unavailable' }, accepted],
  ];

  for (const [index, [code, opinion, verdict]] of disagreeing.entries()) {
    it(`takes away where it is required, and is noted where not: ${code} (${index + 1})`, () => {
      const required = withSecondOpinion(verdict, 'X', opinion, 'required');
      expect(required.ok).to.equal(false);
      expect(required.reasons.map((reason) => reason.code)).to.deep.equal([code]);
      const advisory = withSecondOpinion(verdict, 'X', opinion, 'advisory');
      expect(advisory.ok).to.equal(true);
      expect(advisory.notes.map((note) => note.code)).to.deep.equal([code]);
    });
  }
});

function signersOf(...serials: (string | undefined)[]): Opinion {
  return { kind: 'valid', signers: serials.map((serial) => ({ serial })) };
}

function verdictOver(...serials: string[]): Verdict {
  const moment = '2026-01-01T00:00:00.000Z' as Instant;
  const common = { sha256: '', issuer: '', subject: undefined, algorithm: '', pinned: false };
  const signers = serials.map((serial) => ({
    ...unjudged,
    ok: true,
    signingTime: undefined,
    certificate: { ...common, serial, notBefore: moment, notAfter: moment },
  }));
  const empty = { reasons: [], notes: [], trustVersion: '1' };
  return { ok: true, kind: 'signature', content: 'attached', signers, ...empty };
}
