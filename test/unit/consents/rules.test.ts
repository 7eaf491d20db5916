import { expect } from 'chai';
import { askedNow, granted, isUsable, revoked, used } from '../../../chaincode/consents/rules.ts';
import type { Consent, TokenTerms } from '../../../chaincode/consents/schema.ts';
import { documentHashOf } from '../../../chaincode/kernel/document-hash.ts';
import { knownInstant, msPerMinute, plusMs } from '../../../chaincode/kernel/instant.ts';
import { mspIdSchema } from '../../../chaincode/kernel/msp-id.ts';
import type { Outcome } from '../../../chaincode/kernel/outcome.ts';
import { applicationNumber, banks } from '../pledges/builders.ts';

const at = knownInstant('2026-03-10T06:00:00.000Z');
const terms: TokenTerms = {
  tokenHash: documentHashOf('token'),
  key: documentHashOf('key'),
  services: ['GBDFL'],
  issuedAt: at,
  expiresAt: knownInstant('2026-03-11T06:00:00.000Z'),
};
const signed = {
  manifest: documentHashOf('manifest'),
  cms: documentHashOf('cms'),
  signedAt: at,
};
const requested: Consent = {
  application: applicationNumber(1),
  participant: 2,
  revision: 2,
  attempt: 1,
  platform: banks[0]!,
  system: 'pledges',
  purpose: 'REGISTRATION',
  mode: 'CALL_CENTRE_1414',
  services: ['GBDFL'],
  form: documentHashOf('form'),
  requestedAt: at,
  state: 'REQUESTED',
};

const taken = { at, by: mspIdSchema.parse('NitMSP'), evidence: documentHashOf('notice') };

const codesOf = (outcome: Outcome<unknown>) =>
  outcome.ok ? [] : outcome.refusals.map(({ code }) => code);

describe('a consent', () => {
  it('is usable once granted, until it runs out or is used (CN-5)', () => {
    const given = granted(requested, { token: terms, signed, revision: 2 });
    if (!given.ok) throw new Error('refused');
    expect(isUsable(requested, at)).to.equal(false);
    expect(isUsable(given.value, at)).to.equal(true);
    expect(isUsable(given.value, terms.expiresAt)).to.equal(false);
    const spent = used(given.value);
    expect(spent.ok && isUsable(spent.value, at)).to.equal(false);
    expect(spent.ok && revoked(spent.value, taken).ok).to.equal(true);
    const early = { ...taken, at: knownInstant('2026-03-10T05:59:59.999Z') };
    const outcome = revoked(given.value, early);
    expect(codesOf(outcome)).to.eql(['CONSENT_REVOKED_BEFORE_GIVEN']);
  });

  it('of a participant of another revision is not granted: the number may be another person (CN-1)', () => {
    const given = { token: terms, signed, revision: 1 };
    expect(codesOf(granted(requested, given))).to.eql(['CONSENT_OF_ANOTHER_REVISION']);
  });

  it('is given by a token that was issued when it had been asked for (CN-1, CN-4)', () => {
    const asked = { ...requested, requestedAt: knownInstant('2026-03-10T06:00:01.500Z') };
    const by = (issuedAt: typeof at) =>
      codesOf(granted(asked, { token: { ...terms, issuedAt }, signed, revision: 2 }));
    expect(by(at)).to.eql(['TOKEN_BEFORE_REQUEST']);
    // KDP writes whole seconds.
    expect(by(knownInstant('2026-03-10T06:00:01.000Z'))).to.eql([]);
  });

  it('serves no filing without the signature of its subject under the form (CN-4)', () => {
    const given = granted(requested, { token: terms, signed, revision: 2 });
    if (!given.ok) throw new Error('refused');
    const { signed: _, ...unsigned } = given.value;
    expect(isUsable(unsigned, at)).to.equal(false);
  });

  it('is asked for now, as far as clocks agree', () => {
    const asked = (requestedAt: typeof at) => askedNow({ requestedAt }, at).map(({ code }) => code);
    expect(asked(plusMs(at, 15 * msPerMinute))).to.eql([]);
    expect(asked(plusMs(at, -15 * msPerMinute))).to.eql([]);
    expect(asked(plusMs(at, 15 * msPerMinute + 1))).to.eql(['CONSENT_NOT_ASKED_NOW']);
    expect(asked(plusMs(at, -15 * msPerMinute - 1))).to.eql(['CONSENT_NOT_ASKED_NOW']);
  });
});
