/** Everything that a network lets out: what anyone is told, what nodes write, what peers keep. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LedgerConnection } from '../../../gateway/ledger/connection.ts';
import { isQuery, type Operation } from '../../../chaincode/ledger/operation.ts';
import { operations } from '../../../chaincode/operations.ts';
import { people } from '../../../gateway/stands/eds/people.ts';
import { system } from '../../../gateway/stands/story/setting.ts';
import { hashOf } from '../../../gateway/stands/story/signers.ts';
import type { Stage } from '../../../gateway/stands/story/stage.ts';
import type { PlayedRun } from './run.ts';
import type { Written } from './scanner.ts';

/** A stream has given all that it has when nothing has come for so long. */
const quietMs = 2000;

type Stream<T> = AsyncIterable<T> & { close(): void };

/** What a stream gives until it falls silent; it is closed then. */
export async function* untilQuiet<T>(stream: Stream<T>): AsyncGenerator<T> {
  let timer: NodeJS.Timeout | undefined;
  let isQuiet = false;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      isQuiet = true;
      stream.close();
    }, quietMs);
  };
  wait();
  try {
    for await (const item of stream) {
      yield item;
      wait();
    }
  } catch (error) {
    // A stream that is closed ends with an error.
    if (!isQuiet) throw error;
  } finally {
    clearTimeout(timer);
    stream.close();
  }
}

/** Every block from the first on: its bytes, and the same decoded. */
export async function* blocksOf(connection: LedgerConnection): AsyncGenerator<Written> {
  for await (const block of untilQuiet(await connection.openBlocks(0n))) {
    const number = block.getHeader()?.getNumber();
    yield { at: `block ${number}`, bytes: block.serializeBinary() };
    yield { at: `block ${number}, decoded`, bytes: JSON.stringify(block.toObject()) };
  }
}

/** Every event of the chaincode. */
export async function* eventsOf(connection: LedgerConnection): AsyncGenerator<Written> {
  for await (const event of untilQuiet(await connection.openEvents(0n))) {
    yield { at: `event ${event.eventName}`, bytes: event.eventName };
    yield { at: `event ${event.eventName}`, bytes: event.payload };
  }
}

/** The files of a folder, whatever they are. */
export async function* filesIn(folder: string): AsyncGenerator<Written> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((each) => each.isFile())) {
    const path = join(entry.parentPath, entry.name);
    yield { at: path.slice(folder.length + 1), bytes: await readFile(path) };
  }
}

/**
 * The answers of every query of a kind, asked in all ways that its schema takes of what is known of
 * the run; of refused ones what is said of it.
 */
export async function* answersTo(
  kind: 'query' | 'own',
  stage: Stage,
  run: PlayedRun,
  org: string,
): AsyncGenerator<Written> {
  for (const operation of operations.filter((each) => isQuery(each) && each.shape.kind === kind)) {
    const questions = questionsOf(operation, run);
    if (questions.length === 0) throw new Error(`nothing to ask of ${operation.name}`);
    for (const input of questions) {
      const answer = await stage
        .done(operation, input, { org })
        .catch((error: Error) => `${error.message} ${JSON.stringify(error.cause)}`);
      const at = `${operation.contract}:${operation.name} for ${org}`;
      yield { at, bytes: JSON.stringify(answer) };
    }
  }
}

function questionsOf({ input }: Operation, run: PlayedRun): readonly object[] {
  const bins = Object.values(people).flatMap((person) => ('bin' in person ? [person.bin] : []));
  const parts = [1, 2, 3].flatMap((nth) => [
    { kind: 'DOSSIER', revision: nth },
    { kind: 'REASONS', revision: nth },
    ...[0, 1, 2, 3, 4].map((participant) => ({ kind: 'EVIDENCE', revision: nth, participant })),
    ...['DECISION', 'GROUNDS'].flatMap((kind) =>
      [{}, { byRegistrar: true }].map((by) => ({ kind, decision: nth, ...by })),
    ),
  ]);
  const questions: object[] = [
    {},
    { property: run.property },
    { procedure: 'PLEDGE' },
    { procedure: 'PLEDGE', on: '2026-11-20' },
    { procedure: 'PLEDGE', edition: 'pilot-2025' },
    { event: '2026-11-20T06:00:00.000Z', term: { unit: 'WORKING_DAYS', count: 1 } },
    { document: hashOf('Pledge contract') },
    { until: '2036-11-20T06:00:00.000Z' },
    ...[run.mandate, ...run.decisions].map((id) => ({ id })),
    { state: 'REGISTERED' },
    ...[...new Set(bins)].flatMap((bin) => [
      { bin },
      { bin, on: '2026-11-20' },
      { bin, system },
      { pledgee: bin },
      { platform: bin },
      { holder: bin, past: true },
    ]),
    ...run.applications.flatMap((application) => [
      { application },
      { property: run.property, encumbrance: application },
      ...parts.map((part) => ({ record: application, part })),
      ...[0, 1, 2, 3, 4].map((participant) => ({ application, participant })),
      ...[1, 2, 3].map((decision) => ({ application, decision })),
    ]),
    ...run.batches.flatMap((batch) => [
      { batch },
      ...['CEDENT', 'PLEDGEE', 'REGISTRAR'].map((by) => ({ batch, by })),
    ]),
  ];
  return questions.filter((question) => input.safeParse(question).success);
}
