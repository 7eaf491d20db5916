import { expect } from 'chai';
import type { z } from 'zod';
import { propose } from '../../../chaincode/decisions/operations.ts';
import { base64Of } from '../../../chaincode/kernel/bytes.ts';
import { knownInstant } from '../../../chaincode/kernel/instant.ts';
import * as mandates from '../../../chaincode/mandates/operations.ts';
import { personHash } from '../../../chaincode/kernel/person-hash.ts';
import * as trust from '../../../chaincode/trust/operations.ts';
import type { trustTexts } from '../../../chaincode/trust/refusals.ts';
import type { trustDraft } from '../../../chaincode/trust/schema.ts';
import { people } from '../../../gateway/stands/eds/people.ts';
import { id, salt, Signers } from '../../../gateway/stands/story/signers.ts';
import { KepilLedger } from '../../support/kepil-ledger.ts';
import { readyToFile, refusalOf } from '../../support/kepil-stage.ts';

const signers = new Signers();
const now = knownInstant('2026-11-20T06:00:00.000Z');

/** A list of the demonstration's own authority, but for the changes. */
function listOf(changes: Partial<z.input<typeof trustDraft>> = {}): z.input<typeof trustDraft> {
  const pin = (certificate: Uint8Array) => ({ certificate: base64Of(certificate), note: 'a test' });
  const { issuer, timeStamper } = signers.authority;
  return {
    environment: 'TEST',
    authorities: [pin(issuer.certificate)],
    timeStampers: [pin(timeStamper.certificate)],
    kdpKeys: [],
    ...changes,
  };
}

describe('the list of trust', function () {
  this.timeout(30_000);
  let ledger: KepilLedger;

  beforeEach(async () => {
    ledger = await KepilLedger.founded(now);
  });

  afterEach(() => ledger.close());

  const decided = (changes: Parameters<typeof listOf>[0] = {}) =>
    ledger.decide({ kind: 'trust.list', list: listOf(changes) });
  const proposed = (changes: Parameters<typeof listOf>[0]) =>
    ledger.call(
      propose,
      { subject: { kind: 'trust.list', list: listOf(changes) }, reason: 'a test' },
      { org: 'AlphaMSP' },
    );

  it('never mixes the keys of tests with those of production, whichever came first', async () => {
    await decided();
    const mixed = await proposed({ environment: 'PRODUCTION' });
    expect(mixed.codes).to.deep.equal(['TRUST_ENVIRONMENTS_MIXED']);

    await ledger.close();
    ledger = await KepilLedger.founded(now);
    await decided({ environment: 'PRODUCTION' });
    expect((await proposed({})).codes).to.deep.equal(['TRUST_ENVIRONMENTS_MIXED']);
  });

  it('keeps every version, so that a verdict can be made again by the one it was made by', async () => {
    await decided();
    await decided({ timeStampers: [] });
    const asked = { org: 'BetaMSP' };
    const latest = await ledger.done(trust.list, {}, asked);
    expect([latest.version, latest.timeStampers.length]).to.deep.equal([2, 0]);
    const first = await ledger.done(trust.list, { version: 1 }, asked);
    expect(first.timeStampers).to.have.length(1);
  });

  it('changes by a majority alone: one approval too few changes nothing', async () => {
    const { answer } = await proposed({});
    expect(answer?.state).to.equal('OPEN');
    const { codes } = await ledger.call(trust.list, {}, { org: 'BetaMSP' });
    expect(codes).to.deep.equal(['TRUST_LIST_MISSING']);
  });

  /** One case for each code: a code without one does not compile. */
  const cases: { readonly [C in keyof typeof trustTexts]: () => Promise<readonly string[]> } = {
    TRUST_LIST_MISSING: async () => (await ledger.call(trust.list, {}, { org: 'BetaMSP' })).codes,
    TRUST_VERSION_UNKNOWN: async () => {
      await decided();
      return (await ledger.call(trust.list, { version: 2 }, { org: 'BetaMSP' })).codes;
    },
    TRUST_ENVIRONMENTS_MIXED: async () => {
      await decided();
      return (await proposed({ environment: 'PRODUCTION' })).codes;
    },
    TRUST_CERTIFICATE_UNREADABLE: async () =>
      (await proposed({ authorities: [{ certificate: 'MAA=', note: 'no certificate' }] })).codes,
    FINDINGS_DIFFER: async () => {
      await decided();
      const found = { signedAt: knownInstant('2026-11-20T05:00:00.000Z'), trustVersion: '1' };
      return (await ledger.call(mandates.verify, mandateWith(found), { org: 'GosCorpMSP' })).codes;
    },
    KDP_KEY_NOT_TRUSTED: async () => {
      const publicKey = new Signers().kdpKey;
      const tampering = ({ name }: { name: string }, input: object) =>
        name === 'verifyTestAnswer' ? { ...input, publicKey } : undefined;
      const refusal = await refusalOf(readyToFile({ tampering }));
      return [/[A-Z]+_[A-Z_]+/.exec(refusal.split('refusals')[1] ?? '')?.[0] ?? refusal];
    },
  };

  for (const [code, provoke] of Object.entries(cases)) {
    it(`${code} is said where it is due`, async () => {
      expect(await provoke()).to.include(code);
    });
  }
});

/** A mandate in order, with findings that its sender states. */
function mandateWith(found: z.input<typeof mandates.verify.input>['found']) {
  const holderSalt = salt();
  const holder = personHash(holderSalt, people.registrar.iin);
  const term = { function: 'REGISTRAR', from: '2026-11-20', until: '2026-12-20' } as const;
  const terms = { id: id(), bin: people.goscorpHead.bin, holder, ...term };
  const manifest = {
    version: 1,
    purpose: 'mandate',
    channel: 'kepil',
    record: terms.id,
    revision: 1,
    salt: salt(),
    facts: { holder, ...term },
  } as const;
  return {
    salt: salt(),
    terms,
    headIin: people.goscorpHead.iin,
    holderIin: people.registrar.iin,
    holderSalt,
    evidence: signers.sign('goscorpHead', manifest, now),
    found,
  };
}
