import { expect } from 'chai';
import { MemoryLevel } from 'memory-level';
import type { Application } from '../../../chaincode/pledges/application.ts';
import { readEvidence } from '../../../chaincode/pledges/evidence-operations.ts';
import { giveGrounds, readGrounds } from '../../../chaincode/pledges/grounds/operations.ts';
import { lacking } from '../../../chaincode/pledges/healing/operations.ts';
import { heldPlace } from '../../../chaincode/pledges/held-records.ts';
import * as pledges from '../../../chaincode/pledges/operations.ts';
import { applicationHistory } from '../../../chaincode/pledges/queries/operations.ts';
import { people } from '../../../gateway/stands/eds/people.ts';
import {
  carriedOut,
  documentsOwed,
  groundsHandedOver,
  signedDecision,
} from '../../../gateway/stands/story/deciding.ts';
import { purged } from '../../../gateway/stands/story/pledge.ts';
import { salt } from '../../../gateway/stands/story/signers.ts';
import { cast } from '../../../gateway/stands/story/stage.ts';
import { levelOptions } from '../../../network/local/engine/level.ts';
import { takenBack } from '../../../gateway/stands/story/withdrawing.ts';
import { refusalOf } from '../../support/kepil-stage.ts';
import { lose } from '../../support/lost-records.ts';
import { unitPlayground } from '../../support/unit-playground.ts';

const platform = { org: cast.platform };
const registrar = { org: cast.registrar };
const { iin, surname } = people.pledgor;
const naming = { ...documentsOwed, reason: `${surname}, ${iin}: the contract is not attached.` };
const suspends = { decision: 'SUSPEND' as const, grounds: [naming] };

describe("the reasons of an officer's decision (PL-13)", function () {
  this.timeout(60_000);
  const level = new MemoryLevel<Uint8Array, Uint8Array>(levelOptions);
  const { ledger, props, next, taken } = unitPlayground({ level });

  /** Decisions have an order in time; the tests' clock stands still by itself. */
  function later(): void {
    const unit = ledger().ledger;
    unit.now = new Date(unit.now.getTime() + 60_000);
  }
  const signed = (
    application: Application,
    what: Parameters<typeof signedDecision>[2] = suspends,
  ) => signedDecision(props(), application, what);
  const reading = async (application: Application, by: { readonly org: string }) =>
    (await ledger().call(readGrounds, { application: application.id }, by)).codes;

  it('are read by the parties until the purge; everyone else sees the ground and a hash', async () => {
    const own = next();
    const { application } = await taken(own);
    const suspended = await carriedOut(own, await signed(application));
    const { article, code } = documentsOwed;
    expect(suspended.decisions[0]?.grounds).to.eql([{ article, code }]);
    const asked = { application: application.id };
    const shown = [
      await ledger().done(pledges.get, asked, { org: 'BetaMSP' }),
      await ledger().done(applicationHistory, asked, { org: 'BetaMSP' }),
    ];
    for (const personal of [iin, surname]) expect(JSON.stringify(shown)).not.to.contain(personal);

    expect(await reading(suspended, platform)).to.eql(['GROUNDS_NOT_HELD']);
    expect((await groundsHandedOver(own, suspended)).grounds).to.eql([naming]);
    expect(await reading(suspended, { org: 'BetaMSP' })).to.eql(['GROUNDS_NOT_HELD']);

    await lose(
      level,
      cast.platform,
      heldPlace(application.id, { kind: 'GROUNDS', decision: 1, byRegistrar: true }, cast.platform),
    );
    expect(await reading(suspended, platform)).to.eql(['GROUNDS_LACKING']);
    const lost = await ledger().done(lacking, {}, platform);
    expect(lost.lacking.map(({ part }) => part.kind)).to.eql(['GROUNDS']);
    const given = await ledger().done(readGrounds, asked, registrar);
    await groundsHandedOver(own, suspended);

    const ended = await takenBack(own, suspended);
    await purged(own, ended);
    for (const by of [platform, registrar]) {
      expect(await reading(ended, by)).to.eql(['GROUNDS_NOT_HELD']);
    }
    const again = { salt: salt(), ...asked, decision: 1, given };
    expect((await ledger().call(giveGrounds, again, platform)).codes).to.eql(['RECORD_DIFFERS']);
  });

  it('are given as they were signed, by a party', async () => {
    const { application } = await taken();
    const suspended = await carriedOut(props(), await signed(application));
    const which = { salt: salt(), application: suspended.id, decision: 1 };
    const given = await ledger().done(readGrounds, { application: suspended.id }, registrar);
    const other = { ...given, grounds: [documentsOwed] };
    const changed = await ledger().call(giveGrounds, { ...which, given: other }, platform);
    expect(changed.codes).to.eql(['RECORD_DIFFERS']);
    const stranger = await ledger().call(giveGrounds, { ...which, given }, { org: 'BetaMSP' });
    expect(stranger.codes).to.eql(['NOT_ALLOWED']);
  });

  it('are exactly those that the officer signed', async () => {
    const { application } = await taken();
    const halt = await signed(application);
    const decision = { ...halt.decision, grounds: [documentsOwed] };
    const attempt = carriedOut(props(), { ...halt, decision });
    expect(await refusalOf(attempt)).to.contain('DECISION_DIFFERS');
  });

  it('name a ground that the article has: a name in its place never leaves the peer', async () => {
    const { application } = await taken();
    for (const code of ['IVANOV', 'WRONG_APPLICANT']) {
      const grounds = [{ ...documentsOwed, code }];
      const halt = await signed(application, { decision: 'SUSPEND', grounds });
      const refusal = await ledger().call(pledges.verifyDecision, halt, registrar);
      expect(refusal.codes).to.eql(['GROUND_UNKNOWN']);
    }
  });

  it('stand for the decision: one in whose place another was verified is verified anew', async () => {
    const { application } = await taken();
    const halt = await signed(application);
    const { verdict } = await ledger().done(pledges.verifyDecision, halt, registrar);
    const register = await signed(application, { decision: 'REGISTER' });
    await ledger().done(pledges.verifyDecision, register, registrar);
    const replaced = await ledger().call(pledges.decide, { verdict }, registrar);
    expect(replaced.codes).to.eql(['DECISION_REPLACED']);
    expect((await carriedOut(props(), halt)).state).to.equal('SUSPENDED');
  });

  it('stay with the signature of their decision when others follow (SE-2)', async () => {
    const { application } = await taken();
    const halt = await signed(application);
    const suspended = await carriedOut(props(), halt);
    later();
    const onward = await signed(suspended, { decision: 'RESUME' });
    await carriedOut(props(), onward, platform);
    const of = { application: application.id, participant: 0 };
    for (const [decision, evidence] of [
      [1, halt.evidence],
      [2, onward.evidence],
      [undefined, onward.evidence],
    ] as const) {
      const kept = await ledger().done(readEvidence, { ...of, decision }, registrar);
      expect(kept.signature).to.equal(evidence.signature);
    }
    const first = { application: application.id, decision: 1 };
    expect((await ledger().done(readGrounds, first, registrar)).grounds).to.eql([naming]);
  });
});
