import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Crypto } from '../../network/identity/folder.ts';
import { type Topology, topologyOf } from '../../network/topology.ts';
import type { NetworkHandle, OrganisationHandle } from './network-handle.ts';

/** What both networks tell a client alike. */
type Info = {
  readonly organisations: readonly {
    readonly name: string;
    readonly mspId: string;
    readonly endpoint: string;
    readonly hostAlias: string;
    readonly tlsRootPath: string;
    readonly users: readonly {
      readonly name: string;
      readonly certificatePath: string;
      readonly keyPath: string;
    }[];
  }[];
};

const textOf = (path: string): string => readFileSync(path, 'utf8');

/** The part of a handle that follows from a network's own description and its folder of keys. */
export function describedBy(
  topology: Topology,
  info: Info,
  crypto: Crypto,
): Omit<NetworkHandle, 'kind' | 'restart' | 'orderTwice' | 'stop'> {
  const organisations = info.organisations.map((organisation): OrganisationHandle => {
    const own = topology.organisations.find(({ name }) => name === organisation.name);
    if (own === undefined) throw new Error(`${organisation.name} is not of the topology`);
    const authority = join(crypto.dir, 'peerOrganizations', own.domain, 'ca');
    return {
      ...organisation,
      tlsRootPem: textOf(organisation.tlsRootPath),
      authority: {
        certificatePem: textOf(join(authority, `ca.${own.domain}-cert.pem`)),
        keyPem: textOf(join(authority, 'priv_sk')),
      },
    };
  });
  return {
    channel: topology.channel,
    organisations,
    ordererCertificatesPem: crypto.organisations.flatMap(({ orderers }) =>
      orderers.map(({ signer }) => signer.certificatePem),
    ),
    user(name, user) {
      const organisation = info.organisations.find((each) => each.name === name);
      const found = organisation?.users.find((each) => each.name === user);
      if (organisation === undefined || found === undefined) {
        throw new Error(`no user ${user} of ${name}`);
      }
      return {
        mspId: organisation.mspId,
        certificatePem: textOf(found.certificatePath),
        keyPem: textOf(found.keyPath),
      };
    },
  };
}

/** The default organisations, with the ports of their peers and orderers; 0 is any that is free. */
export function topologyWith(
  peerPort: (index: number) => number,
  ordererPort: (index: number) => number,
): Topology {
  const topology = topologyOf();
  const organisations = topology.organisations.map((organisation, index) => {
    const { peers, orderers } = organisation;
    return {
      ...organisation,
      peers: peers.map((node) => ({ ...node, port: peerPort(index) })),
      orderers: orderers.map((node) => ({ ...node, port: ordererPort(index) })),
    };
  });
  return { ...topology, organisations };
}
