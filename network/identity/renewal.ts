/**
 * Renews certificates before they run out, with the keys that they have: the channel knows orderers
 * by their public keys, so that nothing in its configuration changes.
 */
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Organisation } from '../topology.ts';
import type { Authority, CertificateRequest } from './authority.ts';
import {
  addressesOf,
  type CryptoOptions,
  ensureAuthority,
  leafValidity,
  type OrganisationCrypto,
  type TlsCrypto,
} from './folder.ts';
import type { Role } from './msp.ts';

/** Renews every certificate of an organisation but those of its authorities. */
export async function renewCertificates(
  dir: string,
  organisation: Organisation,
  crypto: OrganisationCrypto,
  options: Pick<CryptoOptions, 'now' | 'hosts'> = {},
): Promise<void> {
  const now = options.now ?? new Date();
  const own = join(dir, 'peerOrganizations', organisation.domain);
  const ca = await ensureAuthority(own, 'ca', organisation.domain, now);
  const tlsCa = await ensureAuthority(own, 'tlsca', organisation.domain, now);
  const validity = leafValidity(now);
  const identity = async (mspDir: string, commonName: string, role: Role): Promise<void> => {
    const certificate = join(mspDir, 'signcerts', `${commonName}-cert.pem`);
    const purpose = { kind: 'identity', role } as const;
    const key = join(mspDir, 'keystore', 'priv_sk');
    await renew(ca, { commonName, purpose, validity }, certificate, key);
  };
  const tls = async (
    { tlsDir, host }: TlsCrypto,
    addresses: readonly string[] = [],
  ): Promise<void> => {
    const hosts = [host, 'localhost', '127.0.0.1', ...addresses, ...(options.hosts ?? [])];
    const request = { commonName: host, purpose: { kind: 'tls', hosts }, validity } as const;
    await renew(tlsCa, request, join(tlsDir, 'server.crt'), join(tlsDir, 'server.key'));
  };
  for (const [nodes, role] of [
    [crypto.peers, 'peer'],
    [crypto.orderers, 'orderer'],
  ] as const) {
    for (const node of nodes) {
      await identity(node.mspDir, node.node.host, role);
      await tls(node, addressesOf(node.node));
    }
  }
  await tls(crypto.chaincode);
}

async function renew(
  authority: Authority,
  request: CertificateRequest,
  certificateFile: string,
  keyFile: string,
): Promise<void> {
  const keyPem = await readFile(keyFile, 'utf8');
  const { certificatePem } = authority.issue({ ...request, keyPem });
  await writeFile(`${certificateFile}.draft`, certificatePem, { mode: 0o600, flush: true });
  await rename(`${certificateFile}.draft`, certificateFile);
}
