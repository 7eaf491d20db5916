import { expect } from 'chai';
import type { z } from 'zod';
import { instantOfMs, msOf } from '../../../chaincode/kernel/instant.ts';
import type { Application } from '../../../chaincode/pledges/application.ts';
import type { Notice } from '../../../chaincode/pledges/notices/notice.ts';
import {
  noticesOfApplication,
  noticesToDeliver,
  recordDelivery,
} from '../../../chaincode/pledges/notices/operations.ts';
import * as pledges from '../../../chaincode/pledges/operations.ts';
import {
  carriedOut,
  checked,
  documentsOwed,
  signedDecision,
} from '../../../gateway/stands/story/deciding.ts';
import {
  cessionOf,
  newProperty,
  pledgeOf,
  pledgees,
  terminationOf,
} from '../../../gateway/stands/story/dossiers.ts';
import { filed, prepared } from '../../../gateway/stands/story/filing.ts';
import { notified } from '../../../gateway/stands/story/notices.ts';
import { carriedThrough, registered, terminated } from '../../../gateway/stands/story/pledge.ts';
import { refusedByPledgee, signedRefusal } from '../../../gateway/stands/story/refusing.ts';
import { hashOf, id } from '../../../gateway/stands/story/signers.ts';
import { takenBack } from '../../../gateway/stands/story/withdrawing.ts';
import { cast } from '../../../gateway/stands/story/stage.ts';
import { unitPlayground } from '../../support/unit-playground.ts';

const platform = { org: cast.platform };
const registrar = { org: cast.registrar };
type Step = Pick<z.input<typeof recordDelivery.input>, 'step' | 'at' | 'receipt'>;

describe('notices of decisions (PL-14)', function () {
  this.timeout(60_000);
  const { ledger, props, next, taken } = unitPlayground();

  const noticesOn = async ({ id: application }: Application): Promise<readonly Notice[]> =>
    (await ledger().done(noticesOfApplication, { application }, { org: 'BetaMSP' })).notices;
  const told = (notices: readonly Notice[]) =>
    notices.map(({ subject, role, cabinet, deliverer, state }) =>
      [subject, role, cabinet, deliverer, state].join(' '),
    );
  const step = (named: Step['step'], receipt = 'receipt'): Step => ({
    step: named,
    at: props().stage.now(),
    receipt: hashOf(receipt),
  });
  const record = (
    { application, decision, participant, holder }: Notice,
    what: Step,
    { org }: { readonly org: string },
  ) => {
    const which = {
      application,
      decision,
      ...(participant === undefined ? {} : { participant }),
      ...(holder === undefined ? {} : { holder }),
    };
    return ledger().call(recordDelivery, { ...which, ...what }, { org });
  };

  it('are due to pledgor and pledgee once a pledge is registered', async () => {
    expect(told(await noticesOn(await registered(next())))).to.eql([
      'REGISTERED PLEDGOR EGOV GosCorpMSP DUE',
      'REGISTERED PLEDGEE PLATFORM AlphaMSP DUE',
    ]);
  });

  it('are due once it is suspended, not when resumed, and once it is refused (PL-13)', async () => {
    const own = next();
    const { application } = await taken(own);
    const grounds = (article: '27' | '31') => {
      const code = article === '27' ? 'COURT_RULING' : 'WRONG_APPLICANT';
      return [{ article, code, reason: 'None.' }];
    };
    const decide = async (decision: 'SUSPEND' | 'RESUME' | 'REFUSE', article?: '27' | '31') => {
      ledger().ledger.now = new Date(ledger().ledger.now.getTime() + 60_000);
      const why = article === undefined ? {} : { grounds: grounds(article) };
      await carriedOut(own, await signedDecision(own, application, { decision, ...why }));
      return (await noticesOn(application)).map(({ subject }) => subject);
    };
    const suspended = ['SUSPENDED', 'SUSPENDED'];
    expect(await decide('SUSPEND', '27')).to.eql(suspended);
    expect(await decide('RESUME')).to.eql(suspended);
    await checked(own, application);
    expect(await decide('REFUSE', '31')).to.eql([...suspended, 'REFUSED', 'REFUSED']);
  });

  it('are due of a termination, as the result of the service (TR-3)', async () => {
    const pledge = await registered(next());
    const notices = await noticesOn(await terminated(next(), pledge));
    expect(told(notices)).to.eql([
      'TERMINATION_REGISTERED PLEDGOR EGOV GosCorpMSP DUE',
      'TERMINATION_REGISTERED PLEDGEE PLATFORM AlphaMSP DUE',
    ]);
  });

  it('tell a holder beside the platform too: through its own organisation, or on egov.kz', async () => {
    const pledge = await registered(next());
    const own = next();
    const ceded = await carriedThrough(own, cessionOf(own.stage, pledge));
    expect(told(await noticesOn(ceded))).to.have.members([
      'REGISTERED PLEDGOR EGOV GosCorpMSP DUE',
      'REGISTERED PLEDGEE PLATFORM AlphaMSP DUE',
      'REGISTERED HOLDER PLATFORM AlphaMSP DUE',
      'REGISTERED HOLDER PLATFORM BetaMSP DUE',
    ]);
    expect(await notified(props().stage, ceded)).to.eql({ platform: 3, egov: 1 });
    expect((await noticesOn(ceded)).map(({ state }) => state)).to.eql(
      Array.from({ length: 4 }, () => 'DELIVERED'),
    );
    // Beta holds it now and is no party of Alpha's platform: its own organisation tells it.
    const end = { ...terminationOf(own.stage, pledge), pledgee: pledgees.beta };
    const [applicant] = end.pledgors;
    const ending = await filed(next(), { ...end, applicant });
    expect(ending.holders).to.eql([{ bin: pledgees.beta.bin, deliverer: 'BetaMSP' }]);
  });

  it('go from the platform to the pledgor alone where the pledgee refuses (PL-8)', async () => {
    const own = next();
    const draft = await prepared(own, pledgeOf(props().stage, newProperty()));
    const ended = await refusedByPledgee(own, await signedRefusal(own, draft));
    const [only, ...others] = await noticesOn(ended);
    expect(others).to.eql([]);
    expect(told([only!])).to.eql(['REFUSED_BY_PLEDGEE PLEDGOR EGOV AlphaMSP DUE']);
    expect((await record(only!, step('SENT'), registrar)).codes).to.eql([
      'NOTICE_OF_ANOTHER_DELIVERER',
    ]);
    expect((await record(only!, step('SENT'), platform)).answer?.state).to.equal('SENT');
  });

  it('are none of an undecided application, and none of a draft that was dropped', async () => {
    const { application } = await taken();
    expect(await noticesOn(application)).to.eql([]);
    const draft = await prepared(next(), pledgeOf(props().stage, newProperty()));
    await ledger().done(pledges.withdraw, { application: draft.id }, platform);
    expect(await noticesOn(draft)).to.eql([]);
  });

  it('are due to pledgor and pledgee once it is taken back, also after a suspension', async () => {
    const own = next();
    const { application } = await taken(own);
    const due = [
      'WITHDRAWN PLEDGOR EGOV GosCorpMSP DUE',
      'WITHDRAWN PLEDGEE PLATFORM AlphaMSP DUE',
    ];
    expect(told(await noticesOn(await takenBack(own, application)))).to.eql(due);
    const other = await taken();
    const halt = { decision: 'SUSPEND' as const, grounds: [documentsOwed] };
    const suspended = await carriedOut(own, await signedDecision(own, other.application, halt));
    const notices = await noticesOn(await takenBack(own, suspended));
    expect(told(notices.filter(({ decision }) => decision === 2))).to.eql(due);
    await notified(props().stage, suspended);
    expect((await noticesOn(suspended)).map(({ state }) => state)).to.eql(
      notices.map(() => 'DELIVERED'),
    );
  });

  it('are delivered each by its own: neither platform nor State Corporation speaks for the other (SE-3)', async () => {
    const application = await registered(next());
    const [pledgors, pledgees] = await noticesOn(application);
    for (const [notice, stranger] of [
      [pledgors!, platform],
      [pledgees!, registrar],
      [pledgees!, { org: 'BetaMSP' }],
    ] as const) {
      const { codes } = await record(notice, step('SENT'), stranger);
      expect(codes).to.eql(['NOTICE_OF_ANOTHER_DELIVERER']);
    }
    expect(await notified(props().stage, application)).to.eql({ platform: 1, egov: 1 });
    const after = await noticesOn(application);
    expect(after.map(({ state, attempts }) => [state, attempts.length])).to.eql([
      ['DELIVERED', 1],
      ['DELIVERED', 1],
    ]);
  });

  it('are sealed by who delivers: without its peer nothing is written', async () => {
    const [pledgors, pledgees] = await noticesOn(await registered(next()));
    const without = async ({ application, decision, participant }: Notice, org: string) => {
      const which = {
        application,
        decision,
        ...(participant === undefined ? {} : { participant }),
      };
      const endorsers = ['GosCorpMSP', 'AlphaMSP', 'NitMSP', 'BetaMSP'].filter(
        (one) => one !== org,
      );
      const calling = { org, endorsers };
      return (await ledger().call(recordDelivery, { ...which, ...step('SENT') }, calling)).outcome;
    };
    expect((await without(pledgors!, 'GosCorpMSP')).code).to.equal('ENDORSEMENT_POLICY_FAILURE');
    expect((await without(pledgees!, 'AlphaMSP')).code).to.equal('ENDORSEMENT_POLICY_FAILURE');
    const sent = await record(pledgees!, step('SENT'), platform);
    expect(sent.outcome.endorsers).to.include('AlphaMSP');
    expect(sent.outcome.event?.payload).to.contain('"NoticeDelivery"').and.to.contain('"SENT"');
  });

  it('that failed are sent again, with a count of the attempts', async () => {
    const [notice] = await noticesOn(await registered(next()));
    await record(notice!, step('SENT', 'first'), registrar);
    const failed = await record(notice!, step('FAILED', 'no cabinet'), registrar);
    expect(failed.answer?.state).to.equal('FAILED');
    const again = await record(notice!, step('SENT', 'second'), registrar);
    expect(again.answer).to.include({ state: 'SENT' });
    expect(again.answer?.attempts).to.have.length(2);
    const done = await record(notice!, step('DELIVERED', 'read'), registrar);
    expect(done.answer?.attempts[1]?.ended).to.include({
      outcome: 'DELIVERED',
      receipt: hashOf('read'),
    });
  });

  it('go forward only, in state and in time', async () => {
    const [notice] = await noticesOn(await registered(next()));
    const codes = async (what: Step) => (await record(notice!, what, registrar)).codes;
    expect(await codes(step('DELIVERED'))).to.eql(['NOTICE_STEP_OUT_OF_TURN']);
    const earlier = instantOfMs(msOf(props().stage.now()) - 1000);
    expect(await codes({ ...step('SENT'), at: earlier })).to.eql(['NOTICE_TIME_BACKWARD']);
    const ahead = instantOfMs(msOf(props().stage.now()) + 3_600_000);
    expect(await codes({ ...step('SENT'), at: ahead })).to.eql(['TIME_AHEAD']);
    expect(await codes(step('SENT'))).to.eql([]);
    expect(await codes(step('SENT', 'other'))).to.eql(['NOTICE_STEP_OUT_OF_TURN']);
    expect(await codes(step('DELIVERED'))).to.eql([]);
    expect(await codes(step('FAILED'))).to.eql(['NOTICE_STEP_OUT_OF_TURN']);
  });

  it('give their first answer again to the same evidence, under whichever key', async () => {
    const [notice] = await noticesOn(await registered(next()));
    const sent = step('SENT');
    const first = await record(notice!, sent, registrar);
    const delivered = await record(notice!, step('DELIVERED'), registrar);
    const again = await record(notice!, sent, registrar);
    expect(again.answer).to.eql(first.answer);
    expect(again.outcome.event).to.equal(undefined);
    expect(await noticesOn({ id: notice!.application } as Application)).to.deep.include(
      delivered.answer,
    );
    // Who repeats it is asked all the same.
    expect((await record(notice!, sent, platform)).codes).to.eql(['NOTICE_OF_ANOTHER_DELIVERER']);
  });

  it('that follow from no decision are unknown, and so are those of no application', async () => {
    const [notice] = await noticesOn(await registered(next()));
    const codes = async (changes: Partial<Notice>) =>
      (await record({ ...notice!, ...changes }, step('SENT'), registrar)).codes;
    expect(await codes({ decision: 2 })).to.eql(['NOTICE_UNKNOWN']);
    // The spouse takes part, and no notice goes there.
    expect(await codes({ participant: 4 })).to.eql(['NOTICE_UNKNOWN']);
    const application = id() as Notice['application'];
    expect(await codes({ application })).to.eql(['APPLICATION_UNKNOWN']);
    const asked = await ledger().call(noticesOfApplication, { application }, registrar);
    expect(asked.codes).to.eql(['APPLICATION_UNKNOWN']);
  });

  it('wait in a list of who delivers them, until they are delivered', async () => {
    const application = await registered(next());
    const waiting = async (org: string, state?: 'DUE' | 'SENT' | 'FAILED') => {
      const asked = { limit: 100, ...(state === undefined ? {} : { state }) };
      const { notices } = await ledger().done(noticesToDeliver, asked, { org });
      return told(notices.filter((each) => each.application === application.id));
    };
    const [notice] = await noticesOn(application);
    const own = (state: string) => [`REGISTERED PLEDGOR EGOV GosCorpMSP ${state}`];
    expect(await waiting('GosCorpMSP')).to.eql(own('DUE'));
    expect(await waiting('AlphaMSP')).to.eql(['REGISTERED PLEDGEE PLATFORM AlphaMSP DUE']);
    expect(await waiting('BetaMSP')).to.eql([]);
    await record(notice!, step('SENT'), registrar);
    expect(await waiting('GosCorpMSP', 'DUE')).to.eql([]);
    expect(await waiting('GosCorpMSP', 'SENT')).to.eql(own('SENT'));
    await record(notice!, step('FAILED'), registrar);
    expect(await waiting('GosCorpMSP', 'FAILED')).to.eql(own('FAILED'));
    await record(notice!, step('SENT', 'second'), registrar);
    await record(notice!, step('DELIVERED'), registrar);
    expect(await waiting('GosCorpMSP')).to.eql([]);
  });
});
