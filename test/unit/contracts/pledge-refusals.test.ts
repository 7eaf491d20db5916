import { expect } from 'chai';
import { applicationIdSchema } from '../../../chaincode/kernel/application-id.ts';
import type { Application } from '../../../chaincode/pledges/application.ts';
import type { Dossier } from '../../../chaincode/pledges/dossier.ts';
import * as pledges from '../../../chaincode/pledges/operations.ts';
import { people } from '../../../gateway/stands/eds/people.ts';
import { carriedOut, signedDecision, takenByEgkn } from '../../../gateway/stands/story/deciding.ts';
import {
  amendmentOf,
  cessionOf,
  newProperty,
  pledgees,
  pledgeOf,
  rankAgreementOf,
  repledgeOf,
  terminationOf,
} from '../../../gateway/stands/story/dossiers.ts';
import { filed } from '../../../gateway/stands/story/filing.ts';
import { carriedThrough, registered, terminated } from '../../../gateway/stands/story/pledge.ts';
import type { Props } from '../../../gateway/stands/story/props.ts';
import { id } from '../../../gateway/stands/story/signers.ts';
import { refusalOf, type Sent, tampered } from '../../support/kepil-stage.ts';
import { unitPlayground } from '../../support/unit-playground.ts';

const alpha = people.alphaHead.bin;
const beta = people.betaHead.bin;

describe('what must not be entered into the register', function () {
  this.timeout(60_000);
  const { ledger, props, next } = unitPlayground();
  let stage: Props['stage'];
  /** Alpha's pledge of two homes, Beta's re-pledge of the first, and a pledge that has ended. */
  let pledge: Application;
  let second: Application;
  let ended: Application;

  before(async () => {
    ({ stage } = props());
    pledge = await registered(next(), [newProperty(), newProperty()]);
    second = await carriedThrough(next(), repledgeOf(stage, pledge));
    ended = await registered(next());
    await terminated(next(), ended);
  });

  const refusedWith = (dossier: Dossier) => refusalOf(carriedThrough(next(), dossier));
  const unknown = (changed: Dossier): Dossier => ({
    ...changed,
    targets: changed.targets.map(({ property }) => ({
      property,
      encumbrance: applicationIdSchema.parse(id()),
    })),
  });

  it('a dossier of another platform, whose verdict everyone can read (SE-3)', async () => {
    const theirs: Props['stage'] = {
      channel: stage.channel,
      now: () => stage.now(),
      nextSecond: () => stage.nextSecond(),
      say: () => undefined,
      done: (operation, input, { org }) =>
        stage.done(operation, input, { org: operation.name === 'prepare' ? 'BetaMSP' : org }),
    };
    const dossier = pledgeOf(stage, newProperty());
    const refusal = await refusalOf(carriedThrough({ ...next(), stage: theirs }, dossier));
    expect(refusal).to.contain('VERDICT_NOT_GIVEN');
  });

  it('a re-pledge without the consent of the earlier holder (PL-1)', async () => {
    const refusal = await refusedWith(repledgeOf(stage, pledge, []));
    expect(refusal).to.contain('EARLIER_PLEDGEE_CONSENT_MISSING').and.to.contain(alpha);
  });

  it('a re-pledge of what is not pledged (PL-1)', async () => {
    // What ended in the minute of EGKN's acceptance would still have been there.
    ledger().ledger.now = new Date(ledger().ledger.now.getTime() + 60_000);
    expect(await refusedWith(repledgeOf(stage, ended))).to.contain('NOTHING_TO_REPLEDGE');
  });

  it('a change of a pledge that nobody registered (PL-1, TR-2)', async () => {
    for (const dossier of [
      amendmentOf(stage, pledge),
      cessionOf(stage, pledge),
      terminationOf(stage, pledge),
    ]) {
      expect(await refusedWith(unknown(dossier)), dossier.kind).to.contain('ENCUMBRANCE_UNKNOWN');
    }
  });

  it('a change of a pledge of another property (TR-2)', async () => {
    const strange = { ...second, targets: [{ property: newProperty() }] };
    expect(await refusedWith(terminationOf(stage, strange))).to.contain('ENCUMBRANCE_UNKNOWN');
    // The first home of it is right, the second is not: neither is released.
    const [home] = second.targets;
    const half = { ...second, targets: [...(home ? [home] : []), { property: newProperty() }] };
    const ofBeta = { pledgee: pledgees.beta };
    const dossier = { ...terminationOf(stage, half), ...ofBeta };
    expect(await refusedWith(dossier)).to.contain('ENCUMBRANCE_UNKNOWN');
    expect((await standing(second))?.encumbrance.state).to.equal('LIVE');
  });

  it('a change of a pledge that has ended: nothing is terminated twice (TR-4)', async () => {
    for (const dossier of [
      amendmentOf(stage, ended),
      cessionOf(stage, ended),
      terminationOf(stage, ended),
    ]) {
      expect(await refusedWith(dossier), dossier.kind).to.contain('ENCUMBRANCE_TERMINATED');
    }
  });

  it('a cession by one who does not hold the pledge, or to one who does (PL-1)', async () => {
    expect(await refusedWith(cessionOf(stage, second))).to.contain('NOT_THE_HOLDER');
    const back = { ...cessionOf(stage, pledge), pledgee: pledgees.alpha };
    expect(await refusedWith(back)).to.contain('HOLDER_ALREADY');
  });

  it('a change or a release in the name of one who does not hold the pledge (PL-1)', async () => {
    const refusal = 'PLEDGEE_NOT_THE_HOLDER';
    expect(await refusedWith(amendmentOf(stage, second))).to.contain(refusal);
    expect(await refusedWith(terminationOf(stage, second))).to.contain(refusal);
  });

  it('an order that a holder of it has not signed, or of what has ended (PL-15)', async () => {
    const alone = rankAgreementOf(stage, [second, pledge], []);
    expect(await refusedWith(alone))
      .to.contain('RANK_CONSENT_MISSING')
      .and.to.contain(beta);
    const past = rankAgreementOf(stage, [second, ended]);
    expect(await refusedWith(past)).to.contain('RANK_OF_WHAT_IS_NOT_LIVE');
  });

  it('an order that names a pledge twice, or one alone, or two homes (PL-15)', async () => {
    const twice = rankAgreementOf(stage, [second, pledge, second]);
    expect(await refusedWith(twice)).to.contain('RANK_NAMES_TWICE');
    expect(await refusedWith(rankAgreementOf(stage, [second]))).to.contain('RANK_TARGETS');
    const homes = { ...amendmentOf(stage, pledge), kind: 'RANK_AGREEMENT' as const };
    expect(await refusedWith(homes)).to.contain('RANK_TARGETS');
  });

  it('one property twice by one application (PL-1)', async () => {
    const home = newProperty();
    const dossier = pledgeOf(stage, home);
    const twice = { ...dossier, targets: [{ property: home }, { property: home }] };
    expect(await refusedWith(twice)).to.contain('TARGET_NAMED_TWICE');
  });

  it('a pledge of a home that is under arrest, whoever says that it is free (PL-10)', async () => {
    const arrested = tampered(stage, ({ name }, { checks }) =>
      name === 'recordChecks'
        ? { application: checked, checks: checks.map((check) => withCode(check, '7010')) }
        : undefined,
    );
    const dossier = pledgeOf(stage, newProperty());
    const checked = dossier.application;
    const refusal = await refusalOf(carriedThrough({ ...next(), stage: arrested }, dossier));
    expect(refusal).to.contain('EXCLUDING_ENCUMBRANCE').and.to.contain('7010');
  });

  it('a pledge of a home whose lawsuit the signed decision does not name (PL-10)', async () => {
    const home = newProperty();
    const sued = tampered(stage, ({ name }, { application, checks }) =>
      name === 'recordChecks'
        ? { application, checks: checks.map((check) => withCode(check, '6010')) }
        : undefined,
    );
    const own = { ...next(), stage: sued };
    const accepted = await takenByEgkn(own, await filed(own, pledgeOf(stage, home)));
    const register = { decision: 'REGISTER' as const };
    const overlooked = carriedOut(props(), await signedDecision(props(), accepted, register));
    expect(await refusalOf(overlooked))
      .to.contain('ENCUMBRANCE_NOT_CONSIDERED')
      .and.to.contain('6010');

    // What nobody signed counts for nothing, and what was signed is on the ledger.
    const considered = accepted.targets.map(({ property }) => ({ property, codes: ['6010'] }));
    const signed = await signedDecision(props(), accepted, { ...register, considered });
    const unsigned = await signedDecision(props(), accepted, register);
    const claimed = { ...unsigned, decision: { ...unsigned.decision, considered } };
    expect(await refusalOf(carriedOut(props(), claimed))).to.contain('DECISION_DIFFERS');
    const done = await carriedOut(props(), signed);
    expect(done.decisions.at(-1)).to.deep.include({ decision: 'REGISTER', considered });
  });

  const withCode = (check: Sent['checks'][number], code: string) =>
    'encumbrances' in check
      ? { ...check, encumbrances: check.encumbrances.map((each) => ({ ...each, codes: [code] })) }
      : check;

  /** A pledge as its property's register shows it. */
  async function standing({ id: wanted, targets }: Application) {
    const property = targets[0]?.property ?? '';
    const shown = await ledger().done(pledges.register, { property }, { org: 'BetaMSP' });
    return shown.pledges.find(({ encumbrance }) => encumbrance.id === wanted);
  }
});
