import { expect } from 'chai';
import { compositeKey } from '../../../chaincode/ledger/keys.ts';
import type { Application } from '../../../chaincode/pledges/application.ts';
import { cessionOf, opened } from '../../../gateway/stands/story/batch.ts';
import { takenByEgkn } from '../../../gateway/stands/story/deciding.ts';
import { newProperty, pledgeOf } from '../../../gateway/stands/story/dossiers.ts';
import { filed } from '../../../gateway/stands/story/filing.ts';
import { id } from '../../../gateway/stands/story/signers.ts';
import { takenBack } from '../../../gateway/stands/story/withdrawing.ts';
import { Altered, writtenByMajority } from '../../support/altered-peer.ts';
import { refusalOf, tampered } from '../../support/kepil-stage.ts';
import { cessionLine, egknLine } from '../../support/portfolio-scene.ts';
import { unitPlayground } from '../../support/unit-playground.ts';

describe('a payment (PL-7, PL-9)', function () {
  this.timeout(60_000);
  const { ledger, props, next } = unitPlayground({ others: [Altered] });

  const pledge = () => filed(next(), pledgeOf(props().stage, newProperty()));
  /** Files another pledge by the payment of an earlier one. */
  const filedBy = ({ payment }: Application) => {
    type Filing = { readonly payment: object };
    const stage = tampered<Filing>(props().stage, ({ name }, input) => {
      const { evidence } = payment ?? {};
      return name === 'file' ? { ...input, payment: { ...input.payment, evidence } } : undefined;
    });
    return filed({ ...next(), stage }, pledgeOf(stage, newProperty()));
  };
  const withdrawn = (application: Application) => takenBack(props(), application);

  it('pays for one application', async () => {
    const refusal = await refusalOf(filedBy(await pledge()));
    expect(refusal).to.contain('PAYMENT_USED_ALREADY').and.to.contain('/payment/evidence');
  });

  it('is free again where the application was taken back before EGKN took it, and once', async () => {
    const first = await pledge();
    await withdrawn(first);
    expect((await filedBy(first)).state).to.equal('FILED');
    expect(await refusalOf(filedBy(first))).to.contain('PAYMENT_USED_ALREADY');
  });

  it('is spent where EGKN had taken the application', async () => {
    const first = await takenByEgkn(next(), await pledge());
    await withdrawn(first);
    expect(await refusalOf(filedBy(first))).to.contain('PAYMENT_USED_ALREADY');
  });

  it('pays no second time where three organisations took its use away, or wrote another', async () => {
    const first = await pledge();
    const evidence = first.payment?.evidence ?? '';
    const key = compositeKey('payment.use', [evidence]);
    const other = { data: { evidence, paid: id() }, revision: 9, type: 'payment.use', version: 1 };
    for (const text of [null, JSON.stringify(other)]) {
      const { code } = await writtenByMajority(ledger().ledger, { key, text });
      expect(code).to.equal('VALID');
      expect(await refusalOf(filedBy(first))).to.contain('PAYMENT_USED_ALREADY');
    }
  });

  it('pays for one batch of a cession, and for no application beside it', async () => {
    const content = cessionOf(props(), [[cessionLine(egknLine(81))]]);
    await opened(props(), content);
    const another = cessionOf(props(), [[cessionLine(egknLine(82))]]);
    const again = { ...another, payment: { ...another.payment, ...content.payment } };
    expect(await refusalOf(opened(props(), again))).to.contain('PAYMENT_USED_ALREADY');
    const { evidence } = content.payment;
    const first = await pledge();
    const payment = { evidence, confirmedAt: content.payment.confirmedAt };
    expect(await refusalOf(filedBy({ ...first, payment }))).to.contain('PAYMENT_USED_ALREADY');
  });
});
