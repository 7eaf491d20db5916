/** The collections of private data that a chaincode may use, stated and implicit. */
import type { ChannelPolicies } from './channel-policies.ts';
import { satisfiedByPeers, type Policy } from './policy.ts';

/** One entry of Fabric's collections file, with the same names. */
export type CollectionDefinition = {
  readonly name: string;
  readonly policy: string;
  readonly requiredPeerCount?: number;
  readonly maxPeerCount?: number;
  readonly blockToLive?: number;
  readonly memberOnlyRead?: boolean;
  readonly memberOnlyWrite?: boolean;
  readonly endorsementPolicy?: {
    readonly signaturePolicy?: string;
    readonly channelConfigPolicy?: string;
  };
};

/** A collection, ready to be asked. */
export type Collection = {
  readonly name: string;
  /** Organisations whose peers hold its data. */
  readonly members: readonly string[];
  /** Meets whom the collection counts as a member. */
  readonly access: Policy;
  readonly memberOnlyRead: boolean;
  readonly memberOnlyWrite: boolean;
  /** In blocks; zero keeps for ever. */
  readonly blockToLive: number;
  /** Replaces the chaincode's policy for writes into the collection. */
  readonly endorsementPolicy?: Policy;
};

/** Begins the name of each organisation's own collection. */
export const implicitPrefix = '_implicit_org_';
const nameForm = /^[A-Za-z0-9-]+([A-Za-z0-9_-]+)*$/;

/** Makes a chaincode's collections of their definitions and the channel's organisations. */
export function collectionsOf(
  definitions: readonly CollectionDefinition[],
  mspIds: readonly string[],
  policies: ChannelPolicies,
): ReadonlyMap<string, Collection> {
  const stated = definitions.map((definition) => statedCollection(definition, mspIds, policies));
  const names = stated.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new Error(`collection-name: ${twice} -- found duplicate in collection configuration`);
  }
  const implicit = mspIds.map((mspId) => implicitCollection(mspId, policies));
  return new Map([...stated, ...implicit].map((collection) => [collection.name, collection]));
}

function statedCollection(
  definition: CollectionDefinition,
  mspIds: readonly string[],
  policies: ChannelPolicies,
): Collection {
  if (!nameForm.test(definition.name)) {
    throw new Error(`invalid collection name '${definition.name}'`);
  }
  const access = policies.of(definition.policy);
  const { signaturePolicy, channelConfigPolicy } = definition.endorsementPolicy ?? {};
  const endorsement = signaturePolicy ?? channelConfigPolicy;
  return {
    name: definition.name,
    members: mspIds.filter((mspId) => satisfiedByPeers(access, [mspId])),
    access,
    memberOnlyRead: definition.memberOnlyRead ?? false,
    memberOnlyWrite: definition.memberOnlyWrite ?? false,
    blockToLive: definition.blockToLive ?? 0,
    ...(endorsement !== undefined && { endorsementPolicy: policies.of(endorsement) }),
  };
}

/** Every organisation has one of its own in every chaincode, which it alone endorses. */
function implicitCollection(mspId: string, policies: ChannelPolicies): Collection {
  return {
    name: `${implicitPrefix}${mspId}`,
    members: [mspId],
    access: policies.of(`OR('${mspId}.member')`),
    memberOnlyRead: false,
    memberOnlyWrite: false,
    blockToLive: 0,
    endorsementPolicy: policies.named(`/Channel/Application/${mspId}/Endorsement`),
  };
}
