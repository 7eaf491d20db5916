/** The orderers' interface for joining channels, over mutual TLS as the organisation's admin. */
import { readFile } from 'node:fs/promises';
import { request, type RequestOptions } from 'node:https';
import { join } from 'node:path';
import type { NodeCrypto, OrganisationCrypto } from '../../identity/folder.ts';
import { ordererPorts, ownAddress } from '../layout.ts';

/** What an orderer says of a channel. */
export type ChannelStatus = {
  readonly name: string;
  /** `active` when it orders, `onboarding` while it catches up. */
  readonly status: string;
  readonly consensusRelation: string;
  readonly height: number;
};

const timeoutMs = 10_000;

/** Lets an orderer join the channel of this first block; that it has joined before is fine. */
export async function joinOrderer(
  organisation: OrganisationCrypto,
  orderer: NodeCrypto,
  channel: string,
  genesis: Buffer,
): Promise<void> {
  if ((await channelStatus(organisation, orderer, channel)) !== undefined) return;
  const boundary = 'kepil-config-block';
  const head =
    `--${boundary}\r\n` +
    'Content-Disposition: form-data; name="config-block"; filename="config.block"\r\n' +
    'Content-Type: application/octet-stream\r\n\r\n';
  const body = Buffer.concat([Buffer.from(head), genesis, Buffer.from(`\r\n--${boundary}--\r\n`)]);
  const answer = await call(organisation, orderer, {
    method: 'POST',
    path: '/participation/v1/channels',
    headers: { 'Content-Type': `multipart/form-data; boundary=${boundary}` },
    body,
  });
  if (answer.status !== 201) {
    throw new Error(`${orderer.node.host} did not join: ${answer.status} ${answer.text}`);
  }
}

/** How an orderer stands to the channel; absent when it has not joined. */
export async function channelStatus(
  organisation: OrganisationCrypto,
  orderer: NodeCrypto,
  channel: string,
): Promise<ChannelStatus | undefined> {
  const path = `/participation/v1/channels/${channel}`;
  const answer = await call(organisation, orderer, { method: 'GET', path });
  if (answer.status === 404) return undefined;
  if (answer.status !== 200) {
    throw new Error(`${orderer.node.host} answered ${answer.status}: ${answer.text}`);
  }
  return JSON.parse(answer.text) as ChannelStatus;
}

type Call = {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
};

type Answer = { readonly status: number; readonly text: string };

async function call(
  organisation: OrganisationCrypto,
  orderer: NodeCrypto,
  { method, path, headers, body }: Call,
): Promise<Answer> {
  const { cert, key } = await adminTls(organisation);
  const options: RequestOptions = {
    host: ownAddress(orderer.node),
    port: ordererPorts(orderer.node).admin,
    servername: orderer.node.host,
    method,
    path,
    headers: { ...headers, 'Content-Length': body?.length ?? 0 },
    ca: [...organisation.tlsRoots],
    cert,
    key,
    timeout: timeoutMs,
    agent: false,
  };
  return new Promise((resolve, reject) => {
    const outgoing = request(options, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        resolve({ status: incoming.statusCode ?? 0, text: Buffer.concat(chunks).toString() });
      });
    });
    outgoing.on('timeout', () => outgoing.destroy(new Error('no answer in time')));
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

async function adminTls({
  name,
  users,
}: OrganisationCrypto): Promise<{ readonly cert: Buffer; readonly key: Buffer }> {
  const admin = users.find(({ role }) => role === 'admin');
  if (admin === undefined) throw new Error(`${name} has no admin`);
  const tlsDir = join(admin.mspDir, '..', 'tls');
  const [cert, key] = await Promise.all([
    readFile(join(tlsDir, 'client.crt')),
    readFile(join(tlsDir, 'client.key')),
  ]);
  return { cert, key };
}
