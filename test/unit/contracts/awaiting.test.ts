import { expect } from 'chai';
import type { Application } from '../../../chaincode/pledges/application.ts';
import type { Dossier } from '../../../chaincode/pledges/dossier.ts';
import * as pledges from '../../../chaincode/pledges/operations.ts';
import {
  carriedOut,
  documentsOwed,
  signedDecision,
  takenByEgkn,
} from '../../../gateway/stands/story/deciding.ts';
import {
  amendmentOf,
  newProperty,
  pledgees,
  pledgeOf,
  repledgeOf,
} from '../../../gateway/stands/story/dossiers.ts';
import { filed } from '../../../gateway/stands/story/filing.ts';
import { registered, terminated } from '../../../gateway/stands/story/pledge.ts';
import { cast } from '../../../gateway/stands/story/stage.ts';
import { takenBack } from '../../../gateway/stands/story/withdrawing.ts';
import { refusalOf } from '../../support/kepil-stage.ts';
import { unitPlayground } from '../../support/unit-playground.ts';

describe('an application that EGKN accepted earlier and nobody has decided (PL-1, PL-15)', function () {
  this.timeout(60_000);
  const { props, next } = unitPlayground();

  const taken = async (dossier: Dossier) => {
    const own = next();
    return takenByEgkn(own, await filed(own, dossier));
  };
  /** Beta lends on a home after Alpha, with the consent of those named. */
  const betas = (home: ReturnType<typeof newProperty>, consenting: Dossier['consentingPledgees']) =>
    taken({
      ...pledgeOf(props().stage, home),
      pledgee: pledgees.beta,
      consentingPledgees: consenting,
    });
  const decided = async (
    application: Application,
    decision: Parameters<typeof signedDecision>[2],
  ) => carriedOut(props(), await signedDecision(props(), application, decision));
  const register = { decision: 'REGISTER' as const };
  const refuse = {
    decision: 'REFUSE' as const,
    grounds: [{ article: '31' as const, code: 'DOCUMENT_UNLAWFUL', reason: 'Not theirs.' }],
  };

  it('is not passed by a later one without the consent of its pledgee', async () => {
    const home = newProperty();
    const first = await taken(pledgeOf(props().stage, home));
    const second = await betas(home, []);
    const refusal = await refusalOf(decided(second, register));
    expect(refusal).to.contain('EARLIER_APPLICATION_UNDECIDED').and.to.contain(first.id);
    expect(refusal).to.contain(pledgees.alpha.bin);

    const halt = { decision: 'SUSPEND' as const, grounds: [documentsOwed] };
    const suspended = await decided(first, halt);
    expect(await refusalOf(decided(second, register))).to.contain('EARLIER_APPLICATION_UNDECIDED');
    await decided(suspended, refuse);
    expect((await decided(second, register)).state).to.equal('REGISTERED');
  });

  it('is passed with it, and stands before the later one all the same once registered', async () => {
    const home = newProperty();
    const first = await taken(pledgeOf(props().stage, home));
    const second = await betas(home, [pledgees.alpha]);
    expect((await decided(second, register)).state).to.equal('REGISTERED');
    await decided(first, register);
    const { pledges: standing } = await props().stage.done(
      pledges.register,
      { property: home },
      { org: cast.registrar },
    );
    expect(standing.map(({ encumbrance, rank }) => [encumbrance.id, rank])).to.eql([
      [first.id, 1],
      [second.id, 2],
    ]);
  });

  it('counts no more once it is taken back', async () => {
    const home = newProperty();
    const first = await taken(pledgeOf(props().stage, home));
    const second = await betas(home, []);
    await takenBack(props(), first);
    expect((await decided(second, register)).state).to.equal('REGISTERED');
  });

  it('may be an agreement by which the holder asks to be asked from now on', async () => {
    const home = newProperty();
    const { stage } = props();
    const free = pledgeOf(stage, home);
    const pledge = await taken({
      ...free,
      contract: { ...free.contract, consentToRepledge: false },
    });
    await decided(pledge, register);
    const agreement = await taken(amendmentOf(stage, pledge));
    const second = await betas(home, []);
    expect(await refusalOf(decided(second, register))).to.contain(agreement.id);
  });

  it('is nobody’s concern where its contract does not ask', async () => {
    const home = newProperty();
    const free = pledgeOf(props().stage, home);
    await taken({ ...free, contract: { ...free.contract, consentToRepledge: false } });
    expect((await decided(await betas(home, []), register)).state).to.equal('REGISTERED');
  });
});

describe('a re-pledge (PL-1)', function () {
  this.timeout(60_000);
  const { props, next } = unitPlayground();
  const registering = async (application: Application) =>
    carriedOut(props(), await signedDecision(props(), application, { decision: 'REGISTER' }));

  it('may be of two homes by one contract, of which one is pledged', async () => {
    const own = next();
    const pledge = await registered(next());
    const dossier = repledgeOf(own.stage, pledge);
    const free = newProperty();
    const alsoFree = pledgeOf(own.stage, free);
    const both = {
      ...dossier,
      targets: [...dossier.targets, ...alsoFree.targets],
      properties: [...dossier.properties, ...alsoFree.properties],
      facts: {
        ...dossier.facts,
        answers: [...dossier.facts.answers, ...alsoFree.facts.answers],
      },
    };
    const taken = await takenByEgkn(own, await filed(own, both));
    expect((await registering(taken)).state).to.equal('REGISTERED');
  });

  it('stands though the pledge before it is released between acceptance and decision', async () => {
    const pledge = await registered(next());
    const own = next();
    const taken = await takenByEgkn(own, await filed(own, repledgeOf(own.stage, pledge)));
    await terminated(next(), pledge);
    expect((await registering(taken)).state).to.equal('REGISTERED');
  });
});
