/**
 * Proposals of a shifted time, for demonstrations on a network whose clock is shifted.
 *
 * Peers refuse a proposal that is more than 15 minutes from their own time, and the Fabric client
 * always writes the machine's.
 */
import type { Gateway, Proposal } from '@hyperledger/fabric-gateway';
import { common, gateway as protos, peer } from '@hyperledger/fabric-protos';

/** The same proposal with another time; unsigned, as the one given must still be. */
export function proposalAt(gateway: Gateway, proposal: Proposal, time: Date): Proposal {
  const proposed = protos.ProposedTransaction.deserializeBinary(proposal.getBytes());
  const signed = proposed.getProposal() ?? new peer.SignedProposal();
  const inner = peer.Proposal.deserializeBinary(signed.getProposalBytes_asU8());
  const header = common.Header.deserializeBinary(inner.getHeader_asU8());
  const channelHeader = common.ChannelHeader.deserializeBinary(header.getChannelHeader_asU8());
  channelHeader.getTimestamp()?.fromDate(time);
  header.setChannelHeader(channelHeader.serializeBinary());
  inner.setHeader(header.serializeBinary());
  signed.setProposalBytes(inner.serializeBinary());
  proposed.setProposal(signed);
  return gateway.newProposal(proposed.serializeBinary());
}
