/** Everything that a network lets out: what anyone is told, what nodes write, what peers keep. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LedgerConnection } from '../../../gateway/ledger/connection.ts';
import { isQuery, type Operation } from '../../../chaincode/ledger/operation.ts';
import { operations } from '../../../chaincode/operations.ts';
import { people } from '../../../gateway/stands/eds/people.ts';
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
    for (const input of questionsOf(operation, run)) {
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
  const parts = [0, 1, 2, 3, 4].flatMap((participant) =>
    [{}, { byRegistrar: true }].map((by) => ({
      part: { kind: 'EVIDENCE', revision: 1, participant, ...by },
      participant,
    })),
  );
  const questions: object[] = [
    {},
    { property: run.property },
    { procedure: 'PLEDGE' },
    { procedure: 'PLEDGE', on: '2026-11-20' },
    { state: 'REGISTERED' },
    ...[...new Set(bins)].flatMap((bin) => [
      { bin },
      { bin, on: '2026-11-20' },
      { pledgee: bin },
      { platform: bin },
      { holder: bin, past: true },
    ]),
    ...run.applications.flatMap((application) => [
      { application },
      { property: run.property, encumbrance: application },
      { application, part: { kind: 'DOSSIER', revision: 1 } },
      ...parts.flatMap(({ part, participant }) => [
        { application, participant },
        { application, part },
      ]),
    ]),
  ];
  return questions.filter((question) => input.safeParse(question).success);
}
