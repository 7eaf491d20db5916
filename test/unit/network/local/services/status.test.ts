import { status as Code } from '@grpc/grpc-js';
import { gateway, google } from '@hyperledger/fabric-protos';
import { expect } from 'chai';
import { RpcError, serviceErrorOf } from '../../../../../network/local/services/status.ts';

describe('status of a failed call', () => {
  it("carries who failed, where Fabric's clients look for it", () => {
    const failure = { address: 'peer0.alpha.kepil.test:10051', mspId: 'AlphaMSP', message: 'no' };
    const { code, details, metadata } = serviceErrorOf(
      new RpcError(Code.ABORTED, 'failed', [failure]),
    );
    expect([code, details]).to.eql([Code.ABORTED, 'failed']);
    const [trailer] = metadata.get('grpc-status-details-bin');
    const status = google.rpc.Status.deserializeBinary(trailer as Buffer);
    expect([status.getCode(), status.getMessage()]).to.eql([Code.ABORTED, 'failed']);
    const [any] = status.getDetailsList();
    expect(any?.getTypeUrl()).to.equal('type.googleapis.com/gateway.ErrorDetail');
    const detail = gateway.ErrorDetail.deserializeBinary(any?.getValue_asU8() ?? new Uint8Array());
    expect(detail.toObject()).to.eql({
      address: failure.address,
      mspId: 'AlphaMSP',
      message: 'no',
    });
  });

  it('has no trailer without details, and is UNKNOWN for what nobody expected', () => {
    const { code, metadata } = serviceErrorOf(new TypeError('our own slip'));
    expect(code).to.equal(Code.UNKNOWN);
    expect(metadata.get('grpc-status-details-bin')).to.eql([]);
  });
});
