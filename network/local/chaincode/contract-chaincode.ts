/** Contracts of `fabric-contract-api` as one chaincode, put together as the shim's own start does. */
import { createRequire } from 'node:module';
import contractApi from 'fabric-contract-api';
import type shim from 'fabric-shim';

/** What a package's main module exports for Fabric to load. */
export type ContractModule = {
  readonly contracts: readonly unknown[];
  readonly serializers?: {
    readonly transaction: string;
    readonly serializers: Readonly<Record<string, unknown>>;
  };
};

/** The shim has no public name for it; without one its own loader is the only other way in. */
type ChaincodeFromContract = new (
  contracts: unknown[],
  serializers: unknown,
  metadata: object,
  title: string,
  version: string,
) => shim.ChaincodeInterface;

const require = createRequire(import.meta.url);

/** Makes a chaincode of a module's contracts. */
export function contractChaincode(
  { contracts, serializers }: ContractModule,
  title = 'contracts',
  version = '0',
): shim.ChaincodeInterface {
  const FromContract =
    require('fabric-shim/lib/contract-spi/chaincodefromcontract.js') as ChaincodeFromContract;
  const jsonSerializer = contractApi.JSONSerializer;
  const given = serializers ?? { transaction: 'jsonSerializer', serializers: {} };
  const all = { ...given, serializers: { ...given.serializers, jsonSerializer } };
  // It adds a contract of its own to the list, which therefore must not be the module's.
  return new FromContract([...contracts], all, {}, title, version);
}
