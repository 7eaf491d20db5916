import { X509Certificate } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { channelConfig } from '../../../../network/fabric/config/channel.ts';
import { layoutOf } from '../../../../network/fabric/layout.ts';
import { renderNodes } from '../../../../network/fabric/nodes.ts';
import { yaml } from '../../../../network/fabric/yaml.ts';
import { type Crypto, ensureCrypto } from '../../../../network/identity/folder.ts';
import { topologyOf } from '../../../../network/topology.ts';

const programs = {
  peer: '/bin/peer',
  orderer: '/bin/orderer',
  configtxgen: '/bin/configtxgen',
  configtxlator: '/bin/configtxlator',
  version: '3.1.5',
};

describe('configuration of a Fabric network', () => {
  let dir: string;
  let crypto: Crypto;
  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'kepil-config-'));
    crypto = await ensureCrypto(dir, topologyOf());
  });
  after(async () => rm(dir, { recursive: true }));

  it('gives every node a folder, a process, and ports that no other node has', () => {
    const nodes = renderNodes(layoutOf('/network'), programs, crypto);
    expect(nodes.map(({ process: { kind } }) => kind)).to.eql([
      ...Array.from({ length: 4 }, () => 'orderer'),
      ...Array.from({ length: 5 }, () => 'peer'),
    ]);
    const ports = nodes.flatMap((node) => node.process.ports);
    expect(new Set(ports).size).to.equal(ports.length);
  });

  it('keeps the time window on, the shim alive and the names of purged keys out of logs', () => {
    const core = fileOf('core.yaml');
    for (const line of [
      'name: "TimeWindowCheck"',
      'name: "ExpirationCheck"',
      'keepalive: 0',
      'purgedKeyAuditLogging: false',
    ]) {
      expect(core).to.contain(line);
    }
  });

  it('serves TLS everywhere', () => {
    expect(fileOf('core.yaml')).to.match(/tls:\n {4}enabled: true/);
    const orderer = fileOf('orderer.yaml');
    expect(orderer).to.match(/TLS:\n {4}Enabled: true/);
    expect(orderer).to.contain('ClientAuthRequired: true');
  });

  it('orders by the four, each in its own organisation’s endpoints', () => {
    const text = yaml(channelConfig(layoutOf('/network'), crypto.organisations));
    expect(text.match(/ClientTLSCert/g)).to.have.length(4);
    // Each appears once as an ordering organisation and once as an application's.
    expect(text.match(/OrdererEndpoints:/g)).to.have.length(8);
    expect(text).to.contain('OrdererType: "BFT"');
    expect(text).not.to.contain('Addresses:');
  });

  it('names hosts where the nodes stand on several machines', () => {
    const several = layoutOf('/network', { oneMachine: false });
    const [node] = renderNodes(several, programs, crypto).slice(-1);
    expect(node?.files['core.yaml']).to.contain('address: "peer0.beta.kepil.test:11051"');
    expect(yaml(channelConfig(several, crypto.organisations))).to.contain(
      'Host: "orderer0.nit.kepil.test"',
    );
  });

  it('starts the nodes of an organisation with a machine of its own there, at its address', async () => {
    const machine = { address: '198.18.0.11', launch: ['ip', 'netns', 'exec', 'alpha'] };
    const alpha = topologyOf().organisations.find(({ name }) => name === 'alpha');
    if (alpha === undefined) throw new Error('no alpha');
    const placed = {
      ...alpha,
      peers: alpha.peers.map((node) => ({ ...node, machine })),
      orderers: alpha.orderers.map((node) => ({ ...node, machine })),
    };
    const elsewhere = await ensureCrypto(join(dir, 'elsewhere'), {
      ...topologyOf(),
      organisations: [placed],
    });
    const nodes = renderNodes(layoutOf('/network'), programs, elsewhere);
    expect(nodes.map(({ process: { command, args } }) => [command, ...args])).to.eql([
      [...machine.launch, '/bin/orderer'],
      [...machine.launch, '/bin/peer', 'node', 'start'],
    ]);
    for (const { files } of nodes) {
      expect(`${files['core.yaml']}${files['orderer.yaml']}`).not.to.contain('127.0.0.1');
    }
    const [peer] = elsewhere.organisations[0]?.peers ?? [];
    expect(new X509Certificate(peer?.tlsCert ?? '').checkIP(machine.address)).to.equal(
      machine.address,
    );
  });

  function fileOf(name: string): string {
    const nodes = renderNodes(layoutOf('/network'), programs, crypto);
    const text = nodes.map(({ files }) => files[name]).find((one) => one !== undefined);
    if (text === undefined) throw new Error(`nobody has ${name}`);
    return text;
  }
});
