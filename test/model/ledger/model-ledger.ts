/**
 * Our contracts over a world: calls as people make them, one after the other, each committed at once.
 *
 * What costs time on a ledger and decides nothing here is left out: signed proposals, streams,
 * ordering, a second run at every endorser. What decides is kept: whose peer it runs at, and whose
 * endorsement a write needs.
 */
import { Certificate } from '@fidm/x509';
import { Context, type Contract } from 'fabric-contract-api';
import shim from 'fabric-shim';
import type { z } from 'zod';
import { contracts } from '../../../chaincode/index.ts';
import { instantOfMs } from '../../../chaincode/kernel/instant.ts';
import { collectionOf } from '../../../chaincode/ledger/institutions.ts';
import { endorsersOf, isQuery, type Operation } from '../../../chaincode/ledger/operation.ts';
import { transientInput } from '../../../chaincode/ledger/request.ts';
import type { Stage } from '../../../gateway/stands/story/stage.ts';
import { attributesOf, unitSigner, type UnitUser } from '../../support/unit-identities.ts';
import { channelName, ModelStub } from './stub.ts';
import { World, type Writes } from './world.ts';

/** Who calls, under which key, and who endorses if not whom the policy asks for. */
export type Calling = {
  readonly org: string;
  readonly role?: UnitUser['role'];
  readonly key: string;
  readonly endorsers?: readonly string[];
};

/** A call, with all that is needed to make it again. */
export type Call = {
  readonly contract: string;
  readonly name: string;
  readonly argument: string;
  readonly transient?: string;
  readonly calling: Calling;
};

/** What became of a call. */
export type Result = {
  readonly call: Call;
  readonly answer: string | undefined;
  /** The message of the error, if there was one. */
  readonly error: string | undefined;
  readonly isSubmitted: boolean;
  readonly isCommitted: boolean;
  /** The time of the transaction. */
  readonly at: string;
  readonly writes: Writes;
  readonly event: { readonly name: string; readonly payload: string } | undefined;
};

/** A contract class of the module under test, or of an altered one. */
export type ContractClass = new () => Contract;

/** Changes a stub before a contract gets it: how a test plants a fault. */
export type Alteration = (stub: ModelStub) => ModelStub;

type Method = (ctx: Context, argument: string) => Promise<string>;

/** The organisations of the channel: the consortium's five, and a bank that is not of it. */
export const channelOrganisations = [
  'GosCorpMSP',
  'AuthorityMSP',
  'NitMSP',
  'AlphaMSP',
  'BetaMSP',
  'BankMSP',
] as const;

/** Calls contracts over a world that it owns. */
export class ModelLedger {
  readonly world: World;
  /** What became of every call, in their order. */
  readonly results: Result[] = [];
  #timeMs: number;
  #calls = 0;
  readonly #methods: ReadonlyMap<string, Method>;
  readonly #altered: Alteration;

  constructor(options: {
    readonly world?: World;
    readonly now: string;
    readonly contracts?: readonly ContractClass[];
    readonly altered?: Alteration;
  }) {
    this.world = new World(options.world);
    this.#timeMs = Date.parse(options.now);
    this.#methods = methodsOf(options.contracts ?? contracts);
    this.#altered = options.altered ?? ((stub) => stub);
  }

  get now(): string {
    return instantOfMs(this.#timeMs);
  }

  /** The call of an operation, as its declaration says: open, or transient. */
  static callOf(operation: Operation, input: unknown, calling: Calling): Call {
    const { contract, name, shape } = operation;
    const { key } = calling;
    if (isQuery(operation)) return { contract, name, argument: JSON.stringify({ input }), calling };
    if (shape.kind !== 'private') {
      return { contract, name, argument: JSON.stringify({ key, input }), calling };
    }
    const endorsers = calling.endorsers ?? endorsersOf(operation, calling.org);
    return {
      contract,
      name,
      argument: JSON.stringify({ key }),
      transient: JSON.stringify(input),
      calling: { ...calling, ...(endorsers && { endorsers }) },
    };
  }

  /** Makes a call and commits what it wrote, if its endorsers may write that. */
  async submit(call: Call): Promise<Result> {
    this.#timeMs += 1000;
    const result = await this.#called(call);
    const isCommitted = result.error === undefined && mayWrite(result);
    if (isCommitted) this.world.commit(result.writes, this.#transactionId(), this.#timeMs);
    return this.#noted({ ...result, isCommitted, isSubmitted: true });
  }

  /** Makes a call and changes nothing. */
  async evaluate(call: Call): Promise<Result> {
    return this.#noted(await this.#called(call));
  }

  #noted(result: Result): Result {
    this.results.push(result);
    return result;
  }

  async #called(call: Call): Promise<Result> {
    this.#calls += 1;
    const { contract, name, argument, transient, calling } = call;
    const method = this.#methods.get(`${contract}:${name}`);
    if (method === undefined) throw new Error(`there is no ${contract}:${name}`);
    const stub = new ModelStub(this.world, {
      transactionId: this.#transactionId(),
      timeMs: this.#timeMs,
      transient: new Map(transient === undefined ? [] : [[transientInput, Buffer.from(transient)]]),
      at: calling.org,
    });
    const ended = await ran(method, this.#altered(stub), calling, argument);
    const { state, privates, event } = stub;
    const writes = { state, privates };
    const at = this.now;
    return { call, ...ended, writes, event, at, isSubmitted: false, isCommitted: false };
  }

  /** The ledger as a stage for the story's scenes: what they do has to succeed. */
  stage(): Stage {
    return {
      channel: channelName,
      now: () => instantOfMs(this.#timeMs),
      // Each call comes a second after the one before.
      nextSecond: async () => undefined,
      say: () => undefined,
      done: async (operation, input, { org }) => {
        const key = `setting-${this.#calls}`;
        const call = ModelLedger.callOf(operation, input, { org, role: 'admin', key });
        const { answer, error } = await (isQuery(operation)
          ? this.evaluate(call)
          : this.submit(call));
        if (answer === undefined) throw new Error(`${operation.name}: ${error}`);
        return JSON.parse(answer) as z.output<(typeof operation)['output']>;
      },
    };
  }

  /** Told apart by their number alone, so that a sequence that is repeated is the same. */
  #transactionId(): string {
    return this.#calls.toString(16).padStart(16, '0').padEnd(64, '0');
  }
}

/** The transactions of contracts, by `contract:name`. */
function methodsOf(classes: readonly ContractClass[]): ReadonlyMap<string, Method> {
  return new Map(
    classes.flatMap((ContractOf) => {
      const contract = new ContractOf();
      const methods = Object.getOwnPropertyNames(ContractOf.prototype).filter(
        (name) => name !== 'constructor',
      );
      return methods.map((name): [string, Method] => [
        `${contract.getName()}:${name}`,
        (ctx, argument) => (contract as unknown as Record<string, Method>)[name]!(ctx, argument),
      ]);
    }),
  );
}

async function ran(method: Method, stub: ModelStub, calling: Calling, argument: string) {
  const ctx = new Context();
  ctx.stub = stub as unknown as Context['stub'];
  ctx.clientIdentity = identityOf(calling);
  try {
    return { answer: await method(ctx, argument), error: undefined };
  } catch (error) {
    return { answer: undefined, error: (error as Error).message };
  }
}

/** Reading a certificate is most of what a call costs here; the same text is the same certificate. */
const certificates = new Map<string, Certificate>();
const fromPEM = Certificate.fromPEM.bind(Certificate);
Certificate.fromPEM = (pem) => {
  const text = pem.toString();
  const known = certificates.get(text) ?? fromPEM(pem);
  certificates.set(text, known);
  return known;
};

const identities = new Map<string, Context['clientIdentity']>();

/** The caller as the shim reads it from the proposal; read once, for it stays the same. */
function identityOf({ org, role = 'client' }: Calling): Context['clientIdentity'] {
  const name = `${org} ${role}`;
  const known = identities.get(name);
  if (known !== undefined) return known;
  const idBytes = Buffer.from(
    unitSigner({ mspId: org, role, ...attributesOf(role) }).certificatePem,
  );
  const proposal = {
    getChannelID: () => channelName,
    getTxID: () => '',
    getCreator: () => ({ mspid: org, idBytes }),
  };
  const identity = new shim.ClientIdentity(proposal as unknown as Context['stub']);
  identities.set(name, identity);
  return identity;
}

/**
 * Whether those who endorsed may write this: into an organisation's collection only with its own
 * endorsement, and anything else only with the majority's.
 */
function mayWrite({ call, writes }: Result): boolean {
  const { endorsers } = call.calling;
  // Nobody named: the gateway asks everyone whose endorsement is needed.
  if (endorsers === undefined) return true;
  const collections = [...writes.privates.keys()];
  const majority = Math.floor(channelOrganisations.length / 2) + 1;
  return (
    collections.every((each) => endorsers.some((mspId) => collectionOf(mspId) === each)) &&
    ((writes.state.size === 0 && collections.length > 0) || endorsers.length >= majority)
  );
}
