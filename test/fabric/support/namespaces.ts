/**
 * Machines for organisations, as far as a network can tell: a namespace for each, with an address
 * of its own, on a bridge that also the tests' process is at. What lies between two of them can be
 * cut, as a provider's fault or a firewall's rule would: packets vanish and nobody says so.
 */
import type { Machine, Topology } from '../../../network/topology.ts';
import { runProgram } from '../../../network/fabric/process/run-program.ts';
import { skip } from '../../support/skip.ts';

/** Nobody on the bridge has this address: what is sent to it is lost without a word. */
const nobody = '02:00:00:00:00:01';

/** Namespaces by organisations' names. */
export type Namespaces = {
  machine(name: string): Machine;
  /** Loses what two organisations send to each other, both ways. */
  cut(one: string, other: string): Promise<void>;
  /** Lets them reach each other again. */
  heal(one: string, other: string): Promise<void>;
  /** Takes an organisation off the bridge: nobody reaches it, not even its own clients. */
  unplug(name: string): Promise<void>;
  plugIn(name: string): Promise<void>;
  remove(): Promise<void>;
};

/** Makes the namespaces; skips, with the reason, where this user or machine cannot have them. */
export async function needNamespaces(
  context: Mocha.Context,
  names: readonly string[],
): Promise<Namespaces> {
  if (process.getuid?.() !== 0) return skip(context, 'network namespaces need root');
  const namespaces = new BridgedNamespaces(names);
  try {
    await namespaces.create();
    return namespaces;
  } catch (error) {
    await namespaces.remove();
    return skip(context, `no network namespaces here: ${String(error)}`);
  }
}

/** The same topology with every organisation on the machine that its namespace stands for. */
export function onMachines(topology: Topology, namespaces: Namespaces): Topology {
  return {
    ...topology,
    organisations: topology.organisations.map((organisation) => {
      const machine = namespaces.machine(organisation.name);
      const placed = <T>(nodes: readonly T[]) => nodes.map((node) => ({ ...node, machine }));
      return {
        ...organisation,
        peers: placed(organisation.peers),
        orderers: placed(organisation.orderers),
      };
    }),
  };
}

class BridgedNamespaces implements Namespaces {
  readonly #names: readonly string[];
  /** Of this process alone, so that two runs do not meet; short, as names of links must be. */
  readonly #prefix = `kp${process.pid}`;
  /** A part of the range that is set aside for tests of networks (RFC 2544). */
  readonly #subnet = `198.18.${process.pid % 256}`;

  constructor(names: readonly string[]) {
    this.#names = names;
  }

  async create(): Promise<void> {
    await ip('link', 'add', this.#bridge(), 'type', 'bridge');
    await ip('address', 'add', `${this.#subnet}.1/24`, 'dev', this.#bridge());
    await ip('link', 'set', this.#bridge(), 'up');
    for (const name of this.#names) {
      const [space, link] = [this.#space(name), this.#link(name)];
      await ip('netns', 'add', space);
      await ip('link', 'add', link, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', space);
      await ip('link', 'set', link, 'master', this.#bridge(), 'up');
      await ip('-n', space, 'link', 'set', 'lo', 'up');
      await ip('-n', space, 'address', 'add', `${this.#address(name)}/24`, 'dev', 'eth0');
      await ip('-n', space, 'link', 'set', 'eth0', 'up');
      // As the documentation asks of machines with orderers: see there what it saves.
      await ip('netns', 'exec', space, 'sysctl', '-qw', 'net.ipv4.tcp_syn_retries=1');
    }
  }

  machine(name: string): Machine {
    const launch = ['ip', 'netns', 'exec', this.#space(name)];
    return { address: this.#address(name), launch };
  }

  async cut(one: string, other: string): Promise<void> {
    for (const [from, to] of bothWays(one, other)) {
      const lie = ['lladdr', nobody, 'dev', 'eth0', 'nud', 'permanent'];
      await ip('-n', this.#space(from), 'neighbour', 'replace', this.#address(to), ...lie);
    }
  }

  async heal(one: string, other: string): Promise<void> {
    for (const [from, to] of bothWays(one, other)) {
      await ip('-n', this.#space(from), 'neighbour', 'del', this.#address(to), 'dev', 'eth0');
    }
  }

  async unplug(name: string): Promise<void> {
    await ip('link', 'set', this.#link(name), 'down');
  }

  async plugIn(name: string): Promise<void> {
    await ip('link', 'set', this.#link(name), 'up');
  }

  /** A namespace takes its links with it; what was never made is no matter. */
  async remove(): Promise<void> {
    const made = this.#names.map(async (name) => ip('netns', 'del', this.#space(name)));
    await Promise.allSettled([...made, ip('link', 'del', this.#bridge())]);
  }

  #bridge(): string {
    return `${this.#prefix}br`;
  }

  #space(name: string): string {
    return `${this.#prefix}-${name}`;
  }

  #link(name: string): string {
    return `${this.#prefix}v${this.#names.indexOf(name)}`;
  }

  #address(name: string): string {
    const index = this.#names.indexOf(name);
    if (index < 0) throw new Error(`${name} has no namespace`);
    return `${this.#subnet}.${index + 11}`;
  }
}

function bothWays(one: string, other: string): readonly (readonly [string, string])[] {
  return [
    [one, other],
    [other, one],
  ];
}

async function ip(...args: readonly string[]): Promise<void> {
  await runProgram(`ip ${args.join(' ')}`, 'ip', args);
}
