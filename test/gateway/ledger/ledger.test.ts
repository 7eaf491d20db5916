/** The ledger client on the local network, with things going wrong as they do on Fabric. */
import { expect } from 'chai';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { LedgerConnection } from '../../../gateway/ledger/connection.ts';
import { readEvents } from '../../../gateway/ledger/events.ts';
import type { SignedEnvelope } from '../../../gateway/ledger/submit.ts';
import type { FaultRuleInput } from '../../../network/local/faults.ts';
import { type LocalNetwork, startLocalNetwork } from '../../../network/local/network.ts';
import { topologyOf } from '../../../network/topology.ts';
import { freeBasePort } from '../../../scripts/bench/free-ports.ts';
import { packageFolder } from '../../../scripts/config.ts';
import { connect } from '../../../scripts/network-info.ts';

const folder = path.join(packageFolder, 'scripts', 'bench', 'chaincode');

describe('the ledger client', function () {
  this.timeout(60_000);
  const dataDir = mkdtempSync(path.join(tmpdir(), 'kepil-client-'));
  let basePort = 0;
  let network: LocalNetwork;
  let connection: LedgerConnection;
  let keys = 0;

  before(async () => {
    basePort = await freeBasePort();
    await up();
  });

  after(async () => {
    await down();
    rmSync(dataDir, { recursive: true, force: true });
  });

  afterEach(() => {
    network.faults.set({ rules: [] });
  });

  async function start(): Promise<void> {
    const chaincodes = [{ name: 'records', runs: { folder } }];
    network = await startLocalNetwork({ dataDir, topology: topologyOf({ basePort }), chaincodes });
  }

  async function up(): Promise<void> {
    await start();
    connection = connect(
      network.info(),
      { org: 'alpha', user: 'User1' },
      { chaincode: 'records', deadlines: { statusMs: 3000, doubtfulStatusMs: 1000 } },
    );
  }

  async function down(): Promise<void> {
    connection.close();
    await network.stop();
  }

  function newKey(): string {
    keys += 1;
    return `key-${keys}`;
  }

  function put(key: string) {
    const json = JSON.stringify({ key, value: 'v' });
    return { contract: 'records', transaction: 'put', arguments: [json] };
  }

  async function recordOf(key: string): Promise<string> {
    const call = { contract: 'records', transaction: 'get', arguments: [key] };
    const outcome = await connection.evaluate(call);
    if (outcome.status !== 'answered') throw new Error('the record cannot be read');
    return outcome.result;
  }

  const troubles: readonly (readonly [string, FaultRuleInput])[] = [
    ['the answer of the orderers is lost', { fault: 'answer-lost-after-ordering', times: 1 }],
    ['the commit status is lost', { fault: 'commit-status-lost', times: 1 }],
    ['the orderers get the envelope twice', { fault: 'duplicate-delivery', times: 1 }],
    ["another organisation's peer is dead", { fault: 'dead-peer', mspId: 'BetaMSP' }],
    ['an endorsement is refused', { fault: 'endorsement-refused', mspId: 'NitMSP', times: 1 }],
  ];
  for (const [name, rule] of troubles) {
    it(`commits once when ${name}`, async () => {
      network.faults.set({ rules: [rule] });
      const key = newKey();
      const outcome = await connection.submit(put(key));
      expect(outcome.status).to.equal('committed');
      expect(JSON.parse(await recordOf(key))).to.include({ transactionId: outcome.transactionId });
    });
  }

  it('lets one of ten that write the same record win, and tells the others so', async () => {
    const key = newKey();
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, () => connection.submit(put(key))),
    );
    const statuses = outcomes.map(({ status }) => status);
    expect(statuses.filter((status) => status === 'committed')).to.have.lengthOf(1);
    expect(statuses.filter((status) => status === 'refused')).to.have.lengthOf(9);
  });

  it('is honest when no answer can be had, and finds the outcome later by the envelope', async () => {
    const key = newKey();
    const stored: SignedEnvelope[] = [];
    network.faults.set({ rules: [{ fault: 'commit-status-lost' }] });
    const persist = (envelope: SignedEnvelope) => Promise.resolve(void stored.push(envelope));
    const outcome = await connection.submit(put(key), { persist });
    expect(outcome.status).to.equal('unknown');
    await down();
    await up();
    const [envelope] = stored;
    if (!envelope) throw new Error('no envelope was stored');
    const later = await connection.resume(put(key), envelope);
    expect(later).to.include({ status: 'committed', transactionId: outcome.transactionId });
  });

  it('sends an envelope that was stored but never sent', async () => {
    const key = newKey();
    const stored: SignedEnvelope[] = [];
    const persist = (envelope: SignedEnvelope) => {
      stored.push(envelope);
      return Promise.reject(new Error('killed'));
    };
    expect(await connection.submit(put(key), { persist }).catch(String)).to.contain('killed');
    expect(await recordOf(key)).to.equal('');
    const [envelope] = stored;
    if (!envelope) throw new Error('no envelope was stored');
    expect((await connection.resume(put(key), envelope)).status).to.equal('committed');
  });

  it('reads every event once and in order, over a restart of the peer', async () => {
    const end = new AbortController();
    const written: string[] = [];
    const read: string[] = [];
    const before = await connection.submit(put(newKey()));
    if (before.status !== 'committed') throw new Error('not committed');
    const { blockNumber, transactionId } = before;
    const reading = readEvents(connection, {
      after: { blockNumber, transactionId },
      signal: end.signal,
      handle: (event) => {
        read.push(Buffer.from(event.payload).toString());
        if (read.length === 6) end.abort();
        return Promise.resolve();
      },
    });
    for (let index = 0; index < 6; index += 1) {
      if (index === 3) {
        await network.stop();
        await start();
      }
      const key = newKey();
      expect((await connection.submit(put(key))).status).to.equal('committed');
      written.push(key);
    }
    await reading;
    expect(read).to.deep.equal(written);
  });
});
