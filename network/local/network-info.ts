/** What a client needs to know of a running network: `kepil network info --json` prints it. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Crypto } from '../identity/folder.ts';
import type { Topology } from '../topology.ts';
import { dataFolderAt } from './data-folder.ts';
import { holderOf } from './folder-lock.ts';
import { StartError } from './start-error.ts';

const userSchema = z.object({
  name: z.string(),
  role: z.string(),
  certificatePath: z.string(),
  keyPath: z.string(),
});

const infoSchema = z.object({
  kind: z.literal('local'),
  channel: z.string(),
  chaincodes: z.array(z.string()),
  /** By how much the network's time is ahead of the machine's: clients must sign with its time. */
  clockOffsetMs: z.number(),
  dataDir: z.string(),
  organisations: z.array(
    z.object({
      name: z.string(),
      mspId: z.string(),
      domain: z.string(),
      /** `127.0.0.1:7051`. */
      endpoint: z.string(),
      /** The name that the endpoint's TLS certificate carries. */
      hostAlias: z.string(),
      /** A PEM file with the root that the endpoint is trusted by. */
      tlsRootPath: z.string(),
      users: z.array(userSchema),
    }),
  ),
});

/** Where a network's peers answer, and with which keys and certificates clients may call. */
export type NetworkInfo = z.output<typeof infoSchema>;

/** What there is to know of a network, running or not. */
export function networkInfoOf(
  topology: Topology,
  crypto: Crypto,
  others: Pick<NetworkInfo, 'chaincodes' | 'clockOffsetMs' | 'dataDir'>,
): NetworkInfo {
  return {
    kind: 'local',
    channel: topology.channel,
    ...others,
    organisations: topology.organisations.flatMap((organisation) => {
      const own = crypto.organisations.find(({ mspId }) => mspId === organisation.mspId);
      const [node] = organisation.peers;
      if (own === undefined || node === undefined) return [];
      return {
        name: organisation.name,
        mspId: organisation.mspId,
        domain: organisation.domain,
        endpoint: `127.0.0.1:${node.port}`,
        hostAlias: node.host,
        tlsRootPath: own.tlsRootPath,
        users: own.users.map(({ name, role, certificatePath, keyPath }) => ({
          name,
          role,
          certificatePath,
          keyPath,
        })),
      };
    }),
  };
}

/** Reads what the network in a folder says of itself, and which process it runs as. */
export function readNetworkInfo(dataDir: string): NetworkInfo & { readonly pid?: number } {
  const pid = holderOf(dataDir);
  try {
    const info = infoSchema.parse(JSON.parse(readFileSync(dataFolderAt(dataDir).info, 'utf8')));
    return pid === undefined ? info : { ...info, pid };
  } catch {
    throw new StartError(
      `There is no local network in ${dataDir}.`,
      'Start one with: kepil network local',
    );
  }
}
