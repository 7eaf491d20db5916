/** `kepil extract`: certified extracts from the register, made on a network and verified without one. */
import { X509Certificate } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { applicationIdSchema } from '../../chaincode/kernel/application-id.ts';
import { cadastralNumberSchema } from '../../chaincode/kernel/cadastral-number.ts';
import { parsed } from '../../chaincode/kernel/from-zod.ts';
import { type Outcome } from '../../chaincode/kernel/outcome.ts';
import { type Language, languages } from '../../chaincode/kernel/refusal.ts';
import type { Authorities } from '../../gateway/extracts/channel-config.ts';
import { collectExtract } from '../../gateway/extracts/collect.ts';
import { extractBytesMax, extractId, qrTextOf } from '../../gateway/extracts/file.ts';
import { verifyExtract } from '../../gateway/extracts/verify.ts';
import { saidBy } from '../../gateway/extracts/say.ts';
import { NetworkExtractSource } from '../../gateway/ledger/extract-source.ts';
import { examples, groupOf, print } from '../command-line.ts';
import { defaultNetwork } from '../config.ts';
import {
  exitCodeOf,
  refusalText,
  shownText,
  verdictData,
  verdictText,
} from '../extract/describe.ts';
import { connectionOptions, peersOf, readInfo } from '../network-info.ts';
import { PlainError } from '../plain-error.ts';

type Shown = { readonly json?: boolean; readonly lang: Language };

type MakeOptions = Shown & {
  readonly property: string;
  readonly encumbrance?: string;
  readonly out?: string;
  readonly org: string;
  readonly user: string;
  readonly network: string;
};

type VerifyOptions = Shown & {
  readonly channelFingerprint?: string;
  readonly trust?: readonly string[];
};

export function register(program: Command): void {
  const group = groupOf(program, 'extract', 'certified extracts that an outsider can verify');
  registerMake(group);
  registerShow(group);
  registerVerify(group);
}

function registerMake(group: Command): void {
  const command = group
    .command('make')
    .description("collect an extract: every peer's signed answer, the blocks, the channel")
    .requiredOption('--property <number>', 'cadastral number of the property')
    .option('--encumbrance <id>', 'one pledge of it; the whole register if absent')
    .option('--out <file>', 'where to write it (default: extract-ID.json)')
    .option('--org <org>', 'the organisation that asks', 'goscorp')
    .option('--user <user>', 'its user', 'Admin')
    .option('--network <place>', "the network's folder or info file", defaultNetwork());
  shown(command).action(make);
  examples(command, [
    ['kepil extract make --property 20:315:033:105:7', 'the register of a property'],
    ['kepil extract make --property 20:315:033:105:7 --encumbrance 0190… --out pledge.json', 'one'],
  ]);
}

function registerShow(group: Command): void {
  const command = group
    .command('show')
    .description('say what an extract says, without judging it')
    .argument('<file>', 'the extract');
  shown(command).action((file: string, { json, lang }: Shown) => {
    const text = textOfFile(file);
    const said = readable(saidBy(text), file, lang);
    print(json, { ...said, id: extractId(text), qr: qrTextOf(text) }, shownText(said, text, lang));
  });
}

function registerVerify(group: Command): void {
  const command = group
    .command('verify')
    .description(
      'verify an extract without any network; exit 0 proved, 1 not, 3 proved but for trust',
    )
    .argument('<file>', 'the extract')
    .option('--channel-fingerprint <sha256>', "the hash of the channel's first block")
    .option('--trust <msp=cert...>', "the organisations' authorities: GosCorpMSP=goscorp.pem");
  shown(command).action(verify);
  examples(command, [
    ['kepil extract verify pledge.json --channel-fingerprint 3f5a…', 'as published elsewhere'],
    [
      'kepil extract verify pledge.json --trust GosCorpMSP=goscorp.pem AlphaMSP=alpha.pem NitMSP=nit.pem',
      'by authorities',
    ],
  ]);
}

async function make(options: MakeOptions): Promise<void> {
  const { org, user, json, lang } = options;
  const property = given(parsed(cadastralNumberSchema, options.property), '--property', lang);
  const encumbrance =
    options.encumbrance === undefined
      ? undefined
      : given(parsed(applicationIdSchema, options.encumbrance), '--encumbrance', lang);
  const info = readInfo(options.network);
  const source = new NetworkExtractSource(connectionOptions(info, { org, user }), peersOf(info));
  try {
    const collected = await collectExtract(source, { property, encumbrance });
    const text = readable(collected, 'The extract cannot be made', lang);
    // What is given away is verified first, as whoever gets it will.
    const { fingerprint, id } = readable(verifyExtract(text), 'The extract proves nothing', lang);
    const out = options.out ?? `extract-${id.slice(0, 12)}.json`;
    writeFileSync(out, text);
    const written = { file: out, id, fingerprint, qr: qrTextOf(text) };
    const next = `npx kepil extract verify ${out} --channel-fingerprint ${fingerprint}`;
    print(json, written, `${out}, ${Buffer.byteLength(text)} bytes\nQR: ${written.qr}\n${next}`);
  } finally {
    source.close();
  }
}

function verify(file: string, { json, lang, channelFingerprint, trust }: VerifyOptions): void {
  if (channelFingerprint !== undefined && !/^[0-9a-f]{64}$/.test(channelFingerprint)) {
    throw new PlainError('A fingerprint has 64 hexadecimal digits in lower case.', { exitCode: 2 });
  }
  const verdict = verifyExtract(textOfFile(file), {
    fingerprint: channelFingerprint,
    authorities: trust && authoritiesOf(trust),
  });
  print(json, verdictData(verdict, lang), verdictText(verdict, lang));
  process.exitCode = exitCodeOf(verdict);
}

function shown(command: Command): Command {
  return command
    .option('--json', 'print JSON')
    .addOption(
      new Option('--lang <lang>', 'language of texts').choices([...languages]).default('en'),
    );
}

/** The file's text; one that is too long is not even read. */
function textOfFile(file: string): string {
  const size = statSync(file, { throwIfNoEntry: false })?.size;
  if (size === undefined) throw new PlainError(`There is no file ${file}.`, { exitCode: 2 });
  if (size > extractBytesMax) {
    throw new PlainError(`${file} is longer than any extract: ${extractBytesMax} bytes.`);
  }
  return readFileSync(file, 'utf8');
}

/** `GosCorpMSP=goscorp.pem`: who an authority is of, the reader says, and not the extract. */
function authoritiesOf(trust: readonly string[]): Authorities {
  const authorities = new Map<string, readonly string[]>();
  for (const each of trust) {
    const [, mspId, file] = /^([A-Za-z0-9.-]{1,64})=(.+)$/.exec(each) ?? [];
    if (mspId === undefined || file === undefined) {
      throw new PlainError(`--trust takes the organisation too: GosCorpMSP=${each}`, {
        exitCode: 2,
      });
    }
    authorities.set(mspId, [...(authorities.get(mspId) ?? []), certificateOfFile(file)]);
  }
  return authorities;
}

function certificateOfFile(file: string): string {
  try {
    return new X509Certificate(textOfFile(file)).toString();
  } catch (cause) {
    if (cause instanceof PlainError) throw cause;
    throw new PlainError(`${file} is no certificate in PEM.`, { exitCode: 2, cause });
  }
}

function given<T>(outcome: Outcome<T>, option: string, language: Language): T {
  if (outcome.ok) return outcome.value;
  const [refusal] = outcome.refusals;
  throw new PlainError(`${option}: ${refusalText(refusal, language)}`, { exitCode: 2 });
}

function readable<T>(outcome: Outcome<T>, what: string, language: Language): T {
  if (outcome.ok) return outcome.value;
  const reasons = outcome.refusals.map((refusal) => refusalText(refusal, language));
  throw new PlainError(`${what}: ${reasons.join('; ')}`);
}
