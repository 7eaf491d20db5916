/**
 * Writes all that one organisation runs on machines of its own: keys, configuration, units, what
 * it sends to the others, and the steps. The network of one machine is made of the same parts.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Crypto, ensureCrypto } from '../../identity/folder.ts';
import { numbered, type Topology } from '../../topology.ts';
import { codeDigest } from '../chaincode/code-digest.ts';
import { writeConnections } from '../chaincode/connection.ts';
import { serversOf } from '../chaincode/servers.ts';
import { type Deployment, writeDeployment } from '../chaincode/deployment.ts';
import { packageOf } from '../chaincode/package.ts';
import { type Layout, layoutOf } from '../layout.ts';
import { fingerprintOf, sendFolder, writeSent } from '../machines/exchange.ts';
import { infoOf } from '../network.ts';
import { renderNodes, writeNode } from '../nodes.ts';
import { scrapeFile } from '../operations/scrape.ts';
import { type Place, placeFile } from '../place.ts';
import type { Specification } from '../process/specification.ts';
import { fabricVersion, type Programs } from '../programs.ts';
import { writeTopology } from '../topology-file.ts';
import { stepsText } from './steps.ts';
import { systemdUnit, unitName } from './systemd.ts';

/** What to render, and what the machine is like that it is for. */
export type RenderOptions = Omit<Place, 'organisation'> & {
  readonly topology: Topology;
  /** Short name of the organisation. */
  readonly organisation: string;
  /** Where to write; what is there is kept, so that keys are made once. */
  readonly out: string;
  /** Where the folder will lie on the machine. */
  readonly root: string;
  /** Folder of this package here: its code is what the organisations agree to run. */
  readonly code: string;
};

/** Version under which the first chaincode is put on the channel. */
const version = '1';

/** Renders one organisation's part of the network; gives what others recognise it by. */
export async function renderOrganisation(
  options: RenderOptions,
): Promise<{ readonly fingerprint: string; readonly packageId: string }> {
  const { out, root, bin, user } = options;
  const topology = numbered(options.topology);
  const organisation = topology.organisations.find(({ name }) => name === options.organisation);
  if (organisation === undefined) throw new Error(`${options.organisation} is not in the topology`);
  // Made where it is written, and then named as it will lie.
  const made = await ensureCrypto(join(out, 'crypto'), topology, { own: organisation.name });
  const crypto = moved(made, out, root);
  const there = layoutOf(root, { oneMachine: false });
  const here = layoutOf(out, { oneMachine: false });

  const nodes = renderNodes(there, programsIn(bin), crypto);
  for (const one of nodes) await writeNode({ ...one, folder: within(one.folder, root, out) });
  const deployment = await firstDeployment(topology.chaincode, options);
  const servers = await renderServers(
    { ...options, topology },
    { here, there, crypto, deployment },
  );
  const units = [...nodes.map((one) => one.process), ...servers];
  for (const unit of units) {
    await write(join(out, 'systemd', unitName(unit)), systemdUnit(unit, { user, root }));
  }

  await writePapers(options, { there, crypto, topology });
  await writeSent(here.crypto, sendFolder(here), organisation);
  const fingerprint = await fingerprintOf(sendFolder(here), organisation);
  const files = units.map(unitName);
  const text = stepsText({
    ...options,
    topology,
    organisation,
    units: files,
    fingerprint,
    deployment,
  });
  await write(join(out, 'STEPS.md'), text);
  return { fingerprint, packageId: deployment.packageId };
}

/** What the folder says of itself: to our commands, to clients and to Prometheus. */
async function writePapers(
  { organisation, out, bin, module, node, user }: RenderOptions,
  part: { readonly there: Layout; readonly crypto: Crypto; readonly topology: Topology },
): Promise<void> {
  const { there, crypto, topology } = part;
  const place: Place = { organisation, bin, module, node, user };
  await write(join(out, placeFile), `${JSON.stringify(place, undefined, 2)}\n`);
  await writeTopology(out, topology);
  await write(join(out, 'info.json'), JSON.stringify(infoOf(there, crypto, topology.channel)));
  await write(join(out, 'prometheus.yaml'), scrapeFile(crypto));
}

/** The organisation's chaincode process, and what tells its peers where that listens. */
async function renderServers(
  { topology, module, node }: RenderOptions,
  part: {
    readonly here: Layout;
    readonly there: Layout;
    readonly crypto: Crypto;
    readonly deployment: Deployment;
  },
): Promise<readonly Specification[]> {
  const { here, there, crypto, deployment } = part;
  for (const own of crypto.organisations) {
    await writeConnections({ layout: here, topology }, own, deployment);
  }
  await writeDeployment(here, deployment);
  const shim = join(module, 'node_modules', 'fabric-shim', 'cli.js');
  return serversOf({ layout: there, topology, crypto }, deployment, { node, shim });
}

/** What the organisations are to approve: the chaincode of this package, as its code is here. */
async function firstDeployment(
  name: string,
  { code, module }: Pick<RenderOptions, 'code' | 'module'>,
): Promise<Deployment> {
  const digest = await codeDigest(code);
  const { id, label } = packageOf({ name, version, digest });
  const request = { name, version, module };
  return { request, sequence: 1, packageId: id, label, digest, portIndex: 0 };
}

/** The same crypto with its paths as they will be on the machine. */
function moved(crypto: Crypto, from: string, to: string): Crypto {
  const text = JSON.stringify(crypto, (_name, value: unknown) =>
    typeof value === 'string' && value.startsWith(`${from}/`) ? within(value, from, to) : value,
  );
  // Signers do not pass through JSON, and rendering signs nothing.
  return JSON.parse(text) as Crypto;
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
