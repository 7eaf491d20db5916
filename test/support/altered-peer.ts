/** Peers with an altered chaincode: one endorses what it likes for itself, a majority for all. */
import { z } from 'zod';
import { accepted } from '../../chaincode/kernel/outcome.ts';
import { contractOf, type Handler } from '../../chaincode/ledger/contract.ts';
import { collectionOf } from '../../chaincode/ledger/institutions.ts';
import { operation } from '../../chaincode/ledger/operation.ts';
import type { CallOutcome } from './call-outcome.ts';
import type { UnitLedger } from './unit-ledger.ts';

type Write = { readonly key: string; readonly text: string | null };

const write: Handler = {
  operation: operation({
    contract: 'altered',
    name: 'write',
    summary: "Writes anything into the caller's own collection.",
    norms: 'none',
    shape: { kind: 'private', holders: 'platformAndRegistrar' },
    callers: {},
    input: z.strictObject({}),
    output: z.strictObject({}),
  }),
  run: async ({ stub, clientIdentity }, argument) => {
    const { key, text } = JSON.parse(argument) as Write;
    const collection = collectionOf(clientIdentity.getMSPID());
    if (text === null) await stub.deletePrivateData(collection, key);
    else await stub.putPrivateData(collection, key, Buffer.from(text));
    return accepted('{}');
  },
};

const writePublic: Handler = {
  operation: operation({
    contract: 'altered',
    name: 'writePublic',
    summary: 'Writes anything into public state.',
    norms: 'none',
    shape: { kind: 'public' },
    callers: {},
    input: z.strictObject({}),
    output: z.strictObject({}),
  }),
  run: async ({ stub }, argument) => {
    const { key, text } = JSON.parse(argument) as Write;
    if (text === null) await stub.deleteState(key);
    else await stub.putState(key, Buffer.from(text));
    return accepted('{}');
  },
};

export const Altered = contractOf('altered', [write, writePublic]);

/** Writes into public state, as a majority without the State Corporation can. */
export function writtenByMajority(ledger: UnitLedger, written: Write): Promise<CallOutcome> {
  const endorsers = ['AlphaMSP', 'BetaMSP', 'NitMSP'];
  return ledger.submit('altered', 'writePublic', written, { org: 'AlphaMSP', endorsers });
}

/** Writes into an organisation's own collection, which its own endorsement alone permits. */
export function writtenAtHome(
  ledger: UnitLedger,
  org: string,
  written: Write,
): Promise<CallOutcome> {
  return ledger.submit('altered', 'write', written, { org, endorsers: [org] });
}
