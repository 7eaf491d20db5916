/** `kepil batch`: a portfolio's cession, or an import from EGKN, from a file to its outcomes. */
import { type Command, Option } from 'commander';
import { languages } from '../../chaincode/kernel/refusal.ts';
import { linesMax } from '../../chaincode/pledges/portfolio/part.ts';
import { arrive } from '../batch/arrive.ts';
import { example } from '../batch/example.ts';
import { type CessionOptions, type ImportOptions, makeCession, makeImport } from '../batch/make.ts';
import { run } from '../batch/run.ts';
import { sign } from '../batch/sign.ts';
import { signerNames } from '../batch/signers.ts';
import { status } from '../batch/status.ts';
import { examples, groupOf } from '../command-line.ts';
import { defaultNetwork } from '../config.ts';
import { notUnderstood } from '../network-options.ts';

export function register(program: Command): void {
  const group = groupOf(
    program,
    'batch',
    'many records at once: a cession or an import from a file',
  );
  registerMake(groupOf(group, 'make', 'check a file of lines and make the batch that is signed'));
  registerSign(group);
  registerArrive(group);
  registerRun(group);
  registerStatus(group);
  registerExample(group);
  examples(group, [
    ['kepil batch make import lines.jsonl --out june --extract @extract.pdf', '1. check and make'],
    ['kepil batch sign june officer.cms --as registrar --mandate ID …', '2. each signer signs'],
    ['kepil batch run june', '3. open and carry out; repeat it after whatever happened'],
    ['kepil batch status june', 'what the ledger says'],
  ]);
}

function registerMake(make: Command): void {
  const cession = make
    .command('cession')
    .description('pledges that one pledgee cedes to another')
    .argument('<lines>', 'JSON Lines: {"property","encumbrance","titleDocument"}; - reads input')
    .requiredOption('--from <bin>', 'BIN of the cedent')
    .requiredOption('--to <bin>', 'BIN of the new pledgee')
    .requiredOption('--platform <bin>', 'BIN of the platform on which it is filed')
    .requiredOption('--payment <hash>', 'SHA-256 of the proof of payment, or @FILE')
    .requiredOption('--paid-at <time>', 'when the payment was confirmed: 2026-11-20T09:30:00.000Z');
  making(cession).action((file: string, options: CessionOptions) => makeCession(file, options));
  examples(cession, [
    [
      'kepil batch make cession lines.jsonl --out june --from … --to … --platform … --payment @receipt.pdf --paid-at …',
      'the lines are checked, all faults at once',
    ],
  ]);
  const importation = make
    .command('import')
    .description('entries, changes and terminations that EGKN registered elsewhere')
    .argument('<lines>', 'JSON Lines, see docs/pledges.md and kepil batch example; - reads input')
    .requiredOption('--extract <hash>', 'SHA-256 of the extract of EGKN, or @FILE');
  making(importation).action((file: string, options: ImportOptions) => makeImport(file, options));
  examples(importation, [
    ['kepil batch make import lines.jsonl --out june --extract @extract.pdf', 'up to 50000 lines'],
    ['kepil batch make import lines.jsonl --out june --extract @extract.pdf --lang kk', 'қазақша'],
  ]);
}

function making(command: Command): Command {
  return shown(
    command
      .requiredOption('--out <folder>', 'the folder to write; another batch is never written over')
      .option('--lines-per-part <number>', 'most lines of a transaction', sizeOf, linesMax)
      .option('--channel <name>', "the channel; the network's own if absent"),
  );
}

function registerSign(group: Command): void {
  const command = group
    .command('sign')
    .description('have a signature verified at its holders; the verdict is kept in the folder')
    .argument('<folder>', 'the batch')
    .argument('[signature]', 'CMS over the exact bytes of its manifest, or an evidence file')
    .addOption(
      new Option('--as <signer>', 'who signed').choices([...signerNames]).makeOptionMandatory(),
    )
    .requiredOption('--org <org>', 'the organisation that has it verified, at its own peer')
    .option('--user <user>', 'its user: Admin or gateway', 'Admin')
    .option('--certificate <cert...>', 'further certificates of the chain')
    .option('--crl <file...>', 'lists of revoked certificates')
    .option('--ocsp <file...>', 'OCSP responses')
    .option('--mandate <id>', "the signer's mandate; an officer always has one")
    .option('--salt-file <file>', 'holds the salt of the mandate, or of the head as it was named')
    .option('--demo', 'sign with the keys of the demonstration, which prove nothing')
    .option('--replace', 'in place of a signature that was verified before');
  shown(command).action(sign);
  examples(command, [
    [
      'kepil batch sign june a.cms --as cedent --org alpha --ocsp a.ocsp --salt-file a.salt',
      'head',
    ],
    [
      'kepil batch sign june o.cms --as registrar --org goscorp --ocsp o.ocsp --mandate ID --salt-file o.salt',
      'officer',
    ],
    ['kepil batch sign june --as registrar --org goscorp --demo', 'in a demonstration'],
  ]);
}

function registerArrive(group: Command): void {
  const command = group
    .command('arrive')
    .description('keep how EGKN took a cession and what it found, before the officer signs')
    .argument('<folder>', 'the batch, signed by cedent and pledgee')
    .argument('[arrival]', 'JSON: acceptance, paymentReachedAt, checks, unmet, encumbrances')
    .option('--demo', 'EGKN takes it now and finds nothing against it, in a demonstration');
  shown(command).action(arrive);
  examples(command, [
    ['kepil batch arrive june arrival.json', 'docs/pledges.md says what stands in it'],
    ['kepil batch arrive june --demo', 'in a demonstration'],
  ]);
}

function registerRun(group: Command): void {
  const command = group
    .command('run')
    .description('open the batch and carry its parts out; exit 1 where a line was refused')
    .argument('<folder>', 'the batch, signed by everyone')
    .option('--clients <number>', 'parts on their way at a time', clientsOf, 4);
  shown(calling(command)).action(run);
  examples(command, [
    ['kepil batch run june', 'outcomes of the lines: june/outcomes.jsonl'],
    ['kepil batch run june --clients 8 --json', 'for a program; repeated safely'],
  ]);
}

function registerStatus(group: Command): void {
  const command = group
    .command('status')
    .description('what the ledger says of a batch')
    .argument('<batch>', 'its folder, or its id');
  shown(calling(command)).action(status);
  examples(command, [
    ['kepil batch status june', 'before it is opened: who has signed'],
    ['kepil batch status 0190… --org beta', 'as any organisation sees it'],
  ]);
}

function registerExample(group: Command): void {
  const command = group
    .command('example')
    .description('write made-up lines: an import, and the cession of what it brings')
    .addArgument(group.createArgument('<kind>').choices(['cession', 'import']))
    .option('--count <number>', 'how many', '10')
    .option('--first <number>', 'the number of the first', '1')
    .action(example);
  examples(command, [['kepil batch example import --count 30 > lines.jsonl', 'Alpha holds them']]);
}

function calling(command: Command): Command {
  return command
    .option('--org <org>', 'the organisation that calls', 'goscorp')
    .option('--user <user>', 'its user', 'Admin');
}

function shown(command: Command): Command {
  return command
    .option('--network <place>', "the network's folder or info file", defaultNetwork())
    .option('--json', 'print JSON')
    .addOption(
      new Option('--lang <lang>', 'language of texts').choices([...languages]).default('en'),
    );
}

/** An entry and its end share a part, so that a part has at least two lines. */
function sizeOf(text: string): number {
  return wholeNumber(text, '--lines-per-part', [2, linesMax]);
}

function clientsOf(text: string): number {
  return wholeNumber(text, '--clients', [1, 16]);
}

function wholeNumber(text: string, name: string, [min, max]: readonly [number, number]): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= min && number <= max) return number;
  throw notUnderstood(`${name} ${text}`, `Write a number from ${min} to ${max}.`);
}
