/**
 * What a running network says about itself, and connections made from it.
 *
 * Both networks write it, so that a client needs to know no port, path or domain of its own.
 */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import {
  type ConnectionOptions,
  type Deadlines,
  LedgerConnection,
  type PeerAddress,
} from '../gateway/ledger/connection.ts';
import { signerOf } from '../network/identity/signer.ts';
import { PlainError } from './plain-error.ts';

const userSchema = z.object({
  name: z.string(),
  certificatePath: z.string(),
  keyPath: z.string(),
});

const organisationSchema = z.object({
  name: z.string(),
  mspId: z.string(),
  endpoint: z.string(),
  hostAlias: z.string(),
  tlsRootPath: z.string(),
  users: z.array(userSchema),
});

/** As `kepil network info --json` prints it; members that a client does not need are passed over. */
const infoSchema = z.object({
  channel: z.string(),
  organisations: z.array(organisationSchema).min(1),
  clockOffsetMs: z.number().default(0),
});

export type NetworkInfo = z.output<typeof infoSchema>;

/** Reads the info of the network whose folder, or info file, is named. */
export function readInfo(place: string): NetworkInfo {
  const file = isFolder(place) ? join(place, 'info.json') : place;
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new PlainError(`There is no network in ${place}.`, {
      next: 'Start one with `npm start`, or name its folder with --network.',
      cause: error,
    });
  }
  try {
    return infoSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new PlainError(`${file} is not what a network says about itself.`, {
      next: 'Stop the network and start it again: it writes the file anew.',
      cause: error,
    });
  }
}

function isFolder(place: string): boolean {
  return statSync(place, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** Who calls: an organisation by its short name or MSP, and one of its users. */
export type Who = { readonly org: string; readonly user: string };

export type ConnectOptions = {
  readonly chaincode?: string;
  readonly deadlines?: Partial<Deadlines>;
};

/** A connection to an organisation's own peer, as one of its demo users. */
export function connect(
  info: NetworkInfo,
  who: Who,
  options: ConnectOptions = {},
): LedgerConnection {
  return new LedgerConnection(connectionOptions(info, who, options));
}

/** Does something with such a connection, which is closed whatever comes of it. */
export async function withConnection<Value>(
  info: NetworkInfo,
  who: Who,
  work: (connection: LedgerConnection) => Promise<Value>,
): Promise<Value> {
  const connection = connect(info, who);
  try {
    return await work(connection);
  } finally {
    connection.close();
  }
}

/** The peers of all organisations, as the network names them. */
export function peersOf({ organisations }: NetworkInfo): readonly PeerAddress[] {
  return organisations.map(addressOf);
}

/** What a connection of one of an organisation's demo users is made with. */
export function connectionOptions(
  info: NetworkInfo,
  who: Who,
  { chaincode = 'kepil', deadlines }: ConnectOptions = {},
): ConnectionOptions {
  const organisation = info.organisations.find(
    ({ name, mspId }) => name === who.org || mspId === who.org,
  );
  if (!organisation) {
    const known = info.organisations.map(({ name }) => name).join(', ');
    throw new PlainError(`There is no organisation ${who.org}; there are ${known}.`, {
      exitCode: 2,
    });
  }
  const user = organisation.users.find(({ name }) => name === who.user);
  if (!user) {
    const known = organisation.users.map(({ name }) => name).join(', ');
    throw new PlainError(`${organisation.name} has no user ${who.user}; it has ${known}.`, {
      exitCode: 2,
    });
  }
  return {
    peer: addressOf(organisation),
    signer: signerOf(
      organisation.mspId,
      readFileSync(user.certificatePath, 'utf8'),
      readFileSync(user.keyPath, 'utf8'),
    ),
    channel: info.channel,
    chaincode,
    ...(deadlines && { deadlines }),
    clockOffsetMs: info.clockOffsetMs,
  };
}

function addressOf({
  endpoint,
  hostAlias,
  tlsRootPath,
}: NetworkInfo['organisations'][number]): PeerAddress {
  return { endpoint, hostAlias, tlsRootPem: readFileSync(tlsRootPath, 'utf8') };
}
