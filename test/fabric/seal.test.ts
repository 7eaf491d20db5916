import { join } from 'node:path';
import { expect } from 'chai';
import { serversOf } from '../../network/fabric/chaincode/servers.ts';
import { readDeployments } from '../../network/fabric/chaincode/deployment.ts';
import { silentPort } from '../../network/fabric/process/port.ts';
import { Supervisor } from '../../network/fabric/process/supervisor.ts';
import { until } from '../support/until.ts';
import { pledge, property } from '../unit/pledges/builders.ts';
import {
  needPrograms,
  startTestNetwork,
  testTopology,
  type TestNetwork,
} from './support/network.ts';

/** A majority of the five, and none of them the State Corporation. */
const accomplices = ['nit', 'alpha', 'beta'];
const accompliceMsps = ['NitMSP', 'AlphaMSP', 'BetaMSP'];

describe('the seal of the State Corporation on real peers', function () {
  this.timeout(120_000);
  const topology = testTopology();
  let started: TestNetwork;
  let altered: Supervisor | undefined;

  before(async function () {
    const kepil = { name: 'kepil', module: process.cwd() };
    started = await startTestNetwork(await needPrograms(this), topology, kepil);
    altered = new Supervisor({
      logs: started.network.layout.logs,
      run: join(started.dir, 'altered'),
    });
    await runAltered(altered);
  });
  after(async () => {
    await altered?.stopAll();
    await started?.remove();
  });

  it('is missing on what three organisations write with an altered chaincode, and nobody reads it', async () => {
    const outcome = await forged('withoutSeal');
    expect(outcome.status, JSON.stringify(outcome.status)).to.equal('committed');
    for (const name of accomplices) {
      // A peer that did not itself commit for the client may be a moment behind.
      await until(`the forged record at ${name}`, async () => (await standing(name)).length > 0);
    }
    for (const { name } of topology.organisations) {
      expect(await ask(name, 'register', { property })).to.eql({ pledges: [], agreements: [] });
      const holder = pledge(1).platform;
      expect(await ask(name, 'pledgesOfHolder', { holder })).to.eql({ encumbrances: [] });
      const document = pledge(1).terms[0]?.titleDocument;
      expect(await ask(name, 'pledgesByDocument', { document })).to.eql({ encumbrances: [] });
      const history = { property, encumbrance: pledge(1).id };
      expect(await ask(name, 'pledgeHistory', history)).to.equal('ENCUMBRANCE_UNKNOWN');
    }
  });

  it('cannot be written without its own peer', async () => {
    const outcome = await forged('withSeal');
    expect(outcome).to.deep.include({
      status: 'refused',
      reason: { kind: 'invalid', validation: 'ENDORSEMENT_POLICY_FAILURE' },
    });
    expect(await standing('alpha')).to.eql([pledge(1).id]);
    for (const { name } of topology.organisations) {
      expect(await ask(name, 'register', { property })).to.eql({ pledges: [], agreements: [] });
    }
  });

  it('cannot be had from a peer whose chaincode was not altered', async () => {
    const outcome = await connectionOf('alpha').submit({
      ...forgery('withSeal'),
      endorsers: [...accompliceMsps, 'GosCorpMSP'],
    });
    expect(outcome.status).to.equal('refused');
    expect(await standing('alpha')).to.eql([pledge(1).id]);
  });

  /** Each accomplice runs other code where its peer calls the chaincode; no one else can tell. */
  async function runAltered(supervisor: Supervisor): Promise<void> {
    const { layout, crypto } = started.network;
    const [deployment] = await readDeployments(layout);
    if (deployment === undefined) throw new Error('nothing was deployed');
    const module = join(process.cwd(), 'test/fabric/altered/chaincode');
    const request = { ...deployment.request, module };
    const servers = serversOf({ layout, crypto, topology }, { ...deployment, request });
    for (const server of servers.filter(({ organisation }) => accomplices.includes(organisation))) {
      await started.network.kill(server.name, { restart: false });
      await supervisor.start(server);
      expect(await silentPort(server, 30_000)).to.equal(undefined);
    }
  }

  function forgery(name: string) {
    const input = JSON.stringify({ key: `forgery-${name}`, input: {} });
    return { contract: 'forgery', transaction: name, arguments: [input] };
  }

  async function forged(name: string) {
    return connectionOf('alpha').submit({ ...forgery(name), endorsers: accompliceMsps });
  }

  /** What an accomplice's peer holds, whether it counts or not. */
  async function standing(name: string): Promise<readonly string[]> {
    const arguments_ = [JSON.stringify({ input: {} })];
    const call = { contract: 'forgery', transaction: 'standing', arguments: arguments_ };
    const outcome = await connectionOf(name).evaluate(call);
    if (outcome.status !== 'answered') throw new Error(JSON.stringify(outcome));
    return JSON.parse(outcome.result) as readonly string[];
  }

  /** What an organisation's own peer answers, or the code of its refusal. */
  async function ask(name: string, transaction: string, input: object): Promise<unknown> {
    const call = { contract: 'pledges', transaction, arguments: [JSON.stringify({ input })] };
    const outcome = await connectionOf(name).evaluate(call);
    if (outcome.status === 'answered') return JSON.parse(outcome.result);
    if (outcome.reason.kind === 'refusals') return outcome.reason.refusals[0].code;
    throw new Error(JSON.stringify(outcome));
  }

  const connectionOf = (name: string) => started.connection(name, 'Admin');
});
