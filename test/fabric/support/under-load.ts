/** A Fabric network that changes under load, of which no request may fail. */
import { expect } from 'chai';
import type { ConfigContext } from '../../../network/fabric/channel/config-update.ts';
import type { FabricNetwork } from '../../../network/fabric/network.ts';
import type { Programs } from '../../../network/fabric/programs.ts';
import { there } from '../../support/there.ts';
import { type Account, faultsIn, startLoad } from './load.ts';
import { needPrograms, startTestNetwork, type TestNetwork } from './network.ts';
import { say } from './say.ts';

const perSecond = 20;
/** A second of the load is served before the change and after it, soon. */
const servedTimeoutMs = 30_000;

/** What the tests of a suite change; nothing of it is there before its hooks have run. */
export type LoadedNetwork = {
  readonly started: () => TestNetwork;
  readonly network: () => FabricNetwork;
  /** What reads and changes the channel's configuration. */
  readonly config: () => ConfigContext;
  /** Changes something amid a load: no request fails, and the ledger agrees with its clients. */
  readonly underLoad: (prefix: string, change: () => Promise<unknown>) => Promise<void>;
};

/** Registers the hooks. */
export function loadedNetwork(): LoadedNetwork {
  let programs: Programs | undefined;
  let started: TestNetwork | undefined;

  before(async function () {
    programs = await needPrograms(this);
    started = await startTestNetwork(programs);
  });
  after(() => started?.remove());

  return {
    started: () => there(started),
    network: () => there(started).network,
    config: () => {
      const { layout, crypto, topology } = there(started).network;
      return { layout, crypto, programs: there(programs), channel: topology.channel };
    },
    underLoad: async (prefix, change) => throughLoad(there(started), prefix, change),
  };
}

async function throughLoad(
  { connection }: TestNetwork,
  prefix: string,
  change: () => Promise<unknown>,
): Promise<void> {
  const clients = ['goscorp', 'nit', 'alpha'].map((name) => connection(name));
  const load = startLoad(clients, prefix, { perSecond });
  let account: Account;
  try {
    await load.untilServed(perSecond, servedTimeoutMs);
    await change();
    await load.untilServed(perSecond, servedTimeoutMs);
  } finally {
    account = await load.stop();
  }
  say(`${account.committed.length} committed, longest gap ${account.longestGapMs} ms`);
  expect(account.reasons).to.eql([]);
  expect(await faultsIn(account, connection('goscorp'), prefix)).to.eql([]);
}
