import { expect } from 'chai';
import type { z } from 'zod';
import * as consents from '../../../chaincode/consents/operations.ts';
import type { propose } from '../../../chaincode/decisions/operations.ts';
import { type Instant, instantOfMs, msOf } from '../../../chaincode/kernel/instant.ts';
import type { Operation } from '../../../chaincode/ledger/operation.ts';
import type { Application } from '../../../chaincode/pledges/application.ts';
import type { Dossier } from '../../../chaincode/pledges/dossier.ts';
import * as pledges from '../../../chaincode/pledges/operations.ts';
import { people } from '../../../gateway/stands/eds/people.ts';
import { consented, type Consenting, whichOf } from '../../../gateway/stands/story/consenting.ts';
import {
  carriedOut,
  checked,
  decidedByRegistrar,
  signedDecision,
  takenByEgkn,
} from '../../../gateway/stands/story/deciding.ts';
import { newProperty, pledgeOf, terminationOf } from '../../../gateway/stands/story/dossiers.ts';
import { filed, confirmedAndFiled, prepared } from '../../../gateway/stands/story/filing.ts';
import { carriedThrough } from '../../../gateway/stands/story/pledge.ts';
import { hashOf, salt } from '../../../gateway/stands/story/signers.ts';
import { cast } from '../../../gateway/stands/story/stage.ts';
import { supplemented } from '../../../gateway/stands/story/supplementing.ts';
import { HoardingSigners, lifeOf, otherSignature } from '../../support/hoarding-signers.ts';
import { refusalOf, tampered } from '../../support/kepil-stage.ts';
import { unitPlayground } from '../../support/unit-playground.ts';

const alpha = { org: cast.platform };

/** Does something between the consents and the filing. */
type Interlude = () => Promise<unknown>;

/** What a revocation says, with KDP's notice of it. */
function revocationOf(who: Consenting, revokedAt: Instant) {
  return { ...whichOf(who), revokedAt, evidence: hashOf("KDP's notice") };
}

type Asked = z.input<typeof consents.request.input>;

describe('the consents that an application was filed with (CN-1, CN-5)', function () {
  this.timeout(60_000);
  const { ledger, props, next, taken } = unitPlayground();

  const pledgor = (dossier: Dossier): Consenting => ({
    dossier,
    participant: 2,
    iin: people.pledgor.iin,
  });

  const takenBack = (who: Consenting) =>
    ledger().done(consents.revoke, revocationOf(who, props().stage.now()), alpha);

  const registered = async (application: Application) =>
    carriedOut(props(), await signedDecision(props(), application, { decision: 'REGISTER' }));

  /** Filed, after something that happens when everyone has consented and signed. */
  async function filedAfter(dossier: Dossier, interlude: Interlude): Promise<Application> {
    const stage = tampered(props().stage, async ({ name }) => {
      if (name === 'file') await interlude();
      return undefined;
    });
    const own = { ...next(), stage };
    await prepared(own, dossier);
    return confirmedAndFiled(own, dossier);
  }

  const newPledge = () => pledgeOf(props().stage, newProperty());

  it('count on after a supplement: one that is taken back then stops the registration', async () => {
    const { dossier } = await taken();
    const added = await supplemented(props(), dossier);
    await takenBack(pledgor(dossier));
    const refusal = await refusalOf(registered(await checked(props(), added)));
    expect(refusal).to.contain('CONSENT_REVOKED').and.to.contain('"participant":"2"');
  });

  it('are not the one that was taken back before a new one was given', async () => {
    const dossier = newPledge();
    const application = await filedAfter(dossier, async () => {
      await takenBack(pledgor(dossier));
      await consented(props(), { ...pledgor(dossier), attempt: 2 });
    });
    expect(application.consents).to.eql([
      { participant: 2, attempt: 2 },
      { participant: 3, attempt: 1 },
      { participant: 4, attempt: 1 },
    ]);
    expect((await decidedByRegistrar(props(), application)).state).to.equal('REGISTERED');
  });

  it('are the latest of each participant: the one before it may be taken back', async () => {
    const dossier = newPledge();
    const application = await filedAfter(dossier, () =>
      consented(props(), { ...pledgor(dossier), attempt: 2 }),
    );
    await takenBack(pledgor(dossier));
    expect((await decidedByRegistrar(props(), application)).state).to.equal('REGISTERED');
  });

  it('let EGKN take nothing once one of them was taken back', async () => {
    const dossier = newPledge();
    const application = await filed(next(), dossier);
    await takenBack(pledgor(dossier));
    expect(await refusalOf(takenByEgkn(props(), application))).to.contain('CONSENT_REVOKED');
  });
});

describe('a security token of KDP (CN-1, CN-3, TR-5)', function () {
  this.timeout(60_000);
  const signers = new HoardingSigners();
  const { props, next } = unitPlayground({ signers });

  afterEach(() => signers.hoards(undefined));

  it('serves one consent of one application', async () => {
    const { stage } = props();
    signers.hoards((token) => token);
    const pledge = await carriedThrough(next(), pledgeOf(stage, newProperty()));
    const again = carriedThrough(next(), pledgeOf(stage, newProperty()));
    expect(await refusalOf(again)).to.contain('TOKEN_SERVES_ANOTHER');
    const ending = carriedThrough(next(), terminationOf(stage, pledge));
    expect(await refusalOf(ending)).to.contain('TOKEN_SERVES_ANOTHER');
  });

  it('is the same token with the other signature that anyone can make of its own', async () => {
    const { stage } = props();
    signers.hoards(otherSignature);
    await carriedThrough(next(), pledgeOf(stage, newProperty()));
    const again = carriedThrough(next(), pledgeOf(stage, newProperty()));
    expect(await refusalOf(again)).to.contain('TOKEN_SERVES_ANOTHER');
  });

  it('that was issued before a registration does not end it', async () => {
    const pledge = await carriedThrough(next(), pledgeOf(props().stage, newProperty()));
    const before = instantOfMs(msOf(pledge.endedAt ?? props().stage.now()) - 60_000);
    const stage = tampered(props().stage, ({ name, contract }, input) => {
      if (contract === 'consents' && name === 'request') {
        signers.issuesAt = before;
        // No more than a client's clock may be behind: a token from before it was asked for is none.
        return { ...input, requestedAt: before };
      }
      return contract === 'consents' && name === 'verify'
        ? { ...input, terms: { ...input.terms, ...lifeOf(before) } }
        : undefined;
    });
    const ending = carriedThrough({ ...next(), stage }, terminationOf(stage, pledge));
    expect(await refusalOf(ending)).to.contain('CONSENT_BEFORE_REGISTRATION');
  });
});

describe('what may be asked of whom (CN-1 to CN-7)', function () {
  this.timeout(60_000);
  const { ledger, props, next, taken } = unitPlayground();

  /** A prepared pledge: the pledgee is the first participant, the pledgor the second. */
  async function asked(): Promise<Asked> {
    const dossier = pledgeOf(props().stage, newProperty());
    await prepared(next(), dossier);
    const { application } = dossier;
    const { hash: form } = await ledger().done(consents.form, { application }, alpha);
    const which = { application, participant: 2, attempt: 1 };
    const requestedAt = props().stage.now();
    const by = { system: 'pledges', mode: 'CALL_CENTRE_1414' as const, services: ['GBDFL'] };
    return { ...which, ...by, form, requestedAt };
  }

  const codesOf = async (input: Asked, org = 'AlphaMSP') =>
    (await ledger().call(consents.request, input, { org })).codes;

  it('a natural person of the content: neither a legal entity nor nobody', async () => {
    const input = await asked();
    expect(await codesOf({ ...input, participant: 1 })).to.eql(['CONSENT_OF_NOBODY']);
    expect(await codesOf({ ...input, participant: 99 })).to.eql(['CONSENT_OF_NOBODY']);
    expect(await codesOf(input)).to.eql([]);
  });

  it('nobody once it was filed: nothing prolongs the term of storage (CN-6)', async () => {
    const { application } = await taken();
    const input = { ...(await asked()), application: application.id, attempt: 2 };
    expect(await codesOf(input)).to.eql(['APPLICATION_STEP_OUT_OF_TURN']);
  });

  it('the same again: with anything else it is not answered with what was asked before', async () => {
    const input = await asked();
    await ledger().done(consents.request, input, alpha);
    const again = await ledger().done(consents.request, input, alpha);
    expect(again.state).to.equal('REQUESTED');
    const later = { ...input, requestedAt: instantOfMs(msOf(props().stage.now()) + 1000) };
    expect(await codesOf(later)).to.eql(['CONSENT_ASKED_ALREADY']);
    expect(await codesOf({ ...later, attempt: 2 })).to.eql([]);
  });

  it('services that the application for KDP needs, and no others (CN-3)', async () => {
    const input = await asked();
    const wider = { ...input, services: ['GBDFL', 'NONSENSE'] };
    expect(await codesOf(wider)).to.eql(['CONSENT_SERVICE_NOT_APPLIED_FOR']);
  });

  it("by the annex's form alone, every fault at once (CN-4, PL-3)", async () => {
    const input = await asked();
    const other = { ...input, form: hashOf('the form of the annex') };
    expect(await codesOf(other)).to.eql(['CONSENT_FORM_DIFFERS']);
    const wrong = { ...other, participant: 1, services: ['NONSENSE'] };
    expect(await codesOf(wrong)).to.eql([
      'CONSENT_OF_NOBODY',
      'CONSENT_SERVICE_NOT_APPLIED_FOR',
      'CONSENT_FORM_DIFFERS',
    ]);
  });

  it('as often as is allowed, and the purge finds its way through all of it (CN-6)', async () => {
    const input = await asked();
    for (const participant of [2, 3, 4]) {
      for (let attempt = 1; attempt <= 20; attempt += 1) {
        const each = { ...input, participant, attempt };
        await ledger().done(consents.request, each, alpha);
      }
    }
    expect(await codesOf({ ...input, attempt: 21 })).to.eql(['FIELD_TOO_LARGE']);
    const { application } = input;
    const { consents: all } = await ledger().done(consents.list, { application }, alpha);
    expect(all).to.have.length(60);
    await ledger().done(pledges.withdraw, { application }, alpha);
    await ledger().done(pledges.purge, { salt: salt(), application, slot: 1 }, alpha);
  });

  describe('taken back', () => {
    it('at KDP, whose operator says so beside the platform; nobody else does (CN-5)', async () => {
      const { application } = await taken();
      const which = { application: application.id, participant: 2, attempt: 1 };
      const notice = { revokedAt: props().stage.now(), evidence: hashOf('notice') };
      for (const org of ['BetaMSP', 'AuthorityMSP', 'GosCorpMSP']) {
        const { codes } = await ledger().call(consents.revoke, { ...which, ...notice }, { org });
        expect(codes, org).to.eql(['NOT_OF_THIS_ORGANISATION']);
      }
      const operator = { org: cast.operator };
      const revoked = await ledger().done(consents.revoke, { ...which, ...notice }, operator);
      expect(revoked).to.include({
        state: 'REVOKED',
        revokedBy: cast.operator,
        revocationEvidence: notice.evidence,
      });
      const decision = await signedDecision(props(), application, { decision: 'REGISTER' });
      expect(await refusalOf(carriedOut(props(), decision))).to.contain('CONSENT_REVOKED');
    });

    it('not before it was given (CN-5)', async () => {
      const { application } = await taken();
      const which = { application: application.id, participant: 2, attempt: 1 };
      const notice = { revokedAt: '2026-11-19T06:00:00.000Z', evidence: hashOf('notice') };
      const { codes } = await ledger().call(consents.revoke, { ...which, ...notice }, alpha);
      expect(codes).to.eql(['CONSENT_REVOKED_BEFORE_GIVEN']);
    });
  });

  it('must hold until the last signature, whatever time the transaction states (CN-5)', async () => {
    const { ledger: clock } = ledger();
    const start = clock.now.getTime();
    let granted = 0;
    const stage = tampered(props().stage, ({ name, contract }) => {
      if (contract === 'consents' && name === 'grant') granted += 1;
      const isSigning = contract === 'trust' && name === 'list' && granted === 3;
      // Two days lie between the consents and the signatures; the filing states the first day.
      if (isSigning) clock.now = new Date(start + 2 * 86_400_000);
      if (contract === 'pledges' && name === 'file') clock.now = new Date(start);
      return undefined;
    });
    const paidEarly = tampered<{ payment: object }>(stage, ({ name }, input) =>
      name === 'file'
        ? { ...input, payment: { ...input.payment, confirmedAt: new Date(start).toISOString() } }
        : undefined,
    );
    const filing = filed({ ...next(), stage: paidEarly }, pledgeOf(stage, newProperty()));
    expect(await refusalOf(filing)).to.contain('CONSENT_NOT_USABLE');
  });

  it('must hold when the filing comes, whatever day the payment is said to be of (CN-5)', async () => {
    const { ledger: clock } = ledger();
    const start = clock.now.getTime();
    const stage = tampered(props().stage, ({ name, contract }) => {
      if (contract === 'pledges' && name === 'file') clock.now = new Date(start + 2 * 86_400_000);
      return undefined;
    });
    const filing = filed({ ...next(), stage }, pledgeOf(stage, newProperty()));
    expect(await refusalOf(filing)).to.contain('CONSENT_NOT_USABLE');
    clock.now = new Date(start);
  });
});

describe('a key of KDP that has its last day', function () {
  this.timeout(60_000);
  const signers = new HoardingSigners();
  const { props, next } = unitPlayground({ signers, tampering: withLastDay });

  it('is trusted for a token of that day, not for one that says it is later (CN-3)', async () => {
    const { stage } = props();
    const pledge = await filed(next(), pledgeOf(stage, newProperty()));
    expect(pledge.state).to.equal('FILED');
    const tomorrow = instantOfMs(msOf(stage.now()) + 86_400_000);
    signers.issuesAt = tomorrow;
    const late = filed(next(), pledgeOf(stage, newProperty()));
    expect(await refusalOf(late)).to.contain('KDP_KEY_NOT_TRUSTED');
  });
});

/** The list of trust as it is proposed, with today as the last day of KDP's keys. */
function withLastDay({ name }: Operation, { subject }: z.input<typeof propose.input>) {
  if (name !== 'propose' || subject.kind !== 'trust.list') return undefined;
  const { list } = subject;
  const kdpKeys = list.kdpKeys.map((key) => ({ ...key, until: '2026-11-20' }));
  return { subject: { ...subject, list: { ...list, kdpKeys } }, reason: 'For a day.' };
}
