/** An application as the ledger shows it, against the application as it should be. */
import { expect } from 'chai';
import type { z } from 'zod';
import * as pledges from '../../../chaincode/pledges/operations.ts';
import { ModelLedger } from '../ledger/model-ledger.ts';
import { type ModelApplication, parts } from '../model/model.ts';

/** It stands where the model says, at the revision that the model says, signed by whom it should be. */
export async function checkApplication(
  ledger: ModelLedger,
  known: ModelApplication,
): Promise<void> {
  const { plan, state, revision } = known;
  const calling = { org: 'AuthorityMSP', key: 'query' };
  const call = ModelLedger.callOf(pledges.get, { application: plan.id }, calling);
  const { answer } = await ledger.evaluate(call);
  if (state === 'DEPOSITED') {
    expect(answer, 'known to its holders alone').to.equal(undefined);
    return;
  }
  const shown = JSON.parse(answer ?? '{}') as z.output<typeof pledges.get.output>;
  expect({ state: shown.state, revision: shown.revision }).to.eql({ state, revision });
  expect(shown.participants.map(({ number, signs }) => ({ number, signs }))).to.eql(
    parts(known).map(({ number, signs }) => ({ number, signs })),
  );
}
