/** `kepil call`: any declared transaction, as one of an organisation's demo users. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { canonicalJson, type Json } from '../../chaincode/kernel/canonical-json.ts';
import { type Language, languages } from '../../chaincode/kernel/refusal.ts';
import { isQuery, type Operation } from '../../chaincode/ledger/operation.ts';
import { operationOf, operations } from '../../chaincode/operations.ts';
import type { Outcome } from '../../gateway/ledger/outcome.ts';
import { callOf } from '../../gateway/ledger/operation-call.ts';
import { examples, print } from '../command-line.ts';
import { defaultNetwork } from '../config.ts';
import { readInfo, withConnection } from '../network-info.ts';
import { dataOf, textOf } from '../outcome-text.ts';
import { PlainError } from '../plain-error.ts';

type Options = {
  readonly org: string;
  readonly user: string;
  readonly key?: string;
  readonly platform?: string;
  readonly lang: Language;
  readonly network: string;
  readonly json?: boolean;
  readonly pick?: string;
};

export function register(program: Command): void {
  const command = program
    .command('call')
    .description('evaluate or submit a transaction of the contracts, and print its outcome')
    .argument('<contract>', 'the contract: decisions')
    .argument('<transaction>', 'the transaction: propose')
    .argument('[json]', 'its input; @FILE reads a file, - reads standard input', '{}')
    .requiredOption('--org <org>', 'the organisation that calls: alpha')
    .option('--user <user>', 'its user: Admin, User1, gateway or auditor', 'Admin')
    .option('--platform <msp>', 'platform of the record, where the State Corporation heals it')
    .option('--key <key>', 'idempotency key; the same key is carried out once (random if absent)')
    .addOption(
      new Option('--lang <lang>', 'language of refusals').choices([...languages]).default('en'),
    )
    .option('--network <place>', "the network's folder or info file", defaultNetwork())
    .option('--json', 'print JSON')
    .option('--pick <member>', 'print this member of the answer and nothing else')
    .action(call);
  examples(command, [
    ['kepil call roster members --org beta', 'a query'],
    ['kepil call roster members --org beta --pick majority', 'a part of the answer'],
    [`kepil call decisions approve '{"id":"…"}' --org nit`, 'a command'],
    ['kepil call decisions propose @proposal.json --org alpha --lang kk', 'input from a file'],
  ]);
  program
    .command('transactions')
    .description('list the transactions that can be called')
    .argument('[contract]', 'only those of one contract')
    .option('--json', 'print JSON')
    .action(list);
}

async function call(
  contract: string,
  transaction: string,
  json: string,
  options: Options,
): Promise<void> {
  const operation = operationOf(contract, transaction) ?? unknownTransaction(contract, transaction);
  const input = readInput(json);
  const { network, org, user, key = randomUUID() } = options;
  const outcome = await withConnection(readInfo(network), { org, user }, async (connection) => {
    const request = callOf(operation, { input, key, ...of(options) }, connection.mspId);
    return isQuery(operation) ? connection.evaluate(request) : connection.submit(request);
  });
  report(outcome, options);
  if (outcome.status === 'unknown') {
    process.stderr.write(`Safe to repeat with --key ${key}: it takes effect at most once.\n`);
  }
  if (outcome.status === 'refused' || outcome.status === 'unknown') process.exitCode = 1;
}

/** Whose record the command is about, if that was said. */
function of({ platform }: Options): { readonly platformMsp?: string } {
  return platform === undefined ? {} : { platformMsp: platform };
}

/** Prints the outcome; what was picked of an answer goes into a shell's variable, so it is bare. */
function report(outcome: Outcome, { json, lang, pick }: Options): void {
  if (pick === undefined) return print(json, dataOf(outcome, lang), textOf(outcome, lang));
  if (outcome.status === 'refused' || outcome.status === 'unknown') {
    process.stderr.write(`${textOf(outcome, lang)}\n`);
    return;
  }
  const answer = JSON.parse(outcome.result ?? 'null') as Readonly<Record<string, unknown>> | null;
  const value = answer?.[pick];
  if (value === undefined) throw new PlainError(`The answer has no member ${pick}.`);
  print(json, value, typeof value === 'string' ? value : JSON.stringify(value));
}

/** The input as JSON that has a canonical form: what is signed and hashed must not be ambiguous. */
function readInput(text: string): Json {
  try {
    const source = text.startsWith('@') || text === '-' ? readSource(text) : text;
    const value = JSON.parse(source) as Json;
    canonicalJson(value);
    return value;
  } catch (error) {
    throw new PlainError(`The input cannot be used: ${(error as Error).message}.`, {
      next: `Give JSON in single quotes: '{"id":"…"}', or @FILE.`,
      exitCode: 2,
      cause: error,
    });
  }
}

function readSource(text: string): string {
  return readFileSync(text === '-' ? process.stdin.fd : text.slice(1), 'utf8');
}

function unknownTransaction(contract: string, transaction: string): never {
  const names = operations.filter((one) => one.contract === contract).map(({ name }) => name);
  const known =
    names.length > 0
      ? `${contract} has ${names.join(', ')}`
      : `the contracts are ${[...new Set(operations.map((one) => one.contract))].join(', ')}`;
  throw new PlainError(`There is no transaction ${contract}:${transaction}; ${known}.`, {
    next: 'See `kepil transactions`.',
    exitCode: 2,
  });
}

function list(contract: string | undefined, { json }: { json?: boolean }): void {
  const chosen = operations.filter((one) => contract === undefined || one.contract === contract);
  const rows = chosen.map((one) => [`${one.contract} ${one.name}`, kindOf(one), one.summary]);
  const width = (column: 0 | 1) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0));
  const lines = rows.map(([name = '', kind = '', summary = '']) =>
    `${name.padEnd(width(0))}  ${kind.padEnd(width(1))}  ${summary}`.trimEnd(),
  );
  const data = chosen.map(({ contract: of, name, summary, norms, shape, callers }) => ({
    contract: of,
    name,
    summary,
    norms,
    shape,
    callers,
  }));
  print(json, data, lines.join('\n'));
}

function kindOf(operation: Operation): string {
  return isQuery(operation) ? 'query' : 'command';
}
