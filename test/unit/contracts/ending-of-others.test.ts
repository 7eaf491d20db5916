import { expect } from 'chai';
import type { Application } from '../../../chaincode/pledges/application.ts';
import type { Dossier } from '../../../chaincode/pledges/dossier.ts';
import * as operations from '../../../chaincode/pledges/portfolio/batch-operations.ts';
import { encumbranceOfLine } from '../../../chaincode/pledges/portfolio/batch-rules.ts';
import { people } from '../../../gateway/stands/eds/people.ts';
import { importOf, opened } from '../../../gateway/stands/story/batch.ts';
import { decidedByRegistrar, takenByEgkn } from '../../../gateway/stands/story/deciding.ts';
import { pledgees, terminationOf } from '../../../gateway/stands/story/dossiers.ts';
import { filed } from '../../../gateway/stands/story/filing.ts';
import { registered } from '../../../gateway/stands/story/pledge.ts';
import { cast } from '../../../gateway/stands/story/stage.ts';
import { refusalOf } from '../../support/kepil-stage.ts';
import { egknLine } from '../../support/portfolio-scene.ts';
import { unitPlayground } from '../../support/unit-playground.ts';

const { bin } = people.alphaHead;
const change = {
  kind: 'organisation.change' as const,
  organisation: { bin, name: 'Alpha', systems: [{ id: 'pledges', name: 'Pledges' }] },
};

describe('who files the end of a pledge (RG-4, TR-4)', function () {
  this.timeout(60_000);
  const { ledger, props, next } = unitPlayground();

  const excluded = () => ledger().decide({ kind: 'organisation.exclusion', bin });
  const readmitted = () => ledger().decide({ kind: 'organisation.readmission', bin });
  const ofCategories = (categories: string[]) =>
    ledger().decide({ ...change, organisation: { ...change.organisation, categories } });

  /** Beta's pledge that EGKN registered elsewhere, as a termination names it. */
  async function imported(n: number): Promise<Pick<Application, 'id' | 'targets'>> {
    const line = egknLine(n, { holder: pledgees.beta.bin });
    const { batch } = (await opened(props(), importOf([[line]]))).content;
    const part = { batch, part: 1, lines: [line] };
    await ledger().done(operations.importPart, part, { org: cast.registrar });
    return { id: encumbranceOfLine(line), targets: [{ property: line.property }] };
  }
  /** Its pledgor applies for the end on Alpha's platform. */
  const endOf = (pledge: Pick<Application, 'id' | 'targets'>): Dossier => {
    const dossier = terminationOf(props().stage, pledge as Application);
    return { ...dossier, pledgee: pledgees.beta, applicant: dossier.pledgors[0] };
  };

  it('may be a platform that is admitted, of another’s pledge too', async () => {
    const own = next();
    const ending = await filed(own, endOf(await imported(71)));
    expect((await decidedByRegistrar(own, ending)).state).to.equal('REGISTERED');
  });

  it('is no excluded platform where the pledge is not its own (OR-1)', async () => {
    const pledge = await imported(72);
    await excluded();
    expect(await refusalOf(filed(next(), endOf(pledge)))).to.contain('ORGANISATION_EXCLUDED');
    await readmitted();
  });

  it('is no bank where the edition of the pledge excludes banks (OR-1)', async () => {
    const pledge = await imported(73);
    await ofCategories(['SECOND_TIER_BANK']);
    const refusal = await refusalOf(filed(next(), endOf(pledge)));
    expect(refusal).to.contain('PARTICIPANT_EXCLUDED_BY_REGIME');
    await ofCategories([]);
  });

  it('is still asked whether it is admitted when the payment reaches EGKN', async () => {
    const own = next();
    const ending = await filed(own, endOf(await imported(74)));
    await excluded();
    expect(await refusalOf(takenByEgkn(own, ending))).to.contain('ORGANISATION_EXCLUDED');
    await readmitted();
  });

  it('is the platform of the pledge itself, admitted or not, and of every pledge that it names', async () => {
    const pledge = await registered(next());
    const other = await imported(75);
    await excluded();
    const ending = terminationOf(props().stage, pledge);
    const also = endOf(other);
    const both = {
      ...ending,
      targets: [...ending.targets, ...also.targets],
      properties: [...ending.properties, ...also.properties],
      registered: [...ending.registered, ...also.registered],
    };
    expect(await refusalOf(filed(next(), both))).to.contain('ORGANISATION_EXCLUDED');
    const own = next();
    const alone = await filed(own, terminationOf(own.stage, pledge));
    expect((await decidedByRegistrar(own, alone)).state).to.equal('REGISTERED');
    await readmitted();
  });
});
