import { expect } from 'chai';
import type { Application } from '../../../chaincode/pledges/application.ts';
import * as pledges from '../../../chaincode/pledges/operations.ts';
import { readHeld } from '../../../chaincode/pledges/healing/operations.ts';
import { verifyRefusal } from '../../../chaincode/pledges/refusing/operations.ts';
import { newProperty, pledgeOf } from '../../../gateway/stands/story/dossiers.ts';
import { prepared } from '../../../gateway/stands/story/filing.ts';
import { mandateGiven, mandateRevoked } from '../../../gateway/stands/story/mandates.ts';
import { purged } from '../../../gateway/stands/story/pledge.ts';
import type { Signatory } from '../../../gateway/stands/story/props.ts';
import { refusedByPledgee, signedRefusal } from '../../../gateway/stands/story/refusing.ts';
import { cast } from '../../../gateway/stands/story/stage.ts';
import { refusalOf } from '../../support/kepil-stage.ts';
import { unitPlayground } from '../../support/unit-playground.ts';

const alpha = { org: cast.platform };

describe("the pledgee's refusal before filing (PL-8)", function () {
  this.timeout(60_000);
  const { ledger, props, next } = unitPlayground();

  const draft = () => {
    const dossier = pledgeOf(props().stage, newProperty());
    return { dossier, own: next() };
  };
  const application = async (): Promise<Application> => {
    const { dossier, own } = draft();
    return prepared(own, dossier);
  };
  const mandate = (named: 'STANDS_IN_FOR_HEAD' | 'PLEDGEE_SIGNATORY') =>
    mandateGiven(props().stage, props().signers, {
      head: 'alphaHead',
      holder: 'alphaSignatory',
      function: named,
      ...alpha,
    });

  /** The codes with which a refusal is refused that this person has signed. */
  const refusedWith = async (signatory: Signatory): Promise<string> => {
    const signed = await signedRefusal(props(), await application(), signatory);
    return refusalOf(refusedByPledgee(props(), signed));
  };

  it('is signed by the head; everyone sees that there are reasons, nobody which', async () => {
    const { dossier, own } = draft();
    const signed = await signedRefusal(props(), await prepared(own, dossier));
    const ended = await refusedByPledgee(props(), signed);
    expect(ended).to.include({ state: 'REFUSED_BY_PLEDGEE', endedAt: signed.found.signedAt });
    expect(JSON.stringify(ended)).not.to.contain(signed.reasons[0]?.reason);
    const which = {
      record: ended.id,
      part: { kind: 'REASONS' as const, revision: 1 },
    };
    const held = await ledger().done(readHeld, which, { ...alpha });
    expect(held.text).to.contain(signed.reasons[0]?.reason);
    await purged(own, ended);
    expect((await ledger().call(readHeld, which, { ...alpha })).codes).to.eql(['RECORD_NOT_HELD']);
  });

  it('ends the application: nothing is filed after it, nor refused again', async () => {
    const prepared = await application();
    const signed = await signedRefusal(props(), prepared);
    await refusedByPledgee(props(), signed);
    expect(await refusalOf(refusedByPledgee(props(), signed))).to.contain('STEP_OUT_OF_TURN');
  });

  it('is signed by who stands in for the head, under a live mandate of that kind', async () => {
    const standing = await mandate('STANDS_IN_FOR_HEAD');
    const person = 'alphaSignatory';
    const signed = await signedRefusal(props(), await application(), { person, mandate: standing });
    expect((await refusedByPledgee(props(), signed)).state).to.equal('REFUSED_BY_PLEDGEE');

    const other = await mandate('PLEDGEE_SIGNATORY');
    const wrong = await refusedWith({ person, mandate: other });
    expect(wrong).to.contain('MANDATE_OF_ANOTHER_FUNCTION');
    const borrowed = await refusedWith({ person: 'betaHead', mandate: standing });
    expect(borrowed).to.contain('SIGNERS_MISMATCH');
    await mandateRevoked(props().stage, props().signers, {
      head: 'alphaHead',
      mandate: standing.id,
      ...alpha,
    });
    expect(await refusedWith({ person, mandate: standing })).to.contain('MANDATE_NOT_LIVE');
  });

  it('is not signed by another: a signatory, the head of another pledgee, the pledgor', async () => {
    expect(await refusedWith({ person: 'alphaSignatory' })).to.contain('MANDATE_MISSING');
    expect(await refusedWith({ person: 'betaHead' })).to.contain('SIGNERS_MISMATCH');
    expect(await refusedWith({ person: 'pledgor' })).to.contain('SIGNERS_MISMATCH');
  });

  it('is about exactly these reasons, and this revision', async () => {
    const { dossier, own } = draft();
    const first = await prepared(own, dossier);
    const signed = await signedRefusal(props(), first);
    const reasons = [{ clause: '8', reason: 'Another one.' }];
    const changed = await refusalOf(refusedByPledgee(props(), { ...signed, reasons }));
    expect(changed).to.contain('REFUSAL_DIFFERS');
    const { verdict } = await props().stage.done(verifyRefusal, signed, alpha);
    await prepared(own, { ...dossier, revision: 2 });
    const stale = await ledger().call(pledges.refuseBeforeFiling, { verdict }, alpha);
    expect(stale.codes).to.eql(['REVISION_OUT_OF_TURN']);
  });

  it('lies under no revision but the present one, so that the purge finds it (CN-6)', async () => {
    const prepared = await application();
    const signed = await signedRefusal(props(), { ...prepared, revision: 57 });
    const verified = await ledger().call(verifyRefusal, signed, alpha);
    expect(verified.codes).to.eql(['REVISION_OUT_OF_TURN']);
  });

  it('is not what was signed for something else', async () => {
    const prepared = await application();
    const other = await signedRefusal(props(), await application());
    const { id, revision } = prepared;
    const moved = { ...other, application: id, revision };
    expect(await refusalOf(refusedByPledgee(props(), moved))).to.contain('RECORD_MISMATCH');
  });
});
