/**
 * What the others know of an organisation: its certificates, and where its nodes are. On a machine
 * of one organisation alone this is all that lies there of the others; nothing of it is secret.
 */
import { join } from 'node:path';
import type { Node, Organisation } from '../topology.ts';

/** An organisation by its public certificates. */
export type Member = {
  readonly name: string;
  readonly mspId: string;
  readonly domain: string;
  /** Its MSP as a channel's configuration takes it. */
  readonly mspDir: string;
  /** File of the root by which its endpoints are trusted. */
  readonly tlsRootPath: string;
  readonly peers: readonly { readonly node: Node }[];
  readonly orderers: readonly MemberOrderer[];
};

/** An orderer with the folders of its certificates: the channel names it by them. */
export type MemberOrderer = {
  readonly node: Node;
  readonly mspDir: string;
  readonly tlsDir: string;
};

/** An organisation's public certificates by their places in a folder of crypto. */
export function memberIn(
  crypto: string,
  { name, mspId, domain, peers, orderers }: Organisation,
): Member {
  const mspDir = join(crypto, 'peerOrganizations', domain, 'msp');
  return {
    name,
    mspId,
    domain,
    mspDir,
    tlsRootPath: join(mspDir, 'tlscacerts', `tlsca.${domain}-cert.pem`),
    peers: peers.map((node) => ({ node })),
    orderers: orderers.map((node) => {
      const dir = join(crypto, 'ordererOrganizations', domain, 'orderers', node.host);
      return { node, mspDir: join(dir, 'msp'), tlsDir: join(dir, 'tls') };
    }),
  };
}

/** A member's certificates by their paths in a folder of crypto: what it sends to the others. */
export function publicFiles({ domain, orderers }: Organisation): readonly string[] {
  const own = join('peerOrganizations', domain, 'msp');
  return [
    join(own, 'cacerts', `ca.${domain}-cert.pem`),
    join(own, 'tlscacerts', `tlsca.${domain}-cert.pem`),
    join(own, 'config.yaml'),
    ...orderers.flatMap(({ host }) => {
      const dir = join('ordererOrganizations', domain, 'orderers', host);
      return [join(dir, 'msp', 'signcerts', `${host}-cert.pem`), join(dir, 'tls', 'server.crt')];
    }),
  ];
}
