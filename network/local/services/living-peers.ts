/** Which organisations' peers can be asked to run a chaincode. */
import type { PeerContext, PeerNode } from './peer-context.ts';
import type { ProposedCall } from './proposed-call.ts';

/** Chaincodes that every peer has built in. */
const systemChaincodes: readonly string[] = ['qscc'];

let turn = 0;

/**
 * Peers that live and have the chaincode: the gateway's own first, the others in an order that
 * changes from call to call, so that the work of endorsing is spread.
 */
export function livingPeers(context: PeerContext, call: ProposedCall): readonly PeerNode[] {
  return allLiving(context, call).filter(({ mspId }) => hasChaincode(context, call, mspId));
}

/** As above, with those that live and lack the chaincode. */
export function allLiving(context: PeerContext, call: ProposedCall): readonly PeerNode[] {
  if (call.channel !== context.channel.name) return [];
  const { own, peers, faults } = context;
  turn = (turn + 1) % peers.length;
  const others = [...peers.slice(turn), ...peers.slice(0, turn)].filter(
    ({ mspId }) => mspId !== own.mspId,
  );
  return [own, ...others].filter(({ mspId }) => !faults.isDead(mspId));
}

/** Why no peer at all can be asked, in discovery's words. */
export function noPeersFor(context: PeerContext, call: ProposedCall): string {
  const { channel, chaincode } = call;
  const known = channel === context.channel.name && context.channel.chaincode(chaincode);
  const why = known
    ? 'no peer combination can satisfy the endorsement policy'
    : `No metadata was found for chaincode ${chaincode} in channel ${channel}`;
  return `no combination of peers can be derived which satisfy the endorsement policy: ${why}`;
}

function hasChaincode(context: PeerContext, call: ProposedCall, mspId: string): boolean {
  if (systemChaincodes.includes(call.chaincode)) return true;
  return context.channel.chaincode(call.chaincode)?.runner(mspId) !== undefined;
}
