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
} from '../../../gateway/stands/story/dossiers.ts';
import { filed } from '../../../gateway/stands/story/filing.ts';
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
