/** All that Fabric loads: the contracts. */
import { ConsentsContract } from './consents/contract.ts';
import { DecisionsContract } from './decisions/contract.ts';
import { quietShim } from './ledger/shim-logs.ts';
import { MandatesContract } from './mandates/contract.ts';
import { OrganisationsContract } from './organisations/contract.ts';
import { PledgesContract } from './pledges/contract.ts';
import { RegimesContract } from './regimes/contract.ts';
import { RosterContract } from './roster/contract.ts';
import { TrustContract } from './trust/contract.ts';

quietShim();

export const contracts = [
  RosterContract,
  DecisionsContract,
  RegimesContract,
  OrganisationsContract,
  TrustContract,
  MandatesContract,
  ConsentsContract,
  PledgesContract,
];
