import { expect } from 'chai';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { demanded } from '../../../../chaincode/kernel/eds/manifest.ts';
import { valueOrThrow } from '../../../../chaincode/kernel/outcome.ts';
import {
  batchContent,
  batchFacts,
  batchVerdict,
  contentHash,
  linesHash,
} from '../../../../chaincode/pledges/portfolio/batch.ts';
import { isAboutBatch } from '../../../../chaincode/pledges/portfolio/batch-rules.ts';
import { people } from '../../../../gateway/stands/eds/people.ts';
import { arrivalOf } from '../../../../gateway/stands/story/batch.ts';
import { hashOf, id } from '../../../../gateway/stands/story/signers.ts';
import type { Part } from '../../../../scripts/batch/arranged.ts';
import { places } from '../../../../scripts/batch/files.ts';
import {
  type BatchFolder,
  readFolder,
  readManifest,
  readParts,
  readArrival,
  readVerdict,
  writeVerdict,
} from '../../../../scripts/batch/folder.ts';
import { madeFolder } from '../../../../scripts/batch/folder-making.ts';
import { nextStep, unsigned } from '../../../../scripts/batch/next-step.ts';
import { expectedOf, namesOfSigners } from '../../../../scripts/batch/signers.ts';
import { cessionLine, egknLine } from '../../../support/portfolio-scene.ts';

const channel = 'kepil';
const lines = [1, 2].map((n) => cessionLine(egknLine(n)));
const parts: readonly Part[] = [{ lines, of: [1, 2] }];

/** A cession of the lines; each has an id of its own. */
function content() {
  const { bin } = people.alphaHead;
  return batchContent.parse({
    kind: 'CESSION',
    batch: id(),
    parts: [{ lines: lines.length, hash: linesHash(lines) }],
    platform: bin,
    from: bin,
    to: people.betaHead.bin,
    payment: { evidence: hashOf('receipt'), confirmedAt: '2026-11-20T06:00:00.000Z' },
  });
}

describe('the folder of a batch', () => {
  const root = mkdtempSync(path.join(tmpdir(), 'kepil-batch-'));
  after(() => rmSync(root, { recursive: true }));

  let count = 0;
  const made = (): BatchFolder => {
    const place = path.join(root, String((count += 1)));
    return madeFolder({ place, channel, content: content() }, parts).folder;
  };

  it('gives back what was written, and leaves nothing beside it', () => {
    const folder = made();
    expect(readFolder(folder.place)).to.eql(folder);
    expect(readParts(folder)).to.eql(parts);
    expect(readdirSync(root)).to.eql([path.basename(folder.place)]);
  });

  it('holds for each signer the exact text that the ledger will demand', () => {
    const folder = made();
    const salts = namesOfSigners(folder.content).map((name) => {
      const expected = expectedOf(folder.content, name, channel);
      const manifest = valueOrThrow(demanded(readManifest(folder, name), expected));
      expect(manifest.facts).to.eql(batchFacts(folder.content));
      expect(isAboutBatch(folder.content, manifest).ok).to.equal(true);
      return manifest.salt;
    });
    expect(new Set(salts).size).to.equal(3);
  });

  it('stays as it is when the same batch is made again', () => {
    const folder = made();
    const manifest = readFileSync(places.manifest(folder.place, 'cedent'), 'utf8');
    const again = madeFolder({ ...folder, content: content() }, parts);
    expect(again).to.eql({ folder, isNew: false });
    expect(readFileSync(places.manifest(folder.place, 'cedent'), 'utf8')).to.equal(manifest);
  });

  it('is not written over by another batch, nor over something else', () => {
    const folder = made();
    const other = { ...content(), to: people.bankHead.bin } as BatchFolder['content'];
    expect(() => madeFolder({ ...folder, content: other }, parts)).to.throw('another batch');
    expect(() => madeFolder({ ...folder, channel: 'other' }, parts)).to.throw('another batch');
    const place = path.join(root, 'other');
    mkdirSync(place);
    writeFileSync(path.join(place, 'mine.txt'), 'mine');
    expect(() => madeFolder({ ...folder, place }, parts)).to.throw('something else');
    expect(readdirSync(place)).to.eql(['mine.txt']);
  });

  it('gives no part whose lines were changed since they were signed', () => {
    const folder = made();
    const file = places.part(folder.place, 1);
    writeFileSync(file, readFileSync(file, 'utf8').replace(':105:2', ':105:3'));
    expect(() => readParts(folder)).to.throw('was changed');
    writeFileSync(file, '{}');
    expect(() => readParts(folder)).to.throw('not what kepil batch wrote');
    rmSync(file);
    expect(() => readParts(folder)).to.throw('lacks its file');
    expect(() => readFolder(root)).to.throw('holds no batch');
  });

  it('keeps who has signed, of this very content, and names who is next', () => {
    const folder = made();
    const { batch } = folder.content;
    const verdict = batchVerdict.parse({
      verdict: 'BATCH',
      batch,
      content: contentHash(folder.content),
      by: 'CEDENT',
      manifest: hashOf('m'),
      cms: hashOf('c'),
      signedAt: '2026-11-20T06:00:00.000Z',
      depositor: 'AlphaMSP',
      trustVersion: '1',
    });
    expect(nextStep(folder, 'en')).to.contain('--as cedent');
    writeVerdict(folder, 'cedent', verdict);
    expect(readVerdict(folder, 'cedent')).to.eql(verdict);
    expect(unsigned(folder)).to.eql(['pledgee', 'registrar']);
    writeVerdict(folder, 'pledgee', verdict);
    expect(nextStep(folder, 'en')).to.contain('kepil batch arrive');
    const { content: cession } = folder;
    if (cession.kind !== 'CESSION') throw new Error('a cession was made');
    const now = () => verdict.signedAt;
    const arrival = arrivalOf({ stage: { now } }, cession);
    writeFileSync(places.arrival(folder.place), JSON.stringify(arrival));
    expect(readArrival(folder)).to.eql(arrival);
    expect(nextStep(folder, 'en')).to.contain('--as registrar');
    writeVerdict(folder, 'registrar', verdict);
    expect(nextStep(folder, 'en')).to.contain('kepil batch run');
    writeVerdict(folder, 'cedent', { ...verdict, content: contentHash(content()) });
    expect(() => readVerdict(folder, 'cedent')).to.throw('another batch');
  });
});
