/**
 * The unit tests' ledger: the local network's own engine, in this process and in memory.
 *
 * Contracts run on the shim's own stub, proposals are signed by real identities, every proposal
 * runs at each endorsing organisation and the answers are compared.
 */
import { peer } from '@hyperledger/fabric-protos';
import { MemoryLevel } from 'memory-level';
import {
  contractChaincode,
  type ContractModule,
} from '../../network/local/chaincode/contract-chaincode.ts';
import { inProcessRunner } from '../../network/local/chaincode/in-process.ts';
import {
  Channel,
  type CommittedTransaction,
  type Endorsement,
  type Snapshot,
} from '../../network/local/engine/channel.ts';
import type { ChaincodeRunner } from '../../network/local/engine/chaincode-runner.ts';
import type { CollectionDefinition } from '../../network/local/engine/collections.ts';
import { decodeModification } from '../../network/local/engine/history-record.ts';
import type { KeyModification, Rows } from '../../network/local/engine/ledger-access.ts';
import { levelOptions, type Level } from '../../network/local/engine/level.ts';
import { ProposalError } from '../../network/local/engine/refusal.ts';
import { validationCodeName } from '../../network/local/engine/transaction.ts';
import { type CallOutcome, outcomeOf } from './call-outcome.ts';
import { unitConsenter, unitMember, unitSigner, type UnitUser } from './unit-identities.ts';
import { unitEnvelope, unitProposal, type UnitProposal } from './unit-proposal.ts';

/** The five organisations of the default network. */
export const unitOrganisations = [
  'GosCorpMSP',
  'AuthorityMSP',
  'NitMSP',
  'AlphaMSP',
  'BetaMSP',
] as const;

/** A further chaincode on the channel, beside the one under test. */
export type UnitChaincode = {
  readonly name: string;
  readonly module: ContractModule;
  readonly collections?: readonly CollectionDefinition[];
  readonly endorsementPolicy?: string;
};

/** What a ledger starts with. */
export type UnitLedgerOptions = {
  /** The module under test: anything that Fabric could load. */
  readonly module: ContractModule;
  readonly organisations?: readonly string[];
  readonly chaincode?: string;
  readonly collections?: readonly CollectionDefinition[];
  readonly endorsementPolicy?: string;
  readonly others?: readonly UnitChaincode[];
  /** The time at which the ledger stands until a test sets another. */
  readonly now?: Date | string;
  /** Where it is kept: in memory unless told. */
  readonly level?: Level;
};

/** Who calls, and how. */
export type CallOptions = {
  /** The caller's organisation. */
  readonly org: string;
  readonly role?: UnitUser['role'];
  readonly attributes?: Readonly<Record<string, string>>;
  /** Tells two people of one organisation apart. */
  readonly user?: string;
  readonly transient?: Readonly<Record<string, string | Uint8Array>>;
  /** Organisations that endorse: the fewest that satisfy all policies unless told. */
  readonly endorsers?: readonly string[];
  /** The chaincode that is called: the one under test unless told. */
  readonly chaincode?: string;
};

/** A channel in memory, with the shortest way from a call to its outcome. */
export class UnitLedger {
  readonly channel: Channel;
  readonly organisations: readonly string[];
  readonly chaincode: string;
  #now: Date;

  private constructor(
    channel: Channel,
    organisations: readonly string[],
    chaincode: string,
    clock: { now: Date },
  ) {
    this.channel = channel;
    this.organisations = organisations;
    this.chaincode = chaincode;
    this.#now = clock.now;
    this.#clock = clock;
  }

  readonly #clock: { now: Date };
  #lastRunAt = 0;

  static async create(options: UnitLedgerOptions): Promise<UnitLedger> {
    const organisations = options.organisations ?? unitOrganisations;
    const clock = { now: new Date(options.now ?? '2026-01-15T06:00:00Z') };
    const channel = await Channel.open({
      name: 'kepil',
      level: options.level ?? new MemoryLevel<Uint8Array, Uint8Array>(levelOptions),
      members: organisations.map(unitMember),
      consenters: organisations.slice(0, 4).map(unitConsenter),
      clock: () => clock.now,
      batching: { intervalMs: 0 },
    });
    const { chaincode = 'kepil', module, others = [] } = options;
    for (const each of [{ ...options, name: chaincode, module }, ...others]) {
      define(channel, each, organisations);
    }
    channel.start();
    return new UnitLedger(channel, organisations, chaincode, clock);
  }

  get now(): Date {
    return this.#now;
  }

  /** Sets the time of the ledger and of every later proposal. */
  set now(instant: Date | string) {
    this.#now = new Date(instant);
    this.#clock.now = this.#now;
  }

  /** Calls a transaction and commits it; a refusal is an outcome and no exception. */
  async submit(
    contract: string,
    transaction: string,
    argument: unknown,
    options: CallOptions,
  ): Promise<CallOutcome> {
    const proposal = this.propose(contract, transaction, argument, options);
    const endorsements = await this.endorse(proposal, options);
    const outcome = outcomeOf(proposal, endorsements);
    if (outcome.refusal !== undefined) return outcome;
    const { code } = await this.commit(proposal, endorsements);
    return { ...outcome, code: validationCodeName(code) };
  }

  /** Calls a transaction at the caller's own organisation, and changes nothing. */
  async evaluate(
    contract: string,
    transaction: string,
    argument: unknown,
    options: CallOptions,
  ): Promise<CallOutcome> {
    const proposal = this.propose(contract, transaction, argument, options);
    const endorsers = options.endorsers ?? [options.org];
    return outcomeOf(proposal, await this.endorse(proposal, { ...options, endorsers }));
  }

  /** Signs a proposal; `argument` goes as it is where it is a text, else as JSON. */
  propose(
    contract: string,
    transaction: string,
    argument: unknown,
    options: CallOptions,
  ): UnitProposal {
    const { org: mspId, role, attributes, user: name, transient } = options;
    const args = argument === undefined ? [] : [textOf(argument)];
    return unitProposal({
      channel: this.channel.name,
      chaincode: options.chaincode ?? this.chaincode,
      args: [contract === '' ? transaction : `${contract}:${transaction}`, ...args],
      signer: unitSigner({
        mspId,
        ...(role && { role }),
        ...(attributes && { attributes }),
        ...(name !== undefined && { name }),
      }),
      now: this.#now,
      ...(transient && { transient }),
    });
  }

  /**
   * Endorses at the named organisations, or at the fewest that satisfy all policies, and compares
   * the answers: all of them simulate over the same state.
   */
  async endorse(
    proposal: UnitProposal,
    { org, endorsers }: Pick<CallOptions, 'org' | 'endorsers'>,
  ): Promise<readonly Endorsement[]> {
    const snapshot = this.channel.snapshot();
    try {
      const asked = endorsers ?? [org];
      const endorsements = await this.#endorseAt(proposal, asked, snapshot);
      const planned = endorsers === undefined ? this.#plan(org, endorsements) : asked;
      const others = planned.filter((other) => !asked.includes(other));
      endorsements.push(...(await this.#endorseAt(proposal, others, snapshot)));
      const difference = this.channel.compare(endorsements);
      if (difference !== undefined) throw new Error(difference.text);
      return endorsements.filter(({ mspId }) => planned.includes(mspId));
    } finally {
      await snapshot.close();
    }
  }

  /** Orders a transaction and waits for its block. */
  async commit(
    proposal: UnitProposal,
    endorsements: readonly Endorsement[],
  ): Promise<CommittedTransaction> {
    const responses = endorsements.map(({ response }) => response);
    const committed = new Promise<CommittedTransaction>((resolve) => {
      const stop = this.channel.onBlock(({ transactions }) => {
        const own = transactions.find(({ txId }) => txId === proposal.txId);
        if (own === undefined) return;
        stop();
        resolve(own);
      });
    });
    await this.channel.order(unitEnvelope(proposal, responses));
    return committed;
  }

  /** A public value as text. */
  state(key: string, chaincode = this.chaincode): string | undefined {
    const found = this.channel.state().value(chaincode, key);
    return found && Buffer.from(found.value).toString();
  }

  /** Every public key with its value as text, in the order of the ledger. */
  async allState(chaincode = this.chaincode): Promise<ReadonlyMap<string, string>> {
    return textsOf(await rowsIn(this.channel.state().values(chaincode, '', '')));
  }

  /** A private value as text, as the organisation holds it. */
  privateState(
    org: string,
    collection: string,
    key: string,
    chaincode = this.chaincode,
  ): string | undefined {
    const found = this.channel.state().privateValue(org, { chaincode, collection }, key);
    return found && Buffer.from(found.value).toString();
  }

  /** Every private key of a collection with its value as text, as the organisation holds it. */
  async allPrivateState(
    org: string,
    collection: string,
    chaincode = this.chaincode,
  ): Promise<ReadonlyMap<string, string>> {
    const at = { chaincode, collection };
    return textsOf(await rowsIn(this.channel.state().privateValues(org, at, '', '')));
  }

  /** A key's changes, newest first. */
  async history(key: string, chaincode = this.chaincode): Promise<readonly KeyModification[]> {
    const rows = await rowsIn(this.channel.state().history(chaincode, key));
    return rows.map(({ value }) => decodeModification(value));
  }

  close(): Promise<void> {
    return this.channel.close();
  }

  /** The fewest that satisfy all policies; the caller's own organisation first where it can. */
  #plan(org: string, [first]: readonly Endorsement[]): readonly string[] {
    if (first?.results === undefined || !first.response.hasEndorsement()) return [org];
    const requirements = this.channel.requirements(first.results);
    const candidates = [org, ...this.organisations.filter((other) => other !== org)];
    const does = (orgs: readonly string[]) =>
      requirements.every((requirement) => requirement.satisfiedBy(orgs));
    return fewest(candidates, does) ?? [org];
  }

  /**
   * Each run starts in a later millisecond than the one before, so that a contract that reads the
   * clock gives itself away.
   */
  async #endorseAt(
    proposal: UnitProposal,
    organisations: readonly string[],
    snapshot: Snapshot,
  ): Promise<Endorsement[]> {
    const endorsements: Endorsement[] = [];
    for (const mspId of organisations) {
      while (Date.now() === this.#lastRunAt) await nextTurn();
      endorsements.push(await this.#processed(mspId, proposal, snapshot));
      this.#lastRunAt = Date.now();
    }
    return endorsements;
  }

  async #processed(
    mspId: string,
    proposal: UnitProposal,
    snapshot: Snapshot,
  ): Promise<Endorsement> {
    try {
      return await this.channel.processProposal(mspId, proposal.signed, snapshot);
    } catch (error) {
      if (!(error instanceof ProposalError)) throw error;
      const answer = new peer.Response();
      answer.setStatus(500);
      answer.setMessage(error.message);
      const response = new peer.ProposalResponse();
      response.setResponse(answer);
      return { mspId, response };
    }
  }
}

function define(channel: Channel, each: UnitChaincode, organisations: readonly string[]): void {
  const chaincode = contractChaincode(each.module, each.name);
  const runners = new Map<string, ChaincodeRunner>(
    organisations.map((mspId) => [mspId, inProcessRunner(each.name, chaincode)]),
  );
  channel.defineChaincode({
    name: each.name,
    version: '1',
    runner: (mspId) => runners.get(mspId),
    ...(each.collections && { collections: each.collections }),
    ...(each.endorsementPolicy !== undefined && { endorsementPolicy: each.endorsementPolicy }),
  });
}

/** The first of the smallest sets that does, tried in the order of the candidates. */
function fewest(
  candidates: readonly string[],
  does: (orgs: readonly string[]) => boolean,
): readonly string[] | undefined {
  const sets = Array.from({ length: 2 ** candidates.length }, (_, bits) =>
    candidates.filter((_org, index) => (bits >> index) & 1),
  );
  return sets.sort((a, b) => a.length - b.length).find((orgs) => orgs.length > 0 && does(orgs));
}

/** Every row of a cursor, which is closed then. */
async function rowsIn<Row>(cursor: Rows<Row>): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (let row = await cursor.next(); row !== undefined; row = await cursor.next()) rows.push(row);
  await cursor.close();
  return rows;
}

function textsOf(
  rows: readonly { readonly key: string; readonly value: Uint8Array }[],
): ReadonlyMap<string, string> {
  return new Map(rows.map(({ key, value }) => [key, Buffer.from(value).toString()]));
}

function textOf(argument: unknown): string {
  return typeof argument === 'string' ? argument : JSON.stringify(argument);
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
