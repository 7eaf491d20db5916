/**
 * The steps by which organisations on machines of their own make one network. What stands in a
 * block of commands is carried out as it stands; the tests do so too.
 */
import { join } from 'node:path';
import type { Organisation, Topology } from '../../topology.ts';
import type { Deployment } from '../chaincode/deployment.ts';

/** What the steps name. */
export type StepsOptions = {
  readonly topology: Topology;
  readonly organisation: Organisation;
  /** Where the folder lies on its machine. */
  readonly root: string;
  readonly module: string;
  readonly user: string;
  /** Files of the units, orderers first. */
  readonly units: readonly string[];
  readonly fingerprint: string;
  readonly deployment: Deployment;
};

/** A step: what it is for, what is done by hand, and the commands. */
type Step = {
  readonly title: string;
  readonly text: string;
  readonly commands: readonly string[];
};

/** Writes the step list of one organisation. */
export function stepsText(options: StepsOptions): string {
  const { organisation, root, module } = options;
  const steps = stepsOf(options).map(
    ({ title, text, commands }, index) =>
      `## ${index + 1}. ${title}\n\n${text}\n\n\`\`\`sh\n${commands.join('\n')}\n\`\`\`\n`,
  );
  return `# ${organisation.mspId}: from this folder to a serving peer

Everything here was made for ${organisation.name} alone. \`crypto/\` holds its private keys: they never
leave its machines. On the machine the folder lies at \`${root}\`, and this package at \`${module}\`;
\`kepil\` below is \`${join(module, 'scripts', 'kepil.mjs')}\`. Every step can be repeated. All
organisations take a step before anyone takes the next one.

${steps.join('\n')}
Afterwards: \`kepil network doctor --dir ${root}\` looks for what ails this part of the network,
\`prometheus.yaml\` names what to scrape, and who joins or leaves later is decided by
\`kepil network update\` (see docs/fabric-network.md).
`;
}

function stepsOf(options: StepsOptions): readonly Step[] {
  const { root, user, units } = options;
  const services = units.map((unit) => `systemctl enable --now ${unit}`);
  return [
    {
      title: 'Put the folder in its place',
      text: `The nodes run as the user \`${user}\`, who alone reads their keys. The commands of \`kepil\` run as this user too.`,
      commands: [
        `id -u ${user} || useradd --system --home-dir ${root} --shell /usr/sbin/nologin ${user}`,
        `chown -R ${user}: ${root}`,
        `chmod 700 ${root}`,
      ],
    },
    exchangeStep(options),
    reachStep(options),
    blockStep(options),
    {
      title: 'Start the nodes',
      text: 'Orderers first, then the peer and the chaincode. systemd keeps them running from now on.',
      commands: [
        `cp ${join(root, 'systemd')}/*.service /etc/systemd/system/`,
        'systemctl daemon-reload',
        ...services,
      ],
    },
    {
      title: 'Join the channel',
      text: 'Orderers and peers of this organisation join by the first block.',
      commands: [`kepil network join --dir ${root}`],
    },
    ...chaincodeSteps(options),
  ];
}

function exchangeStep({ topology, organisation, root, fingerprint }: StepsOptions): Step {
  const others = topology.organisations.filter(({ name }) => name !== organisation.name);
  const folders = others.map(({ name }) => `\`${join(root, 'received', name)}\``);
  return {
    title: 'Exchange certificates',
    text: `Send the folder \`send/\` to ${list(others.map(({ name }) => name))}; there is nothing secret in it. Put
what each of them sends into ${list(folders)}. \`receive\` checks it and shows a
fingerprint of each: compare them by voice, or by another way than the files came. Yours is
\`${fingerprint}\`.`,
    commands: [`kepil network receive --dir ${root}`],
  };
}

function reachStep({ topology }: StepsOptions): Step {
  const nodes = topology.organisations.flatMap(({ peers, orderers }) => [...peers, ...orderers]);
  return {
    title: 'See to names and ports',
    text:
      'Every machine must find every host by name (DNS, or `/etc/hosts`), and these ports must be open\nbetween them; no other one has to be.\n' +
      nodes.map(({ host, port }) => `\n- ${host}, port ${port}`).join(''),
    commands: nodes.map(({ host }) => `getent hosts ${host}`),
  };
}

/** One organisation makes the block, the first that orders; the others check it. */
function blockStep({ topology, organisation, root }: StepsOptions): Step {
  const maker = makerOf(topology);
  const title = 'Agree on the first block';
  if (organisation.name === maker) {
    return {
      title,
      text: `This organisation makes it; the others make their own and compare. Send \`send/channel/\` to all of
them, and tell them the SHA-256 that is shown.`,
      commands: [`kepil network genesis --dir ${root}`],
    };
  }
  return {
    title,
    text: `${maker} makes it and sends it: put it to \`${join(root, 'received', maker, 'channel')}\`. \`receive\`
takes it only if it says what this organisation would have written itself; compare its SHA-256
with ${maker} too.`,
    commands: [`kepil network receive --dir ${root}`],
  };
}

function chaincodeSteps({
  topology,
  organisation,
  root,
  deployment,
}: StepsOptions): readonly Step[] {
  const maker = makerOf(topology);
  const commits = organisation.name === maker;
  return [
    {
      title: 'Approve the chaincode',
      text: `The package is \`${deployment.packageId}\` at every organisation that
runs the same code; another id says that somebody has other code.`,
      commands: [`kepil network approve --dir ${root}`],
    },
    {
      title: 'Put it on the channel',
      text: commits
        ? 'This organisation commits it, once a majority has approved; then it waits until all endorse.'
        : `${maker} commits it; this waits until every organisation can endorse with the others.`,
      commands: [`kepil network ${commits ? 'commit' : 'ready'} --dir ${root}`],
    },
  ];
}

function makerOf({ organisations }: Topology): string {
  const maker = organisations.find(({ orderers }) => orderers.length > 0);
  if (maker === undefined) throw new Error('nobody orders');
  return maker.name;
}

function list(names: readonly string[]): string {
  return names.length < 2
    ? names.join('')
    : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}
