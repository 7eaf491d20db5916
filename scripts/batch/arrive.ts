/** `kepil batch arrive`: keeps beside a cession how EGKN took it and what it found. */
import { readFileSync, statSync } from 'node:fs';
import { canonicalJson } from '../../chaincode/kernel/canonical-json.ts';
import { instantOfMs } from '../../chaincode/kernel/instant.ts';
import { parsedJson } from '../../chaincode/kernel/json.ts';
import { type Outcome, refusalsOf } from '../../chaincode/kernel/outcome.ts';
import type { Language } from '../../chaincode/kernel/refusal.ts';
import { type Arrival, arrival as schema } from '../../chaincode/pledges/portfolio/arrival.ts';
import type { Cession } from '../../chaincode/pledges/portfolio/batch.ts';
import { arrivalOf } from '../../gateway/stands/story/batch.ts';
import { print } from '../command-line.ts';
import { exitCodes } from '../plain-error.ts';
import { FaultList, faultsData, faultsText } from './faults.ts';
import { fileBytesMax, places, writeWhole } from './files.ts';
import { type BatchFolder, readFolder } from './folder.ts';
import { nextStep } from './next-step.ts';
import { infoOf } from './sign.ts';
import { sentence } from './words.ts';
import { wrongBatchCall } from './wrong-call.ts';

export type ArriveOptions = {
  readonly network: string;
  readonly demo?: boolean;
  readonly lang: Language;
  readonly json?: boolean;
};

/** Keeps what a file says of the arrival, once it has no fault; a later file takes its place. */
export function arrive(place: string, file: string | undefined, options: ArriveOptions): void {
  const { demo = false, lang, json } = options;
  if ((file === undefined) !== demo) {
    throw wrongBatchCall('Name either the file of the arrival or --demo.');
  }
  const folder = readFolder(place);
  const { content } = folder;
  if (content.kind !== 'CESSION') {
    throw wrongBatchCall('An import has no arrival: EGKN registered it itself.');
  }
  const told: Outcome<Arrival> =
    file === undefined ? demonstrated(folder, content, options) : readArrivalFile(file);
  if (!told.ok) {
    const faults = new FaultList();
    faults.add(refusalsOf(told));
    print(json, faultsData(faults, lang), faultsText(faults, lang, 'NOT_ARRIVED'));
    process.exitCode = exitCodes.failed;
    return;
  }
  const kept = places.arrival(place);
  writeWhole(kept, canonicalJson(told.value));
  const params = { minute: told.value.acceptance.minute, file: kept };
  const text = [sentence('ARRIVED', lang, params), nextStep(folder, lang)].join('\n');
  print(json, { ok: true, arrival: kept }, text);
}

function readArrivalFile(file: string): Outcome<Arrival> {
  const size = statSync(file, { throwIfNoEntry: false })?.size;
  if (size === undefined) throw wrongBatchCall(`${file} cannot be read.`);
  if (size > fileBytesMax) throw wrongBatchCall(`${file} is longer than any arrival.`);
  return parsedJson(schema, readFileSync(file, 'utf8'), { maximumBytes: fileBytesMax });
}

/** EGKN takes it now and finds nothing against it, as nobody but a demonstration can say. */
function demonstrated(
  folder: BatchFolder,
  content: Cession,
  { network }: ArriveOptions,
): Outcome<Arrival> {
  const { clockOffsetMs } = infoOf(folder, network);
  const now = () => instantOfMs(Date.now() + clockOffsetMs);
  return { ok: true, value: arrivalOf({ stage: { now } }, content) };
}
