/** Every transaction that the chaincode offers, as data: for the gateway, the command, the documents. */
import { decisionOperations } from './decisions/operations.ts';
import { consentOperations } from './consents/operations.ts';
import type { Operation } from './ledger/operation.ts';
import { mandateOperations } from './mandates/operations.ts';
import { organisationOperations } from './organisations/operations.ts';
import { pledgeOperations } from './pledges/operations.ts';
import { pledgeQueryOperations } from './pledges/queries/operations.ts';
import { regimeOperations } from './regimes/operations.ts';
import { rosterOperations } from './roster/operations.ts';
import { trustOperations } from './trust/operations.ts';

export const operations: readonly Operation[] = [
  ...rosterOperations,
  ...decisionOperations,
  ...regimeOperations,
  ...organisationOperations,
  ...trustOperations,
  ...mandateOperations,
  ...consentOperations,
  ...pledgeOperations,
  ...pledgeQueryOperations,
];

/** The declaration of a transaction, by contract and name. */
export function operationOf(contract: string, name: string): Operation | undefined {
  return operations.find((each) => each.contract === contract && each.name === name);
}
