import { expect } from 'chai';
import * as consents from '../../../chaincode/consents/operations.ts';
import { newProperty, pledgeOf } from '../../../gateway/stands/story/dossiers.ts';
import { prepared } from '../../../gateway/stands/story/filing.ts';
import { system } from '../../../gateway/stands/story/setting.ts';
import { hashOf } from '../../../gateway/stands/story/signers.ts';
import { cast } from '../../../gateway/stands/story/stage.ts';
import { unitPlayground } from '../../support/unit-playground.ts';

const platform = { org: cast.platform };

describe('the consents of an application', function () {
  this.timeout(60_000);
  const { ledger, props, next } = unitPlayground();

  it('are all found, though they are more than a page (CN-1)', async () => {
    const { id: application } = await prepared(next(), pledgeOf(props().stage, newProperty()));
    const asked = {
      application,
      system,
      mode: 'CALL_CENTRE_1414' as const,
      services: ['GBDFL'],
      form: hashOf('form'),
      requestedAt: props().stage.now(),
    };
    for (let nth = 0; nth < 102; nth += 1) {
      const which = { participant: 1 + (nth % 6), attempt: 1 + Math.floor(nth / 6) };
      await ledger().done(consents.request, { ...asked, ...which }, platform);
    }
    const found = await ledger().done(consents.list, { application }, platform);
    expect(found.consents.length).to.equal(102);
  });
});
