import { expect } from 'chai';
import type { Dossier } from '../../../chaincode/pledges/dossier.ts';
import { newProperty, pledgeOf } from '../../../gateway/stands/story/dossiers.ts';
import { prepared } from '../../../gateway/stands/story/filing.ts';
import { refusalOf } from '../../support/kepil-stage.ts';
import { unitPlayground } from '../../support/unit-playground.ts';

describe('the facts from which participants follow (PL-4, PL-5)', function () {
  this.timeout(60_000);
  const { props, next } = unitPlayground();

  const pledge = () => pledgeOf(props().stage, newProperty());
  const withFacts = (dossier: Dossier, changes: Partial<Dossier['facts']>): Dossier => ({
    ...dossier,
    facts: { ...dossier.facts, ...changes },
  });
  const rolesOf = async (dossier: Dossier) =>
    (await prepared(next(), dossier)).participants.map(({ role }) => role);

  it('make a spouse on either side of a record a participant', async () => {
    const dossier = pledge();
    const marriages = dossier.facts.marriages.map((each) => ({
      ...each,
      spouses: [each.spouses[1], each.spouses[0]] as typeof each.spouses,
    }));
    const roles = await rolesOf(withFacts(dossier, { marriages }));
    expect(roles)
      .to.contain('SPOUSE')
      .and.to.eql(await rolesOf(pledge()));
  });

  it('hold no record about nobody among pledgors and owners', async () => {
    const dossier = pledge();
    const marriages = dossier.facts.marriages.map((each) => ({
      ...each,
      spouses: [each.spouses[1], each.spouses[1]] as typeof each.spouses,
    }));
    const refusal = await refusalOf(prepared(next(), withFacts(dossier, { marriages })));
    expect(refusal).to.contain('MARRIAGE_OF_NOBODY').and.to.contain('/facts/marriages/0');
  });

  it('are shown by an answer of EGKN on each home and of ZAGS on each natural owner', async () => {
    const dossier = pledge();
    for (const [index, { source }] of dossier.facts.answers.entries()) {
      const answers = dossier.facts.answers.filter((_, each) => each !== index);
      const refusal = await refusalOf(prepared(next(), withFacts(dossier, { answers })));
      expect(refusal).to.contain('FACTS_UNANSWERED').and.to.contain(source);
    }
  });
});
