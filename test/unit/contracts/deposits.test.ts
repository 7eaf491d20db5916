import { expect } from 'chai';
import { verdictKey } from '../../../chaincode/ledger/keys.ts';
import { transientInput } from '../../../chaincode/ledger/request.ts';
import type { Application } from '../../../chaincode/pledges/application.ts';
import { type Dossier, dossierText } from '../../../chaincode/pledges/dossier.ts';
import { readEvidence } from '../../../chaincode/pledges/evidence-operations.ts';
import { readHeld } from '../../../chaincode/pledges/healing/operations.ts';
import { type HeldPart, heldPlace } from '../../../chaincode/pledges/held-records.ts';
import * as pledges from '../../../chaincode/pledges/operations.ts';
import { verifyRefusal } from '../../../chaincode/pledges/refusing/operations.ts';
import { verifySupplement } from '../../../chaincode/pledges/supplementing/operations.ts';
import { people } from '../../../gateway/stands/eds/people.ts';
import {
  documentsOwed,
  signedDecision,
  takenByEgkn,
} from '../../../gateway/stands/story/deciding.ts';
import { newProperty, pledgeOf } from '../../../gateway/stands/story/dossiers.ts';
import { confirmedAndFiled, prepared, signatures } from '../../../gateway/stands/story/filing.ts';
import type { Props } from '../../../gateway/stands/story/props.ts';
import { signedRefusal } from '../../../gateway/stands/story/refusing.ts';
import { salt } from '../../../gateway/stands/story/signers.ts';
import { cast } from '../../../gateway/stands/story/stage.ts';
import { supplemented, withMore } from '../../../gateway/stands/story/supplementing.ts';
import { Altered, writtenAtHome } from '../../support/altered-peer.ts';
import type { KepilLedger } from '../../support/kepil-ledger.ts';
import { readyToFile, refusalOf, tampered } from '../../support/kepil-stage.ts';

const alpha = { org: cast.platform };
const registrar = { org: cast.registrar };
/** Another admitted platform, which has learnt the ids of Alpha's drafts and what was told of them. */
const beta = { org: 'BetaMSP' };
const first = { kind: 'DOSSIER', revision: 1 } as const;
const deciding = { kind: 'DECISION', decision: 1, byRegistrar: true } as const;

describe('what one platform deposits, against another that aims at it', function () {
  this.timeout(60_000);
  let ledger: KepilLedger;
  let props: Props;
  let slot = 0;

  before(async () => {
    ({ ledger, props } = await readyToFile({ others: [Altered] }));
    const { bin } = people.betaHead;
    await ledger.decide({
      kind: 'organisation.admission',
      organisation: {
        bin,
        name: 'Beta',
        kind: 'NON_STATE_SYSTEM_OWNER',
        mspId: 'BetaMSP',
        categories: [],
        systems: [{ id: 'pledges', name: 'Pledges' }],
      },
    });
  });
  after(() => ledger.close());

  const next = (): Props => ({ ...props, slot: (slot += 1) });
  const draft = (): Dossier => pledgeOf(props.stage, newProperty());
  /** Another text of the same application and revision. */
  const other = (dossier: Dossier): Dossier => ({ ...dossier, salt: salt() });
  const deposit = (dossier: Dossier, by: { readonly org: string }, into = slot) =>
    ledger.call(pledges.deposit, { salt: salt(), slot: into, dossier }, by);
  const prepare = async (verdict: string | undefined, by: { readonly org: string }) =>
    (await ledger.call(pledges.prepare, { verdict: verdict ?? '' }, by)).codes;
  /** What the State Corporation holds of a platform's draft. */
  const heldOf = (
    { application }: Pick<Dossier, 'application'>,
    platform: string,
    part: HeldPart = first,
  ) =>
    ledger.ledger.privateState(
      cast.registrar,
      `_implicit_org_${cast.registrar}`,
      heldPlace(application, part, platform),
    );

  it('stays at the State Corporation, whatever is deposited under its id (SE-2)', async () => {
    next();
    const own = draft();
    const { answer } = await deposit(own, alpha);
    const attack = other(own);
    expect((await deposit(attack, beta)).codes).to.eql([]);
    expect(heldOf(own, 'AlphaMSP')).to.equal(dossierText(own));
    expect(heldOf(own, 'BetaMSP')).to.equal(dossierText(attack));

    expect(await prepare(answer?.verdict, alpha)).to.eql([]);
    const which = { application: own.application };
    expect(await ledger.done(pledges.readDossier, which, registrar)).to.eql(own);
    expect((await deposit({ ...attack, revision: 2 }, beta)).codes).to.eql([
      'NOT_OF_THIS_ORGANISATION',
    ]);
  });

  it('stays though both were endorsed before either was ordered', async () => {
    next();
    const own = draft();
    const attack = other(own);
    const sent = [];
    for (const [dossier, org] of [
      [own, 'AlphaMSP'],
      [attack, 'BetaMSP'],
    ] as const) {
      const input = JSON.stringify({ salt: salt(), slot, dossier });
      const options = { org, transient: { [transientInput]: input } };
      const argument = { key: `in-a-race-${org}` };
      const proposal = ledger.ledger.propose('pledges', 'deposit', argument, options);
      const endorsers = [org, cast.registrar];
      sent.push({ proposal, endorsed: await ledger.ledger.endorse(proposal, { org, endorsers }) });
    }
    const committed = await Promise.all(
      sent.map(({ proposal, endorsed }) => ledger.ledger.commit(proposal, endorsed)),
    );
    expect(committed.map(({ code }) => code)).to.eql([0, 0]);
    expect(heldOf(own, 'AlphaMSP')).to.equal(dossierText(own));
    expect(heldOf(own, 'BetaMSP')).to.equal(dossierText(attack));
  });

  it('is nothing that another prepares from, though it writes the verdict to itself', async () => {
    next();
    const own = draft();
    const { answer } = await deposit(own, alpha);
    expect(await prepare(answer?.verdict, beta)).to.eql(['VERDICT_NOT_GIVEN']);
    const text = answer?.verdict ?? '';
    const written = await writtenAtHome(ledger.ledger, 'BetaMSP', { key: verdictKey(text), text });
    expect(written.code).to.equal('VALID');
    expect(await prepare(text, beta)).to.eql(['VERDICT_NOT_GIVEN']);
    const renamed = text.replace('AlphaMSP', 'BetaMSP');
    await writtenAtHome(ledger.ledger, 'BetaMSP', { key: verdictKey(renamed), text: renamed });
    expect(await prepare(renamed, beta)).to.eql(['VERDICT_NOT_GIVEN']);
    expect(await prepare(text, alpha)).to.eql([]);
  });

  it('is not what another purges, who gives up its own of the same id (CN-6)', async () => {
    next();
    const own = draft();
    const { answer } = await deposit(own, alpha);
    await deposit(other(own), beta);
    expect(await prepare(answer?.verdict, alpha)).to.eql([]);
    const given = { salt: salt(), application: own.application, slot };
    expect((await ledger.call(pledges.purge, given, beta)).codes).to.eql([]);
    expect(heldOf(own, 'BetaMSP')).to.equal(undefined);
    expect(heldOf(own, 'AlphaMSP')).to.equal(dossierText(own));
    expect((await ledger.call(pledges.purge, given, beta)).codes).to.eql([
      'NOT_OF_THIS_ORGANISATION',
    ]);
  });

  it('frees its id when it is purged, and the next platform has it for itself', async () => {
    next();
    const own = draft();
    const { answer } = await deposit(own, alpha);
    await ledger.done(pledges.purge, { salt: salt(), application: own.application, slot }, alpha);
    expect(await prepare(answer?.verdict, alpha)).to.eql(['DOSSIER_NOT_DEPOSITED']);
    const later = other(own);
    const taken = await deposit(later, beta);
    expect(await prepare(taken.answer?.verdict, beta)).to.eql([]);
    expect((await deposit(own, alpha)).codes).to.eql(['NOT_OF_THIS_ORGANISATION']);
    expect(heldOf(own, 'BetaMSP')).to.equal(dossierText(later));
  });

  it('is what the application names: a text that was replaced is prepared no more', async () => {
    next();
    const own = draft();
    const earlier = await deposit(own, alpha);
    const newer = await deposit(other(own), alpha);
    expect(await prepare(earlier.answer?.verdict, alpha)).to.eql(['DOSSIER_NOT_DEPOSITED']);
    expect(await prepare(newer.answer?.verdict, alpha)).to.eql([]);
  });

  it('takes a slot that its platform cannot empty by itself (SE-1)', async () => {
    next();
    await deposit(draft(), alpha);
    const emptied = { key: `slot:${slot}@AlphaMSP`, text: null };
    expect((await writtenAtHome(ledger.ledger, 'AlphaMSP', emptied)).code).to.equal('VALID');
    expect((await deposit(draft(), alpha)).codes).to.eql(['SLOT_TAKEN']);
  });

  it('are signatures that no other platform verifies, though it has the dossier (PL-7)', async () => {
    const own = next();
    const dossier = draft();
    await prepared(own, dossier);
    const [signed] = await signatures(props, dossier);
    if (signed === undefined) throw new Error('nobody signs');
    const input = { salt: salt(), dossier, ...signed };
    await ledger.done(pledges.confirm, input, alpha);
    const part: HeldPart = { kind: 'EVIDENCE', revision: 1, participant: signed.participant };
    const kept = heldOf(dossier, 'AlphaMSP', part);
    for (const by of [beta, registrar]) {
      const again = { ...input, salt: salt() };
      expect((await ledger.call(pledges.confirm, again, by)).codes).to.eql([
        'NOT_OF_THIS_ORGANISATION',
      ]);
    }
    expect(kept).to.be.a('string');
    expect(heldOf(dossier, 'AlphaMSP', part)).to.equal(kept);
  });

  it("are the reasons of a refusal, which the application's platform alone deposits (PL-8)", async () => {
    const application = await prepared(next(), draft());
    const signed = await signedRefusal(props, application);
    const { codes } = await ledger.call(verifyRefusal, signed, beta);
    expect(codes).to.eql(['NOT_OF_THIS_ORGANISATION']);
  });

  describe('once it is filed', () => {
    async function taken(): Promise<{ dossier: Dossier; application: Application }> {
      const own = next();
      const dossier = draft();
      await prepared(own, dossier);
      const filed = await confirmedAndFiled(own, dossier);
      return { dossier, application: await takenByEgkn(own, filed) };
    }

    it("keeps the officer's signature that the State Corporation verified (PL-11)", async () => {
      const { application } = await taken();
      const halt = { decision: 'SUSPEND' as const, grounds: [documentsOwed] };
      const halted = await signedDecision(props, application, halt);
      const { verdict } = await ledger.done(pledges.verifyDecision, halted, registrar);
      const of = { application: application.id };
      const kept = heldOf(of, 'AlphaMSP', deciding);

      // A decision that the officer signed as well, and that was not carried out.
      const registers = await signedDecision(props, application, { decision: 'REGISTER' });
      await ledger.done(pledges.verifyDecision, registers, alpha);
      expect(heldOf(of, 'AlphaMSP', deciding)).to.equal(kept);

      await ledger.done(pledges.decide, { verdict }, registrar);
      const shown = await ledger.done(readEvidence, { ...of, participant: 0 }, registrar);
      expect(shown.signature).to.equal(halted.evidence.signature);
      const relayed = { record: of.application, part: { ...deciding, byRegistrar: undefined } };
      const byPlatform = await ledger.done(readHeld, relayed, registrar);
      expect(byPlatform.text).to.contain(registers.evidence.signature);
      const stranger = await ledger.call(pledges.verifyDecision, registers, beta);
      expect(stranger.codes).to.eql(['NOT_OF_THIS_ORGANISATION']);
    });

    it('holds the supplement that everyone signed, and takes no other for it (PL-13)', async () => {
      const { dossier } = await taken();
      const more = withMore(dossier);
      const replaced = tampered<{ verdicts: readonly string[] }>(props.stage, async ({ name }) => {
        if (name !== 'supplement') return undefined;
        const another = other(more);
        const [signed] = await signatures(props, another);
        if (signed === undefined) throw new Error('nobody signs');
        const input = { salt: salt(), filed: dossier, dossier: another, ...signed };
        const { codes } = await ledger.call(verifySupplement, input, beta);
        expect(codes).to.eql(['NOT_OF_THIS_ORGANISATION']);
        await ledger.done(verifySupplement, input, alpha);
        return undefined;
      });
      const attempt = supplemented({ ...props, stage: replaced }, dossier, more);
      expect(await refusalOf(attempt)).to.contain('DOSSIER_NOT_DEPOSITED');
      expect((await supplemented(props, dossier, more)).revision).to.equal(2);
      expect(heldOf(dossier, 'AlphaMSP', { ...first, revision: 2 })).to.equal(dossierText(more));
    });
  });
});
