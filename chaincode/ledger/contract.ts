/**
 * Makes a contract of declared operations and what each of them does.
 *
 * All that the five shapes ask for happens here, once: parsing, the caller's rights, idempotency,
 * writes only when accepted, one event, canonical answers. A contract states its operations and
 * gives each a handler that loads, decides by its rules and saves.
 */
import { Contract, type Context } from 'fabric-contract-api';
import type { z } from 'zod';
import { canonicalJson, type Json } from '../kernel/canonical-json.ts';
import { parsed } from '../kernel/from-zod.ts';
import { accepted, type Outcome, refused, valueOrThrow } from '../kernel/outcome.ts';
import { refuse } from '../kernel/refusals.ts';
import { admit, type Caller, callerOf } from './caller.ts';
import { earlierAnswer, fingerprintOf, isRepeated, recordExecution } from './idempotency.ts';
import { holdersOf, type Operation } from './operation.ts';
import { PrivateLedger } from './private-ledger.ts';
import { PublicLedger } from './public-ledger.ts';
import { type Circumstances, instantOf, Reader } from './reader.ts';
import {
  commandRequest,
  privateRequest,
  queryRequest,
  readJson,
  readRequest,
  transientInput,
} from './request.ts';

/** An operation with what it does. */
export type Handler = {
  readonly operation: Operation;
  /** Runs one call; gives the canonical text of the answer. */
  readonly run: (ctx: Context, argument: string) => Promise<Outcome<string>>;
};

/** A contract class, as Fabric's loader wants it. */
export type ContractClass = new () => Contract;

/** Makes the contract whose transactions are these operations. */
export function contractOf(name: string, handlers: readonly Handler[]): ContractClass {
  const contract = class extends Contract {
    constructor() {
      super(name);
    }
  };
  for (const { operation, run } of handlers) {
    if (operation.contract !== name) throw new Error(`${operation.name} belongs elsewhere`);
    // The loader finds transactions by the methods of the prototype and counts their parameters.
    Object.defineProperty(contract.prototype, operation.name, {
      value: async (ctx: Context, argument: string) => valueOrThrow(await run(ctx, argument)),
    });
  }
  return contract;
}

type In<Op extends Operation> = z.output<Op['input']>;
type Out<Op extends Operation> = z.input<Op['output']>;

/** What a query does: read and answer. */
export function query<Op extends Operation>(
  operation: Op,
  answer: (ledger: Reader, input: In<Op>) => Promise<Outcome<Out<Op>>>,
): Handler {
  return {
    operation,
    run: async (ctx, argument) => {
      const request = readRequest(queryRequest, argument);
      if (!request.ok) return request;
      const ledger = new Reader(ctx.stub, circumstancesOf(ctx));
      const input = readInput(operation, ledger, request.value.input);
      if (!input.ok) return input;
      const answered = await answer(ledger, input.value);
      return answered.ok ? accepted(answerText(operation, answered.value)) : answered;
    },
  };
}

/**
 * What a public command does: load, decide, save; its writes stand only if it accepts, and its
 * idempotency record among them.
 */
export function command<Op extends Operation>(
  operation: Op,
  carryOut: (ledger: PublicLedger, input: In<Op>) => Promise<Outcome<Out<Op>>>,
): Handler {
  return {
    operation,
    run: async (ctx, argument) => {
      const request = readRequest(commandRequest, argument);
      if (!request.ok) return request;
      const { key, input: given } = request.value;
      const ledger = new PublicLedger(ctx.stub, circumstancesOf(ctx));
      const fingerprint = fingerprintOf(nameOf(operation), (given ?? null) as Json);
      const earlier = await earlierAnswer(ledger, key, fingerprint);
      if (!earlier.ok) return earlier;
      if (earlier.value !== undefined) return accepted(earlier.value);
      const input = readInput(operation, ledger, given);
      if (!input.ok) return input;
      const done = await carryOut(ledger, input.value);
      if (!done.ok) return done;
      const answer = answerText(operation, done.value);
      await recordExecution(ledger, { key, fingerprint, answer });
      await ledger.flush(nameOf(operation));
      return accepted(answer);
    },
  };
}

/**
 * What a private command does: deposit at its holders.
 *
 * Its answer is its receipt, which follows from the input and its caller alone, so that a repetition
 * gives the same without reading anything back; it is public and must say nothing personal.
 */
export function privateCommand<Op extends Operation>(
  operation: Op,
  carryOut: (ledger: PrivateLedger, input: In<Op>) => Promise<Outcome<null>>,
  receipt: Receipt<Op>,
): Handler {
  const { shape } = operation;
  if (shape.kind !== 'private' || shape.holders === 'partiesOfRecord') {
    throw new Error(`the holders of ${operation.name} do not follow from its caller`);
  }
  const { holders } = shape;
  return privateHandler(operation, carryOut, receipt, ({ caller }) =>
    Promise.resolve(accepted(holdersOf(holders, caller.mspId))),
  );
}

/**
 * What a private command does that is about a record which stands: its holders are the record's
 * parties, and only one of them may call.
 */
export function partiesCommand<Op extends Operation>(
  operation: Op,
  partiesOf: PartiesOf<Op>,
  carryOut: (ledger: PrivateLedger, input: In<Op>) => Promise<Outcome<null>>,
  receipt: Receipt<Op>,
): Handler {
  const { shape } = operation;
  if (shape.kind !== 'private' || shape.holders !== 'partiesOfRecord') {
    throw new Error(`the holders of ${operation.name} do not follow from a record`);
  }
  return privateHandler(operation, carryOut, receipt, async (ledger, input) => {
    const parties = await partiesOf(ledger, input);
    if (!parties.ok || parties.value.includes(ledger.caller.mspId)) return parties;
    return refused(refuse('NOT_ALLOWED', { norm: 'SE-2; SE-3' }));
  });
}

/** What a private command answers; the caller is the depositor. */
type Receipt<Op extends Operation> = (input: In<Op>, caller: Caller) => Out<Op>;

/** The organisations whose collections a private command writes to. */
type PartiesOf<Op extends Operation> = (
  ledger: Reader,
  input: In<Op>,
) => Promise<Outcome<readonly string[]>>;

function privateHandler<Op extends Operation>(
  operation: Op,
  carryOut: (ledger: PrivateLedger, input: In<Op>) => Promise<Outcome<null>>,
  receipt: Receipt<Op>,
  holdersOfInput: PartiesOf<Op>,
): Handler {
  return {
    operation,
    run: async (ctx, argument) => {
      const request = readRequest(privateRequest, argument);
      if (!request.ok) return request;
      const given = readJson(transientTextOf(ctx));
      if (!given.ok) return given;
      const circumstances = circumstancesOf(ctx);
      const reader = new Reader(ctx.stub, circumstances);
      const input = readInput(operation, reader, given.value);
      if (!input.ok) return input;
      const holders = await holdersOfInput(reader, input.value);
      if (!holders.ok) return holders;
      const ledger = new PrivateLedger(ctx.stub, circumstances, holders.value);
      const fingerprint = fingerprintOf(nameOf(operation), given.value);
      const repeated = await isRepeated(ledger, request.value.key, fingerprint);
      if (!repeated.ok) return repeated;
      if (!repeated.value) {
        const done = await carryOut(ledger, input.value);
        if (!done.ok) return done;
      }
      await ledger.flush();
      return accepted(answerText(operation, receipt(input.value, circumstances.caller)));
    },
  };
}

/** The input as its schema gives it, if the caller may use the operation at all. */
function readInput<Op extends Operation>(
  operation: Op,
  { caller }: Reader,
  given: unknown,
): Outcome<In<Op>> {
  const admitted = admit(caller, operation.callers);
  if (!admitted.ok) return admitted;
  return parsed(operation.input as z.ZodType<In<Op>>, given);
}

/** An absent transient text reads as empty, which is no JSON and is refused as such. */
function transientTextOf(ctx: Context): string {
  return Buffer.from(ctx.stub.getTransient().get(transientInput) ?? []).toString('utf8');
}

function circumstancesOf({ stub, clientIdentity }: Context): Circumstances {
  return {
    caller: callerOf(clientIdentity),
    time: instantOf(stub.getTxTimestamp()),
    transactionId: stub.getTxID(),
    channel: stub.getChannelID(),
  };
}

/** `regimes:propose`: what is called, what the event is called, what the fingerprint covers. */
export function nameOf({ contract, name }: Pick<Operation, 'contract' | 'name'>): string {
  return `${contract}:${name}`;
}

/** An answer is held to its schema: what is not declared does not leave the chaincode. */
function answerText<Op extends Operation>(operation: Op, answer: Out<Op>): string {
  return canonicalJson(operation.output.parse(answer) as Json);
}

/** What a batch that may be carried out is going to do. */
export type BatchPlan<Item, Answer, Result> = {
  readonly items: readonly Item[];
  readonly carryOut: (item: Item) => Promise<Outcome<Answer>>;
  /** Records what became of the items, and answers. */
  readonly finish: (outcomes: readonly Outcome<Answer>[]) => Promise<Result>;
};

/**
 * What a batch does: the whole of it is allowed or refused first; then each item is decided for
 * itself and leaves nothing if it is refused; items see what the ones before them did.
 */
export function batch<Item, Answer, Op extends Operation>(
  operation: Op,
  planOf: (
    ledger: PublicLedger,
    input: In<Op>,
  ) => Promise<Outcome<BatchPlan<Item, Answer, Out<Op>>>>,
): Handler {
  return command(operation, async (ledger, input) => {
    const plan = await planOf(ledger, input);
    if (!plan.ok) return plan;
    const { items, carryOut, finish } = plan.value;
    const outcomes: Outcome<Answer>[] = [];
    for (const item of items) outcomes.push(await ledger.attempt(() => carryOut(item)));
    return accepted(await finish(outcomes));
  });
}
