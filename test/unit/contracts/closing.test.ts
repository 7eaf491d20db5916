import { expect } from 'chai';
import { approve } from '../../../chaincode/decisions/operations.ts';
import { instantOfMs, msOf } from '../../../chaincode/kernel/instant.ts';
import type { Application, ClosureReason } from '../../../chaincode/pledges/application.ts';
import { close } from '../../../chaincode/pledges/closing/operations.ts';
import { noticesOfApplication } from '../../../chaincode/pledges/notices/operations.ts';
import * as pledges from '../../../chaincode/pledges/operations.ts';
import { people } from '../../../gateway/stands/eds/people.ts';
import { takenByEgkn } from '../../../gateway/stands/story/deciding.ts';
import { newProperty, pledgeOf } from '../../../gateway/stands/story/dossiers.ts';
import { filed, prepared } from '../../../gateway/stands/story/filing.ts';
import { salt } from '../../../gateway/stands/story/signers.ts';
import { cast } from '../../../gateway/stands/story/stage.ts';
import { refusalOf } from '../../support/kepil-stage.ts';
import { unitPlayground } from '../../support/unit-playground.ts';

const registrar = { org: cast.registrar };
const { bin } = people.alphaHead;
const daysPerYear = 365;
const msPerDay = 86_400_000;

describe('what nobody can carry on (OR-2, CN-6)', function () {
  this.timeout(120_000);
  const { ledger, props, next, taken } = unitPlayground();

  const pledge = () => pledgeOf(props().stage, newProperty());
  const closing = (
    { id: application }: Application,
    reason: ClosureReason,
    by: { readonly org: string } = registrar,
  ) => ledger().call(close, { application, reason }, by);

  it('is ended by the State Corporation alone, for what the ledger knows, before EGKN has it', async () => {
    const application = await filed(next(), pledge());
    for (const reason of ['PLATFORM_EXCLUDED', 'PLATFORM_GONE', 'REGIME_LAPSED'] as const) {
      expect((await closing(application, reason)).codes, reason).to.eql(['CLOSURE_UNFOUNDED']);
    }
    const byPlatform = await closing(application, 'PLATFORM_EXCLUDED', { org: cast.platform });
    expect(byPlatform.codes).to.eql(['NOT_ALLOWED']);
    const accepted = (await taken()).application;
    expect((await closing(accepted, 'PLATFORM_EXCLUDED')).codes).to.eql([
      'APPLICATION_STEP_OUT_OF_TURN',
    ]);
  });

  it('of an excluded platform ends, is told, and leaves nothing personal behind', async () => {
    const own = next();
    const application = await filed(own, pledge());
    const draft = await prepared(next(), pledge());
    await ledger().decide({ kind: 'organisation.exclusion', bin });
    expect(await refusalOf(takenByEgkn(own, application))).to.contain('ORGANISATION_EXCLUDED');
    for (const stuck of [application, draft]) {
      const { answer } = await closing(stuck, 'PLATFORM_EXCLUDED');
      expect(answer).to.include({ state: 'CLOSED', endedAt: answer?.closure?.at });
      expect(answer?.closure?.reason).to.equal('PLATFORM_EXCLUDED');
      const which = { application: stuck.id };
      const { notices } = await ledger().done(noticesOfApplication, which, registrar);
      const told = notices.map(({ subject, role, cabinet, deliverer }) =>
        [subject, role, cabinet, deliverer].join(' '),
      );
      expect(told).to.eql(['CLOSED PLEDGOR EGOV GosCorpMSP', 'CLOSED PLEDGEE EGOV GosCorpMSP']);
      await ledger().done(pledges.purge, { salt: salt(), ...which, slot: 1000 }, registrar);
      const read = await ledger().call(pledges.readDossier, which, registrar);
      expect(read.codes).to.eql(['DOSSIER_NOT_HELD']);
    }
    await ledger().decide({ kind: 'organisation.readmission', bin });
  });

  it('is what no regime is left for', async () => {
    const application = await filed(next(), pledge());
    const { now } = ledger().ledger;
    const later = msOf(props().stage.now()) + 2 * daysPerYear * msPerDay;
    ledger().ledger.now = new Date(instantOfMs(later));
    expect((await closing(application, 'REGIME_LAPSED')).answer?.state).to.equal('CLOSED');
    ledger().ledger.now = now;
  });

  it('of a platform that has left the consortium ends too', async () => {
    const application = await filed(next(), pledge());
    const member = { mspId: 'GammaMSP', bin: people.bankHead.bin, name: 'Gamma' };
    const kind = 'QUASI_STATE_ENTITY' as const;
    await ledger().decide({ kind: 'roster.admission', member: { ...member, kind } });
    expect((await closing(application, 'PLATFORM_GONE')).codes).to.eql(['CLOSURE_UNFOUNDED']);
    const decision = await ledger().decide({ kind: 'roster.removal', mspId: 'AlphaMSP' });
    // Of six members four have to agree.
    await ledger().done(approve, { id: decision }, { org: 'BetaMSP' });
    expect((await closing(application, 'PLATFORM_GONE')).answer?.state).to.equal('CLOSED');
  });
});
