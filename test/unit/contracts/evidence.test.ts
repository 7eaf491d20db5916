import { expect } from 'chai';
import { readEvidence } from '../../../chaincode/pledges/evidence-operations.ts';
import { registered } from '../../../gateway/stands/story/pledge.ts';
import type { Stage } from '../../../gateway/stands/story/stage.ts';
import { evidenceHolds } from '../../support/evidence-story.ts';
import { unitPlayground } from '../../support/unit-playground.ts';

describe("the evidence of a pledge's signatures", function () {
  this.timeout(60_000);
  const { ledger, props, next } = unitPlayground();

  it('gives each holder the same verdict until the purge, and the owner of the file after it', () =>
    evidenceHolds(props()));

  it('gives the verdict of the time when it was verified, however late it is read', async () => {
    const { stage } = props();
    const late: Stage = {
      ...stage,
      done: (operation, input, caller) => {
        // What is asked after the registration is asked a year later.
        if (operation.name === 'decide') return later(() => stage.done(operation, input, caller));
        return stage.done(operation, input, caller);
      },
    };
    await evidenceHolds({ ...next(), stage: late });
  });

  it('is read by those who keep the systems of a holder, and by no other member of it', async () => {
    ledger().ledger.now = '2026-11-20T06:00:00.000Z';
    const { id: application } = await registered(next());
    const asked = { application, participant: 1 };
    for (const role of ['admin', 'gateway']) {
      const caller = { org: 'AlphaMSP', attributes: { 'kepil.role': role } };
      expect((await ledger().call(readEvidence, asked, caller)).codes).to.deep.equal([]);
    }
    for (const attributes of [{ 'kepil.role': 'auditor' }, {}]) {
      const { codes } = await ledger().call(readEvidence, asked, { org: 'AlphaMSP', attributes });
      expect(codes).to.deep.equal(['ROLE_MISSING']);
    }
    const nobody = { application, participant: 99 };
    const { codes } = await ledger().call(readEvidence, nobody, { org: 'AlphaMSP' });
    expect(codes).to.deep.equal(['EVIDENCE_NOT_HELD']);
  });

  async function later<T>(work: () => Promise<T>): Promise<T> {
    const done = await work();
    ledger().ledger.now = '2027-11-20T06:00:00.000Z';
    return done;
  }
});
