/** `kepil network local` and `kepil network info`: the network of the first five minutes. */
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import type { ChaincodeChoice } from '../../network/local/chaincodes.ts';
import { parseChaincodeServers, readCollections } from '../../network/local/config.ts';
import { startLocalNetwork } from '../../network/local/network.ts';
import { type NetworkInfo, readNetworkInfo } from '../../network/local/network-info.ts';
import { topologyOf } from '../../network/topology.ts';
import { examples, groupOf, print } from '../command-line.ts';
import { defaultNetwork, packageFolder } from '../config.ts';
import { basePortOf, clockOffsetOf, notUnderstood, untilInterrupted } from '../network-options.ts';

type Options = {
  readonly dir: string;
  readonly fresh?: boolean;
  readonly channel?: string;
  readonly orgs?: string;
  readonly domain?: string;
  readonly basePort?: number;
  readonly clock: number;
  readonly compare: 'endorsers' | 'all';
  readonly chaincode: readonly string[];
  readonly collections?: string;
  readonly policy?: string;
  readonly kepil: boolean;
  readonly perOrganisation?: boolean;
  readonly node: readonly string[];
  readonly faults?: string;
};

export function register(program: Command): void {
  const group = groupOf(program, 'network', 'run and look after networks');
  const local = withChaincodes(withNetwork(group.command('local')))
    .description('run a network in this process, until Ctrl-C; its ledger is kept')
    .addOption(
      new Option('--compare <where>', "where a transaction's results are compared")
        .choices(['endorsers', 'all'])
        .default('endorsers'),
    )
    .option('--faults <file>', 'faults for tests, read again whenever the file changes')
    .action(run);
  examples(local, [
    ['kepil network local', 'go on where you stopped'],
    ['kepil network local --fresh --clock +90d', 'begin anew, three months ahead'],
    ['kepil network local --chaincode basic=localhost:9999', 'with a chaincode of your own'],
  ]);
  group
    .command('info')
    .description('say where the local network answers, and with which keys to call it')
    .option('--dir <dir>', 'its folder', defaultNetwork())
    .option('--json', 'print JSON')
    .action(info);
}

function withNetwork(command: Command): Command {
  return command
    .option('--dir <dir>', 'where keys and ledger lie', defaultNetwork())
    .option('--fresh', 'begin anew: lose the ledger and the keys that lie there')
    .option('--channel <name>', 'name of the channel', 'kepil')
    .option('--orgs <list>', 'other organisations: org1:Org1MSP,org2:Org2MSP, or org2:Org2MSP:9051')
    .option('--domain <domain>', 'what the host names end in', 'kepil.test')
    .option(
      '--base-port <port>',
      "port of the first peer; the next ones' are a thousand apart",
      basePortOf,
    )
    .option('--clock <offset>', "shift the network's time: +90d, -3h, +1d12h", clockOffsetOf, 0);
}

function withChaincodes(command: Command): Command {
  const servers = 'NAME=HOST:PORT or NAME=ORG@HOST:PORT,… (again for more)';
  return command
    .option('--chaincode <server>', servers, more, [])
    .option('--collections <file>', "collections file of those chaincodes, as Fabric's")
    .option('--policy <policy>', `endorsement policy of those chaincodes: "OR('Org1MSP.peer')"`)
    .option('--no-kepil', "without Kepil's own chaincode")
    .option('--per-organisation', 'a chaincode process for each organisation instead of one')
    .option(
      '--node <program>',
      "ORG=PATH of the Node that an organisation's chaincode runs on",
      more,
      [],
    );
}

async function run(options: Options): Promise<void> {
  const log = (line: string) => process.stdout.write(`${line}\n`);
  const interrupted = untilInterrupted();
  const network = await start(options, log);
  log(describe(network.info()));
  log('ready');
  await interrupted;
  log('stopping …');
  await network.stop();
  log('stopped; the ledger is kept');
}

function start(options: Options, log: (line: string) => void) {
  return startLocalNetwork({
    dataDir: resolve(options.dir),
    topology: topology(options),
    fresh: options.fresh ?? false,
    chaincodes: chaincodes(options),
    compare: options.compare,
    clockOffsetMs: options.clock,
    ...(options.faults === undefined ? {} : { faults: { file: options.faults } }),
    log,
  });
}

function topology({ channel, orgs, domain, basePort }: Options) {
  return topologyOf({
    ...(channel === undefined ? {} : { channel }),
    ...(domain === undefined ? {} : { domain }),
    ...(basePort === undefined ? {} : { basePort }),
    ...(orgs === undefined ? {} : { organisations: organisations(orgs) }),
  });
}

function organisations(text: string) {
  return text.split(',').map((part) => {
    const form = /^([a-z][a-z0-9-]*):([A-Za-z0-9.-]+)(?::([1-9]\d{3,4}))?$/;
    const [, name, mspId, port] = form.exec(part.trim()) ?? [];
    if (name === undefined || mspId === undefined) {
      throw notUnderstood(
        `--orgs ${text}`,
        'Write org1:Org1MSP,org2:Org2MSP, or org2:Org2MSP:9051.',
      );
    }
    return port === undefined ? { name, mspId } : { name, mspId, port: Number(port) };
  });
}

function chaincodes(options: Options): readonly ChaincodeChoice[] {
  const { perOrganisation = false, collections, policy } = options;
  const others = options.chaincode.map((text): ChaincodeChoice => {
    const { name, addresses } = parseChaincodeServers(text);
    return {
      name,
      ...(policy === undefined ? {} : { endorsementPolicy: policy }),
      ...(collections === undefined ? {} : { collections: readCollections(collections) }),
      runs: { addresses },
    };
  });
  if (!options.kepil) return others;
  const runs = { folder: packageFolder, perOrganisation, nodePrograms: nodePrograms(options.node) };
  return [{ name: 'kepil', runs }, ...others];
}

/** Organisations may run different versions of Node, and must come to the same results. */
function nodePrograms(texts: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    texts.map((text) => {
      const [, organisation, path] = /^([^=]+)=(.+)$/.exec(text) ?? [];
      if (organisation === undefined || path === undefined) {
        throw notUnderstood(`--node ${text}`, 'Write alpha=/path/to/node.');
      }
      return [organisation, resolve(path)];
    }),
  );
}

function more(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

function info({ dir, json }: { dir: string; json?: boolean }): void {
  const known = readNetworkInfo(resolve(dir));
  const state = known.pid === undefined ? 'It is not running.' : `It runs as process ${known.pid}.`;
  print(json, known, `${describe(known)}\n${state}`);
}

function describe({ channel, chaincodes: names, organisations: members, dataDir }: NetworkInfo) {
  const width = Math.max(...members.map(({ mspId }) => mspId.length));
  const lines = members.map(
    ({ mspId, endpoint, hostAlias }) => `  ${mspId.padEnd(width)}  ${endpoint}  ${hostAlias}`,
  );
  return [
    `Channel ${channel} with ${names.join(', ') || 'no chaincode'}, kept in ${dataDir}:`,
    ...lines,
    'Keys and certificates for clients: kepil network info --json',
  ].join('\n');
}
