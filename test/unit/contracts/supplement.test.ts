import { expect } from 'chai';
import type { Application } from '../../../chaincode/pledges/application.ts';
import type { Dossier } from '../../../chaincode/pledges/dossier.ts';
import { readHeld } from '../../../chaincode/pledges/healing/operations.ts';
import * as pledges from '../../../chaincode/pledges/operations.ts';
import { applicationsInState } from '../../../chaincode/pledges/queries/operations.ts';
import { supplement } from '../../../chaincode/pledges/supplementing/operations.ts';
import {
  documentsOwed,
  carriedOut,
  checked,
  signedDecision,
} from '../../../gateway/stands/story/deciding.ts';
import { newProperty, pledgeOf } from '../../../gateway/stands/story/dossiers.ts';
import { prepared } from '../../../gateway/stands/story/filing.ts';
import { purged } from '../../../gateway/stands/story/pledge.ts';
import { cast } from '../../../gateway/stands/story/stage.ts';
import { supplemented, withMore } from '../../../gateway/stands/story/supplementing.ts';
import {
  signedWithdrawal,
  takenBack,
  withdrawn,
} from '../../../gateway/stands/story/withdrawing.ts';
import { refusalOf, tampered } from '../../support/kepil-stage.ts';
import { unitPlayground } from '../../support/unit-playground.ts';

const alpha = { org: cast.platform };

describe('a supplement before the decision', function () {
  this.timeout(60_000);
  const { ledger, props, next, taken } = unitPlayground();

  const get = ({ id }: Application) => ledger().done(pledges.get, { application: id }, alpha);

  const decided = async (application: Application, decision: 'REGISTER' | 'RESUME') =>
    carriedOut(props(), await signedDecision(props(), application, { decision }));

  it('adds documents to what was suspended; the fee stays, checks come anew', async () => {
    const own = next();
    const { dossier, application } = await taken(own);
    const halt = { decision: 'SUSPEND' as const, grounds: [documentsOwed] };
    const suspended = await carriedOut(props(), await signedDecision(props(), application, halt));
    const added = await supplemented(props(), dossier);
    const { payment, acceptance } = suspended;
    expect(added).to.deep.include({ payment, acceptance, state: 'SUSPENDED', revision: 2 });
    expect(added.dossier).not.to.equal(suspended.dossier);
    const inState = await ledger().done(applicationsInState, { state: 'SUSPENDED' }, alpha);
    expect(inState.applications).to.deep.include(added);

    const resumed = await decided(added, 'RESUME');
    expect(await refusalOf(decided(resumed, 'REGISTER'))).to.contain('CHECK_NOT_MET');
    const registered = await decided(await checked(props(), resumed), 'REGISTER');
    expect(registered.state).to.equal('REGISTERED');
    const property = dossier.targets[0]?.property ?? '';
    const { pledges: found } = await ledger().done(pledges.register, { property }, alpha);
    expect(found[0]?.encumbrance.terms[0]?.dossier).to.equal(added.dossier);

    await purged(own, registered);
    for (const revision of [1, 2]) {
      for (const part of [
        { kind: 'DOSSIER', revision } as const,
        { kind: 'EVIDENCE', revision, participant: 1 } as const,
      ]) {
        const gone = await ledger().call(readHeld, { record: application.id, part }, alpha);
        expect(gone.codes).to.eql(['RECORD_NOT_HELD']);
      }
    }
  });

  it('takes everyone who signed: a co-owner is bound by nothing unseen (PL-7)', async () => {
    const { dossier, application } = await taken();
    const without = tampered(props().stage, ({ name }, input) =>
      name === 'supplement' ? { ...input, verdicts: input.verdicts.slice(0, 2) } : undefined,
    );
    const refusal = await refusalOf(supplemented({ ...props(), stage: without }, dossier));
    expect(refusal).to.contain('CONFIRMATION_MISSING').and.to.contain('CO_OWNER');
    expect((await get(application)).revision).to.equal(1);
  });

  it('changes nothing but the documents, and takes none away (PL-13)', async () => {
    const { dossier } = await taken();
    const more = withMore(dossier);
    const changed: readonly Dossier[] = [
      { ...more, contract: { ...more.contract, number: 'Д-2' } },
      { ...more, documents: more.documents.slice(1) },
      { ...more, documents: dossier.documents },
      { ...more, documents: more.documents.toReversed() },
    ];
    for (const other of changed) {
      const refusal = await refusalOf(supplemented(props(), dossier, other));
      expect(refusal).to.contain('SUPPLEMENT_CHANGES');
    }
    const skipping = { ...more, revision: 3 };
    const refusal = await refusalOf(supplemented(props(), dossier, skipping));
    expect(refusal).to.contain('REVISION_OUT_OF_TURN');
    expect(await refusalOf(supplemented(props(), more, withMore(more)))).to.contain(
      'DOSSIER_DIFFERS',
    );
  });

  it('outdates a decision that was signed before it (PL-7)', async () => {
    const { dossier, application } = await taken();
    const early = await signedDecision(props(), application, { decision: 'REGISTER' });
    const { verdict } = await props().stage.done(pledges.verifyDecision, early, {
      org: cast.registrar,
    });
    await supplemented(props(), dossier);
    const stale = await ledger().call(pledges.decide, { verdict }, alpha);
    expect(stale.codes).to.eql(['REVISION_OUT_OF_TURN']);
  });

  it('comes neither before the filing nor after the decision, and from the platform', async () => {
    const early = pledgeOf(props().stage, newProperty());
    await prepared(next(), early);
    const outOfTurn = 'APPLICATION_STEP_OUT_OF_TURN';
    expect(await refusalOf(supplemented(props(), early))).to.contain(outOfTurn);
    const { dossier, application } = await taken();
    const which = { application: application.id, verdicts: ['{}'] };
    const beta = await ledger().call(supplement, which, { org: 'BetaMSP' });
    expect(beta.codes).to.have.length(1);
    await decided(application, 'REGISTER');
    expect(await refusalOf(supplemented(props(), dossier))).to.contain(outOfTurn);
  });

  it('is what the holders keep: not one that another took the place of (SE-1)', async () => {
    const { dossier } = await taken();
    const [first, second] = [withMore(dossier), withMore(dossier)];
    const late = tampered(props().stage, async ({ name }) => {
      if (name !== 'supplement') return;
      // Somebody verifies another document for the same revision before the first is added.
      await refusalOf(supplemented({ ...props(), stage: stopped }, dossier, second));
    });
    const stopped = tampered(props().stage, ({ name }) => {
      if (name === 'supplement') throw new Error('not added');
    });
    const refusal = await refusalOf(supplemented({ ...props(), stage: late }, dossier, first));
    expect(refusal).to.contain('DOSSIER_NOT_DEPOSITED');
  });

  it('leaves the withdrawal open until the decision (PL-13)', async () => {
    const { dossier } = await taken();
    const more = await supplemented(props(), dossier);
    expect((await takenBack(props(), more)).state).to.equal('WITHDRAWN');
    const other = (await taken()).application;
    const signed = await signedWithdrawal(props(), other);
    await decided(other, 'REGISTER');
    expect(await refusalOf(withdrawn(props(), signed))).to.contain('STEP_OUT_OF_TURN');
  });
});
