import { expect } from 'chai';
import { localDateOf } from '../../../chaincode/kernel/almaty.ts';
import { plusDays } from '../../../chaincode/kernel/civil-date.ts';
import { documentHashOf } from '../../../chaincode/kernel/document-hash.ts';
import { personHash } from '../../../chaincode/kernel/person-hash.ts';
import * as heads from '../../../chaincode/organisations/heads/operations.ts';
import type { Dossier } from '../../../chaincode/pledges/dossier.ts';
import { legalPerson } from '../../../chaincode/pledges/participants.ts';
import { people } from '../../../gateway/stands/eds/people.ts';
import { cessionOf, confirming } from '../../../gateway/stands/story/batch.ts';
import { newProperty, pledgees, pledgeOf } from '../../../gateway/stands/story/dossiers.ts';
import { filed, prepared } from '../../../gateway/stands/story/filing.ts';
import {
  type GivenMandate,
  mandateGiven,
  mandateRevoked,
  type Member,
} from '../../../gateway/stands/story/mandates.ts';
import type { Props, Signatory } from '../../../gateway/stands/story/props.ts';
import { refusedByPledgee, signedRefusal } from '../../../gateway/stands/story/refusing.ts';
import { hashOf, salt } from '../../../gateway/stands/story/signers.ts';
import { cast } from '../../../gateway/stands/story/stage.ts';
import { refusalOf, tampered } from '../../support/kepil-stage.ts';
import { cessionLine, egknLine } from '../../support/portfolio-scene.ts';
import { unitPlayground } from '../../support/unit-playground.ts';

type By = { readonly org: string };
const alpha: By = { org: cast.platform };
const registrar: By = { org: cast.registrar };
const betas: By = { org: 'BetaMSP' };

describe('the heads of an organisation (OR-1)', function () {
  this.timeout(60_000);
  const { ledger, props, next } = unitPlayground();

  const today = () => localDateOf(props().stage.now());
  const day = (days: number) => plusDays(today(), days);
  const proof = () => ({ number: '7', date: today(), hash: hashOf('act') });
  const act = (of: Member, headSalt: string) => ({
    bin: people[of].bin,
    person: personHash(headSalt, people[of].iin),
  });

  /** Names somebody for a term; gives the salt by which the organisation knows the record. */
  async function named(of: Member, from: string, by = alpha): Promise<string> {
    const headSalt = salt();
    const head = { ...act(of, headSalt), from, appointment: proof() };
    await ledger().done(heads.nameHead, head, by);
    return headSalt;
  }

  const ended = (of: Member, headSalt: string, until: string, by = alpha) =>
    ledger().call(heads.endHead, { ...act(of, headSalt), until, dismissal: proof() }, by);

  /** The same, with this salt wherever a head shows one. */
  function showing(headSalt: string | undefined): Props {
    const own = next();
    const stage = tampered<object>(own.stage, (_operation, input) =>
      'headSalt' in input ? { ...input, headSalt } : undefined,
    );
    return { ...own, stage };
  }

  /** Files an application that this person has signed for its pledgee. */
  function filedBy(person: Member, own = next(), changed = (dossier: Dossier) => dossier) {
    const signatories = { [people[person].bin]: { person } satisfies Signatory };
    const dossier = changed(pledgeOf(own.stage, newProperty()));
    return filed({ ...own, signatories }, dossier);
  }

  it('sign for it while they are in force', async () => {
    expect((await filedBy('alphaHead')).state).to.equal('FILED');
    const successor = showing(await named('alphaSuccessor', today()));
    expect((await filedBy('alphaSuccessor', successor)).state).to.equal('FILED');
  });

  it('are nobody else, whatever the certificate says', async () => {
    expect(await refusalOf(filedBy('alphaSuccessor'))).to.contain('HEAD_UNKNOWN');
    expect(await refusalOf(filedBy('alphaHead', showing(undefined)))).to.contain('HEAD_UNKNOWN');
    // The salt of another head does not lend the place.
    const { signers } = props();
    const borrowed = showing(signers.headSalt('alphaHead'));
    expect(await refusalOf(filedBy('alphaSuccessor', borrowed))).to.contain('HEAD_UNKNOWN');
  });

  it('sign no more when the term is over, nor before it begins', async () => {
    const past = await named('alphaSuccessor', day(-30));
    expect((await ended('alphaSuccessor', past, day(-1))).codes).to.eql([]);
    const over = await refusalOf(filedBy('alphaSuccessor', showing(past)));
    expect(over).to.contain('HEAD_NOT_IN_FORCE').and.to.contain(today());
    const coming = showing(await named('alphaSuccessor', day(1)));
    expect(await refusalOf(filedBy('alphaSuccessor', coming))).to.contain('HEAD_NOT_IN_FORCE');
  });

  it('sign on the last day, since a term ends with its day', async () => {
    const last = await named('alphaSuccessor', day(-30));
    await ended('alphaSuccessor', last, today());
    expect((await filedBy('alphaSuccessor', showing(last))).state).to.equal('FILED');
  });

  describe('whose term is over', () => {
    const person = 'alphaSuccessor' as const;
    let former: Props;
    let given: GivenMandate;

    before(async () => {
      const headSalt = await named(person, day(-30));
      former = showing(headSalt);
      given = await mandate(former);
      await ended(person, headSalt, day(-1));
    });

    const mandate = (own: Props) =>
      mandateGiven(own.stage, own.signers, {
        head: person,
        holder: 'alphaSignatory',
        function: 'PLEDGEE_SIGNATORY',
        ...alpha,
      });

    it('leave their mandates alive: an organisation gave them', async () => {
      const signatory = { person: 'alphaSignatory', mandate: given } as const;
      const signatories = { [people.alphaHead.bin]: signatory };
      const own = { ...next(), signatories };
      const after = await filed(own, pledgeOf(own.stage, newProperty()));
      expect(after.state).to.equal('FILED');
      const { stage, signers } = former;
      const revoking = mandateRevoked(stage, signers, {
        head: person,
        mandate: given.id,
        ...alpha,
      });
      expect(await refusalOf(revoking)).to.contain('HEAD_NOT_IN_FORCE');
    });

    it('give no mandate', async () => {
      expect(await refusalOf(mandate(former))).to.contain('HEAD_NOT_IN_FORCE');
    });

    it('refuse nothing for the pledgee (PL-8)', async () => {
      const own = next();
      const application = await prepared(own, pledgeOf(own.stage, newProperty()));
      const signed = await signedRefusal(former, application, { person });
      expect(await refusalOf(refusedByPledgee(former, signed))).to.contain('HEAD_NOT_IN_FORCE');
    });

    it('cede no portfolio', async () => {
      const betaSalt = await named('betaHead', day(-30), betas);
      await ended('betaHead', betaSalt, day(-1), betas);
      const own = showing(betaSalt);
      const content = cessionOf(own, [[cessionLine(egknLine(1))]]);
      const send = await confirming(own, content, 'PLEDGEE');
      expect(await refusalOf(send())).to.contain('HEAD_NOT_IN_FORCE');
    });

    it('pledge nothing that the organisation owns', async () => {
      const betaSalt = await named('betaHead', day(-30), betas);
      const beta = pledgees.beta;
      const company = (dossier: Dossier): Dossier => ({
        ...dossier,
        pledgors: [beta],
        facts: { ...dossier.facts, owners: [beta], marriages: [] },
      });
      expect((await filedBy('alphaHead', next(), company)).state).to.equal('FILED');
      await ended('betaHead', betaSalt, day(-1), betas);
      const own = next();
      const stage = tampered<{ participant?: number }>(own.stage, (operation, input) =>
        operation.name === 'confirm' && input.participant === 2
          ? { ...input, headSalt: betaSalt }
          : undefined,
      );
      const refusal = await refusalOf(filedBy('alphaHead', { ...own, stage }, company));
      expect(refusal).to.contain('HEAD_NOT_IN_FORCE');
    });
  });

  describe('are named and dismissed', () => {
    it('by the own administrator alone (SE-3)', async () => {
      const head = { ...act('alphaHead', salt()), from: today(), appointment: proof() };
      for (const org of ['BetaMSP', cast.registrar, cast.authority, cast.operator]) {
        const { codes } = await ledger().call(heads.nameHead, head, { org });
        expect(codes, org).to.eql(['NOT_OF_THIS_ORGANISATION']);
      }
      const client = await ledger().call(heads.nameHead, head, { ...alpha, role: 'client' });
      expect(client.codes).to.eql(['ROLE_MISSING']);
      const own = await named('alphaHead', today());
      const stranger = await ended('alphaHead', own, day(-1), registrar);
      expect(stranger.codes).to.eql(['NOT_OF_THIS_ORGANISATION']);
    });

    it('as history: a record is never named again, and a term only shrinks', async () => {
      const headSalt = await named('alphaSuccessor', day(-30));
      await ended('alphaSuccessor', headSalt, day(-10));
      const of = act('alphaSuccessor', headSalt);
      const again = { ...of, from: today(), appointment: proof() };
      const twice = await ledger().call(heads.nameHead, again, alpha);
      expect(twice.codes).to.eql(['HEAD_NAMED_ALREADY']);
      const longer = await ended('alphaSuccessor', headSalt, day(10));
      expect(longer.codes).to.eql(['HEAD_ENDED_ALREADY']);
      const reversed = { ...act('alphaHead', salt()), from: today(), until: day(-1) };
      const wrong = await ledger().call(
        heads.nameHead,
        { ...reversed, appointment: proof() },
        alpha,
      );
      expect(wrong.codes).to.eql(['HEAD_TERM_REVERSED']);
      const unknown = await ended('alphaHead', salt(), today());
      expect(unknown.codes).to.eql(['HEAD_UNKNOWN']);
      const { heads: all } = await ledger().done(heads.heads, { bin: of.bin }, betas);
      const kept = all.find(({ person }) => person === of.person);
      expect(kept).to.deep.include({ from: day(-30), until: day(-10) });
      expect(kept?.appointment.hash).to.equal(hashOf('act'));
    });

    it('a page at a time', async () => {
      const { bin } = people.alphaHead;
      const first = await ledger().done(heads.heads, { bin, limit: 1 }, alpha);
      expect(first.heads).to.have.length(1);
      const next = { bin, ...(first.next === undefined ? {} : { cursor: first.next }) };
      const rest = await ledger().done(heads.heads, next, alpha);
      expect(rest.heads.map(({ person }) => person)).not.to.include(first.heads[0]?.person);
      expect(rest.heads.length).to.be.greaterThan(1);
    });
  });

  describe('of one that is no party', () => {
    const { bin, organisation: name } = people.bankHead;
    const bank = legalPerson.parse({ bin, name });
    const pledge = (own: Props) =>
      filedBy('bankHead', own, (dossier) => ({ ...dossier, pledgee: bank }));

    it('sign by the certificate as long as none is named, then by the list', async () => {
      expect((await pledge(showing(undefined))).state).to.equal('FILED');
      const head = { ...act('bankHead', salt()), from: today(), appointment: proof() };
      const { codes } = await ledger().call(heads.nameHead, head, alpha);
      expect(codes).to.eql(['NOT_OF_THIS_ORGANISATION']);
      const byAuthority = await named('bankHead', today(), { org: cast.authority });
      expect(await refusalOf(pledge(showing(undefined)))).to.contain('HEAD_UNKNOWN');
      expect((await pledge(showing(byAuthority))).state).to.equal('FILED');
      expect((await ended('bankHead', byAuthority, day(-1), registrar)).codes).to.eql([]);
      expect(await refusalOf(pledge(showing(byAuthority)))).to.contain('HEAD_NOT_IN_FORCE');
    });
  });

  it('are no persons to whoever reads the ledger (SE-2)', async () => {
    const { signers } = props();
    const personal = Object.values(people).flatMap(({ iin, surname }) => [
      iin,
      surname,
      documentHashOf(iin),
    ]);
    const salts = (['alphaHead', 'betaHead', 'goscorpHead'] as const).map((name) =>
      signers.headSalt(name),
    );
    const state = await ledger().ledger.allState();
    const records = [...state].filter(([key]) => key.includes('organisation.head'));
    expect(records.length).to.be.greaterThan(4);
    for (const [key, value] of state) {
      for (const secret of [...personal, ...salts]) {
        expect(`${key} ${value}`.includes(secret), key).to.equal(false);
      }
    }
  });
});
