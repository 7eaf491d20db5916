import { expect } from 'chai';
import type { Application } from '../../../chaincode/pledges/application.ts';
import { numberOf } from '../../../chaincode/pledges/participants.ts';
import { recordChecks } from '../../../chaincode/pledges/operations.ts';
import { type Dossier, dossier as dossierSchema } from '../../../chaincode/pledges/dossier.ts';
import {
  amendmentOf,
  cessionOf,
  newProperty,
  pledgees,
  pledgeOf,
  terminationOf,
} from '../../../gateway/stands/story/dossiers.ts';
import { carriedOut, signedDecision, takenByEgkn } from '../../../gateway/stands/story/deciding.ts';
import { filed, prepared } from '../../../gateway/stands/story/filing.ts';
import { carriedThrough, registered } from '../../../gateway/stands/story/pledge.ts';
import type { Props } from '../../../gateway/stands/story/props.ts';
import { salt } from '../../../gateway/stands/story/signers.ts';
import { cast } from '../../../gateway/stands/story/stage.ts';
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

  it('is of the share that is pledged, and of no other (PL-2)', async () => {
    for (const dossier of allKinds()) {
      const share = '1/2' as const;
      const targets = dossier.targets.map((each) => ({ ...each, share }));
      const properties = dossier.properties.map((each) => ({ ...each, share }));
      expect(await refused({ ...dossier, targets, properties }), dossier.kind)
        .to.contain('SHARE_DIFFERS')
        .and.to.contain('/targets/0/share');
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

  describe('when the home has changed hands since', () => {
    const asked = (dossier: Dossier) => dossier.facts.answers[0]?.at.slice(0, 10) ?? '';
    /** The pledgor has sold to Beta; who owned beside the pledgor, and who was married, are gone. */
    function sold(dossier: Dossier, changes: Partial<Dossier['facts']> = {}): Dossier {
      const { facts } = dossier;
      const until = asked(dossier);
      const evidence = dossier.documents[0]?.sha256;
      const formerOwners = facts.owners.map((person) => ({ person, until, evidence }));
      const { beta } = pledgees;
      const now = { ...facts, owners: [beta], formerOwners, ...changes };
      return dossierSchema.parse({ ...dossier, pledgors: [beta], facts: now });
    }

    it('is who owns it now, in the place of those who do not any more (PL-4)', async () => {
      const changed = await carriedThrough(next(), sold(amendmentOf(stage, pledge)));
      const people = changed.participants.map(({ role, bin }) => [role, bin].join(' '));
      expect(people).to.eql([`PLEDGEE ${pledgees.alpha.bin}`, `PLEDGOR ${pledgees.beta.bin}`]);
    });

    it('may be the others alone where one of them has died', async () => {
      const dossier = amendmentOf(stage, pledge);
      const { facts, pledgors } = dossier;
      const numbers = pledgors.map(numberOf);
      const dead = facts.owners.find((who) => !numbers.includes(numberOf(who)));
      const evidence = dossier.documents[0]?.sha256;
      const formerOwners = [{ person: dead, until: asked(dossier), evidence }];
      const left = dossierSchema.parse({
        ...dossier,
        facts: { ...facts, owners: pledgors, formerOwners },
      });
      const { participants } = await carriedThrough(next(), left);
      expect(participants.map(({ role }) => role)).to.not.contain('CO_OWNER');
    });

    it('is nobody who does not own, and nobody in the place of one who still does', async () => {
      const dossier = amendmentOf(stage, pledge);
      const own = sold(dossier);
      const stranger = { ...own, pledgors: [pledgees.alpha] };
      expect(await refused(stranger)).to.contain('PLEDGORS_DIFFER');
      const { formerOwners = [] } = own.facts;
      const second = { ...own.facts, marriages: [], formerOwners: formerOwners.slice(1) };
      expect(await refused({ ...own, facts: second })).to.contain('PLEDGORS_DIFFER');
      const still = { ...own.facts, owners: [...own.facts.owners, ...dossier.facts.owners] };
      expect(await refused({ ...own, facts: still }))
        .to.contain('FORMER_OWNER_MISPLACED')
        .and.to.contain('/facts/formerOwners/0');
      const ahead = formerOwners.map((each) => ({ ...each, until: '2099-01-01' as const }));
      const later = dossierSchema.parse({ ...own, facts: { ...own.facts, formerOwners: ahead } });
      expect(await refused(later)).to.contain('FORMER_OWNER_MISPLACED');
      const fresh = pledgeOf(stage, newProperty());
      const facts = { ...fresh.facts, formerOwners: own.facts.formerOwners };
      expect(await refused({ ...fresh, facts })).to.contain('FORMER_OWNER_MISPLACED');
    });

    it('has to be so by EGKN too: an owner whom it still names takes part (PL-10)', async () => {
      const own = next();
      const dossier = sold(amendmentOf(stage, pledge));
      const accepted = await takenByEgkn(own, await filed(own, dossier));
      const signed = await signedDecision(own, accepted, { decision: 'REGISTER' });
      const told = accepted.checks.find(({ check }) => check === 'RIGHTS_AND_CHARACTERISTICS');
      const still = pledge.participants.find(({ role }) => role === 'CO_OWNER')?.person ?? '';
      await stage.done(
        recordChecks,
        {
          application: accepted.id,
          checks: [{ ...told, people: [...(told?.people ?? []), { person: still }] } as never],
        },
        { org: cast.registrar },
      );
      expect(await refusalOf(carriedOut(own, signed))).to.contain('OWNER_TAKES_NO_PART');
    });
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
