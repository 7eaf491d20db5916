import { expect } from 'chai';
import { statedDecision, withoutReasons } from '../../../chaincode/pledges/grounds/grounds.ts';
import * as pledges from '../../../chaincode/pledges/operations.ts';
import { verdictText } from '../../../chaincode/ledger/verdict.ts';
import {
  documentsOwed,
  carriedOut,
  checked,
  signedDecision,
} from '../../../gateway/stands/story/deciding.ts';
import { mandateGiven } from '../../../gateway/stands/story/mandates.ts';
import { cast } from '../../../gateway/stands/story/stage.ts';
import { refusalOf } from '../../support/kepil-stage.ts';
import { unitPlayground } from '../../support/unit-playground.ts';

const platform = { org: cast.platform };

describe("an officer's decision that others relay", function () {
  this.timeout(60_000);
  const { ledger, props, taken } = unitPlayground();

  /** Decisions have an order in time; the tests' clock stands still by itself. */
  function later(): void {
    const unit = ledger().ledger;
    unit.now = new Date(unit.now.getTime() + 60_000);
  }

  it('is carried out where the platform brings it, under the seal all the same (SE-3)', async () => {
    const { application } = await taken();
    const signed = await signedDecision(props(), application, { decision: 'REGISTER' });
    const decided = await carriedOut(props(), signed, platform);
    expect(decided.state).to.equal('REGISTERED');
    const property = decided.targets[0]?.property ?? '';
    const { pledges: found } = await ledger().done(
      pledges.register,
      { property },
      { org: 'BetaMSP' },
    );
    // Nobody sees a pledge without the seal of the State Corporation.
    expect(found.map(({ encumbrance }) => encumbrance.id)).to.eql([application.id]);
  });

  it('is the State Corporation’s to seal: without its peer nothing is written (PL-11)', async () => {
    const { application } = await taken();
    const signed = await signedDecision(props(), application, { decision: 'REGISTER' });
    const { verdict } = await props().stage.done(pledges.verifyDecision, signed, platform);
    const endorsers = ['AlphaMSP', 'BetaMSP', 'NitMSP'];
    const { outcome } = await ledger().call(
      pledges.decide,
      { verdict },
      { ...platform, endorsers },
    );
    expect(outcome.code).to.equal('ENDORSEMENT_POLICY_FAILURE');
  });

  it('needs the officer: the platform’s own head registers nothing (PL-11)', async () => {
    const { application } = await taken();
    const own = await signedDecision(props(), application, { decision: 'REGISTER' }, 'alphaHead');
    expect(await refusalOf(carriedOut(props(), own, platform))).to.contain('SIGNERS_MISMATCH');
    const claimed = verdictText({
      verdict: 'DECISION',
      application: own.application,
      revision: own.revision,
      decision: withoutReasons(own.salt, statedDecision.parse(own.decision)),
      trustVersion: own.found.trustVersion,
    });
    const made = await ledger().call(pledges.decide, { verdict: claimed }, platform);
    expect(made.codes).to.eql(['VERDICT_NOT_GIVEN']);
  });

  it('does not come to count by a mandate that is signed afterwards (SE-3)', async () => {
    const { application } = await taken();
    const early = await signedDecision(props(), application, { decision: 'REGISTER' });
    later();
    const { stage, signers } = props();
    const giving = { head: 'goscorpHead', holder: 'registrar', function: 'REGISTRAR' } as const;
    const mandate = await mandateGiven(stage, signers, { ...giving, org: cast.registrar });
    const under = { ...early.decision, mandate: mandate.id };
    const attempt = carriedOut(props(), { ...early, decision: under, officerSalt: mandate.salt });
    expect(await refusalOf(attempt)).to.contain('MANDATE_NOT_LIVE');
  });

  it('is relayed by the parties alone: another platform does not hold its dossier (SE-2)', async () => {
    const { application } = await taken();
    const signed = await signedDecision(props(), application, { decision: 'REGISTER' });
    const beta = { org: 'BetaMSP' };
    const verifying = await ledger().call(pledges.verifyDecision, signed, beta);
    expect(verifying.codes).to.have.length(1);
    const { verdict } = await props().stage.done(pledges.verifyDecision, signed, platform);
    const deciding = await ledger().call(pledges.decide, { verdict }, beta);
    expect(deciding.codes).to.eql(verifying.codes);
  });

  it('counts once, and not after a later one (PL-13)', async () => {
    const { application } = await taken();
    const early = await signedDecision(props(), application, { decision: 'REGISTER' });
    const { verdict } = await props().stage.done(pledges.verifyDecision, early, platform);
    later();
    const grounds = [documentsOwed];
    const halt = await signedDecision(props(), application, { decision: 'SUSPEND', grounds });
    expect((await carriedOut(props(), halt)).state).to.equal('SUSPENDED');
    later();
    const onward = await signedDecision(props(), application, { decision: 'RESUME' });
    const resumed = await carriedOut(props(), onward);
    expect((await checked(props(), resumed)).state).to.equal('ACCEPTED');
    const stale = await ledger().call(pledges.decide, { verdict }, platform);
    expect(stale.codes).to.eql(['DECISION_OUTDATED']);
    expect(await refusalOf(carriedOut(props(), halt, platform))).to.contain('DECISION_OUTDATED');
  });
});
