/** Extracts by command, on whichever network: made on it, then verified without it. */
import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { registered, terminated, type Props } from '../../gateway/stands/story/pledge.ts';
import type { CadastralNumber } from '../../chaincode/kernel/cadastral-number.ts';
import { valueOrThrow } from '../../chaincode/kernel/outcome.ts';
import { collectExtract } from '../../gateway/extracts/collect.ts';
import { type Verified, verifyExtract } from '../../gateway/extracts/verify.ts';
import { NetworkExtractSource } from '../../gateway/ledger/extract-source.ts';
import { connectionOptions, peersOf, readInfo } from '../../scripts/network-info.ts';
import { kepil } from './kepil-command.ts';

/** A pledge's extract is made, proved, refused when changed, and shows the pledge's end later. */
export async function extractsProve(
  props: Props,
  networkDir: string,
  dir: string,
): Promise<{ readonly property: CadastralNumber; readonly fingerprint: string }> {
  const pledge = await registered(props);
  const property = pledge.targets[0]?.property ?? expect.fail('a pledge without a property');
  const about = ['--property', property, '--encumbrance', pledge.id];
  const options = ['--network', networkDir, '--out', 'live.json', '--json'];
  const made = await kepil(dir, 'extract', 'make', ...about, ...options);
  expect(made.code, made.stderr).to.equal(0);
  const { fingerprint } = JSON.parse(made.stdout) as { readonly fingerprint: string };
  const proved = await kepil(
    dir,
    'extract',
    'verify',
    'live.json',
    '--channel-fingerprint',
    fingerprint,
  );
  expect(proved.code, proved.stdout).to.equal(0);
  expect(proved.stdout)
    .to.match(/^VALID/)
    .and.to.contain(`Rank 1: pledge ${pledge.id}`);

  const live = readFileSync(path.join(dir, 'live.json'), 'utf8');
  const forged = verifyExtract(live.replace('"rank":1', '"rank":2'), { fingerprint });
  expect(forged).to.deep.include({ ok: false });
  await terminated({ ...props, slot: props.slot + 1 }, pledge);
  const ended = provedBy(await registerExtract(networkDir, property), fingerprint);
  expect(ended.records[0]?.record.data).to.include({ state: 'TERMINATED' });
  // What stood before stays proved as of then.
  expect(provedBy(live, fingerprint).records[0]?.record.data).to.include({ state: 'LIVE' });
  return { property, fingerprint };
}

/** The extract of a whole register, made in this process. */
export async function registerExtract(
  networkDir: string,
  property: CadastralNumber,
): Promise<string> {
  const info = readInfo(networkDir);
  const who = { org: 'nit', user: 'User1' };
  const source = new NetworkExtractSource(connectionOptions(info, who), peersOf(info));
  try {
    return valueOrThrow(await collectExtract(source, { property }));
  } finally {
    source.close();
  }
}

function provedBy(text: string, fingerprint: string): Verified {
  return valueOrThrow(verifyExtract(text, { fingerprint }));
}
