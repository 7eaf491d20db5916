/** Batches by command, on whichever network: from a file of lines to the outcome of every line. */
import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseManifest } from '../../chaincode/kernel/eds/manifest.ts';
import { valueOrThrow } from '../../chaincode/kernel/outcome.ts';
import * as pledges from '../../chaincode/pledges/operations.ts';
import { getBatch, openBatch } from '../../chaincode/pledges/portfolio/batch-operations.ts';
import { people } from '../../gateway/stands/eds/people.ts';
import type { Props } from '../../gateway/stands/story/props.ts';
import { hashOf } from '../../gateway/stands/story/signers.ts';
import type { BatchLine } from '../../scripts/batch/checked-lines.ts';
import { kepil, kepilFile, type Ran } from './kepil-command.ts';
import { cessionLine, egknLine, terminationLine } from './portfolio-scene.ts';

const pledgesCount = 30;
const entries = Array.from({ length: pledgesCount }, (_, index) => egknLine(index + 1));
const { bin: alpha } = people.alphaHead;
const { bin: beta } = people.betaHead;

/** `kepil batch` on a network, in a folder of its own. */
export class BatchCommands {
  readonly #props: Props;
  readonly #network: string;
  readonly #dir: string;

  constructor(props: Props, network: string, dir: string) {
    this.#props = props;
    this.#network = network;
    this.#dir = dir;
  }

  /** A portfolio comes in three parts; brought again it changes nothing. */
  async importsPortfolio(): Promise<void> {
    const file = this.#file('entries.jsonl', entries);
    const made = ['import', file, '--extract', hashOf('extract'), '--lines-per-part', '10'];
    await this.#done('make', ...made, '--out', 'entries');
    const early = await this.#batch('run', 'entries');
    expect(early.code).to.equal(1);
    expect(early.stderr).to.contain('--as registrar');
    await this.#demo('entries', 'registrar', 'goscorp');
    const { total } = await this.#ran('entries', 0);
    expect(total).to.eql({ lines: 30, carriedOut: 30, already: 0, refused: 0 });
  }

  /**
   * The portfolio is ceded in many parts, one at a time, and the run is killed among them: what it
   * did stands, the next run does the rest, and no pledge changes hands twice.
   */
  async cedesThoughKilled(): Promise<void> {
    const file = this.#file('cession.jsonl', entries.map(cessionLine));
    const terms = ['--from', alpha, '--to', beta, '--platform', alpha, '--payment', hashOf('paid')];
    const paidAt = ['--paid-at', this.#props.stage.now(), '--lines-per-part', '2'];
    const made = ['cession', file, ...terms, ...paidAt];
    await this.#done('make', ...made, '--out', 'cession');
    await this.#signByFiles('cession');
    await this.#demo('cession', 'pledgee', 'alpha');
    await this.#replaces('cession', 'pledgee', 'alpha');
    const early = await this.#done('status', 'cession');
    expect(early).to.contain('kepil batch arrive cession');
    await this.#done('arrive', 'cession', '--demo');
    await this.#demo('cession', 'registrar', 'goscorp');
    const batch = this.#idOf('cession');
    await this.#killAmongParts('cession', batch);
    const done = await this.#partsDone(batch);
    expect(done).to.be.within(1, 14);

    const run = await this.#ran('cession', 0);
    const states = run.parts.map(({ state }) => state);
    expect(states.filter((state) => state === 'BEFORE').length).to.be.within(1, 14);
    expect(states).to.have.lengthOf(15).and.to.include('NOW');
    expect(run.total).to.eql({ lines: 30, carriedOut: 30, already: 0, refused: 0 });
    expect((await this.#ran('cession', 0)).parts.every(({ state }) => state === 'BEFORE')).to.equal(
      true,
    );
    const outcomes = this.#outcomes('cession');
    expect(outcomes.map(({ line }) => line)).to.eql(entries.map((_, index) => index + 1));
    expect(outcomes.every(({ outcome }) => outcome === 'CARRIED_OUT')).to.equal(true);
    for (const { property } of entries) {
      const [pledge] = await this.#register(property);
      expect(pledge?.holders.map(({ bin }) => bin)).to.eql([alpha, beta]);
    }
    const status = await this.#done('status', batch, '--org', 'beta');
    expect(status).to.match(/^ *total +30 +30 +0 +0$/m);
  }

  /** A file with a fault is no batch; corrected it ends a pledge, and says which line was refused. */
  async importsWithFaultAndTermination(): Promise<void> {
    const another = { ...egknLine(2), titleDocument: hashOf('another contract') } as BatchLine;
    const lines = [terminationLine(1), another, egknLine(3), egknLine(100)];
    const file = this.#file('june.jsonl', [...lines, { ...egknLine(101), holder: '1' }]);
    const made = ['import', file, '--extract', hashOf('june'), '--out', 'june', '--lang', 'ru'];
    const faulty = await this.#batch('make', ...made);
    expect(faulty.code).to.equal(1);
    expect(faulty.stdout).to.match(/строка 5, \/holder, BIN_FORMAT: /);

    this.#file('june.jsonl', lines);
    await this.#done('make', ...made);
    await this.#demo('june', 'registrar', 'goscorp');
    const { total, refused } = await this.#ran('june', 1);
    expect(total).to.eql({ lines: 4, carriedOut: 2, already: 1, refused: 1 });
    expect(refused).to.have.lengthOf(1);
    expect(refused[0]).to.deep.include({ code: 'IMPORT_DIFFERS', lines: ['2'] });
    const outcomes = this.#outcomes('june').map(({ outcome }) => outcome);
    expect(outcomes).to.eql(['CARRIED_OUT', 'REFUSED', 'ALREADY', 'CARRIED_OUT']);
    const [ended] = await this.#register(egknLine(1).property);
    expect(ended).to.include({ state: 'TERMINATED' });
  }

  /** The head signs elsewhere; what comes here are files. */
  async #signByFiles(folder: string): Promise<void> {
    const { stage, signers } = this.#props;
    const manifest = readFileSync(path.join(this.#dir, folder, 'manifests', 'cedent.json'));
    const { signature, ocsps } = signers.sign(
      'alphaHead',
      valueOrThrow(parseManifest(manifest)),
      stage.now(),
    );
    const write = (name: string, value: string | Buffer) =>
      writeFileSync(path.join(this.#dir, name), value);
    write('head.cms', Buffer.from(signature, 'base64'));
    write('head.ocsp', Buffer.from(ocsps[0] ?? '', 'base64'));
    write('head.salt', signers.headSalt('alphaHead'));
    const files = ['head.cms', '--ocsp', 'head.ocsp', '--salt-file', 'head.salt'];
    const whose = ['--as', 'cedent', '--org', 'alpha'];
    const said = await this.#done('sign', folder, ...files, ...whose);
    expect(said).to.contain('--as pledgee');
    const again = await this.#done('sign', folder, ...files, ...whose, '--json');
    expect(JSON.parse(again)).to.include({ ok: true, isNew: false });
  }

  /** Signed anew, the earlier signature is at no holder any more: it opens nothing (CN-6). */
  async #replaces(folder: string, name: string, org: string): Promise<void> {
    const file = path.join(this.#dir, folder, 'verdicts', `${name}.json`);
    const earlier = readFileSync(file, 'utf8');
    await this.#props.stage.nextSecond();
    await this.#done('sign', folder, '--as', name, '--org', org, '--demo', '--replace', '--json');
    const batch = readFileSync(path.join(this.#dir, folder, 'batch.json'), 'utf8');
    const { content } = JSON.parse(batch) as { readonly content: object };
    const opening = { content, verdicts: [earlier] } as never;
    const registrar = { org: 'GosCorpMSP' };
    const refusal = await this.#props.stage.done(openBatch, opening, registrar).catch(String);
    expect(refusal).to.contain('BATCH_SIGNATURE_DROPPED');
  }

  async #demo(folder: string, name: string, org: string): Promise<void> {
    await this.#done('sign', folder, '--as', name, '--org', org, '--demo', '--json');
  }

  /** Ends a run as a power cut would, once the ledger has its first part. */
  async #killAmongParts(folder: string, batch: string): Promise<void> {
    const args = ['batch', 'run', folder, '--clients', '1', '--network', this.#network];
    const child = spawn(process.execPath, [kepilFile, ...args], {
      cwd: this.#dir,
      stdio: 'ignore',
    });
    const ended = once(child, 'exit');
    const until = Date.now() + 60_000;
    while ((await this.#partsDone(batch)) === 0 && Date.now() < until) await sleep(20);
    child.kill('SIGKILL');
    const [, signal] = (await ended) as [number | null, string | null];
    expect(signal).to.equal('SIGKILL');
  }

  /** How many parts the ledger has; none before the batch is opened. */
  async #partsDone(batch: string): Promise<number> {
    const asked = { org: 'GosCorpMSP' };
    const input = { batch } as never;
    return this.#props.stage.done(getBatch, input, asked).then(
      ({ parts }) => parts.length,
      () => 0,
    );
  }

  async #register(property: string) {
    const asked = { org: 'NitMSP' };
    const found = await this.#props.stage.done(pledges.register, { property }, asked);
    return found.pledges.map(({ encumbrance }) => encumbrance);
  }

  #idOf(folder: string): string {
    const text = readFileSync(path.join(this.#dir, folder, 'batch.json'), 'utf8');
    return (JSON.parse(text) as { readonly content: { readonly batch: string } }).content.batch;
  }

  #outcomes(folder: string) {
    const text = readFileSync(path.join(this.#dir, folder, 'outcomes.jsonl'), 'utf8');
    const lines = text.trimEnd().split('\n');
    return lines.map((line) => JSON.parse(line) as { line: number; outcome: string });
  }

  async #ran(folder: string, code: number): Promise<RunData> {
    const ran = await this.#batch('run', folder, '--json');
    expect(ran.code, ran.stdout + ran.stderr).to.equal(code);
    return JSON.parse(ran.stdout) as RunData;
  }

  async #done(...args: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await this.#batch(...args);
    expect(code, stdout + stderr).to.equal(0);
    return stdout;
  }

  #batch(...args: readonly string[]): Promise<Ran> {
    return kepil(this.#dir, 'batch', ...args, '--network', this.#network);
  }

  #file(name: string, lines: readonly object[]): string {
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    writeFileSync(path.join(this.#dir, name), text);
    return name;
  }
}

/** What `kepil batch run --json` prints, as far as these tests look at it. */
type RunData = {
  readonly total: object;
  readonly parts: readonly { readonly state: string }[];
  readonly refused: readonly { readonly code: string; readonly lines: readonly string[] }[];
};
