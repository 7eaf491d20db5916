/**
 * Calls a chaincode once at every organisation's peer. A peer dials its chaincode server with the
 * first call, and that call may fail; better ours than a client's.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, credentials } from '@grpc/grpc-js';
import { connect, GatewayError, hash } from '@hyperledger/fabric-gateway';
import type { OrganisationCrypto } from '../../identity/folder.ts';
import { firstPeer } from '../channel/peer-command.ts';
import type { Layout } from '../layout.ts';

const triesMax = 20;
const pauseMs = 250;
const timeoutMs = 10_000;

/** Every chaincode of the contract API answers this; another kind refuses it, which will do. */
const metadataTransaction = 'org.hyperledger.fabric:GetMetadata';

/** Warms a chaincode up at an organisation's peer. */
export async function warmUp(
  layout: Layout,
  organisation: OrganisationCrypto,
  channel: string,
  chaincode: string,
  tries = triesMax,
): Promise<void> {
  const { node } = firstPeer(organisation);
  const admin = organisation.users.find(({ role }) => role === 'admin');
  if (admin === undefined) throw new Error(`${organisation.name} has no admin`);
  const { mspId, signer } = { mspId: organisation.mspId, signer: admin.signer };
  const roots = Buffer.from(organisation.tlsRoots.join('\n'));
  const client = new Client(`${layout.address(node)}:${node.port}`, credentials.createSsl(roots), {
    'grpc.ssl_target_name_override': node.host,
  });
  const gateway = connect({
    client,
    identity: { mspId, credentials: Buffer.from(signer.certificatePem) },
    signer: async (message) => Promise.resolve(signer.sign(message)),
    hash: hash.none,
    evaluateOptions: () => ({ deadline: Date.now() + timeoutMs }),
  });
  try {
    const contract = gateway.getNetwork(channel).getContract(chaincode);
    for (let made = 1; ; made += 1) {
      try {
        await contract.evaluate(metadataTransaction, { endorsingOrganizations: [mspId] });
        return;
      } catch (error) {
        if (answered(error)) return;
        if (made >= tries) throw error;
        await sleep(pauseMs);
      }
    }
  } finally {
    gateway.close();
    client.close();
  }
}

/** Why a call failed: what the peers said, for which the gateway's own words only stand in. */
export function reasonOf(error: unknown): string {
  const said = error instanceof GatewayError ? error.details.map(({ message }) => message) : [];
  return said.length > 0 ? [...new Set(said)].join('; ') : String(error);
}

/** Whether the chaincode itself refused: the gateway says so in the details, by its status. */
function answered(error: unknown): boolean {
  return (
    error instanceof GatewayError &&
    error.details.some(({ message }) => message.startsWith('chaincode response'))
  );
}
