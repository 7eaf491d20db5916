import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { startFabricNetwork } from '../../network/fabric/network.ts';
import { examine, type Finding } from '../../network/fabric/operations/doctor.ts';
import type { Programs } from '../../network/fabric/programs.ts';
import { type Crypto, ensureCrypto, type NodeCrypto } from '../../network/identity/folder.ts';
import { until } from '../support/until.ts';
import { withClock } from './support/clock.ts';
import {
  marksModule,
  needPrograms,
  startTestNetwork,
  testTopology,
  type TestNetwork,
} from './support/network.ts';

const peer = 'peer0.beta.kepil.test';

/** Each fault is made, found with its cause and what to do, and undone. */
describe('the doctor of a Fabric network', function () {
  this.timeout(120_000);
  const topology = testTopology();
  let programs: Programs;
  let started: TestNetwork;

  before(async function () {
    programs = await needPrograms(this);
    started = await startTestNetwork(programs, topology);
  });
  after(async () => started?.remove());

  it('finds nothing where nothing is wrong', async () => {
    expect(await examined()).to.eql([]);
  });

  it('finds a peer that is dead', async () => {
    await started.network.kill(peer, { restart: false });
    const found = await finding('PEER_DOWN');
    expect(found.what).to.equal(`${peer} does not run.`);
    expect(found.next).to.contain(`kepil network logs ${peer}`).and.contain('kepil network up');
    await backAgain(peer);
  });

  it('finds a port that another program took while the peer was down', async () => {
    const port = testTopology().organisations.at(-1)?.peers[0]?.port ?? 0;
    await started.network.kill(peer, { restart: false });
    const squatter = await listening(port);
    const found = await finding('PORT_TAKEN');
    squatter.close();
    expect(found.what).to.contain(`${port}`).and.contain(peer);
    expect(found.next).to.contain(`sport = :${port}`);
    await backAgain(peer);
  });

  it('finds that too few orderers are left', async () => {
    const stopped = ['orderer0.nit.kepil.test', 'orderer0.alpha.kepil.test'];
    for (const name of stopped) await started.network.kill(name, { restart: false });
    const found = await finding('NO_QUORUM');
    expect(found.what).to.equal('2 of 4 orderers serve; 3 are needed, so nothing commits.');
    expect(found.next).to.match(/Start the orderers that are down/);
    await backAgain(...stopped);
  });

  it('finds a peer whose TLS certificate is of another authority', async () => {
    const [own, other] = [nodeOf(peer), nodeOf('peer0.alpha.kepil.test')];
    const found = await withFiles(
      own.tlsDir,
      other.tlsDir,
      ['server.crt', 'server.key'],
      async () => {
        await started.network.restart(peer);
        const code = 'WRONG_TLS_CA';
        await until(code, async () => (await examined()).some((each) => each.code === code), {
          timeoutMs: 30_000,
        });
        return finding(code);
      },
    );
    expect(found.what).to.equal(`The TLS certificate of ${peer} is not from beta's TLS authority.`);
    expect(found.next).to.contain('kepil network rotate-certs');
    await backAgain(peer);
  });

  it('finds a peer whose identity is of another authority', async () => {
    const [own, other] = [nodeOf(peer), nodeOf('peer0.alpha.kepil.test')];
    const certificate = (node: NodeCrypto): string =>
      join(node.mspDir, 'signcerts', `${node.host}-cert.pem`);
    const text = await readFile(certificate(own));
    await copyFile(certificate(other), certificate(own));
    const found = await finding('WRONG_CA');
    await writeFile(certificate(own), text);
    expect(found.what).to.match(/The identity of peer0\.beta\.kepil\.test is not BetaMSP's: /);
    expect(found.next).to.contain('kepil network rotate-certs');
  });

  it('finds that its clock is far from the peers’', async () => {
    const found = await withClock(20 * 60_000, async () => finding('CLOCK_SKEW'));
    expect(found.what).to.match(/^The clock of goscorp's peer is more than 15 minutes from/);
    expect(found.next).to.contain('NTP');
  });

  it('finds a chaincode that has stayed behind the channel’s', async () => {
    const record = join(started.network.layout.channel, 'chaincodes.json');
    const older = await readFile(record);
    const module = join(process.cwd(), marksModule);
    await started.network.deploy({ name: 'marks', version: '2', module });
    const newer = await readFile(record);
    // What lies on the machine of an organisation that slept through the upgrade.
    await writeFile(record, older);
    const found = await finding('STALE_CHAINCODE');
    await writeFile(record, newer);
    expect(found.what).to.equal(
      'marks runs here in version 1 (sequence 1), and the channel has version 2 (sequence 2).',
    );
    expect(found.next).to.contain('kepil network upgrade');
  });

  it('finds nothing any more when all was undone', async () => {
    await started.network.untilReady();
    expect(await examined()).to.eql([]);
  });

  it('says which port another network holds before anything is started', async () => {
    const failure = startFabricNetwork({ dir: join(started.dir, 'second'), programs, topology });
    const said = await failure.then(
      () => 'started',
      (error: unknown) => String(error),
    );
    expect(said).to.match(/port \d+.* is taken by another program \(orderer0\.goscorp/);
  });

  /** As the command does: keys and certificates as they lie on the disk now. */
  async function examined(): Promise<readonly Finding[]> {
    const { layout } = started.network;
    return examine({ layout, programs, topology, crypto: await onDisk() });
  }

  async function finding(code: string): Promise<Finding> {
    const all = await examined();
    const found = all.find((one) => one.code === code);
    if (found === undefined) throw new Error(`no ${code}, but ${JSON.stringify(all)}`);
    return found;
  }

  async function onDisk(): Promise<Crypto> {
    return ensureCrypto(started.network.layout.crypto, topology);
  }

  function nodeOf(host: string): NodeCrypto {
    const nodes = started.network.crypto.organisations.flatMap(({ peers }) => peers);
    const found = nodes.find(({ node }) => node.host === host);
    if (found === undefined) throw new Error(`no ${host}`);
    return found;
  }

  async function backAgain(...names: readonly string[]): Promise<void> {
    for (const name of names) await started.network.restart(name);
    await started.network.untilReady();
    // An orderer serves when it has caught up.
    for (let tries = 0; tries < 60; tries += 1) {
      if ((await examined()).length === 0) return;
      await sleep(500);
    }
    throw new Error(`${names.join()} did not recover: ${JSON.stringify(await examined())}`);
  }
});

/** Puts another folder's files in the place of these for a while. */
async function withFiles<Result>(
  folder: string,
  other: string,
  names: readonly string[],
  work: () => Promise<Result>,
): Promise<Result> {
  const own = await Promise.all(names.map(async (name) => readFile(join(folder, name))));
  for (const name of names) await copyFile(join(other, name), join(folder, name));
  try {
    return await work();
  } finally {
    await Promise.all(names.map(async (name, at) => writeFile(join(folder, name), own[at] ?? '')));
  }
}

async function listening(port: number): Promise<Server> {
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return server;
}
