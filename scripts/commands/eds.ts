/** `kepil eds`: verify, explain and make what surrounds Kazakhstan's electronic signatures. */
import { type Command, Option } from 'commander';
import { fileOf } from '../../chaincode/kernel/eds/file-kind.ts';
import { edsTexts } from '../../chaincode/kernel/eds/refusals.ts';
import { type Outcome } from '../../chaincode/kernel/outcome.ts';
import { type Language, languages } from '../../chaincode/kernel/refusal.ts';
import { textBook, words } from '../../chaincode/kernel/words.ts';
import { examples, groupOf, print } from '../command-line.ts';
import { defaultNetwork } from '../config.ts';
import { describe, outline } from '../eds/describe.ts';
import { exportEvidence } from '../eds/export.ts';
import { people } from '../../gateway/stands/eds/people.ts';
import { dersOfFiles } from '../eds/files.ts';
import { standIn, type NcaLayerOptions } from '../eds/ncalayer.ts';
import { sign, type SignOptions } from '../eds/sign.ts';
import { verdictData, verdictText } from '../eds/verdict-text.ts';
import { verdictOf, type VerifyOptions } from '../eds/verify.ts';
import { exitCodes, PlainError } from '../plain-error.ts';

type Shown = { readonly json?: boolean; readonly lang: Language };

export function register(program: Command): void {
  const group = groupOf(program, 'eds', 'verify and explain electronic signatures of Kazakhstan');
  registerVerify(group);
  registerShow(group);
  registerSign(group);
  registerExport(group);
  registerNcaLayer(group);
}

function registerVerify(group: Command): void {
  const command = group
    .command('verify')
    .description('verify a signature, certificate, CRL, OCSP response or time stamp; exit 0 or 1')
    .argument('<file>', 'DER, base64 or PEM, signed XML, or an evidence file')
    .option('--content <document>', 'the signed document, if it is not inside the signature')
    .option('--trust <cert...>', 'roots and issuing authorities of signers')
    .option('--tsa-trust <cert...>', 'time-stamp services or their authorities')
    .option('--certificate <cert...>', 'further certificates of the chain, not trusted themselves')
    .option('--crl <file...>', 'lists of revoked certificates')
    .option('--ocsp <file...>', 'OCSP responses')
    .option('--at <time>', 'judge at this moment where no trusted time stamp says when')
    .option('--iin <iin...>', 'exactly these persons signed')
    .option('--bin <bin...>', 'for exactly these organisations')
    .option('--role <role...>', 'in one of these roles: person, head, signatory, employee, system')
    .option('--strict', "the ledger's policy: trusted time stamp and revocation evidence required")
    .option('--archive', 'accept SHA-1 and the GOST of 2004, which prove nothing any more')
    .option(
      '--application <file>',
      "compare with an application's record: its JSON from the ledger",
    )
    .option('--cms-hash <hash>', 'compare with the hash of the signed message on the ledger')
    .option('--manifest-hash <hash>', 'compare with the hash of the signed text on the ledger');
  shown(command).action((file: string, options: VerifyOptions & Shown) => {
    const verdict = verdictOf(file, options, Date.now);
    const { json, lang } = options;
    print(json, verdictData(verdict, lang), verdictText(verdict, lang));
    process.exitCode = verdict.ok ? exitCodes.ok : exitCodes.failed;
  });
  examples(command, [
    ['kepil eds verify contract.cms --trust root.cer nca.cer --tsa-trust tsa.cer', 'attached'],
    [
      'kepil eds verify contract.p7s --content contract.pdf --trust nca.cer --at 2026-07-20',
      'detached',
    ],
    ['kepil eds verify signer.cer --trust nca.cer --crl nca.crl', 'a certificate now'],
    ['kepil eds verify evidence.json --cms-hash …', "the ledger's verdict, made again"],
  ]);
}

function registerShow(group: Command): void {
  const command = group
    .command('show')
    .description('explain what is in a file, without judging it')
    .argument('<file>', 'DER, base64 or PEM');
  shown(command).action((file: string, { json, lang }: Shown) => {
    const parts = dersOfFiles([file]).map((der) => {
      const known = readable(fileOf(der), file, lang);
      return readable(describe(known), file, lang);
    });
    const [first = '', ...more] = parts;
    print(json, more.length === 0 ? first : parts, parts.map((part) => outline(part)).join('\n\n'));
  });
}

function registerSign(group: Command): void {
  const command = group
    .command('sign')
    .description('sign a document with the keys of the demonstration, or of a test key store')
    .argument('<document>', 'the document to sign')
    .requiredOption('--out <file>', 'the signature to write')
    .option('--as <people...>', `demonstration people: ${Object.keys(people).join(', ')}`)
    .option('--p12 <file>', 'a test key store instead')
    .option('--password <password>', 'its password')
    .option('--detached', 'leave the document out of the signature')
    .option('--no-stamp', 'without a time stamp')
    .option('--at <time>', 'sign at this moment instead of now')
    .option(
      '--trust-out <folder>',
      'write the certificates to trust there: authority and time stamps',
    )
    .action((file: string, options: SignOptions) => sign(file, options, Date.now));
  examples(command, [
    ['kepil eds sign contract.txt --as pledgor --out contract.cms --trust-out demo', 'sign'],
    [
      'kepil eds verify contract.cms --trust demo/authority.cer --tsa-trust demo/time-stamps.cer',
      'and verify',
    ],
  ]);
}

function registerNcaLayer(group: Command): void {
  group
    .command('ncalayer')
    .description('stand in for NCALayer on this machine, with the keys of the demonstration')
    .option('--port <port>', "the port to listen on; NCALayer's own is 13579", '13579')
    .option('--as <person>', `who sits here: ${Object.keys(people).join(', ')}`, 'pledgor')
    .option('--cancels', 'the user closes the window instead of signing')
    .action(async (options: NcaLayerOptions) => standIn(options, Date.now));
}

function registerExport(group: Command): void {
  const command = group
    .command('export')
    .description('write a signature and all that speaks for it into one evidence file')
    .argument('[signature]', 'the signed message, where it is a file and not on the ledger')
    .option('--out <file>', 'the evidence file to write')
    .option('--application <id>', 'the application on the ledger whose signature it is')
    .option('--participant <number>', 'whose: the number in the application; 0 is the officer')
    .option('--revision <number>', 'of this revision instead of the present one')
    .option('--org <org>', 'the organisation that reads, at its own peer', 'alpha')
    .option('--user <user>', 'its user: Admin or gateway', 'Admin')
    .option('--network <place>', "the network's folder or info file", defaultNetwork())
    .option('--content <document>', 'the signed document, if it is not inside the signature')
    .option('--certificate <cert...>', 'further certificates of the chain')
    .option('--crl <file...>', 'lists of revoked certificates')
    .option('--ocsp <file...>', 'OCSP responses')
    .option('--json', 'print JSON')
    .action(exportEvidence);
  examples(command, [
    ['kepil eds export --application ID --participant 2', 'from the ledger, until the purge'],
    ['kepil eds export contract.cms --ocsp answer.der --out evidence.json', 'from files'],
  ]);
}

function shown(command: Command): Command {
  return command
    .option('--json', 'print JSON')
    .addOption(
      new Option('--lang <lang>', 'language of texts').choices([...languages]).default('en'),
    );
}

function readable<T>(outcome: Outcome<T>, file: string, language: Language): T {
  if (outcome.ok) return outcome.value;
  const [refusal] = outcome.refusals;
  throw new PlainError(`${file}: ${refusal.code}: ${words(textBook(edsTexts), refusal, language)}`);
}
