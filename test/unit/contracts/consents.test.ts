import { expect } from 'chai';
import * as consents from '../../../chaincode/consents/operations.ts';
import { instantOfMs, msOf } from '../../../chaincode/kernel/instant.ts';
import type { Application } from '../../../chaincode/pledges/application.ts';
import type { Dossier } from '../../../chaincode/pledges/dossier.ts';
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
import { cast } from '../../../gateway/stands/story/stage.ts';
import { supplemented } from '../../../gateway/stands/story/supplementing.ts';
import { HoardingSigners, lifeOf, otherSignature } from '../../support/hoarding-signers.ts';
import { refusalOf, tampered } from '../../support/kepil-stage.ts';
import { unitPlayground } from '../../support/unit-playground.ts';

const alpha = { org: cast.platform };

/** Does something between the consents and the filing. */
type Interlude = () => Promise<unknown>;

describe('the consents that an application was filed with (CN-1, CN-5)', function () {
  this.timeout(60_000);
  const { ledger, props, next, taken } = unitPlayground();

  const pledgor = (dossier: Dossier): Consenting => ({
    dossier,
    participant: 2,
    iin: people.pledgor.iin,
  });

  const takenBack = (who: Consenting) =>
    ledger().done(consents.revoke, { ...whichOf(who), revokedAt: props().stage.now() }, alpha);

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
      if (contract === 'consents' && name === 'request') signers.issuesAt = before;
      return contract === 'consents' && name === 'verify'
        ? { ...input, terms: { ...input.terms, ...lifeOf(before) } }
        : undefined;
    });
    const ending = carriedThrough({ ...next(), stage }, terminationOf(stage, pledge));
    expect(await refusalOf(ending)).to.contain('CONSENT_BEFORE_REGISTRATION');
  });
});
