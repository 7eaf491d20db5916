/** What the gateway reads in a signed proposal before any peer runs it. */
import { common, peer } from '@hyperledger/fabric-protos';

/** A proposal, taken apart as far as the gateway needs. */
export type ProposedCall = {
  readonly channel: string;
  readonly chaincode: string;
  readonly txId: string;
  readonly header: common.Header;
  /** The invocation, serialised: all of the payload that may go into a transaction. */
  readonly input: Uint8Array;
  readonly hasTransientData: boolean;
};

/** Why a proposal cannot be read; the gateway answers `INVALID_ARGUMENT` with these words. */
export class UnreadableProposal extends Error {
  override readonly name = 'UnreadableProposal';
}

/** Takes a signed proposal apart, asking of it what Fabric's gateway asks. */
export function proposedCallOf(signed: peer.SignedProposal | undefined): ProposedCall {
  const bytes = signed?.getProposalBytes_asU8();
  if (bytes === undefined || bytes.length === 0) {
    throw new UnreadableProposal('a signed proposal is required');
  }
  const proposal = read('Proposal', () => peer.Proposal.deserializeBinary(bytes));
  const header = read('Header', () => common.Header.deserializeBinary(proposal.getHeader_asU8()));
  const channelHeader = read('ChannelHeader', () =>
    common.ChannelHeader.deserializeBinary(header.getChannelHeader_asU8()),
  );
  const payload = read('ChaincodeProposalPayload', () =>
    peer.ChaincodeProposalPayload.deserializeBinary(proposal.getPayload_asU8()),
  );
  const channel = channelHeader.getChannelId();
  if (channel === '') throw new UnreadableProposal('no channel id provided');
  return {
    channel,
    chaincode: chaincodeNameOf(payload, channel),
    txId: channelHeader.getTxId(),
    header,
    input: payload.getInput_asU8(),
    hasTransientData: payload.getTransientmapMap().getLength() > 0,
  };
}

function chaincodeNameOf(payload: peer.ChaincodeProposalPayload, channel: string): string {
  const invocation = read('ChaincodeInvocationSpec', () =>
    peer.ChaincodeInvocationSpec.deserializeBinary(payload.getInput_asU8()),
  );
  const spec = invocation.getChaincodeSpec();
  const missing = (what: string) =>
    new UnreadableProposal(`no chaincode ${what} is provided, channel id [${channel}]`);
  if (spec === undefined) throw missing('spec');
  const id = spec.getChaincodeId();
  if (id === undefined) throw missing('id');
  if (id.getName() === '') throw missing('name');
  return id.getName();
}

function read<Message>(what: string, parse: () => Message): Message {
  try {
    return parse();
  } catch {
    throw new UnreadableProposal(
      `error unmarshalling ${what}: proto: cannot parse invalid wire-format data`,
    );
  }
}
