/**
 * What organisations on machines of their own give each other before there is a channel: public
 * certificates, and then the first block. What came in is checked before anything goes by it.
 */
import { createHash, X509Certificate } from 'node:crypto';
import { cp, mkdir, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { publicFiles } from '../../identity/member.ts';
import type { Organisation, Topology } from '../../topology.ts';
import type { Layout } from '../layout.ts';
import { ifThere, isThere } from '../../presence.ts';

/** What one organisation sent. */
export type Received = {
  readonly organisation: string;
  /** By which the two compare, over another way than the files came, that nobody changed them. */
  readonly fingerprint: string;
};

/** What came in is not what it should be; the message says what, and nothing was taken over. */
export class ExchangeError extends Error {}

/** Where an organisation puts what it sends. */
export function sendFolder(layout: Layout): string {
  return join(layout.root, 'send');
}

/** Where what another organisation sent is put before `receive` looks at it. */
export function receivedFolder(layout: Layout, organisation: string): string {
  return join(layout.root, 'received', organisation);
}

/** Copies an organisation's certificates to the folder that it sends: files by name, so no keys. */
export async function writeSent(
  from: string,
  to: string,
  organisation: Organisation,
): Promise<void> {
  for (const path of publicFiles(organisation)) {
    await mkdir(dirname(join(to, path)), { recursive: true });
    await cp(join(from, path), join(to, path));
  }
}

/** SHA-256 over an organisation's public files, in words that two people can compare by voice. */
export async function fingerprintOf(folder: string, organisation: Organisation): Promise<string> {
  const hash = createHash('sha256');
  for (const path of publicFiles(organisation)) {
    const bytes = await readFile(join(folder, path));
    hash.update(`${path} ${createHash('sha256').update(bytes).digest('hex')}\n`);
  }
  return hash.digest('hex').replaceAll(/(.{8})(?=.)/g, '$1-');
}

/** Takes over the certificates of every other organisation that has sent them. */
export async function receiveCertificates(
  layout: Layout,
  topology: Topology,
  own: string,
): Promise<readonly Received[]> {
  const taken: Received[] = [];
  for (const organisation of topology.organisations.filter(({ name }) => name !== own)) {
    const folder = receivedFolder(layout, organisation.name);
    if (!(await isThere(folder))) continue;
    await assertNoKeys(folder);
    await assertCertificates(folder, organisation);
    await takeOver(folder, layout.crypto, organisation);
    const fingerprint = await fingerprintOf(layout.crypto, organisation);
    taken.push({ organisation: organisation.name, fingerprint });
  }
  return taken;
}

/** Organisations whose certificates are still awaited. */
export async function awaited(layout: Layout, topology: Topology): Promise<readonly string[]> {
  const missing = topology.organisations.map(async (organisation) => {
    const files = publicFiles(organisation).map(async (path) => isThere(join(layout.crypto, path)));
    return (await Promise.all(files)).every(Boolean) ? [] : [organisation.name];
  });
  return (await Promise.all(missing)).flat();
}

/** A key that was sent has been seen by others: its owner must make another one. */
async function assertNoKeys(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((one) => one.isFile())) {
    const file = join(entry.parentPath, entry.name);
    if (!(await readFile(file)).includes('PRIVATE KEY')) continue;
    throw new ExchangeError(
      `${file} holds a private key: tell its owner to make a new one, and delete the file`,
    );
  }
}

/** Every certificate must be whole, and issued by the authority that came with it. */
async function assertCertificates(folder: string, organisation: Organisation): Promise<void> {
  const { domain, orderers } = organisation;
  const msp = join('peerOrganizations', domain, 'msp');
  const ca = await certificateIn(folder, join(msp, 'cacerts', `ca.${domain}-cert.pem`));
  const tlsCa = await certificateIn(folder, join(msp, 'tlscacerts', `tlsca.${domain}-cert.pem`));
  for (const { host } of orderers) {
    const dir = join('ordererOrganizations', domain, 'orderers', host);
    for (const [path, root] of [
      [join(dir, 'msp', 'signcerts', `${host}-cert.pem`), ca],
      [join(dir, 'tls', 'server.crt'), tlsCa],
    ] as const) {
      const certificate = await certificateIn(folder, path);
      if (certificate.checkIssued(root) && certificate.verify(root.publicKey)) continue;
      throw new ExchangeError(`${path} was not issued by the authority of ${organisation.name}`);
    }
  }
}

async function certificateIn(folder: string, path: string): Promise<X509Certificate> {
  const bytes = await ifThere(readFile(join(folder, path)));
  if (bytes === undefined) throw new ExchangeError(`${join(folder, path)} is missing`);
  try {
    return new X509Certificate(bytes);
  } catch (error) {
    throw new ExchangeError(`${join(folder, path)} is not a certificate`, { cause: error });
  }
}

/** What was taken over before is not replaced: the channel would go on by the former. */
async function takeOver(from: string, to: string, organisation: Organisation): Promise<void> {
  const files = publicFiles(organisation);
  for (const path of files) {
    const [sent, present] = await Promise.all(
      [from, to].map(async (folder) => ifThere(readFile(join(folder, path)))),
    );
    if (sent === undefined) throw new ExchangeError(`${join(from, path)} is missing`);
    if (present === undefined || present.equals(sent)) continue;
    throw new ExchangeError(
      `${join(from, path)} differs from what ${organisation.name} sent before: ask it why; ` +
        `to go by the new one, delete ${join(to, path)}`,
    );
  }
  await writeSent(from, to, organisation);
}
