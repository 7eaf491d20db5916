import { expect } from 'chai';
import { status } from '@grpc/grpc-js';
import { canonicalJson } from '../../../../chaincode/kernel/canonical-json.ts';
import { faultOf, kindOf, refusalsIn } from '../../../../gateway/ledger/fault.ts';
import { errorOf, fault, faults } from './faults.ts';

describe('faults of Fabric', () => {
  const kinds = [
    ['a refusal of the chaincode', faults.refusal('REGIME_UNKNOWN'), 'refusals'],
    ['a failure of the chaincode', faults.chaincode, 'chaincode'],
    ['a transaction id that is taken', faults.duplicate, 'duplicate'],
    ['a clock that is off', faults.clockSkew, 'clockSkew'],
    ['answers that differ', faults.mismatch, 'mismatch'],
    ['an envelope that waits at the orderers', faults.pooled, 'alreadyOrdered'],
    ['an envelope that was ordered', faults.processed, 'alreadyOrdered'],
    ['a peer that is down', faults.unavailable, 'unavailable'],
    ['peers that have not yet found each other', faults.fewPeers, 'unavailable'],
    ['a deadline', faults.late, 'unavailable'],
    ['a malformed request', faults.rejected, 'rejected'],
    ['a missing right', fault(status.PERMISSION_DENIED), 'rejected'],
  ] as const;
  for (const [name, given, kind] of kinds) {
    it(`are sorted: ${name}`, () => {
      expect(kindOf(given)).to.equal(kind);
    });
  }

  it('are read from the errors of the Fabric client', () => {
    expect(faultOf(errorOf(faults.processed))).to.deep.equal(faults.processed);
  });

  it('are not made of our own exceptions', () => {
    const bug = new TypeError('a bug');
    expect(() => faultOf(bug)).to.throw(bug);
  });

  it('carry the refusals of the chaincode, whatever Fabric writes before them', () => {
    const refusals = [
      { code: 'A', field: '/sum', norm: 'RG-2; 000 cl. 8', params: { name: 'Ұлы "X" {}' } },
      { code: 'B' },
    ];
    const text = `evaluate call … chaincode response 500, ${canonicalJson({ refusals })}`;
    expect(refusalsIn(fault(status.UNKNOWN, text))).to.deep.equal(refusals);
    expect(refusalsIn(fault(status.ABORTED, 'x', ['y', text]))).to.deep.equal(refusals);
  });

  it('carry no refusals where the JSON is not ours or is cut', () => {
    const texts = [
      'chaincode response 500, REGIME_UNKNOWN',
      'chaincode response 500, {"refusals":[]}',
      'chaincode response 500, {"refusals":[{"code":"A"}',
      'chaincode response 500, {"refusals":[{"code":1}]}',
      'chaincode response 500, {"refusals":[{"code":"A","more":1}]}',
      `chaincode response 500, {"refusals":[{"code":"${'A'.repeat(70_000)}"}]}`,
    ];
    for (const text of texts) expect(refusalsIn(fault(status.UNKNOWN, text))).to.equal(undefined);
  });
});
