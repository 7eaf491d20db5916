import { expect } from 'chai';
import { applicationIdSchema } from '../../../chaincode/kernel/application-id.ts';
import { knownDate } from '../../../chaincode/kernel/civil-date.ts';
import { instantSchema } from '../../../chaincode/kernel/instant.ts';
import { personHash } from '../../../chaincode/kernel/person-hash.ts';
import type { Dossier } from '../../../chaincode/pledges/dossier.ts';
import { people } from '../../../gateway/stands/eds/people.ts';
import { newProperty, pledgeOf } from '../../../gateway/stands/story/dossiers.ts';
import { prepared } from '../../../gateway/stands/story/filing.ts';
import { carriedThrough } from '../../../gateway/stands/story/pledge.ts';
import { id } from '../../../gateway/stands/story/signers.ts';
import { refusalOf, tampered } from '../../support/kepil-stage.ts';
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

  it('have dates of marriage that can be, by the day of the answer of ZAGS (PL-5)', async () => {
    const dossier = pledge();
    const [wedding, today, tomorrow] = ['2020-06-12', '2026-11-20', '2026-11-21'].map(knownDate);
    const dated = (dates: Partial<Dossier['facts']['marriages'][number]>) =>
      withFacts(dossier, {
        marriages: dossier.facts.marriages.map((each) => ({ ...each, ...dates })),
      });
    for (const [dates, field] of [
      [{ dissolvedOn: knownDate('2099-01-01') }, 'dissolvedOn'],
      [{ dissolvedOn: tomorrow }, 'dissolvedOn'],
      [{ dissolvedOn: knownDate('2020-06-11') }, 'dissolvedOn'],
      [{ registeredOn: tomorrow! }, 'registeredOn'],
    ] as const) {
      const refusal = await refusalOf(prepared(next(), dated(dates)));
      expect(refusal).to.contain('MARRIAGE_DATES').and.to.contain(`/facts/marriages/0/${field}`);
    }
    expect(await rolesOf(dated({ dissolvedOn: today! }))).not.to.contain('SPOUSE');
    const same = { ...dated({ dissolvedOn: wedding! }), application: pledge().application };
    expect(await rolesOf(same)).not.to.contain('SPOUSE');
  });

  it('hold no answer that is still to come', async () => {
    const dossier = pledge();
    const at = instantSchema.parse('2099-01-01T00:00:00.000Z');
    const answers = dossier.facts.answers.map((each) => ({ ...each, at }));
    const refusal = await refusalOf(prepared(next(), withFacts(dossier, { answers })));
    expect(refusal).to.contain('TIME_AHEAD').and.to.contain('/facts/answers/0/at');
  });

  it('leave nobody out whom the State Corporation finds in EGKN and ZAGS (PL-10)', async () => {
    const whole = pledge();
    const [owner] = whole.facts.owners;
    const alone = { owners: [owner!], marriages: [] };
    for (const [changes, refusal] of [
      [{ owners: alone.owners }, 'OWNER_TAKES_NO_PART'],
      [{ marriages: alone.marriages }, 'SPOUSE_TAKES_NO_PART'],
    ] as const) {
      const told = withFacts(whole, changes);
      const dossier = { ...told, application: applicationIdSchema.parse(id()) };
      const found = { person: personHash(dossier.personSalt, people.spouse.iin) };
      const coOwner = { person: personHash(dossier.personSalt, people.coOwner.iin) };
      // What the registers of the state answer, whatever the platform said of them.
      const stage = tampered(props().stage, ({ name }, { application, checks }) =>
        name === 'recordChecks'
          ? {
              application,
              checks: checks.map((check) => {
                if (check.check === 'MARRIAGE') return { ...check, people: [found] };
                return check.check === 'RIGHTS_AND_CHARACTERISTICS'
                  ? { ...check, people: [...check.people, coOwner] }
                  : check;
              }),
            }
          : undefined,
      );
      expect(await refusalOf(carriedThrough({ ...next(), stage }, dossier))).to.contain(refusal);
    }
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
