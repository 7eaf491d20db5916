/** Gives every transaction of a block its code, as a committing peer does. */
import type { Identity } from '../../identity/msp.ts';
import type { ChaincodeRegistry } from './chaincode-registry.ts';
import {
  governedChaincodes,
  metadataKeys,
  nameOf,
  rulesOf,
  UnknownChaincodeError,
  writtenKeys,
} from './endorsement-rules.ts';
import type { LedgerState } from './ledger-state.ts';
import type { Members } from './membership.ts';
import { readConflict } from './read-conflicts.ts';
import { StateUpdates } from './state-updates.ts';
import { ValidationCode, type EndorsedTransaction, type ParsedEnvelope } from './transaction.ts';

/** What validation asks. */
export type ValidationContext = {
  readonly channel: string;
  readonly members: Members;
  readonly registry: ChaincodeRegistry;
  readonly state: LedgerState;
  readonly isKnown: (txId: string) => boolean;
};

/** The codes, in block order, and what the valid transactions change. */
export type ValidatedBlock = {
  readonly codes: readonly ValidationCode[];
  readonly updates: StateUpdates;
};

export async function validateBlock(
  number: number,
  envelopes: readonly ParsedEnvelope[],
  context: ValidationContext,
): Promise<ValidatedBlock> {
  const endorsed = new EndorsementValidation(context);
  const codes = withoutDuplicates(
    envelopes,
    envelopes.map((envelope) => endorsed.check(envelope)),
  );
  const updates = new StateUpdates(context.state);
  for (const [index, envelope] of envelopes.entries()) {
    if (codes[index] !== ValidationCode.VALID || envelope.kind !== 'endorsed') continue;
    const code = await readConflict(envelope.set, context.state, updates);
    codes[index] = code;
    if (code === ValidationCode.VALID) updates.apply(envelope.set, { block: number, tx: index });
  }
  return { codes, updates };
}

/** Only a sound transaction makes a later one of its id a duplicate, as on Fabric. */
function withoutDuplicates(
  envelopes: readonly ParsedEnvelope[],
  codes: readonly ValidationCode[],
): ValidationCode[] {
  const seen = new Set<string>();
  return envelopes.map(({ txId }, index) => {
    const code = codes[index] ?? ValidationCode.NOT_VALIDATED;
    if (code !== ValidationCode.VALID || txId === '') return code;
    if (seen.has(txId)) return ValidationCode.DUPLICATE_TXID;
    seen.add(txId);
    return code;
  });
}

/** Checks everything but the reads, transaction by transaction in block order. */
class EndorsementValidation {
  readonly #context: ValidationContext;
  /** Keys whose policy a sound transaction of this block has changed. */
  readonly #changedPolicies = new Set<string>();

  constructor(context: ValidationContext) {
    this.#context = context;
  }

  check(envelope: ParsedEnvelope): ValidationCode {
    if (envelope.kind === 'bad') return envelope.code;
    if (envelope.channel !== this.#context.channel) return ValidationCode.TARGET_CHAIN_NOT_FOUND;
    // A client's config envelope never gets here: the orderers take none.
    if (envelope.kind === 'config') return ValidationCode.INVALID_CONFIG_TRANSACTION;
    if (this.#context.isKnown(envelope.txId)) return ValidationCode.DUPLICATE_TXID;
    const code = this.#endorsements(envelope);
    if (code === ValidationCode.VALID) {
      for (const key of metadataKeys(envelope.set)) this.#changedPolicies.add(nameOf(key));
    }
    return code;
  }

  #endorsements({ chaincode, set, endorsements }: EndorsedTransaction): ValidationCode {
    const names = set.map((part) => part.chaincode);
    if (new Set(names).size < names.length) return ValidationCode.ILLEGAL_WRITESET;
    if (!this.#context.registry.get(chaincode)) return ValidationCode.INVALID_CHAINCODE;
    const failure = ValidationCode.ENDORSEMENT_POLICY_FAILURE;
    // A key whose policy changed earlier in the block cannot be judged by what is committed.
    const uncertain = set.some((part) =>
      writtenKeys(part).some((key) => this.#changedPolicies.has(nameOf(key))),
    );
    if (uncertain) return failure;
    const signers = validSigners(endorsements, this.#context.members);
    try {
      const met = governedChaincodes(chaincode, set)
        .flatMap((name) => rulesOf(name, set, this.#context.registry, this.#context.state))
        .every(({ policy }) => policy.admits(signers));
      return met ? ValidationCode.VALID : failure;
    } catch (error) {
      if (!(error instanceof UnknownChaincodeError)) throw error;
      return ValidationCode.INVALID_CHAINCODE;
    }
  }
}

/** Endorsers whose signatures hold, each once. */
function validSigners(
  endorsements: EndorsedTransaction['endorsements'],
  members: Members,
): readonly Identity[] {
  const signers = new Map<string, Identity>();
  for (const { endorser, signature, message } of endorsements) {
    const identity = recognised(endorser, members);
    if (identity === undefined) continue;
    const name = `${identity.mspId}\0${identity.certificatePem}`;
    if (!signers.has(name) && identity.verify(message, signature)) signers.set(name, identity);
  }
  return [...signers.values()];
}

function recognised(endorser: Uint8Array, members: Members): Identity | undefined {
  try {
    return members.identify(endorser);
  } catch {
    // A stranger's endorsement counts for nothing, and spoils no other.
    return undefined;
  }
}
