/** `npm run bench -- NAME [--fabric] [--records N] [--json]`: measures every figure that the project claims. */
import { parseArgs } from 'node:util';
import type { BenchCase, Figure } from './bench/case.ts';
import { cession } from './bench/cession.ts';
import { edsBench } from './bench/eds.ts';
import { local } from './bench/local.ts';

/** A new case is a file in `bench/` and a line here. */
const cases: readonly BenchCase[] = [local, edsBench, cession];

/** Runs one case and prints its figures; with `--json` the last line is for a program. */
export async function run(args: readonly string[]): Promise<number> {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        fabric: { type: 'boolean' },
        json: { type: 'boolean' },
        records: { type: 'string' },
      },
    });
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n${usage()}\n`);
    return 2;
  }
  const [name, ...more] = parsed.positionals;
  const chosen = cases.find((one) => one.name === name);
  if (!chosen || more.length > 0) {
    process.stderr.write(`${usage()}\n`);
    return 2;
  }
  const { fabric = false, json = false, records } = parsed.values;
  if (records !== undefined && !/^[1-9]\d{0,4}$/.test(records)) {
    process.stderr.write(`--records ${records} is no number from 1 to 99999\n${usage()}\n`);
    return 2;
  }
  process.stdout.write(`${chosen.about}\n`);
  const say = (line: string) => void process.stdout.write(`  ${line}\n`);
  const figures = await chosen.run({
    fabric,
    say,
    ...(records === undefined ? {} : { records: Number(records) }),
  });
  process.stdout.write(`\n${table(figures)}\n`);
  if (json)
    process.stdout.write(`${JSON.stringify(figures.length === 1 ? figures[0] : figures)}\n`);
  return 0;
}

function usage(): string {
  const lines = cases.map(({ name, about }) => `  ${name.padEnd(10)} ${about}`);
  return [
    'npm run bench -- NAME [--fabric] [--records N] [--json], where NAME is one of',
    ...lines,
  ].join('\n');
}

/** The figures side by side, for a person. */
export function table(figures: readonly Figure[]): string {
  const rows = figures.map((one) => [
    one.case,
    `${one.figure} ${one.unit}`,
    `${one.baseline} ${one.unit}`,
    String(one.ratio),
    one.baselineName,
  ]);
  const all = [['case', 'figure', 'baseline', 'ratio', 'compared with'], ...rows];
  const widths = [0, 1, 2, 3].map((column) =>
    Math.max(...all.map((row) => row[column]?.length ?? 0)),
  );
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
