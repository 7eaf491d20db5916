/** `kepil eds export` and `verify` on a running network, as the owner of a confirmation calls them. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { evidenceOf, evidenceText } from '../../chaincode/kernel/eds/evidence-file.ts';
import type { Application } from '../../chaincode/pledges/application.ts';
import * as pledges from '../../chaincode/pledges/operations.ts';
import { purged, type Props, registered } from '../../gateway/stands/story/pledge.ts';
import { Running } from '../package/newcomer.ts';

/** Exports a participant's evidence, purges, and verifies what was kept. */
export async function ownerKeepsTheProof(props: Props, network: string): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'kepil-evidence-'));
  try {
    const pledge = await registered(props);
    const file = path.join(folder, 'evidence.json');
    const which = ['--application', pledge.id, '--participant', '2', '--network', network];
    expect(await kepil('eds', 'export', ...which, '--out', file)).to.match(/--cms-hash/);
    expect(statSync(file).mode & 0o777).to.equal(0o600);
    await purged(props, pledge);
    expect(await kepil('eds', 'export', ...which, '--out', file)).to.match(/EVIDENCE_NOT_HELD/);
    await provedByRecord(props, pledge, file, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The record comes from an organisation that never held anything of it. */
async function provedByRecord(
  { stage }: Props,
  { id: application }: Application,
  file: string,
  folder: string,
): Promise<void> {
  const record = path.join(folder, 'record.json');
  const shown = await stage.done(pledges.get, { application }, { org: 'BetaMSP' });
  writeFileSync(record, JSON.stringify(shown));
  expect(await kepil('eds', 'verify', file, '--application', record)).to.match(/^VALID: signature/);
  const kept = evidenceOf(readFileSync(file)) ?? expect.fail('no evidence file');
  const signature = kept.signature.map((octet, at) => (at === 900 ? octet ^ 1 : octet));
  writeFileSync(file, evidenceText({ ...kept, signature }));
  expect(await kepil('eds', 'verify', file, '--application', record))
    .to.match(/^REFUSED: signature/)
    .and.to.match(/EVIDENCE_DIFFERS/);
}

async function kepil(...args: readonly string[]): Promise<string> {
  const running = new Running(['scripts/kepil.mjs', ...args]);
  await running.ended;
  return running.output;
}
