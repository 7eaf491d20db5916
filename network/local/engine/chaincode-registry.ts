/** The chaincodes of a channel, each with its policy and collections ready to be asked. */
import type { ChannelPolicies } from './channel-policies.ts';
import type { ChaincodeRunner } from './chaincode-runner.ts';
import { collectionsOf, type Collection, type CollectionDefinition } from './collections.ts';
import type { Policy } from './policy.ts';

/** A chaincode on the channel: what a lifecycle definition states, and who runs it. */
export type ChaincodeDefinition = {
  readonly name: string;
  readonly version: string;
  /** `MAJORITY Endorsement` and the like, or Fabric's policy language; the majority unless told. */
  readonly endorsementPolicy?: string;
  /** The content of Fabric's collections file. */
  readonly collections?: readonly CollectionDefinition[];
  /** The program that simulates for an organisation; `undefined` where it has none installed. */
  readonly runner: (mspId: string) => ChaincodeRunner | undefined;
};

/** A definition, ready to be used. */
export type Chaincode = {
  readonly definition: ChaincodeDefinition;
  readonly policy: Policy;
  readonly collections: ReadonlyMap<string, Collection>;
};

/** Fabric's default where a definition states no policy. */
const defaultPolicy = 'MAJORITY Endorsement';

const nameForm = /^[a-zA-Z0-9]+([-_][a-zA-Z0-9]+)*$/;

export class ChaincodeRegistry {
  readonly #policies: ChannelPolicies;
  readonly #mspIds: readonly string[];
  readonly #chaincodes = new Map<string, Chaincode>();

  constructor(policies: ChannelPolicies, mspIds: readonly string[]) {
    this.#policies = policies;
    this.#mspIds = mspIds;
  }

  /** Adds a chaincode or replaces its definition; throws where the definition is malformed. */
  define(definition: ChaincodeDefinition): void {
    if (!nameForm.test(definition.name)) {
      throw new Error(`invalid chaincode name '${definition.name}'`);
    }
    this.#chaincodes.set(definition.name, {
      definition,
      policy: this.#policies.of(definition.endorsementPolicy ?? defaultPolicy),
      collections: collectionsOf(definition.collections ?? [], this.#mspIds, this.#policies),
    });
  }

  get(name: string): Chaincode | undefined {
    return this.#chaincodes.get(name);
  }

  collection(chaincode: string, name: string): Collection | undefined {
    return this.#chaincodes.get(chaincode)?.collections.get(name);
  }

  async close(): Promise<void> {
    const runners = new Set(
      [...this.#chaincodes.values()].flatMap(({ definition }) =>
        this.#mspIds.flatMap((mspId) => definition.runner(mspId) ?? []),
      ),
    );
    await Promise.all([...runners].map((runner) => runner.close()));
  }
}
