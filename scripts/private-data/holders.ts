/** The peers of a network's organisations, each asked by its organisation's administrator. */
import type { z } from 'zod';
import { randomUUID } from 'node:crypto';
import type { Json } from '../../chaincode/kernel/canonical-json.ts';
import { isQuery, type Operation } from '../../chaincode/ledger/operation.ts';
import { LedgerConnection } from '../../gateway/ledger/connection.ts';
import { callOf } from '../../gateway/ledger/operation-call.ts';
import type { Outcome } from '../../gateway/ledger/outcome.ts';
import type { Layout } from '../../network/fabric/layout.ts';
import type { Crypto } from '../../network/identity/folder.ts';
import type { Topology } from '../../network/topology.ts';

/** One peer, which may hold private records of its organisation. */
export type Holder = {
  readonly host: string;
  readonly mspId: string;
  readonly connection: Pick<LedgerConnection, 'mspId' | 'evaluate' | 'submit'>;
};

/** The network as far as its peers are asked. */
export type Peers = {
  readonly layout: Layout;
  readonly topology: Topology;
  readonly crypto: Crypto;
};

/** Does something with a connection to every peer of the network. */
export async function withHolders<T>(
  { layout, topology, crypto }: Peers,
  work: (holders: readonly Holder[]) => Promise<T>,
): Promise<T> {
  const { channel, chaincode } = topology;
  const holders = crypto.organisations.flatMap(({ name, mspId, users, peers, tlsRoots }) => {
    const admin = users.find(({ role }) => role === 'admin');
    if (admin === undefined) throw new Error(`${name} has no admin`);
    return peers.map(({ node }) => {
      const peer = {
        endpoint: `${layout.address(node)}:${node.port}`,
        hostAlias: node.host,
        tlsRootPem: tlsRoots.join('\n'),
      };
      const signer = { ...admin.signer, mspId };
      const connection = new LedgerConnection({ peer, signer, channel, chaincode });
      return { host: node.host, mspId, connection };
    });
  });
  try {
    return await work(holders);
  } finally {
    for (const { connection } of holders) connection.close();
  }
}

/** What a peer answered or committed; nothing where it did not, for whatever reason. */
export async function asked<Op extends Operation>(
  { connection }: Pick<Holder, 'connection'>,
  operation: Op,
  input: z.input<Op['input']>,
  platformMsp?: string,
): Promise<z.output<Op['output']> | undefined> {
  const request = {
    input: input as Json,
    key: randomUUID(),
    ...(platformMsp === undefined ? {} : { platformMsp }),
  };
  const call = callOf(operation, request, connection.mspId);
  const outcome: Outcome = isQuery(operation)
    ? await connection.evaluate(call)
    : await connection.submit(call);
  if (outcome.status === 'refused' || outcome.status === 'unknown') return undefined;
  return operation.output.parse(JSON.parse(outcome.result ?? 'null')) as z.output<Op['output']>;
}
