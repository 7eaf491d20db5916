/**
 * Turns a declared transaction and its input into what goes over the wire; nothing else knows how.
 */
import { canonicalJson, type Json } from '../../chaincode/kernel/canonical-json.ts';
import { endorsersOf, isQuery, type Operation } from '../../chaincode/ledger/operation.ts';
import { transientInput } from '../../chaincode/ledger/request.ts';
import type { Call } from './connection.ts';

/** What is asked of a transaction; a command also has a key, so that it is carried out once. */
export type Request = {
  readonly input: Json;
  readonly key: string;
  /** The platform of the record that the State Corporation's command is about. */
  readonly platformMsp?: string;
};

/** The call of a transaction by an organisation. */
export function callOf(
  operation: Operation,
  { input, key, platformMsp }: Request,
  mspId: string,
): Call {
  const { contract, name: transaction, shape } = operation;
  if (isQuery(operation)) return { contract, transaction, arguments: [canonicalJson({ input })] };
  if (shape.kind !== 'private') {
    return { contract, transaction, arguments: [canonicalJson({ input, key })] };
  }
  return {
    contract,
    transaction,
    arguments: [canonicalJson({ key })],
    transient: { [transientInput]: canonicalJson(input) },
    endorsers: endorsersOf(operation, mspId, platformMsp),
  };
}
