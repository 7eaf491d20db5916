import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { withOrganisation } from '../../network/fabric/operations/topology-change.ts';
import type { Programs } from '../../network/fabric/programs.ts';
import { writeTopology } from '../../network/fabric/topology-file.ts';
import type { Organisation, Topology } from '../../network/topology.ts';
import { TestMachine } from './support/machine.ts';
import { type Namespaces, needNamespaces } from './support/namespaces.ts';
import { needPrograms, testTopology } from './support/network.ts';

const names = ['goscorp', 'authority', 'nit', 'alpha', 'beta'] as const;

describe('organisations on machines of their own', function () {
  this.timeout(300_000);
  const topology = testTopology();
  let programs: Programs;
  let namespaces: Namespaces;
  let dir: string;
  const machines: TestMachine[] = [];

  before(async function () {
    programs = await needPrograms(this);
    namespaces = await needNamespaces(this, [...names, 'gamma']);
    dir = await mkdtemp(join(tmpdir(), 'kepil-machines-'));
    const { organisations } = withOrganisation(topology, gammaOf(topology));
    const hosts = organisations.flatMap(({ name, peers, orderers }) =>
      [...peers, ...orderers].map(({ host }) => `${namespaces.machine(name).address} ${host}`),
    );
    await writeFile(join(dir, 'hosts'), ['127.0.0.1 localhost', ...hosts, ''].join('\n'));
    machines.push(...names.map(machineOf));
  });
  after(async () => {
    await Promise.all(machines.map(async (machine) => machine.stop()));
    await namespaces?.remove();
    if (dir !== undefined) await rm(dir, { recursive: true });
  });

  it('render their parts, each with its own keys, of what was agreed on', async () => {
    const agreed = join(dir, 'agreed');
    await writeTopology(agreed, topology);
    const ids = [];
    for (const { name } of machines) ids.push(await render(name));
    expect(new Set(ids).size, 'one package id').to.equal(1);
  });

  it('write units that systemd takes', function () {
    try {
      execFileSync('systemd-analyze', ['--version'], { stdio: 'pipe' });
    } catch {
      // A machine without systemd.
      this.skip();
    }
    const units = machines.map(({ root }) => join(root, 'systemd', '*.service')).join(' ');
    const said = execFileSync('sh', ['-c', `systemd-analyze verify --man=no ${units} 2>&1`], {
      encoding: 'utf8',
    });
    expect(said).not.to.contain(dir);
  });

  it('come to a committed transaction by their steps alone', async () => {
    const steps = await Promise.all(machines.map(async (machine) => machine.steps()));
    const count = steps[0]?.length ?? 0;
    expect(count).to.equal(8);
    for (let step = 0; step < count; step += 1) {
      const carryOut = async (machine: TestMachine, index: number): Promise<void> => {
        for (const command of steps[index]?.[step] ?? []) await machine.carryOut(command);
      };
      // The first one makes the block, and the others have it before they look at it.
      const [maker, ...others] = machines;
      await deliver();
      if (maker !== undefined) await carryOut(maker, 0);
      await deliver();
      await Promise.all(others.map(async (machine, index) => carryOut(machine, index + 1)));
    }
    const founded = await of('goscorp').run(
      `kepil call roster found --org goscorp --user Admin --network ${of('goscorp').root} --json`,
    );
    expect(founded.code, founded.stdout + founded.stderr).to.equal(0);
    const seen = await of('beta').run(
      `kepil call roster members --org beta --user User1 --network ${of('beta').root} --json`,
    );
    expect(seen.stdout).to.contain('GosCorpMSP').and.to.contain('BetaMSP');
  });

  it('admit a sixth one, each signing on its own machine, and no fewer than a majority', async () => {
    const wider = withOrganisation(topology, gammaOf(topology));
    await writeTopology(join(dir, 'agreed'), wider);
    for (const { root } of machines) await writeTopology(root, wider);
    await render('gamma');
    machines.push(machineOf('gamma'));
    await deliver();
    const [maker, ...others] = machines;
    if (maker === undefined) throw new Error('nobody is here');
    await Promise.all(
      machines.map(async (machine) =>
        machine.carryOut(`kepil network receive --dir ${machine.root}`),
      ),
    );

    const file = join(maker.root, 'gamma.update');
    await maker.carryOut(`kepil network update propose --out ${file} --dir ${maker.root}`);
    const early = await maker.run(`kepil network update submit ${file} --dir ${maker.root}`);
    expect(early.code).to.equal(1);
    expect(early.stderr).to.contain('have 1 signatures and need 3');
    const copies = [];
    for (const signing of others.slice(0, 2)) {
      const copy = join(signing.root, 'gamma.update');
      await cp(file, copy);
      await signing.carryOut(`kepil network update sign ${copy} --dir ${signing.root}`);
      copies.push(copy);
    }
    const submit = `kepil network update submit ${copies.join(' ')} --dir ${maker.root}`;
    expect(await maker.carryOut(submit)).to.contain('The channel has taken it.');

    const gamma = of('gamma');
    const snapshot = join(gamma.root, 'received', 'snapshot');
    const words = `peer0.goscorp.kepil.test --out ${snapshot} --dir ${maker.root}`;
    await maker.carryOut(`kepil network snapshot ${words}`);
    const steps = (await gamma.steps()).flat();
    for (const step of steps.filter((one) => one.startsWith('systemctl'))) {
      await gamma.carryOut(step);
    }
    await gamma.carryOut(`kepil network join --snapshot ${snapshot} --dir ${gamma.root}`);
    await gamma.carryOut(`kepil network approve --dir ${gamma.root}`);
    await gamma.carryOut(`kepil network ready --dir ${gamma.root}`);
    const seen = await gamma.run(
      `kepil call roster members --org gamma --user User1 --network ${gamma.root} --json`,
    );
    expect(seen.stdout).to.contain('GosCorpMSP');
  });

  it('hold no key but their own', async () => {
    for (const { name, root } of machines) {
      const holders = await filesWith(root, 'PRIVATE KEY');
      const crypto = join(root, 'crypto');
      const foreign = holders.filter(
        (file) =>
          file.startsWith(crypto) && !file.includes(`.${name}.`) && !file.includes(`/${name}.`),
      );
      expect(foreign, name).to.eql([]);
      expect(holders.filter((file) => file.startsWith(join(root, 'received')))).to.eql([]);
      expect(holders.filter((file) => file.startsWith(join(root, 'send')))).to.eql([]);
    }
  });

  it('are well by their own doctor, once they have voted for the sixth one too', async () => {
    expect(await codesAt('alpha')).to.eql(['ROSTER_LACKS_MEMBER']);
    const member = { mspId: 'GammaMSP', bin: '991249000606', name: 'Gamma' };
    const subject = {
      kind: 'roster.admission',
      member: { ...member, kind: 'NON_STATE_SYSTEM_OWNER' },
    };
    const { id } = await decide('goscorp', 'propose', { subject, reason: 'It has joined.' });
    for (const name of ['goscorp', 'nit', 'alpha']) await decide(name, 'approve', { id });
    expect(await codesAt('alpha')).to.eql([]);
    // Its part is of one organisation that orders nothing.
    expect(await codesAt('gamma')).to.eql([]);
  });

  async function codesAt(name: string): Promise<readonly string[]> {
    const { stdout } = await of(name).run(`kepil network doctor --dir ${of(name).root} --json`);
    return (JSON.parse(stdout) as readonly { readonly code: string }[]).map(({ code }) => code);
  }

  async function decide(name: string, transaction: string, input: object) {
    const words = `decisions ${transaction} '${JSON.stringify(input)}'`;
    const said = await of(name).carryOut(
      `kepil call ${words} --org ${name} --network ${of(name).root} --json`,
    );
    return (JSON.parse(said) as { readonly result: { readonly id: string } }).result;
  }

  /** What each has to send by now reaches the others, as files do: by mail, or on a stick. */
  async function deliver(): Promise<void> {
    for (const from of machines) {
      for (const to of machines.filter((machine) => machine !== from)) {
        const [sent, received] = [join(from.root, 'send'), join(to.root, 'received', from.name)];
        // The first block is for those that are in it: who comes later takes a snapshot.
        const filter = (path: string) => to.name !== 'gamma' || path !== join(sent, 'channel');
        await cp(sent, received, { recursive: true, filter });
      }
    }
  }

  function machineOf(name: string): TestMachine {
    const { launch = [] } = namespaces.machine(name);
    const named = ['sh', '-c', 'mount --bind "$0" /etc/hosts && exec "$@"', join(dir, 'hosts')];
    return new TestMachine(name, join(dir, 'at', name), [...launch, ...named]);
  }

  /** Renders an organisation's part, moves it to its machine, and gives the package id in it. */
  async function render(name: string): Promise<string> {
    const root = join(dir, 'at', name);
    const out = join(dir, 'rendered', name);
    const flags = `--dir ${join(dir, 'agreed')} --org ${name} --out ${out} --root ${root}`;
    const furnished = `--user root --bin ${join(programs.peer, '..')} --module ${process.cwd()}`;
    const words = `scripts/kepil.mjs network render ${flags} ${furnished} --node ${process.execPath} --json`;
    const text = execFileSync(process.execPath, words.split(' '), { encoding: 'utf8' });
    await mkdir(join(root, '..'), { recursive: true });
    await rename(out, root);
    return (JSON.parse(text) as { packageId: string }).packageId;
  }

  function of(name: string): TestMachine {
    const machine = machines.find((one) => one.name === name);
    if (machine === undefined) throw new Error(`no machine of ${name}`);
    return machine;
  }
});

/** An organisation that comes later, in the manner of the others. */
function gammaOf({ organisations }: Topology): Organisation {
  const ports = organisations.flatMap(({ peers }) => peers.map(({ port }) => port));
  const domain = 'gamma.kepil.test';
  const peer = { name: 'peer0', host: `peer0.${domain}`, port: Math.max(...ports) + 150 };
  return { name: 'gamma', mspId: 'GammaMSP', domain, peers: [peer], orderers: [] };
}

/** Files under a folder that hold a text. */
async function filesWith(folder: string, text: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries.filter((one) => one.isFile())) {
    const file = join(entry.parentPath, entry.name);
    if ((await readFile(file)).includes(text)) found.push(file);
  }
  return found;
}
