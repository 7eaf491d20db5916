import { expect } from 'chai';
import * as consents from '../../../chaincode/consents/operations.ts';
import * as organisations from '../../../chaincode/organisations/operations.ts';
import { statedHash } from '../../../chaincode/organisations/rules.ts';
import * as pledges from '../../../chaincode/pledges/operations.ts';
import { people } from '../../../gateway/stands/eds/people.ts';
import {
  decidedByRegistrar,
  signedDecision,
  carriedOut,
  takenByEgkn,
} from '../../../gateway/stands/story/deciding.ts';
import { newProperty, pledgeOf, terminationOf } from '../../../gateway/stands/story/dossiers.ts';
import { confirmedAndFiled, filed, prepared } from '../../../gateway/stands/story/filing.ts';
import { inSlot, type Props } from '../../../gateway/stands/story/props.ts';
import { hashOf } from '../../../gateway/stands/story/signers.ts';
import { cast } from '../../../gateway/stands/story/stage.ts';
import * as withdrawing from '../../../gateway/stands/story/withdrawing.ts';
import type { KepilLedger } from '../../support/kepil-ledger.ts';
import { readyToFile, refusalOf, tampered } from '../../support/kepil-stage.ts';

const alpha = { org: cast.platform };
const { bin } = people.alphaHead;

/** The pilot lapses with 7 June 2026, and nobody extends it here. */
const before = '2026-06-05T06:00:00.000Z';
const afterwards = '2026-06-10T06:00:00.000Z';

describe('the day on which something is filed (RG-2)', function () {
  this.timeout(60_000);
  let ledger: KepilLedger;
  let props: Props;
  let slots = 0;

  beforeEach(async () => {
    ({ ledger, props } = await readyToFile({ now: before }));
  });
  afterEach(() => ledger.close());

  const next = () => inSlot(props, (slots += 1));
  const at = (instant: string) => {
    ledger.ledger.now = instant;
  };
  const pledge = () => pledgeOf(props.stage, newProperty());

  /** The same, where the platform says of the payment that it was confirmed then. */
  const paid = (own: Props, confirmedAt: string): Props => ({
    ...own,
    stage: tampered<{ payment: { confirmedAt: string } }>(own.stage, ({ name }, input) =>
      name === 'file' ? { ...input, payment: { ...input.payment, confirmedAt } } : undefined,
    ),
  });

  it('is that of the signatures, whatever the platform says of the payment', async () => {
    at(afterwards);
    const refusal = await refusalOf(filed(paid(next(), before), pledge()));
    expect(refusal).to.contain('REGIME_NO_LONGER_IN_FORCE').and.to.contain('2026-06-07');
  });

  it('is not one that is still to come (PL-9)', async () => {
    const refusal = await refusalOf(filed(paid(next(), '2026-06-05T06:15:00.001Z'), pledge()));
    expect(refusal).to.contain('TIME_AHEAD').and.to.contain('/payment/confirmedAt');
    expect((await filed(paid(next(), '2026-06-05T06:15:00.000Z'), pledge())).state).to.equal(
      'FILED',
    );
  });

  it('stands before EGKN by the day on which the payment reached it (PL-12)', async () => {
    const signed = next();
    const dossier = pledge();
    const application = await filed(paid(signed, before), dossier);
    at(afterwards);
    const refusal = await refusalOf(takenByEgkn(props, application));
    expect(refusal).to.contain('REGIME_NO_LONGER_IN_FORCE').and.to.contain('RG-2');
    const which = { application: application.id };
    expect((await ledger.done(pledges.get, which, alpha)).state).to.equal('FILED');
    expect((await withdrawing.takenBack(props, application)).state).to.equal('WITHDRAWN');
  });

  it('also asks then whether the platform may file (OR-2)', async () => {
    const application = await filed(next(), pledge());
    const item = 'KDP_CONNECTION' as const;
    const proofs = [{ number: '2', date: '2026-06-05', hash: application.dossier }];
    const term = { validFrom: '2026-06-05', validUntil: '2026-06-05' };
    const said = await ledger.done(organisations.stateItem, { bin, item, proofs, ...term }, alpha);
    const judged = { bin, item, stated: statedHash(said) };
    await ledger.done(organisations.judgeItem, judged, { org: cast.operator });
    at('2026-06-06T06:00:00.000Z');
    const refusal = await refusalOf(takenByEgkn(props, application));
    expect(refusal).to.contain('CHECKLIST_ITEM_NOT_VALID_ON').and.to.contain('OR-2');
  });

  it('is not lost to a document that is renewed in time (OR-2)', async () => {
    const application = await filed(next(), pledge());
    const item = 'JOINT_WORKS_CONTRACT' as const;
    const proofs = [{ number: '2', date: '2026-06-05', hash: application.dossier }];
    const renewal = { bin, item, proofs, validFrom: '2027-01-01' };
    const said = await ledger.done(organisations.stateItem, renewal, alpha);
    expect((await takenByEgkn(props, application)).state).to.equal('ACCEPTED');
    const judged = { bin, item, stated: statedHash(said) };
    await ledger.done(organisations.judgeItem, judged, { org: cast.operator });
    expect((await filed(next(), pledge())).state).to.equal('FILED');
    const { items } = await ledger.done(organisations.get, { bin }, alpha);
    const [earlier] = items.find((each) => each.item === item)?.earlier ?? [];
    const returned = { bin, item, stated: earlier?.stated ?? '', reason: 'It was dissolved.' };
    await ledger.done(organisations.judgeItem, returned, { org: cast.operator });
    const refusal = await refusalOf(filed(next(), pledge()));
    expect(refusal).to.contain('CHECKLIST_ITEM_NOT_VALID_ON').and.to.contain(item);
  });

  it('lets what was taken in time be decided later, and what is registered be ended (RG-4, TR-4)', async () => {
    const taken = await takenByEgkn(props, await filed(next(), pledge()));
    at(afterwards);
    const registered = await carriedOut(
      props,
      await signedDecision(props, taken, { decision: 'REGISTER' }),
    );
    expect(registered.state).to.equal('REGISTERED');
    const ending = await filed(next(), terminationOf(props.stage, registered));
    expect((await decidedByRegistrar(props, ending)).state).to.equal('REGISTERED');
  });

  it('comes with every other fault of the filing at once (PL-3)', async () => {
    const own = next();
    const dossier = pledge();
    await prepared(own, dossier);
    at(afterwards);
    const stage = tampered(own.stage, async ({ name }, input) => {
      if (name !== 'file') return undefined;
      await takenBack(input);
      const [first = '', , ...others] = input.verdicts;
      return { ...input, verdicts: [first, '{}', ...others.slice(1)] };
    });
    const refusal = await refusalOf(confirmedAndFiled({ ...own, stage }, dossier));
    for (const code of [
      'REGIME_NO_LONGER_IN_FORCE',
      'FIELD_REQUIRED',
      '/verdicts/1/',
      'CONFIRMATION_MISSING',
      'CONSENT_NOT_USABLE',
    ]) {
      expect(refusal).to.contain(code);
    }
  });

  const takenBack = ({ application }: { readonly application: string }) =>
    ledger.done(
      consents.revoke,
      {
        application,
        participant: 2,
        attempt: 1,
        revokedAt: props.stage.now(),
        evidence: hashOf('revocation'),
      },
      alpha,
    );
});
