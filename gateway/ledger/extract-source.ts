/** A running network as what an extract is collected from: each organisation's peer is asked itself. */
import { setTimeout as sleep } from 'node:timers/promises';
import { common, type peer } from '@hyperledger/fabric-protos';
import type { ExtractSource } from '../extracts/collect.ts';
import type { Call, ConnectionOptions, PeerAddress } from './connection.ts';
import { LedgerConnection } from './connection.ts';
import { Endorser } from './endorser.ts';

/** The system chaincode that answers from the chain of blocks. */
const chainQueries = 'qscc';
/** The number by which it knows the newest block. */
const newest = '18446744073709551615';
/** Peers that are a block behind soon have it; asked again with a new question. */
const attemptsMax = 5;
const pauseMs = 500;

/** A network, asked in the name of one of its members. */
export class NetworkExtractSource implements ExtractSource {
  readonly channel: string;
  readonly chaincode: string;
  readonly #contracts: LedgerConnection;
  readonly #chain: LedgerConnection;
  readonly #own: Endorser;
  readonly #peers: readonly Endorser[];

  /** `peers` are those of all organisations; the caller's own, in the options, is asked for blocks. */
  constructor(options: ConnectionOptions, peers: readonly PeerAddress[]) {
    this.channel = options.channel;
    this.chaincode = options.chaincode;
    this.#contracts = new LedgerConnection(options);
    this.#chain = new LedgerConnection({ ...options, chaincode: chainQueries });
    this.#own = new Endorser(options.peer);
    this.#peers = peers.map((address) => new Endorser(address));
  }

  /** Each peer's answer to one question, asked again while they differ: some may be a block behind. */
  async ask(
    call: Call,
  ): Promise<{ proposal: peer.SignedProposal; answers: readonly peer.ProposalResponse[] }> {
    for (let attempt = 1; ; attempt += 1) {
      const proposal = this.#contracts.signedProposal(call);
      const settled = await Promise.allSettled(this.#peers.map((each) => each.answer(proposal)));
      const answers = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
      const failed = settled.find((one) => one.status === 'rejected');
      if (answers.length === 0 && failed !== undefined) throw failed.reason;
      if (areOfOneMind(answers) || attempt === attemptsMax) return { proposal, answers };
      await sleep(pauseMs);
    }
  }

  blockWith(transactionId: string): Promise<common.Block> {
    return this.#block('GetBlockByTxID', transactionId);
  }

  block(number?: number): Promise<common.Block> {
    return this.#block('GetBlockByNumber', number === undefined ? newest : String(number));
  }

  close(): void {
    for (const each of [this.#contracts, this.#chain, this.#own, ...this.#peers]) each.close();
  }

  async #block(transaction: string, argument: string): Promise<common.Block> {
    const call = { transaction, arguments: [this.channel, argument] };
    const answered = await this.#own.answer(this.#chain.signedProposal(call));
    const response = answered.getResponse();
    if (response?.getStatus() !== 200) {
      throw new Error(`${transaction}: ${response?.getMessage() ?? 'no answer'}`);
    }
    return common.Block.deserializeBinary(response.getPayload_asU8());
  }
}

function areOfOneMind(answers: readonly peer.ProposalResponse[]): boolean {
  const said = new Set(answers.map((one) => one.getResponse()?.getPayload_asB64()));
  return said.size === 1 && answers.every((one) => one.getResponse()?.getStatus() === 200);
}
