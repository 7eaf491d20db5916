/**
 * Which policies a write set has to satisfy, as Fabric's default validation finds them.
 *
 * A written key's own policy counts if it has one, else its collection's, else the chaincode's; a
 * chaincode for which none was checked so far is checked against its own.
 */
import { common } from '@hyperledger/fabric-protos';
import { keyOf } from './bytes.ts';
import type { Chaincode, ChaincodeRegistry } from './chaincode-registry.ts';
import { decodeMetadata, validationParameter } from './key-metadata.ts';
import type { LedgerState } from './ledger-state.ts';
import type { Policy } from './policy.ts';
import type { ChaincodeSet, ReadWriteSet } from './read-write-set.ts';
import { signaturePolicy } from './signature-policy.ts';

/** A policy, and what it belongs to in words. */
export type Rule = { readonly subject: string; readonly policy: Policy };

/** Names a key of a set, public where the collection is empty; private keys by latin-1 hash. */
export type SetKey = {
  readonly chaincode: string;
  readonly collection: string;
  readonly key: string;
};

/** A set writes into a chaincode that the channel does not have. */
export class UnknownChaincodeError extends Error {
  override readonly name = 'UnknownChaincodeError';
}

/** A policy that no one meets: for collections that are not there, and policies that are none. */
const nobody: Policy = { admits: () => false };

/** Chaincodes whose policies count: the called one, and all that are written. */
export function governedChaincodes(called: string, set: ReadWriteSet): readonly string[] {
  return [...new Set([called, ...set.filter(writes).map(({ chaincode }) => chaincode)])];
}

function writes(part: ChaincodeSet): boolean {
  return (
    part.writes.length > 0 ||
    part.metadataWrites.length > 0 ||
    part.collections.some((own) => own.writes.length > 0 || own.metadataWrites.length > 0)
  );
}

/** Every key that a set writes, value or metadata. */
export function writtenKeys(part: ChaincodeSet): readonly SetKey[] {
  const { chaincode } = part;
  const own = [...part.writes, ...part.metadataWrites].map(({ key }) => ({
    chaincode,
    collection: '',
    key,
  }));
  const hashed = part.collections.flatMap(({ collection, writes: values, metadataWrites }) => [
    ...values.map(({ keyHash }) => ({ chaincode, collection, key: keyOf(keyHash) })),
    ...metadataWrites.map(({ key }) => ({ chaincode, collection, key: keyOf(key) })),
  ]);
  return [...own, ...hashed];
}

/** The keys whose metadata a set writes: their policy is uncertain for the rest of the block. */
export function metadataKeys(set: ReadWriteSet): readonly SetKey[] {
  return set.flatMap(({ chaincode, metadataWrites, collections }) => [
    ...metadataWrites.map(({ key }) => ({ chaincode, collection: '', key })),
    ...collections.flatMap(({ collection, metadataWrites: hashed }) =>
      hashed.map(({ key }) => ({ chaincode, collection, key: keyOf(key) })),
    ),
  ]);
}

export function nameOf({ chaincode, collection, key }: SetKey): string {
  return `${chaincode}\0${collection}\0${key}`;
}

/** The rules of one chaincode's part of a set, each once. */
export function rulesOf(
  chaincode: string,
  set: ReadWriteSet,
  registry: ChaincodeRegistry,
  state: LedgerState,
): readonly Rule[] {
  const known = registry.get(chaincode);
  if (known === undefined) throw new UnknownChaincodeError(`chaincode ${chaincode} not found`);
  const part = set.find((each) => each.chaincode === chaincode);
  const rules = new Map<string, Rule>();
  for (const key of part === undefined ? [] : writtenKeys(part)) {
    const rule = keyRule(key, state) ?? ownerRule(key, known);
    rules.set(rule.subject, rule);
  }
  if (rules.size > 0) return [...rules.values()];
  return [{ subject: `chaincode ${chaincode}`, policy: known.policy }];
}

/** A key's own policy, as it stands in the state. */
function keyRule(at: SetKey, state: LedgerState): Rule | undefined {
  const keyHash = Buffer.from(at.key, 'latin1');
  const found = at.collection === '' ? state.value(at.chaincode, at.key) : state.hash(at, keyHash);
  const bytes = decodeMetadata(found?.metadata).get(validationParameter);
  if (bytes === undefined || bytes.length === 0) return undefined;
  const name = at.collection === '' ? at.key : `${at.collection}/${keyHash.toString('hex')}`;
  return { subject: `key ${at.chaincode}/${name}`, policy: keyPolicy(bytes) };
}

function ownerRule({ collection }: SetKey, { definition, policy, collections }: Chaincode): Rule {
  const subject = `chaincode ${definition.name}`;
  if (collection === '') return { subject, policy };
  const found = collections.get(collection);
  const own = found === undefined ? nobody : found.endorsementPolicy;
  return own === undefined
    ? { subject, policy }
    : { subject: `collection ${definition.name}/${collection}`, policy: own };
}

/** Policies of keys that are kept parsed. */
const parsedMax = 1000;

const parsed = new Map<string, Policy>();

function keyPolicy(bytes: Uint8Array): Policy {
  const key = keyOf(bytes);
  const known = parsed.get(key);
  if (known !== undefined) return known;
  const policy = parsedPolicy(bytes);
  if (parsed.size >= parsedMax) parsed.clear();
  parsed.set(key, policy);
  return policy;
}

function parsedPolicy(bytes: Uint8Array): Policy {
  try {
    return signaturePolicy(common.SignaturePolicyEnvelope.deserializeBinary(bytes));
  } catch {
    // What is no policy can be met by no one, so that the key stays as it is.
    return nobody;
  }
}
