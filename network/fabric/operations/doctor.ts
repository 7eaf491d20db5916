/** Looks for what ails a network and says in plain words what it is, why, and what to do. */
import { X509Certificate } from 'node:crypto';
import { readFile, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Crypto, NodeCrypto, OrganisationCrypto } from '../../identity/folder.ts';
import { Msp } from '../../identity/msp.ts';
import type { Topology } from '../../topology.ts';
import { codeDigest } from '../chaincode/code-digest.ts';
import { builtConnection } from '../chaincode/connection.ts';
import { readDeployments } from '../chaincode/deployment.ts';
import { Lifecycle } from '../chaincode/lifecycle.ts';
import { reasonOf, warmUp } from '../chaincode/warm-up.ts';
import { channelStatus } from '../channel/participation.ts';
import { quorumOf } from '../channel/quorum.ts';
import type { Layout } from '../layout.ts';
import { renderNodes } from '../nodes.ts';
import { takenPorts } from '../process/port.ts';
import type { Programs } from '../programs.ts';
import type { Ordering } from './ordering.ts';
import { isUp, type NetworkStatus, statusOf } from './status.ts';
import { ifThere } from '../../presence.ts';

/** Something that is wrong, or soon will be. */
export type Finding = {
  /** Stable, for programs: `PEER_DOWN`. */
  readonly code: string;
  readonly what: string;
  readonly next: string;
};

/** The network that is examined. */
export type Patient = {
  readonly layout: Layout;
  readonly programs: Programs;
  readonly topology: Topology;
  readonly crypto: Crypto;
};

const daysLeftMin = 30;
const lagMax = 10;
const freeBytesMin = 1024 ** 3;

/** Examines the network; an empty list says that nothing was found. */
export async function examine(patient: Patient, now = new Date()): Promise<readonly Finding[]> {
  const { layout, topology, crypto } = patient;
  const status = await statusOf(layout, topology, crypto, now);
  const running = status.nodes.some(isUp);
  return [
    ...certificateFindings(crypto, now),
    ...(await portFindings(patient, status)),
    ...nodeFindings(status),
    ...(await diskFindings(layout)),
    ...(running ? await serviceFindings(patient, status) : []),
  ];
}

/** Certificates that another authority issued, or that run out. */
export function certificateFindings(crypto: Crypto, now: Date): readonly Finding[] {
  return crypto.organisations.flatMap((organisation) =>
    [...organisation.peers, ...organisation.orderers].flatMap((node) => [
      ...wrongAuthority(organisation, node),
      ...expiry(node, now),
    ]),
  );
}

function wrongAuthority(organisation: OrganisationCrypto, node: NodeCrypto): readonly Finding[] {
  const { host } = node.node;
  const next = `Issue it anew from ${organisation.name}'s own authority: kepil network rotate-certs`;
  const found: Finding[] = [];
  try {
    const msp = new Msp(organisation.mspId, organisation.caRoots);
    msp.identify(Buffer.from(node.signer.certificatePem));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const what = `The identity of ${host} is not ${organisation.mspId}'s: ${why}.`;
    found.push({ code: 'WRONG_CA', what, next });
  }
  const tls = new X509Certificate(node.tlsCert);
  const issued = organisation.tlsRoots
    .map((pem) => new X509Certificate(pem))
    .some((root) => tls.checkIssued(root) && tls.verify(root.publicKey));
  const what = `The TLS certificate of ${host} is not from ${organisation.name}'s TLS authority.`;
  return issued ? found : [...found, { code: 'WRONG_TLS_CA', what, next }];
}

function expiry({ node, signer, tlsCert }: NodeCrypto, now: Date): readonly Finding[] {
  const dates = [signer.certificatePem, tlsCert].map((pem) => new X509Certificate(pem).validTo);
  const days = dates.map((date) => Math.floor((Date.parse(date) - now.getTime()) / 86_400_000));
  const left = Math.min(...days);
  if (left >= daysLeftMin) return [];
  const when = left < 0 ? `ran out ${-left} days ago` : `runs out in ${left} days`;
  return [
    {
      code: left < 0 ? 'CERTIFICATE_EXPIRED' : 'CERTIFICATE_EXPIRES',
      what: `A certificate of ${node.host} ${when}.`,
      next: 'Renew it: kepil network rotate-certs',
    },
  ];
}

/** Ports that another program has taken while our node is down. */
async function portFindings(
  { layout, programs, crypto }: Patient,
  status: NetworkStatus,
): Promise<readonly Finding[]> {
  const down = new Set(status.nodes.filter((node) => !isUp(node)).map(({ name }) => name));
  const nodes = renderNodes(layout, programs, crypto).filter(({ process: { name } }) =>
    down.has(name),
  );
  const findings = nodes.map(async ({ process: node }) =>
    (await takenPorts(node)).map((port) => ({
      code: 'PORT_TAKEN',
      what: `Port ${port}, which ${node.name} needs, is taken by another program.`,
      next: `Find it with "ss -ltnp sport = :${port}", or change the port in ${layout.root}/topology.json.`,
    })),
  );
  return (await Promise.all(findings)).flat();
}

/** Nodes that do not run, do not answer, or are behind. */
export function nodeFindings(status: NetworkStatus): readonly Finding[] {
  if (!status.nodes.some(isUp)) {
    const what = 'No node of the network runs on this machine.';
    return [{ code: 'NETWORK_DOWN', what, next: 'Bring it up: kepil network up' }];
  }
  return status.nodes.flatMap((node) => {
    const { name, kind, height, lag } = node;
    const next = `See why: kepil network logs ${name}`;
    if (!isUp(node)) {
      const code = kind === 'peer' ? 'PEER_DOWN' : 'ORDERER_DOWN';
      return [{ code, what: `${name} does not run.`, next: `${next}; then: kepil network up` }];
    }
    if (height === undefined) {
      return [{ code: 'NO_ANSWER', what: `${name} runs and does not answer.`, next }];
    }
    if (lag !== undefined && lag > lagMax) {
      return [{ code: 'BEHIND', what: `${name} is ${lag} blocks behind the others.`, next }];
    }
    return [];
  });
}

async function diskFindings({ root }: Layout): Promise<readonly Finding[]> {
  const { bavail, bsize } = await statfs(root);
  if (bavail * bsize >= freeBytesMin) return [];
  const megabytes = Math.round((bavail * bsize) / 1_048_576);
  const what = `Only ${megabytes} MB are free where the network lies; a full disk stops its nodes.`;
  return [{ code: 'DISK_FULL', what, next: `Make room on the disk of ${root}.` }];
}

/** What only a running network can tell. */
async function serviceFindings(
  patient: Patient,
  status: NetworkStatus,
): Promise<readonly Finding[]> {
  const findings = await Promise.all([
    quorumFindings(patient),
    callFindings(patient),
    chaincodeFindings(patient, status),
  ]);
  const views = status.missing.map((what) => ({
    code: 'NOT_READY',
    what: `${what}.`,
    next: 'Peers find each other within seconds of a start; look again, then at their logs.',
  }));
  return [...findings.flat(), ...spareFindings(status.ordering), ...views];
}

/** Orderers of which none can be lost though the network is large enough to lose one. */
export function spareFindings(ordering: Ordering | undefined): readonly Finding[] {
  if (ordering === undefined) return [];
  const { voting, absent, needed, spare } = ordering;
  if (spare > 0 || voting.length < needed || absent.length === 0) return [];
  const all = voting.length + absent.length;
  return [
    {
      code: 'NO_SPARE_ORDERER',
      what:
        `${voting.length} of ${all} orderers vote on blocks and ${needed} are needed: without one ` +
        `more of them nothing commits. ${absent.join(', ')} does not vote.`,
      next:
        'Stop no other orderer now. One that runs votes again by itself, or is started again, ' +
        'within two minutes; under systemd restart its unit if it does not. ' +
        `Its log: kepil network logs ${absent[0]}`,
    },
  ];
}

/** Too few orderers for a block. */
async function quorumFindings({ crypto, topology }: Patient): Promise<readonly Finding[]> {
  // One that does not answer does not serve.
  const answers = await Promise.all(
    crypto.organisations.flatMap((organisation) =>
      organisation.orderers.map(async (orderer) =>
        channelStatus(organisation, orderer, topology.channel).catch(() => undefined),
      ),
    ),
  );
  const active = answers.filter((answer) => answer?.status === 'active').length;
  const quorum = quorumOf(answers.length);
  if (active >= quorum) return [];
  return [
    {
      code: 'NO_QUORUM',
      what: `${active} of ${answers.length} orderers serve; ${quorum} are needed, so nothing commits.`,
      next: 'Start the orderers that are down; ask the organisations that run them.',
    },
  ];
}

/** Calls every organisation's peer as a client would. */
async function callFindings({ layout, crypto, topology }: Patient): Promise<readonly Finding[]> {
  const deployments = await readDeployments(layout);
  const calls = crypto.organisations.flatMap((organisation) =>
    deployments.map(async ({ request: { name } }): Promise<readonly Finding[]> => {
      try {
        await warmUp(layout, organisation, topology.channel, name, 1);
        return [];
      } catch (error) {
        return [callFinding(organisation.name, name, reasonOf(error))];
      }
    }),
  );
  return (await Promise.all(calls)).flat();
}

function callFinding(organisation: string, chaincode: string, reason: string): Finding {
  if (reason.includes('incorrect timestamp')) {
    return {
      code: 'CLOCK_SKEW',
      what: `The clock of ${organisation}'s peer is more than 15 minutes from this machine's.`,
      next: 'Set both clocks by NTP; proposals are refused until then.',
    };
  }
  return {
    code: 'CALL_FAILS',
    what: `${organisation}'s peer does not run ${chaincode}: ${reason}.`,
    next: `See its log: kepil network logs ${chaincode}_`,
  };
}

/** Servers that are down, and definitions that others have changed since. */
async function chaincodeFindings(
  { layout, programs, crypto, topology }: Patient,
  status: NetworkStatus,
): Promise<readonly Finding[]> {
  const down = status.chaincodes.flatMap(({ servers }) =>
    servers
      .filter(({ runs }) => !runs)
      .map(({ name }) => ({
        code: 'CHAINCODE_DOWN',
        what: `${name} does not run: its organisation endorses nothing.`,
        next: `See why: kepil network logs ${name}; then: kepil network up`,
      })),
  );
  const [organisation] = crypto.organisations;
  if (organisation === undefined) return down;
  const lifecycle = new Lifecycle(layout, programs, topology.channel);
  const stale = status.chaincodes.map(async ({ name, version, sequence }) => {
    // Peers that do not answer are a finding of their own.
    const committed = await lifecycle.committed(organisation, name).catch(() => undefined);
    if (committed === undefined || committed.sequence === sequence) return [];
    const what =
      `${name} runs here in version ${version} (sequence ${sequence}), and the channel has ` +
      `version ${committed.version} (sequence ${committed.sequence}).`;
    return [{ code: 'STALE_CHAINCODE', what, next: 'Take the new version: kepil network upgrade' }];
  });
  return [
    ...down,
    ...(await Promise.all(stale)).flat(),
    ...(await addressFindings(layout, crypto)),
    ...(await codeFindings(layout)),
  ];
}

/** Code that was changed under a version that the organisations have approved as it was. */
export async function codeFindings(layout: Layout): Promise<readonly Finding[]> {
  const checks = (await readDeployments(layout)).map(
    async ({ request: { name, module }, label, digest }): Promise<readonly Finding[]> => {
      if (module === undefined || digest === undefined) return [];
      // Why it cannot be read makes no difference to what is said of it.
      const present = await codeDigest(module).catch(() => undefined);
      if (present === digest) return [];
      const what =
        present === undefined
          ? `The code of ${label} in ${module} cannot be read.`
          : `The code in ${module} is not what was approved as ${label}: other organisations run another.`;
      const next = `Put the approved release back, or take the new one to all: kepil network upgrade --chaincode ${name} --to ...`;
      return [{ code: 'STALE_CHAINCODE', what, next }];
    },
  );
  return (await Promise.all(checks)).flat();
}

/** A peer keeps the address that a chaincode server had when the package was installed. */
async function addressFindings(layout: Layout, crypto: Crypto): Promise<readonly Finding[]> {
  const deployments = await readDeployments(layout);
  const checks = crypto.organisations.flatMap(({ peers }) =>
    peers.flatMap(({ node: { host } }) =>
      deployments.map(async ({ label, packageId }): Promise<readonly Finding[]> => {
        const dir = layout.node(host);
        const built = builtConnection(dir, packageId);
        const [meant, used] = await Promise.all(
          [join(dir, 'connections', `${label}.json`), built].map(async (file) =>
            ifThere(readFile(file, 'utf8')),
          ),
        );
        if (used === undefined || meant === used) return [];
        const what = `${host} calls ${label} by an address or key that is no longer its own.`;
        return [{ code: 'STALE_CONNECTION', what, next: 'Bring it up again: kepil network up' }];
      }),
    ),
  );
  return (await Promise.all(checks)).flat();
}
