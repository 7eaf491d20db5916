import { createHash, createPrivateKey } from 'node:crypto';
import * as grpc from '@grpc/grpc-js';
import * as fabric from '@hyperledger/fabric-gateway';
import { gateway as protos } from '@hyperledger/fabric-protos';
import { serializedIdentity } from '../../network/identity/signer.ts';
import type { Step } from './chaincode/step.ts';
import {
  chaincodes,
  type Member,
  type NetworkHandle,
  type OrganisationHandle,
} from './network-handle.ts';

/** How a case wants a transaction to be run, beside its steps. */
export type Call = {
  readonly chaincode?: string;
  readonly transient?: Readonly<Record<string, string>>;
  readonly endorsers?: readonly string[];
};

/** A transaction that reached a block, with whatever code the peers gave it. */
export type Committed = {
  readonly txId: string;
  readonly code: string;
  readonly blockNumber: bigint;
  readonly answers: readonly unknown[];
};

/** Waits until every peer of the channel has committed a transaction. */
type Settle = (txId: string) => Promise<unknown>;

/** Bounds of every call: a network that hangs fails the case in good time. */
const deadlineMs = 30_000;
const maxMessageBytes = 100 * 1024 * 1024;

const within = (ms: number) => (): grpc.CallOptions => ({ deadline: Date.now() + ms });

/** Signs a message as Fabric takes it: ECDSA with SHA-256, DER, the lower `s`. */
export async function signAs(member: Member, message: Uint8Array): Promise<Uint8Array> {
  const sign = fabric.signers.newPrivateKeySigner(createPrivateKey(member.keyPem));
  return sign(createHash('sha256').update(message).digest());
}

/** A member of one organisation, connected to the peer of that or another organisation. */
export class Client {
  readonly member: Member;
  readonly gateway: fabric.Gateway;
  readonly network: fabric.Network;
  readonly grpc: grpc.Client;
  readonly #settle: Settle;

  constructor(channel: string, peer: OrganisationHandle, member: Member, settle: Settle) {
    this.#settle = settle;
    this.member = member;
    this.grpc = new grpc.Client(
      peer.endpoint,
      grpc.credentials.createSsl(Buffer.from(peer.tlsRootPem)),
      {
        'grpc.ssl_target_name_override': peer.hostAlias,
        'grpc.max_receive_message_length': maxMessageBytes,
        'grpc.max_send_message_length': maxMessageBytes,
      },
    );
    this.gateway = fabric.connect({
      client: this.grpc,
      identity: { mspId: member.mspId, credentials: Buffer.from(member.certificatePem) },
      signer: fabric.signers.newPrivateKeySigner(createPrivateKey(member.keyPem)),
      hash: fabric.hash.sha256,
      evaluateOptions: within(deadlineMs),
      endorseOptions: within(deadlineMs),
      submitOptions: within(deadlineMs),
      commitStatusOptions: within(deadlineMs),
    });
    this.network = this.gateway.getNetwork(channel);
  }

  /** Proposes the steps without sending them anywhere. */
  propose(steps: readonly Step[], call: Call = {}): fabric.Proposal {
    return this.network
      .getContract(call.chaincode ?? chaincodes.caller)
      .newProposal('run', optionsOf(steps, call));
  }

  /** Runs the steps on one peer and gives back their answers. */
  async evaluate(steps: readonly Step[], call: Call = {}): Promise<readonly unknown[]> {
    return answersOf(await this.propose(steps, call).evaluate());
  }

  /** Has the steps endorsed; nothing is ordered yet. */
  endorse(steps: readonly Step[], call: Call = {}): Promise<fabric.Transaction> {
    return this.propose(steps, call).endorse();
  }

  /** Has the steps endorsed and ordered, and waits until every peer has the block. */
  async run(steps: readonly Step[], call: Call = {}): Promise<Committed> {
    return this.commit(await this.endorse(steps, call));
  }

  /** Has an endorsed transaction ordered, and waits until every peer has the block. */
  async commit(transaction: fabric.Transaction): Promise<Committed> {
    const answers = answersOf(transaction.getResult());
    const submitted = await transaction.submit();
    const status = await submitted.getStatus();
    // Peers of other organisations may be a block behind; what a case does next must not see that.
    await this.#settle(status.transactionId);
    return { ...committedOf(status), answers };
  }

  /** Asks this peer for a transaction's status by its id alone, as one does after a lost answer. */
  async status(txId: string, timeoutMs = deadlineMs): Promise<Omit<Committed, 'answers'>> {
    const request = new protos.CommitStatusRequest();
    request.setTransactionId(txId);
    request.setChannelId(this.network.getName());
    request.setIdentity(serializedIdentity(this.member));
    const bytes = request.serializeBinary();
    const signed = new protos.SignedCommitStatusRequest();
    signed.setRequest(bytes);
    const commit = this.gateway.newSignedCommit(
      signed.serializeBinary(),
      await signAs(this.member, bytes),
    );
    return committedOf(await commit.getStatus({ deadline: Date.now() + timeoutMs }));
  }

  /** As `run`, where anything but a valid transaction is a fault of the case's preparation. */
  async submit(steps: readonly Step[], call: Call = {}): Promise<Committed> {
    const committed = await this.run(steps, call);
    if (committed.code !== 'VALID') throw new Error(`${committed.txId}: ${committed.code}`);
    return committed;
  }

  close(): void {
    this.gateway.close();
    this.grpc.close();
  }
}

/** A status in words. */
export function committedOf(status: fabric.Status): Omit<Committed, 'answers'> {
  return {
    txId: status.transactionId,
    code: codeNameOf(status.code),
    blockNumber: status.blockNumber,
  };
}

/** Fabric's name of a validation code. */
export function codeNameOf(code: number): string {
  const found = Object.entries(fabric.StatusCode).find(([, value]) => value === code);
  return found?.[0] ?? String(code);
}

/** The answers of the steps; a transaction that gives nothing back has none. */
export function answersOf(result: Uint8Array): readonly unknown[] {
  const text = Buffer.from(result).toString('utf8');
  return text === '' ? [] : (JSON.parse(text) as unknown[]);
}

function optionsOf(steps: readonly Step[], call: Call): fabric.ProposalOptions {
  return {
    arguments: [JSON.stringify(steps)],
    ...(call.transient === undefined ? {} : { transientData: call.transient }),
    ...(call.endorsers === undefined ? {} : { endorsingOrganizations: [...call.endorsers] }),
  };
}

/** The network that the cases run on, and its clients; set by the suite before the first case. */
export class Subject {
  #network: NetworkHandle | undefined;
  readonly #clients = new Map<string, Client>();
  #names = 0;
  /** A network may be kept over runs, so each run has its own keys. */
  readonly #run = Date.now().toString(36);

  get network(): NetworkHandle {
    if (this.#network === undefined) throw new Error('the network is not started');
    return this.#network;
  }

  set network(network: NetworkHandle) {
    this.#network = network;
  }

  organisation(name: string): OrganisationHandle {
    const found = this.network.organisations.find((organisation) => organisation.name === name);
    if (found === undefined) throw new Error(`no organisation ${name}`);
    return found;
  }

  /** A user of the organisation at its own peer. */
  client(organisation: string, user = 'User1'): Client {
    const key = `${user}@${organisation}`;
    const known = this.#clients.get(key);
    if (known !== undefined) return known;
    return this.#keep(key, organisation, this.network.user(organisation, user));
  }

  /** Any member, also a foreign one, at the organisation's peer. */
  clientAt(organisation: string, member: Member): Client {
    return this.#keep(`${organisation} ${this.#clients.size}`, organisation, member);
  }

  /** A key that no other case uses. */
  key(name: string): string {
    this.#names += 1;
    return `${name}-${this.#run}-${this.#names}`;
  }

  /** Waits until every peer has committed the transaction. */
  settled(txId: string): Promise<unknown> {
    const { organisations } = this.network;
    return Promise.all(organisations.map(({ name }) => this.client(name).status(txId)));
  }

  async stop(): Promise<void> {
    for (const client of this.#clients.values()) client.close();
    this.#clients.clear();
    await this.#network?.stop();
    this.#network = undefined;
  }

  #keep(key: string, organisation: string, member: Member): Client {
    const peer = this.organisation(organisation);
    const client = new Client(this.network.channel, peer, member, (txId) => this.settled(txId));
    this.#clients.set(key, client);
    return client;
  }
}
