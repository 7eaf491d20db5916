import { expect } from 'chai';
import * as consents from '../../../chaincode/consents/operations.ts';
import * as organisations from '../../../chaincode/organisations/operations.ts';
import type { IntegrationApplication } from '../../../chaincode/organisations/schema.ts';
import * as pledges from '../../../chaincode/pledges/operations.ts';
import { people } from '../../../gateway/stands/eds/people.ts';
import { newProperty, pledgeOf } from '../../../gateway/stands/story/dossiers.ts';
import { consented, requested } from '../../../gateway/stands/story/consenting.ts';
import { filed, prepared } from '../../../gateway/stands/story/filing.ts';
import { registered } from '../../../gateway/stands/story/pledge.ts';
import { actFiled, answered, approved, system } from '../../../gateway/stands/story/setting.ts';
import { salt } from '../../../gateway/stands/story/signers.ts';
import { cast } from '../../../gateway/stands/story/stage.ts';
import { refusalOf, tampered } from '../../support/kepil-stage.ts';
import { unitPlayground } from '../../support/unit-playground.ts';

const { bin } = people.alphaHead;
const of = { bin, system };
const platform = { org: cast.platform };
const operator = { org: cast.operator };

describe('an integration with KDP that is in production (OR-3, OR-5)', function () {
  this.timeout(60_000);
  const { ledger, props, next } = unitPlayground();

  const integration = async () => {
    const found = await ledger().done(organisations.get, { bin }, platform);
    const [only] = found.integrations;
    if (only === undefined) throw new Error('nothing was applied for');
    return only;
  };
  const missing = async () => {
    const on = props().stage.now().slice(0, 10);
    return (await ledger().call(organisations.mayFile, { bin, on }, platform)).codes;
  };
  /** Alpha applies anew, and the operator approves it. */
  const appliedFor = (changes: Partial<IntegrationApplication>) => {
    type Sent = { readonly application: IntegrationApplication };
    const stage = tampered<Sent>(props().stage, ({ name }, input) =>
      name === 'applyForKdp'
        ? { ...input, application: { ...input.application, ...changes } }
        : undefined,
    );
    return approved(stage, of);
  };
  const opened = async () => {
    const { stage, signers } = props();
    await answered(stage, signers);
    await actFiled(stage, signers);
    await ledger().done(organisations.reviewTestAct, of, operator);
  };
  const termsOf = async (application: string) => {
    const { consents: all } = await ledger().done(consents.list, { application }, platform);
    return new Set(all.map(({ storageDays }) => storageDays));
  };
  const pledge = () => pledgeOf(props().stage, newProperty());
  const purge = async (application: string, slot: number) =>
    (await ledger().call(pledges.purge, { salt: salt(), application, slot }, platform)).codes;

  it('goes on while another application for it passes, and is replaced by it', async () => {
    const before = await integration();
    await appliedFor({ storageDays: 40, mode: 'SMS_CODE' });
    const meanwhile = await integration();
    expect(meanwhile).to.include({ state: 'APPROVED' });
    const { bin: _, system: __, state: ___, ...passage } = before;
    expect(meanwhile.inForce).to.eql(passage);
    expect(await missing()).to.not.include('KDP_NOT_IN_PRODUCTION');
    const early = next();
    const kept = await registered(early, [newProperty()]);

    await opened();
    const after = await integration();
    expect(after).to.include({ state: 'PRODUCTION' }).and.to.not.have.property('inForce');
    expect(after.application).to.include({ storageDays: 40, mode: 'SMS_CODE' });
    expect(await refusalOf(filed(next(), pledge()))).to.contain('CONSENT_MODE_NOT_GRANTED');

    // Who looks later finds the former as it was, and by which transaction it came in.
    const asked = { ...of, limit: 100 };
    const { changes } = await ledger().done(organisations.kdpHistory, asked, { org: 'BetaMSP' });
    const former = changes.find(
      ({ record }) => record.application.mode === before.application.mode,
    );
    expect(former?.record).to.eql(before);
    const unknown = await ledger().call(
      organisations.kdpHistory,
      { ...asked, system: 'another' },
      platform,
    );
    expect(unknown.codes).to.eql(['INTEGRATION_UNKNOWN']);

    // What was asked for under the former term is kept as long as was said then (CN-6).
    expect(await termsOf(kept.id)).to.eql(new Set([0]));
    expect(await purge(kept.id, early.slot)).to.eql([]);
  });

  it('changes no term that a subject was told, and every later one', async () => {
    await appliedFor({ storageDays: 40 });
    await opened();
    const own = next();
    const kept = await registered(own, [newProperty()]);
    expect(await purge(kept.id, own.slot)).to.eql(['STORAGE_TERM_RUNS']);
  });

  it('is replaced between the request and the answer, and the request keeps its term', async () => {
    const { application } = await integration();
    const own = next();
    let isReplaced = false;
    const stage = tampered(own.stage, async ({ name }) => {
      if (name !== 'verify' || isReplaced) return undefined;
      isReplaced = true;
      await appliedFor({ storageDays: 90 });
      await opened();
      return undefined;
    });
    const dossier = pledge();
    await prepared(own, dossier);
    const asking = { dossier, participant: 2, iin: people.pledgor.iin };
    expect((await consented({ ...own, stage }, asking)).state).to.equal('GRANTED');
    expect(isReplaced).to.equal(true);
    expect(await termsOf(dossier.application)).to.eql(new Set([application.storageDays]));
  });

  it('is replaced by another mode, and a request that is repeated is answered as before', async () => {
    const { application } = await integration();
    const own = next();
    const dossier = pledge();
    await prepared(own, dossier);
    const asking = { dossier, participant: 2, iin: people.pledgor.iin };
    const requestedAt = own.stage.now();
    const first = await requested(own, asking, requestedAt);
    await appliedFor({ mode: application.mode === 'SMS_CODE' ? 'CALL_CENTRE_1414' : 'SMS_CODE' });
    await opened();
    expect(await requested(own, asking, requestedAt)).to.eql(first);
    expect(await refusalOf(requested(own, { ...asking, attempt: 2 }, requestedAt))).to.contain(
      'CONSENT_MODE_NOT_GRANTED',
    );
    await appliedFor({ mode: application.mode });
    await opened();
  });

  it('stays where another application for it is withdrawn, which another replaces', async () => {
    const { application } = await integration();
    await appliedFor({ services: ['Another'] });
    const withdrawing = { ...of, reason: 'Another service was meant.' };
    const { withdrawKdp } = organisations;
    const codes = async (org: string) =>
      (await ledger().call(withdrawKdp, withdrawing, { org })).codes;
    expect(await codes('BetaMSP')).to.eql(['NOT_OF_THIS_ORGANISATION']);
    expect(await codes(cast.operator)).to.eql(['NOT_OF_THIS_ORGANISATION']);
    expect(await codes(cast.platform)).to.eql([]);
    expect(await codes(cast.platform)).to.eql(['INTEGRATION_STEP_OUT_OF_TURN']);
    expect(await integration()).to.include({ state: 'WITHDRAWN', reason: withdrawing.reason });
    expect((await integration()).inForce?.application).to.eql(application);
    expect((await filed(next(), pledge())).state).to.equal('FILED');
    await appliedFor({});
    await opened();
  });

  it('stays where another application for it is returned', async () => {
    const { application } = await integration();
    const submittedAt = props().stage.now();
    await ledger().done(
      organisations.applyForKdp,
      { ...of, application: { ...application, services: ['Another'] }, submittedAt },
      platform,
    );
    const twice = await ledger().call(
      organisations.applyForKdp,
      { ...of, application, submittedAt },
      platform,
    );
    expect(twice.codes).to.eql(['INTEGRATION_STEP_OUT_OF_TURN']);
    const decision = { ...of, decidedAt: props().stage.now(), reason: 'It is no service.' };
    await ledger().done(organisations.decideOnKdp, decision, operator);
    expect((await integration()).inForce?.application).to.eql(application);
    expect((await filed(next(), pledge())).state).to.equal('FILED');
  });

  it('is taken out by its organisation or the operator, and nobody files through it then', async () => {
    const ending = { ...of, reason: 'The system is switched off.' };
    expect((await ledger().call(organisations.endKdp, ending, { org: 'BetaMSP' })).codes).to.eql([
      'NOT_OF_THIS_ORGANISATION',
    ]);
    for (const by of [platform, operator]) {
      const { application } = await integration();
      await ledger().done(organisations.endKdp, ending, by);
      const ended = await integration();
      expect(ended).to.include({ state: 'ENDED', reason: ending.reason });
      expect(ended).to.not.have.property('inForce');
      expect((await ledger().call(organisations.endKdp, ending, by)).codes).to.eql([
        'INTEGRATION_STEP_OUT_OF_TURN',
      ]);
      expect(await missing()).to.include('KDP_NOT_IN_PRODUCTION');
      expect(await refusalOf(filed(next(), pledge()))).to.contain('CONSENT_MODE_NOT_GRANTED');
      await appliedFor(application);
      expect(await missing()).to.include('KDP_NOT_IN_PRODUCTION');
      await opened();
      expect((await filed(next(), pledge())).state).to.equal('FILED');
    }
  });

  it('that is taken out stops the filing of what was consented to before', async () => {
    const own = next();
    const ending = { ...of, reason: 'The system is switched off.' };
    const stage = tampered(own.stage, async ({ name }) => {
      if (name === 'file') await ledger().done(organisations.endKdp, ending, platform);
      return undefined;
    });
    const refusal = await refusalOf(filed({ ...own, stage }, pledge()));
    expect(refusal).to.contain('KDP_NOT_IN_PRODUCTION').and.to.contain('OR-5');
  });
});
