import { Client, credentials } from '@grpc/grpc-js';
import {
  type Contract,
  connect,
  EndorseError,
  type Gateway,
  hash,
  signers,
  GatewayError,
} from '@hyperledger/fabric-gateway';
import { expect } from 'chai';
import { createPrivateKey } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NetworkInfo } from '../../../../network/local/network-info.ts';
import {
  type LocalNetwork,
  type LocalNetworkOptions,
  startLocalNetwork,
} from '../../../../network/local/network.ts';
import { StartError } from '../../../../network/local/start-error.ts';
import { type Topology, topologyOf } from '../../../../network/topology.ts';
import { until } from '../../../support/until.ts';

const require = createRequire(import.meta.url);

/** A chaincode as others write it; but for `clock`, which no chaincode may do. */
const contract = `
const { Contract } = require(${JSON.stringify(require.resolve('fabric-contract-api'))});
class Trial extends Contract {
  async put(ctx, key, value) {
    await ctx.stub.getState(key);
    await ctx.stub.putState(key, Buffer.from(value));
    ctx.stub.setEvent('put', Buffer.from(key));
    return value;
  }
  async get(ctx, key) { return (await ctx.stub.getState(key)).toString(); }
  async clock(ctx) { await ctx.stub.putState('now', Buffer.from(String(process.hrtime.bigint()))); }
}
module.exports.contracts = [Trial];
`;

/** Five organisations on whatever ports are free. */
function anywhere(): Topology {
  const topology = topologyOf();
  const organisations = topology.organisations.map((organisation) => ({
    ...organisation,
    peers: organisation.peers.map((node) => ({ ...node, port: 0 })),
    orderers: organisation.orderers.map((node) => ({ ...node, port: 0 })),
  }));
  return { ...topology, organisations };
}

/** The unchanged client, as `User1` of an organisation. */
function clientOf(info: NetworkInfo, name: string) {
  const { mspId, endpoint, hostAlias, tlsRootPath, users } = info.organisations.find(
    (organisation) => organisation.name === name,
  )!;
  const user = users.find((one) => one.name === 'User1')!;
  const tls = credentials.createSsl(readFileSync(tlsRootPath));
  const client = new Client(endpoint, tls, { 'grpc.ssl_target_name_override': hostAlias });
  const gateway = connect({
    client,
    identity: { mspId, credentials: readFileSync(user.certificatePath) },
    signer: signers.newPrivateKeySigner(createPrivateKey(readFileSync(user.keyPath))),
    hash: hash.sha256,
    commitStatusOptions: () => ({ deadline: Date.now() + 5000 }),
  });
  return { client, gateway };
}

describe('local network', function () {
  this.timeout(60_000);
  let dir: string;
  let starting: Promise<LocalNetwork> | undefined;
  let network: LocalNetwork;
  let client: Client;
  let gateway: Gateway;
  let trial: Contract;

  const options = (): LocalNetworkOptions => ({
    dataDir: join(dir, 'data'),
    topology: anywhere(),
    chaincodes: [{ name: 'trial', runs: { folder: dir } }],
    compare: 'all',
  });
  const open = async () => {
    starting = startLocalNetwork(options());
    network = await starting;
    ({ client, gateway } = clientOf(network.info(), 'alpha'));
    trial = gateway.getNetwork('kepil').getContract('trial');
  };
  const shut = async () => {
    gateway.close();
    client.close();
    await network.stop();
  };
  const value = async (key: string) =>
    Buffer.from(await trial.evaluateTransaction('get', key)).toString();

  before(async () => {
    dir = mkdtempSync(join(tmpdir(), 'kepil-network-'));
    writeFileSync(
      join(dir, 'package.json'),
      '{"name":"trial","version":"1.0.0","main":"index.js"}',
    );
    writeFileSync(join(dir, 'index.js'), contract);
    await open();
  });
  after(async () => {
    // A start that outlived its hook is stopped too, or the tests would never end.
    await (await starting?.catch(() => undefined))?.stop();
    client.close();
    rmSync(dir, { recursive: true });
  });
  afterEach(() => network.faults.set({ rules: [] }));

  it('commits what an unchanged client submits, and tells of it', async () => {
    await trial.submitTransaction('put', 'a', '1');
    expect(await value('a')).to.equal('1');
    const events = await gateway
      .getNetwork('kepil')
      .getChaincodeEvents('trial', { startBlock: 1n });
    for await (const event of events) {
      expect([event.eventName, Buffer.from(event.payload).toString()]).to.eql(['put', 'a']);
      break;
    }
    events.close();
  });

  it('refuses a chaincode that reads a clock, and shows both write sets', async () => {
    const error: unknown = await trial
      .submitTransaction('clock')
      .catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(EndorseError);
    const [fabrics, ours] = (error as EndorseError).details;
    expect(fabrics?.message).to.equal('ProposalResponsePayloads do not match');
    expect(ours?.message.match(/trial: write "now"/g)).to.have.length(2);
  });

  it('takes an envelope once, even when its answer is lost', async () => {
    network.faults.set({ rules: [{ fault: 'answer-lost-after-ordering', times: 1 }] });
    const transaction = await trial.newProposal('put', { arguments: ['b', '1'] }).endorse();
    const lost: unknown = await transaction.submit().catch((thrown: unknown) => thrown);
    expect(lost).to.be.instanceOf(GatewayError);
    const signed = gateway.newTransaction(transaction.getBytes());
    const again: unknown = await signed.submit().catch((thrown: unknown) => thrown);
    if (again instanceof GatewayError) {
      expect(again.details[0]?.message).to.contain('request already processed');
    }
    await untilValue('b', '1');
  });

  it('marks the second of two deliveries, and keeps the first', async () => {
    network.faults.set({ rules: [{ fault: 'duplicate-delivery', times: 1 }] });
    await trial.submitTransaction('put', 'c', '1');
    expect(await value('c')).to.equal('1');
  });

  it('endorses without a dead peer', async () => {
    network.faults.set({ rules: ['BetaMSP', 'NitMSP'].map((mspId) => dead(mspId)) });
    await trial.submitTransaction('put', 'd', '1');
    network.faults.set({ rules: ['BetaMSP', 'NitMSP', 'GosCorpMSP'].map((mspId) => dead(mspId)) });
    const error: unknown = await trial
      .submitTransaction('put', 'd', '2')
      .catch((thrown: unknown) => thrown);
    expect(String(error)).to.contain('no peer combination can satisfy the endorsement policy');
  });

  it('keeps its ledger and its keys over a restart', async () => {
    const before = network.info().organisations.map(({ tlsRootPath }) => readFileSync(tlsRootPath));
    await shut();
    await open();
    expect(await value('a')).to.equal('1');
    const after = network.info().organisations.map(({ tlsRootPath }) => readFileSync(tlsRootPath));
    expect(after).to.eql(before);
  });

  it('cannot be started twice, and says which process has it', async () => {
    const error: unknown = await startLocalNetwork(options()).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(StartError);
    expect((error as StartError).message).to.contain(`as process ${process.pid}`);
    expect(await value('a')).to.equal('1');
  });

  const dead = (mspId: string) => ({ fault: 'dead-peer' as const, mspId });
  const untilValue = async (key: string, wanted: string) => {
    await until(`${key} as ${wanted}`, async () => (await value(key)) === wanted);
  };
});
