import { expect } from 'chai';
import { z } from 'zod';
import { operation, type Shape } from '../../../../chaincode/ledger/operation.ts';
import { callOf } from '../../../../gateway/ledger/operation-call.ts';

function declared(shape: Shape) {
  return operation({
    contract: 'decisions',
    name: 'approve',
    summary: 'Votes.',
    norms: 'RG-2',
    shape,
    callers: {},
    input: z.unknown(),
    output: z.unknown(),
  });
}

describe('calls of declared transactions', () => {
  const request = { input: { id: 'a', count: 1 }, key: 'key-0001' };

  it('of a query carry the input alone', () => {
    expect(callOf(declared({ kind: 'query' }), request, 'AlphaMSP')).to.deep.equal({
      contract: 'decisions',
      transaction: 'approve',
      arguments: ['{"input":{"count":1,"id":"a"}}'],
    });
  });

  it('of a public command carry the key with it', () => {
    const call = callOf(declared({ kind: 'public' }), request, 'AlphaMSP');
    expect(call.arguments).to.deep.equal(['{"input":{"count":1,"id":"a"},"key":"key-0001"}']);
    expect(call).not.to.have.property('endorsers');
  });

  it('of a private command keep the input off the chain and at its holders', () => {
    const shape = { kind: 'private', holders: 'platformAndRegistrar' } as const;
    const call = callOf(declared(shape), request, 'AlphaMSP');
    expect(call.arguments).to.deep.equal(['{"key":"key-0001"}']);
    expect(call.transient).to.deep.equal({ input: '{"count":1,"id":"a"}' });
    expect(call.endorsers).to.deep.equal(['AlphaMSP', 'GosCorpMSP']);
  });
});
