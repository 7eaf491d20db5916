import { expect } from 'chai';
import type { z } from 'zod';
import { base64Of } from '../../../chaincode/kernel/bytes.ts';
import type { CivilDate } from '../../../chaincode/kernel/civil-date.ts';
import type { Manifest } from '../../../chaincode/kernel/eds/manifest.ts';
import { instantSchema, knownInstant } from '../../../chaincode/kernel/instant.ts';
import { refusalsOf } from '../../../chaincode/kernel/outcome.ts';
import { personHash } from '../../../chaincode/kernel/person-hash.ts';
import { compositeKey } from '../../../chaincode/ledger/keys.ts';
import * as mandates from '../../../chaincode/mandates/operations.ts';
import type { mandateTexts } from '../../../chaincode/mandates/refusals.ts';
import { allows } from '../../../chaincode/mandates/rules.ts';
import { type Mandate, mandateFunction, mandateType } from '../../../chaincode/mandates/schema.ts';
import { people, type PersonName } from '../../../gateway/stands/eds/people.ts';
import { headsNamed } from '../../../gateway/stands/story/heads.ts';
import { id, salt, Signers } from '../../../gateway/stands/story/signers.ts';
import { Altered, writtenByMajority } from '../../support/altered-peer.ts';
import { KepilLedger } from '../../support/kepil-ledger.ts';
import { stageOf } from '../../support/kepil-stage.ts';

type Input = z.input<typeof mandates.verify.input>;
type Terms = Input['terms'];

/** What differs from a mandate that the head of the State Corporation gives to a registrar. */
type Changes = {
  readonly signs?: PersonName;
  readonly head?: PersonName;
  readonly terms?: Partial<Terms>;
  readonly manifest?: Partial<Manifest>;
  readonly input?: Partial<Input>;
};

const registrar = { org: 'GosCorpMSP' };
const now = '2026-11-20T06:00:00.000Z';

describe('a mandate', () => {
  let ledger: KepilLedger;
  const signers = new Signers();

  before(async function () {
    this.timeout(30_000);
    ledger = await KepilLedger.founded(now, undefined, [Altered]);
    await ledger.decide({
      kind: 'trust.list',
      list: {
        environment: 'TEST',
        authorities: [
          { certificate: base64Of(signers.authority.issuer.certificate), note: 'authority' },
        ],
        timeStampers: [
          { certificate: base64Of(signers.authority.timeStamper.certificate), note: 'stamps' },
        ],
        kdpKeys: [],
      },
    });
    await headsNamed(stageOf(ledger), signers);
  });

  after(() => ledger.close());

  /** What is sent to be verified. */
  function inputOf({ signs, head = 'goscorpHead', terms, manifest, input }: Changes): Input {
    const holderSalt = salt();
    const { iin: headIin, bin = '' } = people[head] as { iin: string; bin?: string };
    const stated: Terms = {
      id: id(),
      bin,
      holder: personHash(holderSalt, people.registrar.iin),
      function: 'REGISTRAR',
      from: '2026-11-20',
      until: '2026-12-20',
      ...terms,
    };
    const { holder, function: named, from, until } = stated;
    const signedAt = instantSchema.parse(now);
    const text: Manifest = {
      version: 1,
      purpose: 'mandate',
      channel: 'kepil',
      record: stated.id,
      revision: 1,
      salt: salt(),
      facts: { holder, function: named, from, until },
      ...manifest,
    };
    return {
      salt: salt(),
      terms: stated,
      headIin,
      headSalt: signers.headSalt(head),
      holderIin: people.registrar.iin,
      holderSalt,
      evidence: signers.sign(signs ?? head, text, signedAt),
      found: { signedAt, trustVersion: '1' },
      ...input,
    };
  }

  const verified = (changes: Changes, org = 'GosCorpMSP') =>
    ledger.call(mandates.verify, inputOf(changes), { org });

  async function recorded(changes: Changes = {}, org = 'GosCorpMSP'): Promise<Mandate> {
    const { verdict } = await ledger.done(mandates.verify, inputOf(changes), { org });
    return ledger.done(mandates.record, { verdict }, { org });
  }

  const codesOf = async (changes: Changes) => (await verified(changes)).codes;
  const wanted = (mandate: Mandate, at: string) => ({
    bin: mandate.bin,
    functions: [mandate.function],
    at: knownInstant(at),
  });
  const allowed = (mandate: Mandate, at: string) =>
    refusalsOf(allows(mandate, wanted(mandate, at))).map(({ code }) => code);

  it('is signed by the head of just that organisation, for just that (SE-3)', async () => {
    expect((await recorded()).function).to.equal('REGISTRAR');
    const signatory = { head: 'alphaSignatory', signs: 'alphaSignatory' } as const;
    expect(await codesOf(signatory)).to.deep.equal(['ROLE_MISMATCH']);
    expect(await codesOf({ signs: 'alphaHead' })).to.deep.equal(['SIGNERS_MISMATCH']);
    const employee = { head: 'registrar', signs: 'registrar' } as const;
    expect(await codesOf(employee)).to.deep.equal(['ROLE_MISMATCH']);
    expect(await codesOf({ manifest: { purpose: 'signIn' } })).to.deep.equal(['PURPOSE_MISMATCH']);
    expect(await codesOf({ manifest: { record: id() } })).to.deep.equal(['RECORD_MISMATCH']);
  });

  it('names one function: a registrar, a signatory, or who stands in for the head', async () => {
    const standIn = { head: 'authorityHead', terms: { function: 'STANDS_IN_FOR_HEAD' } } as const;
    const mandate = await recorded(standIn, 'AuthorityMSP');
    expect(allowed(mandate, '2026-11-25T06:00:00.000Z')).to.deep.equal([]);
    for (const named of mandateFunction.options) {
      const asked = { ...wanted(mandate, '2026-11-25T06:00:00.000Z'), functions: [named] };
      expect(allows(mandate, asked).ok).to.equal(named === 'STANDS_IN_FOR_HEAD');
    }
  });

  it('counts from its first day to the end of its last, by the time in Almaty', async () => {
    const mandate = await recorded({ terms: { from: '2026-11-21' } });
    // Almaty is five hours ahead: there the day begins at 19:00 of the day before.
    for (const [at, codes] of [
      ['2026-11-20T18:59:59.999Z', ['MANDATE_NOT_LIVE']],
      ['2026-11-20T19:00:00.000Z', []],
      ['2026-12-20T18:59:59.999Z', []],
      ['2026-12-20T19:00:00.000Z', ['MANDATE_NOT_LIVE']],
    ] as const) {
      expect(allowed(mandate, at), at).to.deep.equal(codes);
    }
  });

  it('counts for nothing before the head signed it, whatever its first day', async () => {
    const mandate = await recorded({ terms: { from: '2026-11-18' } });
    expect(allowed(mandate, '2026-11-20T05:59:59.000Z')).to.deep.equal(['MANDATE_NOT_LIVE']);
    expect(allowed(mandate, now)).to.deep.equal([]);
  });

  it('is taken back by an administrator of its organisation, and by nobody else', async () => {
    const { id: which } = await recorded();
    const revokedAt = knownInstant('2026-11-25T06:00:00.000Z');
    const taken = { id: which, revokedAt };
    const stranger = await ledger.call(mandates.revoke, taken, { org: 'AlphaMSP' });
    expect(stranger.codes).to.deep.equal(['MANDATE_OF_ANOTHER_ORGANISATION']);
    const member = await ledger.call(mandates.revoke, taken, { ...registrar, role: 'client' });
    expect(member.codes).to.deep.equal(['ROLE_MISSING']);
    const revoked = await ledger.done(mandates.revoke, taken, registrar);
    expect(allowed(revoked, '2026-11-25T05:59:59.999Z')).to.deep.equal([]);
    expect(allowed(revoked, revokedAt)).to.deep.equal(['MANDATE_NOT_LIVE']);
  });

  it('that was taken back does not come to life again by a later date', async () => {
    const { id: which } = await recorded();
    const on = (day: string) => ({ id: which, revokedAt: knownInstant(`${day}T06:00:00.000Z`) });
    await ledger.done(mandates.revoke, on('2026-11-25'), registrar);
    const later = await ledger.call(mandates.revoke, on('2026-12-01'), registrar);
    expect(later.codes).to.deep.equal(['MANDATE_REVOKED_ALREADY']);
    const earlier = await ledger.done(mandates.revoke, on('2026-11-22'), registrar);
    expect(earlier.revokedAt).to.equal('2026-11-22T06:00:00.000Z');
  });

  /** One case for each code: a code without one does not compile. */
  const cases: { readonly [C in keyof typeof mandateTexts]: () => Promise<readonly string[]> } = {
    MANDATE_UNKNOWN: async () => (await ledger.call(mandates.get, { id: id() }, registrar)).codes,
    MANDATE_ALTERED: async () => {
      const { id: which } = await recorded();
      const key = compositeKey(mandateType.name, [which]);
      await writtenByMajority(ledger.ledger, { key, text: null });
      return (await ledger.call(mandates.get, { id: which }, registrar)).codes;
    },
    MANDATE_RECORDED_ALREADY: async () => {
      const { verdict } = await ledger.done(mandates.verify, inputOf({}), registrar);
      await ledger.done(mandates.record, { verdict }, registrar);
      return (await ledger.call(mandates.record, { verdict }, registrar)).codes;
    },
    MANDATE_NOT_LIVE: async () => allowed(await recorded(), '2027-01-01T00:00:00.000Z'),
    MANDATE_OF_ANOTHER_FUNCTION: async () => {
      const mandate = await recorded();
      const asked = { ...wanted(mandate, now), functions: ['PLEDGEE_SIGNATORY' as const] };
      return refusalsOf(allows(mandate, asked)).map(({ code }) => code);
    },
    MANDATE_OF_ANOTHER_ORGANISATION: async () => {
      const mandate = await recorded();
      const asked = { ...wanted(mandate, now), bin: people.alphaHead.bin };
      return refusalsOf(allows(mandate, asked)).map(({ code }) => code);
    },
    MANDATE_HOLDER_DIFFERS: () => codesOf({ input: { holderIin: people.pledgor.iin } }),
    MANDATE_TERMS_DIFFER: () =>
      codesOf({ manifest: { facts: { function: 'REGISTRAR', until: '2036-12-31' } } }),
    MANDATE_TERM_REVERSED: async () => {
      const terms = { from: '2026-12-20' as CivilDate, until: '2026-11-20' as CivilDate };
      const { verdict } = await ledger.done(mandates.verify, inputOf({ terms }), registrar);
      return (await ledger.call(mandates.record, { verdict }, registrar)).codes;
    },
    MANDATE_REVOKED_ALREADY: async () => {
      const taken = { id: (await recorded()).id, revokedAt: knownInstant(now) };
      await ledger.done(mandates.revoke, taken, registrar);
      return (await ledger.call(mandates.revoke, taken, registrar)).codes;
    },
  };

  for (const [code, provoke] of Object.entries(cases)) {
    it(`${code} is said where it is due`, async () => {
      expect(await provoke()).to.include(code);
    });
  }
});
