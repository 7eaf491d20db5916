import { expect } from 'chai';
import { MemoryLevel } from 'memory-level';
import { instantOfMs, msOf } from '../../../chaincode/kernel/instant.ts';
import { readEvidence } from '../../../chaincode/pledges/evidence-operations.ts';
import { lacking, readHeld } from '../../../chaincode/pledges/healing/operations.ts';
import { heldPlace } from '../../../chaincode/pledges/held-records.ts';
import * as pledges from '../../../chaincode/pledges/operations.ts';
import { verifyWithdrawal } from '../../../chaincode/pledges/withdrawing/operations.ts';
import { people } from '../../../gateway/stands/eds/people.ts';
import { newProperty, pledgeOf, terminationOf } from '../../../gateway/stands/story/dossiers.ts';
import { filed, prepared } from '../../../gateway/stands/story/filing.ts';
import { mandateGiven } from '../../../gateway/stands/story/mandates.ts';
import { purged, registered } from '../../../gateway/stands/story/pledge.ts';
import { cast } from '../../../gateway/stands/story/stage.ts';
import {
  signedWithdrawal,
  takenBack,
  withdrawn,
} from '../../../gateway/stands/story/withdrawing.ts';
import { levelOptions } from '../../../network/local/engine/level.ts';
import { refusalOf } from '../../support/kepil-stage.ts';
import { lose } from '../../support/lost-records.ts';
import { unitPlayground } from '../../support/unit-playground.ts';

const alpha = { org: cast.platform };
const registrar = { org: cast.registrar };

describe('the withdrawal of an application (PL-13, SE-3)', function () {
  this.timeout(60_000);
  const level = new MemoryLevel<Uint8Array, Uint8Array>(levelOptions);
  const { ledger, props, next, taken } = unitPlayground({ level });

  const pledge = () => pledgeOf(props().stage, newProperty());
  const withdraw = (application: string, more: object = {}) =>
    ledger().call(pledges.withdraw, { application, ...more }, alpha);

  it('takes no signature while nothing is filed', async () => {
    const draft = await prepared(next(), pledge());
    expect((await withdraw(draft.id)).answer).to.include({ state: 'WITHDRAWN' });
  });

  it('is none of the platform alone: what EGKN has taken keeps its place', async () => {
    const { application } = await taken();
    expect((await withdraw(application.id)).codes).to.eql(['WITHDRAWAL_UNSIGNED']);
    const which = { application: application.id };
    expect((await ledger().done(pledges.get, which, alpha)).state).to.equal('ACCEPTED');
    const strange = { verdict: '{"verdict":"WITHDRAWAL"}' };
    expect((await withdraw(application.id, strange)).answer).to.equal(undefined);
  });

  it("is signed by the pledgee's head; the record and the holders keep the proof", async () => {
    const own = next();
    const { application } = await taken(own);
    const signed = await signedWithdrawal(own, application);
    const ended = await withdrawn(own, signed);
    const { signedAt } = signed.found;
    expect(ended).to.include({ state: 'WITHDRAWN', endedAt: signedAt });
    expect(ended.withdrawal).to.have.keys('manifest', 'cms', 'signedAt');

    const asked = { application: ended.id, participant: 0 };
    const kept = await ledger().done(readEvidence, asked, registrar);
    expect(kept.signature).to.equal(signed.evidence.signature);
    const part = { kind: 'WITHDRAWAL' as const, revision: ended.revision };
    const place = heldPlace(ended.id, part, cast.platform);
    await lose(level, cast.platform, place);
    expect((await ledger().call(readEvidence, asked, alpha)).codes).to.eql(['EVIDENCE_LACKING']);
    const lost = await ledger().done(lacking, {}, alpha);
    expect(lost.lacking.map((each) => each.part)).to.deep.include(part);
    await purged(own, ended);
    const which = { record: ended.id, part };
    expect((await ledger().call(readHeld, which, registrar)).codes).to.eql(['RECORD_NOT_HELD']);
  });

  it('may be signed by who signs for the pledgee under a mandate, and by no one else', async () => {
    const own = next();
    const mandate = await mandateGiven(own.stage, own.signers, {
      head: 'alphaHead',
      holder: 'alphaSignatory',
      function: 'PLEDGEE_SIGNATORY',
      ...alpha,
    });
    const { application } = await taken(own);
    const refused = async (person: 'alphaSignatory' | 'betaHead' | 'pledgor') =>
      refusalOf(withdrawn(own, await signedWithdrawal(own, application, { person })));
    expect(await refused('alphaSignatory')).to.contain('MANDATE_MISSING');
    expect(await refused('betaHead')).to.contain('SIGNERS_MISMATCH');
    expect(await refused('pledgor')).to.contain('SIGNERS_MISMATCH');
    const signatory = { person: 'alphaSignatory' as const, mandate };
    const signed = await signedWithdrawal(own, application, signatory);
    expect((await withdrawn(own, signed)).state).to.equal('WITHDRAWN');
  });

  it('of a termination is signed by who applied for it, a person perhaps (TR-1)', async () => {
    const own = next();
    const registeredPledge = await registered(next());
    const ending = terminationOf(own.stage, registeredPledge);
    const [applicant] = ending.pledgors;
    const application = await filed(own, { ...ending, applicant });
    const byHead = await signedWithdrawal(own, application);
    expect(await refusalOf(withdrawn(own, byHead))).to.contain('SIGNERS_MISMATCH');
    expect(applicant).to.include({ iin: people.pledgor.iin });
    const signed = await signedWithdrawal(own, application, { person: 'pledgor' });
    expect((await withdrawn(own, signed)).state).to.equal('WITHDRAWN');
  });

  it('counts for the content that was signed, and not before that was', async () => {
    const own = next();
    const first = (await taken(own)).application;
    const other = (await taken()).application;
    const { verdict } = await own.stage.done(
      verifyWithdrawal,
      await signedWithdrawal(own, first),
      alpha,
    );
    expect((await withdraw(other.id, { verdict })).codes).to.eql(['REVISION_OUT_OF_TURN']);
    const now = own.stage.now();
    const earlier = { ...own.stage, now: () => instantOfMs(msOf(now) - 60_000) };
    const early = await signedWithdrawal({ ...own, stage: earlier }, other);
    expect(await refusalOf(withdrawn(own, early))).to.contain('WITHDRAWAL_BEFORE_FILING');
    expect((await takenBack(own, other)).state).to.equal('WITHDRAWN');
  });
});
