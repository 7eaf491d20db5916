import { expect } from 'chai';
import type { z } from 'zod';
import { instantSchema, plusMs } from '../../../chaincode/kernel/instant.ts';
import type { Application } from '../../../chaincode/pledges/application.ts';
import * as pledges from '../../../chaincode/pledges/operations.ts';
import { applicationsDue } from '../../../chaincode/pledges/queries/operations.ts';
import {
  documentsOwed,
  carriedOut,
  checked,
  signedDecision,
  takenByEgkn,
} from '../../../gateway/stands/story/deciding.ts';
import { newProperty, pledgeOf } from '../../../gateway/stands/story/dossiers.ts';
import { filed } from '../../../gateway/stands/story/filing.ts';
import { cast } from '../../../gateway/stands/story/stage.ts';
import { refusalOf, tampered } from '../../support/kepil-stage.ts';
import { unitPlayground } from '../../support/unit-playground.ts';

type Given = z.input<typeof pledges.accept.input>;

const registrar = { org: cast.registrar };

describe('what EGKN says of an application', function () {
  this.timeout(60_000);
  const { ledger, props, next, taken } = unitPlayground();

  const now = () => props().stage.now();
  const passed = (minutes: number) => {
    const unit = ledger().ledger;
    unit.now = new Date(unit.now.getTime() + minutes * 60_000);
  };

  const filedNow = () => filed(next(), pledgeOf(props().stage, newProperty()));

  /** The codes with which an acceptance of this application is refused; the state if it is not. */
  async function accepting(
    { id }: Application,
    { minute = minuteNow(), reachedAt = now() }: { minute?: string; reachedAt?: string },
  ): Promise<readonly string[]> {
    const acceptance = { minute, egknNumber: `E-${id.slice(-12)}`, application: id };
    const input: Given = { acceptance, paymentReachedAt: reachedAt };
    const { answer, codes } = await ledger().call(pledges.accept, input, registrar);
    return answer === undefined ? codes : [answer.state];
  }

  const minuteNow = () => minuteAfter(0);
  const minuteAfter = (minutes: number) => `${plusMs(now(), minutes * 60_000).slice(0, 16)}Z`;

  it('is a minute that there is, and an instant (PL-15)', async () => {
    const application = await filedNow();
    for (const minute of ['0000-99-99T99:99Z', '2026-02-30T06:00Z', '2026-11-20T06:60Z']) {
      expect(await accepting(application, { minute }), minute).to.eql(['MINUTE_FORMAT']);
    }
    const reachedAt = '2026-11-20T25:00:00.000Z';
    expect(await accepting(application, { reachedAt })).to.eql(['INSTANT_FORMAT']);
    expect(await accepting(application, {})).to.eql(['ACCEPTED']);
  });

  it('is not before everyone had signed, and nothing is first in rank by it (PL-15)', async () => {
    const application = await filedNow();
    for (const minute of [minuteAfter(-1), '1970-01-01T00:00Z']) {
      const codes = await accepting(application, { minute });
      expect(codes).to.eql(['PAYMENT_REACHED_TOO_LATE', 'ACCEPTANCE_BEFORE_SIGNATURES']);
    }
  });

  it('has the payment between its confirmation and the acceptance (PL-9, PL-12)', async () => {
    const application = await filedNow();
    passed(30);
    const early = plusMs(application.payment?.confirmedAt ?? now(), -1000);
    expect(await accepting(application, { reachedAt: early })).to.eql([
      'PAYMENT_REACHED_TOO_EARLY',
    ]);
    const late = plusMs(now(), 60_000);
    expect(await accepting(application, { reachedAt: late })).to.eql(['PAYMENT_REACHED_TOO_LATE']);
    expect(await accepting(application, {})).to.eql(['ACCEPTED']);
  });

  it('is not what is still to come: the due time does not move (PL-12)', async () => {
    const application = await filedNow();
    const weeks = 5 * 7 * 24 * 60;
    const reachedAt = plusMs(now(), weeks * 60_000);
    const minute = minuteAfter(weeks);
    expect(await accepting(application, { minute, reachedAt })).to.eql(['TIME_AHEAD']);
    expect(await accepting(application, { minute: minuteAfter(15) })).to.eql(['ACCEPTED']);
  });

  it('comes before a decision: what is signed earlier decides nothing (PL-11)', async () => {
    const application = await filedNow();
    const early = await signedDecision(props(), application, { decision: 'REGISTER' });
    passed(15);
    const accepted = await takenByEgkn(props(), application);
    expect(await refusalOf(carriedOut(props(), early))).to.contain('DECISION_BEFORE_ACCEPTANCE');
    const later = await signedDecision(props(), accepted, { decision: 'REGISTER' });
    expect((await carriedOut(props(), later)).state).to.equal('REGISTERED');
  });

  it('is decided in an order: one stamp is not after another of its second (PL-13)', async () => {
    const { application } = await taken();
    const same = await signedDecision(props(), application, { decision: 'REGISTER' });
    const { verdict } = await props().stage.done(pledges.verifyDecision, same, registrar);
    const halt = { decision: 'SUSPEND' as const, grounds: [documentsOwed] };
    const suspended = await carriedOut(props(), await signedDecision(props(), application, halt));
    expect(suspended.decisions[0]?.decidedAt).to.equal(same.decision.decidedAt);
    const onward = await signedDecision(props(), suspended, { decision: 'RESUME' });
    const resumed = await carriedOut(props(), onward);
    expect((await checked(props(), resumed)).state).to.equal('ACCEPTED');
    const stale = await ledger().call(pledges.decide, { verdict }, registrar);
    expect(stale.codes).to.eql(['DECISION_OUTDATED']);
  });

  it('stands still while suspended, and is due anew a working day after it is resumed (PL-12)', async () => {
    const { application } = await taken();
    const dueIds = async () => {
      const found = await ledger().done(applicationsDue, {}, registrar);
      return found.applications.map(({ id }) => id);
    };
    expect(await dueIds()).to.include(application.id);
    const halt = { decision: 'SUSPEND' as const, grounds: [documentsOwed] };
    const suspended = await carriedOut(props(), await signedDecision(props(), application, halt));
    expect(suspended).not.to.have.property('due');
    expect(await dueIds()).not.to.include(application.id);

    const sunday = instantSchema.parse('2026-12-20T06:00:00.000Z');
    const unit = ledger().ledger;
    unit.now = new Date(sunday);
    const onward = await signedDecision(props(), suspended, { decision: 'RESUME' });
    const resumed = await carriedOut(props(), onward);
    expect(resumed.due?.lastDay).to.equal('2026-12-21');
    expect(await dueIds()).to.include(application.id);
    const anew = await checked(props(), resumed);
    const last = await signedDecision(props(), anew, { decision: 'REGISTER' });
    const registered = await carriedOut(props(), last);
    expect(registered).to.include({ state: 'REGISTERED', isLate: false });
  });

  it('stays what the State Corporation says, whoever tells it (SE-3)', async () => {
    const application = await filedNow();
    const asPlatform = tampered(props().stage, () => undefined);
    const own = { ...props(), stage: { ...asPlatform, done: asAlpha } };
    expect(await refusalOf(takenByEgkn(own, application))).to.contain('NOT_ALLOWED');
  });

  const asAlpha: ReturnType<typeof tampered>['done'] = (operation, input) =>
    props().stage.done(operation, input, { org: cast.platform });
});
