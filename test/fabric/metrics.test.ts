import { readFile } from 'node:fs/promises';
import { get } from 'node:http';
import { join } from 'node:path';
import { expect } from 'chai';
import { metricsAt } from '../../network/fabric/operations/metrics.ts';
import { untilAllVote } from '../../network/fabric/operations/ordering.ts';
import { type NetworkStatus, statusOf } from '../../network/fabric/operations/status.ts';
import {
  needPrograms,
  startTestNetwork,
  testTopology,
  type TestNetwork,
} from './support/network.ts';

describe('what a Fabric network tells of itself', function () {
  this.timeout(120_000);
  const topology = testTopology();
  const stopped = ['orderer0.nit.kepil.test', 'orderer0.alpha.kepil.test'] as const;
  let started: TestNetwork;

  before(async function () {
    started = await startTestNetwork(await needPrograms(this), topology);
  });
  after(async () => started?.remove());

  it('gives Prometheus a target for each node, and each answers for itself', async () => {
    const targets = await scrapeTargets();
    const { nodes } = await status();
    expect(targets.map(({ host }) => host)).to.have.members(nodes.map(({ name }) => name));
    for (const { host, address } of targets) {
      const [name = '', port = ''] = address.split(':');
      const samples = await metricsAt(name, Number(port));
      const own = host.startsWith('peer')
        ? 'ledger_blockchain_height'
        : 'consensus_smartbft_view_leader_id';
      const found = samples?.find((one) => one.name === own && one.labels['channel'] === 'kepil');
      expect(found?.value, host).to.be.greaterThan(0);
    }
  });

  it('shows heights, the leader, the disk and the certificates of a network that is ready', async () => {
    const { ready, nodes } = await status();
    expect(ready).to.equal(true);
    expect(nodes.filter(({ leads }) => leads)).to.have.length(1);
    for (const { lag = Infinity, diskMegabytes, certificateDaysLeft } of nodes) {
      expect(lag).to.be.below(10);
      expect(diskMegabytes).to.be.greaterThan(-1);
      expect(certificateDaysLeft).to.be.greaterThan(3000);
    }
  });

  it('says that one orderer can be lost, and none when one is', async () => {
    await untilAllVote(started.network.crypto, topology.channel);
    expect((await status()).ordering).to.include({ needed: 3, spare: 1 });
    await started.network.kill(stopped[0], { restart: false });
    const { ready, ordering } = await status();
    expect(ready).to.equal(true);
    expect(ordering).to.deep.include({ absent: [stopped[0]], spare: 0 });
  });

  it('is not ready without enough orderers, though every peer calls itself healthy', async () => {
    await started.network.kill(stopped[1], { restart: false });

    const peers = (await scrapeTargets()).filter(({ host }) => host.startsWith('peer'));
    for (const { address } of peers)
      expect(await codeOf(`http://${address}/healthz`)).to.equal(200);
    const { ready, missing, nodes } = await status();
    expect(ready).to.equal(false);
    expect(missing).to.include('2 of 4 orderers serve, 3 are needed');
    expect(nodes.filter(({ height }) => height === undefined).map(({ name }) => name)).to.eql(
      stopped,
    );
  });

  async function status(): Promise<NetworkStatus> {
    return statusOf(started.network.layout, topology, started.network.crypto);
  }

  /** What the scrape file names, as a Prometheus would read it. */
  async function scrapeTargets() {
    const text = await readFile(join(started.network.layout.root, 'prometheus.yaml'), 'utf8');
    const addresses = [...text.matchAll(/targets:\s*(?:\[|-)\s*"([^"]+)"/g)].map(([, one]) => one);
    const hosts = [...text.matchAll(/host: "([^"]+)"/g)].map(([, one]) => one);
    expect(addresses).to.have.length(9);
    return hosts.map((host = '', at) => ({ host, address: addresses[at] ?? '' }));
  }
});

async function codeOf(url: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(url, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).on('error', reject);
  });
}
