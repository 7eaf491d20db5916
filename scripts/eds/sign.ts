/** `kepil eds sign`: signatures for demonstrations, by keys that prove nothing. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { instantOfMs } from '../../chaincode/kernel/instant.ts';
import type { Holder } from '../../gateway/stands/eds/certificates.ts';
import { demoAuthority, demoHolder, demoSign } from '../../gateway/stands/eds/demo.ts';
import { people, type PersonName } from '../../gateway/stands/eds/people.ts';
import { readPkcs12 } from '../../gateway/stands/eds/pkcs12.ts';
import { bytesOfFile, dersOfFiles, wrongCall } from './files.ts';
import { instantOfText } from './verify.ts';

export type SignOptions = {
  readonly out: string;
  readonly as?: readonly string[];
  readonly p12?: string;
  readonly password?: string;
  readonly detached?: boolean;
  readonly stamp: boolean;
  readonly at?: string;
  readonly trustOut?: string;
};

/** Signs a document and writes the signature beside it. */
export function sign(file: string, options: SignOptions, clock: () => number): void {
  const { out, at, detached = false, stamp: stamped, trustOut } = options;
  const signers = signersOf(options);
  const moment = at === undefined ? instantOfMs(clock()) : instantOfText(at);
  writeFileSync(out, demoSign(bytesOfFile(file), { signers, at: moment, detached, stamped }));
  if (trustOut !== undefined) writeTrust(trustOut);
  process.stdout.write(`${out}: signed at ${moment}\n`);
}

function signersOf({ as, p12, password }: SignOptions): readonly Holder[] {
  if (p12 !== undefined) return [opened(p12, password ?? '')];
  const names = as ?? ['pledgor'];
  return names.map((name) => demoHolder(personOfText(name)));
}

/** Reads the name of one of the people of demonstrations. */
export function personOfText(name: string): PersonName {
  if (isPerson(name)) return name;
  throw wrongCall(`${name} is nobody; people: ${Object.keys(people).join(', ')}.`);
}

function isPerson(name: string): name is PersonName {
  return Object.hasOwn(people, name);
}

function opened(file: string, password: string): Holder {
  const [store = new Uint8Array()] = dersOfFiles([file]);
  const holder = readPkcs12(store, password);
  if (holder.ok) return holder.value;
  const [{ code, params }] = holder.refusals;
  throw wrongCall(`${file} cannot be opened: ${code} ${params?.['part'] ?? ''}`.trim());
}

/** What a verifier has to trust in a demonstration. */
function writeTrust(folder: string): void {
  const { root, issuer, timeStamper } = demoAuthority();
  mkdirSync(folder, { recursive: true });
  const files = { root, authority: issuer, 'time-stamps': timeStamper };
  for (const [name, { certificate }] of Object.entries(files)) {
    writeFileSync(path.join(folder, `${name}.cer`), certificate);
  }
}
