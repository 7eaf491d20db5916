/** All that Fabric loads: the contracts. */
import { DecisionsContract } from './decisions/contract.ts';
import { OrganisationsContract } from './organisations/contract.ts';
import { RegimesContract } from './regimes/contract.ts';
import { RosterContract } from './roster/contract.ts';
import { TrustContract } from './trust/contract.ts';

export const contracts = [
  RosterContract,
  DecisionsContract,
  RegimesContract,
  OrganisationsContract,
  TrustContract,
];
