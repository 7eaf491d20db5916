/**
 * Writes all that one organisation runs on machines of its own: keys, configuration, units, what
 * it sends to the others, and the steps. The network of one machine is made of the same parts.
 */
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ensureCrypto, type OrganisationCrypto } from '../../identity/folder.ts';
import type { Organisation, Topology } from '../../topology.ts';
import { ownConnection } from '../chaincode/connection.ts';
import { packageOf } from '../chaincode/package.ts';
import { channelConfig, type ChannelMember } from '../config/channel.ts';
import { chaincodePort, layoutOf } from '../layout.ts';
import { renderNodes, writeNode } from '../nodes.ts';
import { scrapeFile } from '../operations/scrape.ts';
import { chaincodeProcess } from '../process/specification.ts';
import { fabricVersion, type Programs } from '../programs.ts';
import { yaml } from '../yaml.ts';
import { steps } from './steps.ts';
import { systemdUnit } from './systemd.ts';

/** What to render, and what the machine is like that it is for. */
export type RenderOptions = {
  readonly topology: Topology;
  /** Short name of the organisation. */
  readonly organisation: string;
  /** Where to write; what is there is kept, so that keys are made once. */
  readonly out: string;
  /** Where the folder will lie on the machine. */
  readonly root: string;
  /** Folder of Fabric's programs on the machine. */
  readonly bin: string;
  /** Folder of this package on the machine: its chaincode and `node_modules`. */
  readonly module: string;
  readonly user: string;
};

/** Version under which the first chaincode is put on the channel. */
const version = '1';

/** Renders one organisation's part of the network. */
export async function renderOrganisation(options: RenderOptions): Promise<void> {
  const { topology, out, root } = options;
  const organisation = topology.organisations.find(({ name }) => name === options.organisation);
  if (organisation === undefined) throw new Error(`${options.organisation} is not in the topology`);
  const alone = { ...topology, organisations: [organisation] };
  // Made where it is written, and then named as it will lie.
  const made = await ensureCrypto(join(out, 'crypto'), alone);
  const crypto = moved(made, out, root);
  const [own] = crypto.organisations;
  if (own === undefined) throw new Error('no crypto was made');

  const there = layoutOf(root, { oneMachine: false });
  const nodes = renderNodes(there, programsIn(options.bin), crypto);
  for (const node of nodes) await writeNode({ ...node, folder: within(node.folder, root, out) });

  const code = packageOf({ name: topology.chaincode, version });
  const port = chaincodePort(organisation, 0);
  for (const peer of own.peers) {
    const file = join(out, 'nodes', peer.node.host, 'connections', `${code.label}.json`);
    await write(file, JSON.stringify(ownConnection(own, peer, port)), 0o600);
  }
  const chaincode = chaincodeProcess(there, own, {
    name: code.label,
    packageId: code.id,
    module: options.module,
    port,
    shim: join(options.module, 'node_modules', 'fabric-shim', 'cli.js'),
  });
  for (const process of [...nodes.map((node) => node.process), chaincode]) {
    const unit = systemdUnit(process, { user: options.user, root });
    await write(join(out, 'systemd', `kepil-${process.name}.service`), unit);
  }
  const members = topology.organisations.map((one) => memberIn(join(root, 'crypto'), one));
  await write(join(out, 'channel', 'configtx.yaml'), yaml(channelConfig(there, members)));
  await mkdir(join(out, 'packages'), { recursive: true });
  await writeFile(join(out, 'packages', `${code.label}.tgz`), code.bytes);
  await write(join(out, 'prometheus.yaml'), scrapeFile(crypto));
  await writeSent(out, organisation);
  const { id: packageId, label } = code;
  const text = steps({ topology, organisation, root, packageId, label, version });
  await write(join(out, 'STEPS.md'), text);
}

/** An organisation's public certificates, where `send/` of each puts them at the others. */
function memberIn(crypto: string, { mspId, domain, peers, orderers }: Organisation): ChannelMember {
  return {
    mspId,
    mspDir: join(crypto, 'peerOrganizations', domain, 'msp'),
    peers: peers.map((node) => ({ node })),
    orderers: orderers.map((node) => {
      const dir = join(crypto, 'ordererOrganizations', domain, 'orderers', node.host);
      return { node, mspDir: join(dir, 'msp'), tlsDir: join(dir, 'tls') };
    }),
  };
}

/** Certificates alone: a key must not slip in with a folder. */
async function writeSent(out: string, { domain, orderers }: Organisation): Promise<void> {
  const files = [
    join('peerOrganizations', domain, 'msp'),
    ...orderers.flatMap(({ host }) => {
      const dir = join('ordererOrganizations', domain, 'orderers', host);
      return [join(dir, 'msp', 'signcerts'), join(dir, 'tls', 'server.crt')];
    }),
  ];
  for (const file of files) {
    await cp(join(out, 'crypto', file), join(out, 'send', file), { recursive: true });
  }
}

type Made = { readonly dir: string; readonly organisations: readonly OrganisationCrypto[] };

/** The same crypto with its paths as they will be on the machine. */
function moved(crypto: Made, from: string, to: string): Made {
  const text = JSON.stringify(crypto, (_name, value: unknown) =>
    typeof value === 'string' && value.startsWith(`${from}/`) ? within(value, from, to) : value,
  );
  const plain = JSON.parse(text) as Made;
  // Signers do not pass through JSON, and rendering signs nothing.
  return plain;
}

function within(path: string, from: string, to: string): string {
  return join(to, path.slice(from.length));
}

function programsIn(bin: string): Programs {
  return {
    peer: join(bin, 'peer'),
    orderer: join(bin, 'orderer'),
    configtxgen: join(bin, 'configtxgen'),
    configtxlator: join(bin, 'configtxlator'),
    version: fabricVersion,
  };
}

async function write(file: string, text: string, mode = 0o644): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text, { mode });
}
