import { expect } from 'chai';
import * as consents from '../../../chaincode/consents/operations.ts';
import type { Operation } from '../../../chaincode/ledger/operation.ts';
import * as pledges from '../../../chaincode/pledges/operations.ts';
import { newProperty, pledgeOf } from '../../../gateway/stands/story/dossiers.ts';
import { filed, prepared } from '../../../gateway/stands/story/filing.ts';
import { hashOf } from '../../../gateway/stands/story/signers.ts';
import { unitPlayground } from '../../support/unit-playground.ts';

describe('what is written without a signature (SE-3)', function () {
  this.timeout(60_000);
  const { ledger, props, next } = unitPlayground();

  it('takes those who keep the systems of an organisation, and no other member of it', async () => {
    const { id } = await filed(next(), pledgeOf(props().stage, newProperty()));
    const draft = await prepared(next(), pledgeOf(props().stage, newProperty()));
    const at = props().stage.now();
    const which = { application: id, participant: 2, attempt: 1 };
    const check = {
      check: 'PAYMENT',
      source: 'EGKN',
      isMet: true,
      evidence: hashOf('receipt'),
      at,
    };
    const acceptance = { minute: `${at.slice(0, 16)}Z`, egknNumber: 'E-1', application: id };
    const written: readonly [string, Operation, object][] = [
      ['GosCorpMSP', pledges.accept, { acceptance, paymentReachedAt: at }],
      ['GosCorpMSP', pledges.recordChecks, { application: id, checks: [check] }],
      ['AlphaMSP', consents.revoke, { ...which, revokedAt: at, evidence: hashOf('notice') }],
      ['AlphaMSP', pledges.withdraw, { application: draft.id }],
    ];
    for (const [org, operation, input] of written) {
      const called = async (role?: string) => {
        const attributes = role === undefined ? {} : { 'kepil.role': role };
        const caller = { org, role: 'client' as const, attributes };
        return (await ledger().call(operation, input, caller)).codes;
      };
      for (const role of ['auditor', undefined]) {
        expect(await called(role), operation.name).to.eql(['ROLE_MISSING']);
      }
      expect(await called('gateway'), operation.name).not.to.include('ROLE_MISSING');
    }
    const withdrawn = await ledger().done(
      pledges.get,
      { application: draft.id },
      { org: 'BetaMSP' },
    );
    expect(withdrawn.state).to.equal('WITHDRAWN');
  });
});
