import { expect } from 'chai';
import type { Application } from '../../../chaincode/pledges/application.ts';
import { type Dossier, dossier as dossierSchema } from '../../../chaincode/pledges/dossier.ts';
import {
  amendmentOf,
  cessionOf,
  newProperty,
  pledgees,
  pledgeOf,
  terminationOf,
} from '../../../gateway/stands/story/dossiers.ts';
import { prepared } from '../../../gateway/stands/story/filing.ts';
import { carriedThrough, registered } from '../../../gateway/stands/story/pledge.ts';
import type { Props } from '../../../gateway/stands/story/props.ts';
import { salt } from '../../../gateway/stands/story/signers.ts';
import { refusalOf } from '../../support/kepil-stage.ts';
import { unitPlayground } from '../../support/unit-playground.ts';

describe('who changes or ends a registered pledge (PL-6, TR-2)', function () {
  this.timeout(60_000);
  const { props, next } = unitPlayground();
  let stage: Props['stage'];
  let pledge: Application;

  before(async () => {
    ({ stage } = props());
    pledge = await registered(next(), [newProperty()]);
  });

  const refused = (dossier: Dossier) => refusalOf(prepared(next(), dossier));
  const changes = () => [amendmentOf(stage, pledge), cessionOf(stage, pledge)];
  const allKinds = () => [...changes(), terminationOf(stage, pledge)];

  it('is not the bank in the place of those who pledged', async () => {
    const { alpha } = pledgees;
    for (const dossier of allKinds()) {
      const facts = { ...dossier.facts, owners: [alpha], marriages: [] };
      const refusal = await refused({ ...dossier, pledgors: [alpha], facts });
      expect(refusal, dossier.kind).to.contain('PLEDGORS_DIFFER').and.to.contain(pledge.id);
    }
  });

  it('is not somebody else who owns beside the pledgor', async () => {
    for (const dossier of allKinds()) {
      const pledgors = [...dossier.pledgors, pledgees.beta];
      expect(await refused({ ...dossier, pledgors }), dossier.kind).to.contain('PLEDGORS_DIFFER');
    }
  });

  it('is known by the salt of the registered application alone', async () => {
    for (const dossier of allKinds()) {
      const others = dossier.registered.map((each) => ({ ...each, personSalt: salt() }));
      for (const shown of [[], others]) {
        const refusal = await refused({ ...dossier, registered: shown });
        expect(refusal, dossier.kind).to.contain('PLEDGORS_DIFFER');
      }
    }
  });

  it('leaves out no other owner and no spouse', async () => {
    for (const dossier of changes()) {
      const { facts, pledgors } = dossier;
      for (const left of [
        { ...facts, owners: pledgors },
        { ...facts, marriages: [] },
      ]) {
        const refusal = await refused({ ...dossier, facts: left });
        expect(refusal, dossier.kind).to.contain('OWNER_LEFT_OUT').and.to.contain(pledge.id);
      }
    }
  });

  it('names the contract anew for a termination (TR-2)', async () => {
    const dossier = terminationOf(stage, pledge);
    const { contract } = dossier;
    for (const other of [{ number: 'ANOTHER' }, { date: '2001-01-01' }]) {
      const named = dossierSchema.parse({ ...dossier, contract: { ...contract, ...other } });
      expect(await refused(named))
        .to.contain('CONTRACT_DIFFERS')
        .and.to.contain(pledge.id);
    }
  });

  it('needs a spouse no more whose marriage was dissolved (PL-5)', async () => {
    const dossier = amendmentOf(stage, pledge);
    const marriages = dossier.facts.marriages.map((each) => ({
      ...each,
      dissolvedOn: each.registeredOn,
    }));
    const facts = { ...dossier.facts, marriages };
    const amended = await carriedThrough(next(), { ...dossier, facts });
    expect(amended.participants.map(({ role }) => role)).to.not.contain('SPOUSE');
  });

  it('is nobody while the pledge is not registered', async () => {
    const dossier = pledgeOf(stage, newProperty());
    const drafted = await prepared(next(), dossier);
    expect(await refused(terminationOf(stage, drafted))).to.contain('ENCUMBRANCE_UNKNOWN');
  });

  it('stands on the ledger by salted hash, one for each application (SE-2)', async () => {
    const other = await registered(next(), [newProperty()]);
    const hashes = [pledge, other].flatMap(({ participants }) =>
      participants.flatMap(({ natural, person }) => (natural ? [person] : [])),
    );
    expect(hashes).to.have.length(6).and.to.not.contain(undefined);
    expect(new Set(hashes)).to.have.lengthOf(6);
  });
});
