/** Our chaincode on the unit tests' ledger, called as people call it. */
import type { z } from 'zod';
import { approve, propose } from '../../chaincode/decisions/operations.ts';
import * as chaincode from '../../chaincode/index.ts';
import { transientInput } from '../../chaincode/ledger/request.ts';
import { endorsersOf, isQuery, type Operation } from '../../chaincode/ledger/operation.ts';
import * as regimes from '../../chaincode/regimes/operations.ts';
import * as roster from '../../chaincode/roster/operations.ts';
import type { Level } from '../../network/local/engine/level.ts';
import { attributesOf } from './unit-identities.ts';
import type { CallOutcome } from './call-outcome.ts';
import { type CallOptions, UnitLedger } from './unit-ledger.ts';

/** What a call came to: the answer as JSON, or the codes of its refusals. */
export type Answer<Value> = {
  readonly answer: Value | undefined;
  readonly codes: readonly string[];
  readonly outcome: CallOutcome;
};

/** Who calls, and under which idempotency key; a new one unless told. */
export type Calling = CallOptions & { readonly key?: string };

type Given<Op extends Operation> = z.input<Op['input']>;
type Found<Op extends Operation> = z.output<Op['output']>;

/** Who calls unless a test says otherwise: what every organisation's Admin is. */
const administrator = { role: 'admin' as const, ...attributesOf('admin') };

/** The five organisations' ledger with our chaincode. */
export class KepilLedger {
  readonly ledger: UnitLedger;
  #calls = 0;

  private constructor(ledger: UnitLedger) {
    this.ledger = ledger;
  }

  /** With our contracts; `others` are those of an altered chaincode beside them. */
  static async create(
    now = '2026-03-10T06:00:00.000Z',
    level?: Level,
    others: readonly (typeof chaincode.contracts)[number][] = [],
  ): Promise<KepilLedger> {
    const module = { ...chaincode, contracts: [...chaincode.contracts, ...others] };
    const options = { module, now, ...(level === undefined ? {} : { level }) };
    return new KepilLedger(await UnitLedger.create(options));
  }

  /** The same with its consortium and its regimes founded. */
  static async founded(...of: Parameters<typeof KepilLedger.create>): Promise<KepilLedger> {
    const ledger = await KepilLedger.create(...of);
    await ledger.done(roster.found, {}, { org: 'GosCorpMSP' });
    await ledger.done(regimes.found, {}, { org: 'GosCorpMSP' });
    return ledger;
  }

  /** Calls a transaction as its declaration says: evaluated or submitted, open or transient. */
  async call<Op extends Operation>(
    operation: Op,
    input: Given<Op>,
    options: Calling,
  ): Promise<Answer<Found<Op>>> {
    const { contract, name, shape } = operation;
    const caller = { ...administrator, ...options };
    if (isQuery(operation)) {
      return answerOf(await this.ledger.evaluate(contract, name, { input }, caller));
    }
    this.#calls += 1;
    const key = options.key ?? `test-key-${this.#calls}`;
    const isPrivate = shape.kind === 'private';
    const endorsers = options.endorsers ?? endorsersOf(operation, options.org);
    return answerOf(
      await this.ledger.submit(contract, name, isPrivate ? { key } : { key, input }, {
        ...caller,
        ...(endorsers === undefined ? {} : { endorsers }),
        ...(isPrivate ? { transient: { [transientInput]: JSON.stringify(input) } } : {}),
      }),
    );
  }

  /** Calls what has to succeed; gives its answer. */
  async done<Op extends Operation>(
    operation: Op,
    input: Given<Op>,
    options: Calling,
  ): Promise<Found<Op>> {
    const { answer, outcome } = await this.call(operation, input, options);
    const { contract, name } = operation;
    if (outcome.refusal !== undefined) {
      throw new Error(`${contract}:${name}: ${outcome.refusal}`);
    }
    if (outcome.code !== undefined && outcome.code !== 'VALID') throw new Error(outcome.code);
    return answer as Found<Op>;
  }

  /** Has the consortium decide something: one proposes, three approve. */
  async decide(subject: Given<typeof propose>['subject'], reason = 'for a test'): Promise<string> {
    const { id } = await this.done(propose, { subject, reason }, { org: 'AlphaMSP' });
    for (const org of ['GosCorpMSP', 'AuthorityMSP', 'NitMSP']) {
      await this.done(approve, { id }, { org });
    }
    return id;
  }

  close(): Promise<void> {
    return this.ledger.close();
  }
}

function answerOf<Value>(outcome: CallOutcome): Answer<Value> {
  const { refusal, payload } = outcome;
  if (refusal === undefined) {
    return { answer: JSON.parse(payload) as Value, codes: [], outcome };
  }
  const { refusals } = JSON.parse(refusal) as { refusals: { code: string }[] };
  return { answer: undefined, codes: refusals.map(({ code }) => code), outcome };
}
