/** Renews the certificates of every node, one node at a time, while the network serves. */
import { ensureCrypto } from '../../identity/folder.ts';
import { renewCertificates } from '../../identity/renewal.ts';
import type { DeployContext } from '../chaincode/context.ts';
import { runDeployment } from '../chaincode/deploy.ts';
import { deployedVersions, readDeployments } from '../chaincode/deployment.ts';
import { untilReady } from '../channel/readiness.ts';
import { untilAllVote } from './ordering.ts';

/**
 * How long a restarted node may take to be level with the others. Under load on busy processors a
 * peer catches up slowly; nothing waits for it meanwhile, and to give up half-way helps nobody.
 */
const patienceMs = 180_000;

/** Renews, and gives the network with its new certificates. */
export async function rotateCertificates(context: DeployContext): Promise<DeployContext> {
  const { layout, topology, supervisor, progress } = context;
  for (const organisation of topology.organisations) {
    const own = context.crypto.organisations.find(({ name }) => name === organisation.name);
    if (own === undefined) throw new Error(`${organisation.name} has no certificates`);
    progress(`renewing the certificates of ${organisation.name}`);
    await renewCertificates(layout.crypto, organisation, own);
  }
  const crypto = await ensureCrypto(layout.crypto, topology);
  const next = { ...context, crypto };
  const versions = await deployedVersions(layout);
  for (const { peers, orderers } of crypto.organisations) {
    for (const { node } of [...orderers, ...peers]) {
      progress(`restarting ${node.host} with its new certificates`);
      await supervisor.restart(node.host);
      // The next one only when this one serves: never are two of them away. An orderer that
      // listens again does not vote at once.
      await untilReady(layout, crypto, topology.channel, versions, patienceMs);
      await untilAllVote(crypto, topology.channel);
    }
  }
  for (const deployment of await readDeployments(layout)) await runDeployment(next, deployment);
  return next;
}
