/** What a peer does with a proposal: checks it, runs the chaincode, signs the outcome. */
import { ledger, peer } from '@hyperledger/fabric-protos';
import type { Identity } from '../../identity/msp.ts';
import { noteSignature } from '../../identity/known-signatures.ts';
import { serializedIdentity } from '../../identity/signer.ts';
import { ChaincodeLedger } from './chaincode-ledger.ts';
import type { ChaincodeRegistry } from './chaincode-registry.ts';
import type { ChaincodeOutcome } from './chaincode-runner.ts';
import type { ChannelPolicies } from './channel-policies.ts';
import { messageOf } from './error-message.ts';
import type { LedgerState } from './ledger-state.ts';
import type { Member, Members } from './membership.ts';
import { assertTimely, authenticate, unpackProposal, type UnpackedProposal } from './proposal.ts';
import { queryChain, queryChaincode, refuseCallFrom, type Chain } from './query-chaincode.ts';
import { ProposalError } from './refusal.ts';
import { interestOf, simulationResults, type SimulationResults } from './simulation-results.ts';
import { Simulator } from './simulator.ts';

/** Fabric's names of what a chaincode's status means. */
const errorThreshold = 400;
const errorStatus = 500;

/** What the version of a system chaincode is. */
const systemVersion = 'syscc';

/** How deep chaincodes may call each other. */
const callDepthMax = 20;

/** The outcome of a proposal at one organisation's peer. */
export type Endorsement = {
  readonly mspId: string;
  /**
   * As the peer would send it. A chaincode's refusal (status 400 and more) or a failed simulation
   * (status 500) carries no endorsement, as on Fabric.
   */
  readonly response: peer.ProposalResponse;
  /** Absent where the simulation failed. */
  readonly results?: SimulationResults;
};

/** What an endorser works with. */
export type EndorserContext = {
  readonly chain: Chain;
  readonly members: Members;
  readonly policies: ChannelPolicies;
  readonly registry: ChaincodeRegistry;
  readonly clock: () => Date;
  readonly keepTransient: (
    txId: string,
    mspId: string,
    set: ledger.rwset.TxPvtReadWriteSet,
  ) => Promise<void>;
};

/** A simulation that failed: Fabric answers it in a response of status 500. */
class SimulationFailure extends Error {}

/** One proposal at one organisation. */
type Work = {
  readonly signed: peer.SignedProposal;
  readonly proposal: UnpackedProposal;
  readonly creator: Identity;
  readonly member: Member;
  readonly simulator: Simulator;
};

export class Endorser {
  readonly #context: EndorserContext;

  constructor(context: EndorserContext) {
    this.#context = context;
  }

  async process(
    mspId: string,
    signed: peer.SignedProposal,
    state: LedgerState,
  ): Promise<Endorsement> {
    const { chain, members } = this.#context;
    const member = members.member(mspId);
    if (member === undefined) throw new Error(`the channel has no organisation ${mspId}`);
    const proposal = unpackProposal(signed);
    assertTimely(proposal, members, this.#context.clock());
    if (proposal.channel !== chain.name) {
      return { mspId, response: failed(`channel '${proposal.channel}' not found`) };
    }
    const creator = this.#admit(signed, proposal);
    const simulator = new Simulator(state, mspId, proposal.txId);
    try {
      return await this.#endorse({ signed, proposal, creator, member, simulator });
    } catch (error) {
      if (!(error instanceof SimulationFailure)) throw error;
      return { mspId, response: failed(error.message) };
    } finally {
      await simulator.close();
    }
  }

  #admit(signed: peer.SignedProposal, proposal: UnpackedProposal): Identity {
    const { chain, members } = this.#context;
    const creator = authenticate(signed, proposal, members);
    if (chain.transactionPlace(proposal.txId) !== undefined) {
      const who = Buffer.from(proposal.creator).toString('hex');
      throw new ProposalError(`duplicate transaction found [${proposal.txId}]. Creator [${who}]`);
    }
    if (proposal.chaincode !== queryChaincode) this.#assertWriter(creator);
    return creator;
  }

  #assertWriter(creator: Identity): void {
    const writers = this.#context.policies.counting('ANY', 'Writers');
    const met = writers.met([creator]);
    if (met >= writers.threshold) return;
    throw new ProposalError(
      `Failed evaluating policy on signed data during check policy on channel ` +
        `[${this.#context.chain.name}] with policy [/Channel/Application/Writers]: ` +
        `[implicit policy evaluation failed - ${met} sub-policies were satisfied, but this ` +
        `policy requires ${writers.threshold} of the 'Writers' sub-policies to be satisfied]`,
    );
  }

  async #endorse(work: Work): Promise<Endorsement> {
    const { proposal, member, simulator } = work;
    const version = this.#versionOf(proposal);
    const outcome = await this.#simulate(work);
    const results = simulationResults(proposal.chaincode, simulator, await simulator.finish());
    if (results.privateBytes !== undefined) {
      const set = ledger.rwset.TxPvtReadWriteSet.deserializeBinary(results.privateBytes);
      await this.#context.keepTransient(proposal.txId, member.mspId, set);
    }
    const response = proposalResponse(work, outcome, results, version);
    return { mspId: member.mspId, response, results };
  }

  #versionOf({ chaincode }: UnpackedProposal): string {
    if (chaincode === queryChaincode) return systemVersion;
    const found = this.#context.registry.get(chaincode);
    if (found !== undefined) return found.definition.version;
    throw new SimulationFailure(
      `make sure the chaincode ${chaincode} has been successfully defined on channel ` +
        `${this.#context.chain.name} and try again: chaincode ${chaincode} not found`,
    );
  }

  async #simulate(work: Work): Promise<Extract<ChaincodeOutcome, { response: unknown }>> {
    const { proposal } = work;
    if (proposal.chaincode === queryChaincode) {
      return { response: this.#query(work), event: undefined };
    }
    const failure = (why: string) => new SimulationFailure(`error in simulation: ${why}`);
    const outcome = await this.#call(work, proposal.chaincode, proposal.input, 0).catch(
      (error: unknown) => {
        throw failure(`failed to execute transaction ${proposal.txId}: ${messageOf(error)}`);
      },
    );
    if ('failure' in outcome) {
      throw failure(`transaction returned with failure: ${outcome.failure}`);
    }
    return outcome;
  }

  /** Readers alone may ask the chain. */
  #query({ proposal, creator }: Work): peer.Response {
    const { chain, policies } = this.#context;
    const readers = policies.counting('ANY', 'Readers');
    if (readers.admits([creator])) return queryChain(chain, proposal.input);
    const [name = ''] = proposal.input.getArgsList_asU8().map((arg) => Buffer.from(arg).toString());
    return responseOf(
      errorStatus,
      `access denied for [${name}][${chain.name}]: [implicit policy evaluation failed - ` +
        `0 sub-policies were satisfied, but this policy requires 1 of the 'Readers' ` +
        `sub-policies to be satisfied]`,
    );
  }

  /** Runs a chaincode, called by the proposal or by another chaincode. */
  async #call(
    work: Work,
    name: string,
    input: peer.ChaincodeInput,
    depth: number,
  ): Promise<ChaincodeOutcome> {
    const channel = this.#context.chain.name;
    const chaincode = this.#context.registry.get(name);
    if (chaincode === undefined) {
      throw new Error(
        `invalid invocation: [channel ${channel}] failed to get chaincode container info for ` +
          `${name}: chaincode ${name} not found`,
      );
    }
    const runner = chaincode.definition.runner(work.member.mspId);
    if (runner === undefined) {
      throw new Error(
        `invalid invocation: [channel ${channel}] failed to get chaincode container info for ` +
          `${name}: chaincode definition for '${name}' exists, but chaincode is not installed`,
      );
    }
    const { creator, simulator, proposal, signed } = work;
    const invoke = (target: string, targetInput: peer.ChaincodeInput) =>
      this.#invoke(work, target, targetInput, depth + 1);
    const access = new ChaincodeLedger({ channel, chaincode, creator, simulator, invoke });
    const outcome = await runner.run({
      channel,
      txId: proposal.txId,
      chaincode: name,
      input,
      signedProposal: signed,
      ledger: access,
    });
    return 'event' in outcome
      ? { ...outcome, event: named(outcome.event, name, proposal) }
      : outcome;
  }

  /** A chaincode's call of another: one write set, and the called one's event is dropped. */
  async #invoke(
    work: Work,
    target: string,
    input: peer.ChaincodeInput,
    depth: number,
  ): Promise<ChaincodeOutcome> {
    const [instance = '', channel = this.#context.chain.name] = target.split('/');
    const [name = ''] = instance.split(':');
    if (name === queryChaincode) {
      return { response: refuseCallFrom(work.proposal.chaincode), event: undefined };
    }
    if (channel !== this.#context.chain.name) {
      throw new Error(`Failed to get policy manager for channel [${channel}]`);
    }
    if (depth > callDepthMax) throw new Error('execute failed: too many nested calls');
    try {
      return await this.#call(work, name, input, depth);
    } catch (error) {
      throw new Error(`execute failed: ${messageOf(error)}`, { cause: error });
    }
  }
}

/** The peer writes whose event it is, whatever the chaincode said. */
function named(
  event: peer.ChaincodeEvent | undefined,
  chaincode: string,
  { txId }: UnpackedProposal,
): peer.ChaincodeEvent | undefined {
  event?.setChaincodeId(chaincode);
  event?.setTxId(txId);
  return event;
}

function proposalResponse(
  work: Work,
  { response, event }: Extract<ChaincodeOutcome, { response: unknown }>,
  results: SimulationResults,
  version: string,
): peer.ProposalResponse {
  const message = new peer.ProposalResponse();
  message.setResponse(response);
  const status = response.getStatus();
  if (status >= errorThreshold && status < errorStatus) return message;
  const payload = responsePayload(work.proposal, response, event, results, version);
  message.setPayload(payload);
  message.setInterest(interestOf(results, work.simulator));
  if (status >= errorStatus) return message;
  message.setVersion(1);
  message.setEndorsement(endorsementOf(work.member, payload));
  return message;
}

function responsePayload(
  proposal: UnpackedProposal,
  response: peer.Response,
  event: peer.ChaincodeEvent | undefined,
  results: SimulationResults,
  version: string,
): Uint8Array {
  const id = new peer.ChaincodeID();
  id.setName(proposal.chaincode);
  id.setVersion(version);
  const action = new peer.ChaincodeAction();
  // A refused call has no event, as on Fabric.
  if (event !== undefined && response.getStatus() < errorThreshold) {
    action.setEvents(event.serializeBinary());
  }
  if (proposal.chaincode !== queryChaincode) action.setResults(results.publicBytes);
  action.setResponse(response);
  action.setChaincodeId(id);
  const payload = new peer.ProposalResponsePayload();
  payload.setProposalHash(proposal.hash);
  payload.setExtension$(action.serializeBinary());
  return payload.serializeBinary();
}

function endorsementOf({ peer: signer }: Member, payload: Uint8Array): peer.Endorsement {
  const endorser = serializedIdentity(signer);
  const endorsement = new peer.Endorsement();
  endorsement.setEndorser(endorser);
  const message = Buffer.concat([payload, endorser]);
  const signature = signer.sign(message);
  // It comes back in a transaction, where it need not be checked again.
  noteSignature(signer.certificatePem, message, signature);
  endorsement.setSignature(signature);
  return endorsement;
}

function failed(message: string): peer.ProposalResponse {
  const response = new peer.ProposalResponse();
  response.setResponse(responseOf(errorStatus, message));
  return response;
}

function responseOf(status: number, message: string): peer.Response {
  const response = new peer.Response();
  response.setStatus(status);
  response.setMessage(message);
  return response;
}
