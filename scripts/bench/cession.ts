/** What a portfolio's cession by one signed batch carries, beside one transaction for each record. */
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import {
  type CededLine,
  cededLine,
  type ImportedLine,
  importedLine,
  type Lines,
} from '../../chaincode/pledges/portfolio/batch.ts';
import { partsMax } from '../../chaincode/pledges/portfolio/part.ts';
import { cedePart, importPart } from '../../chaincode/pledges/portfolio/batch-operations.ts';
import { encumbranceOfLine } from '../../chaincode/pledges/portfolio/batch-rules.ts';
import { type CarriedOut, carryOutParts, cutIntoParts } from '../../gateway/ledger/batch-parts.ts';
import { people } from '../../gateway/stands/eds/people.ts';
import {
  type BatchProps,
  cessionOf,
  confirmed,
  importOf,
  openedWith,
  signed,
} from '../../gateway/stands/story/batch.ts';
import { readied } from '../../gateway/stands/story/setting.ts';
import { hashOf, Signers } from '../../gateway/stands/story/signers.ts';
import { cast } from '../../gateway/stands/story/stage.ts';
import { readInfo } from '../network-info.ts';
import { RunningStage } from '../running-stage.ts';
import { type BenchCase, type BenchOptions, type Figure, figureOf } from './case.ts';
import { freeBasePort } from './free-ports.ts';
import { startNetworkProcess } from './network-process.ts';
import { stateCallsOf } from './state-calls.ts';
import { quantile } from './statistics.ts';

/** Pledges that are ceded when nobody says how many. */
const recordsUsual = 1000;
/** Records of a part in the bench: enough that a transaction's own cost is small beside them. */
const linesOfPart = 250;
/** Transactions on their way at a time, for both ways. */
const clients = 8;
/** Portfolios that are ceded before any is measured: a network at work is not one just started. */
const warmUps = 3;
/** Portfolios that are measured; the one in the middle is the figure. */
const measuredTimes = 3;
/** What is to be reached with two cores, records a second. */
const goal = 500;
/** The call budget of a record. */
const callsMax = 5;

/** One way of ceding, measured. */
type Measured = {
  readonly records: number;
  readonly seconds: number;
  readonly stateCalls: number;
};

export const cession: BenchCase = {
  name: 'cession',
  about:
    `A portfolio of pledges (--records, ${recordsUsual} unless told) is ceded by one signed batch, ` +
    "its officer's verified EDS and its opening included, on a network at work and on one just started, " +
    'beside one transaction for each record.',
  run,
};

async function run(options: BenchOptions): Promise<readonly [Figure, ...Figure[]]> {
  const { fabric, say, records = recordsUsual } = options;
  const kind = fabric ? 'fabric' : 'local';
  const dir = mkdtempSync(path.join(tmpdir(), `kepil-bench-${kind}-`));
  say(`starting the ${kind} network`);
  const basePort = await freeBasePort();
  const network = await startNetworkProcess({ kind, dir, basePort, chaincode: 'kepil' });
  const stage = new RunningStage(readInfo(network.info), true);
  try {
    const measurement = new Measurement(await propsOf(stage), stage, say);
    return await measurement.run(records);
  } finally {
    stage.close();
    await network.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** A consortium in which a portfolio can be ceded. */
async function propsOf(stage: RunningStage): Promise<BatchProps> {
  const signers = new Signers();
  return { stage, signers, mandate: await readied(stage, signers) };
}

class Measurement {
  readonly #props: BatchProps;
  readonly #stage: RunningStage;
  readonly #say: BenchOptions['say'];
  #entered = 0;

  constructor(props: BatchProps, stage: RunningStage, say: BenchOptions['say']) {
    this.#props = props;
    this.#stage = stage;
    this.#say = say;
  }

  async run(records: number): Promise<readonly [Figure, ...Figure[]]> {
    this.#say(`ceding ${warmUps} portfolios of ${records} records, so that the network is warm`);
    const cold = await this.#cede(await this.#enter(records), linesOfPart);
    for (let n = 1; n < warmUps; n += 1) await this.#cede(await this.#enter(records), linesOfPart);
    const load = () => `load ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} cores`;
    this.#say(`ceding ${measuredTimes} more, ${clients} parts at a time (${load()})`);
    const [imported, warm]: [number[], Measured[]] = [[], []];
    for (let n = 0; n < measuredTimes; n += 1) {
      const { seconds, value } = await this.#timed(() => this.#enter(records));
      imported.push(records / seconds);
      warm.push(await this.#cede(value, linesOfPart));
    }
    const singles = await this.#enter(partsMax);
    this.#say(`ceding ${partsMax} records one by one, ${clients} at a time (${load()})`);
    const single = await this.#cede(singles, 1);
    return figuresOf({ cold, warm, single, imported });
  }

  /** Enters pledges that Alpha holds; gives the lines by which they are ceded. */
  async #enter(count: number): Promise<readonly CededLine[]> {
    const lines = Array.from({ length: count }, () => egknLine((this.#entered += 1)));
    const parts = cutIntoParts(lines, linesOfPart);
    const content = importOf(parts);
    await openedWith(this.#props, content, await signed(this.#props, content));
    await this.#carryOut(content.batch, importPart, parts);
    return lines.map(cessionLine);
  }

  /**
   * Cedes them in parts of a size. The parties have confirmed before, and all signatures are made:
   * what is measured is the verification of the officer's EDS over the batch's manifest at the State
   * Corporation's peer, the opening and the parts.
   */
  async #cede(lines: readonly CededLine[], size: number): Promise<Measured> {
    const parts = cutIntoParts(lines, size);
    const content = cessionOf(this.#props, parts);
    const batch = await confirmed(await signed(this.#props, content));
    const { seconds, value } = await this.#timed(async () => {
      await openedWith(this.#props, content, batch);
      return this.#carryOut(content.batch, cedePart, parts);
    });
    const connection = this.#stage.connection(cast.registrar);
    return { records: lines.length, seconds, stateCalls: await stateCallsOf(connection, value) };
  }

  /** Carries the parts out; a bench in which a line had no effect measures nothing. */
  async #carryOut(
    batch: string,
    operation: typeof cedePart | typeof importPart,
    parts: readonly Lines[],
  ) {
    const connection = this.#stage.connection(cast.registrar);
    const results = await carryOutParts(connection, { batch, operation, parts }, { clients });
    return results.map(effective);
  }

  async #timed<Value>(work: () => Promise<Value>) {
    const start = performance.now();
    const value = await work();
    return { value, seconds: (performance.now() - start) / 1000 };
  }
}

/** What was measured: the first cession, the later ones, one record at a time, the imports' rates. */
type Sample = {
  readonly cold: Measured;
  readonly warm: readonly Measured[];
  readonly single: Measured;
  readonly imported: readonly number[];
};

function figuresOf(sample: Sample): readonly [Figure, ...Figure[]] {
  const { warm, imported } = sample;
  return [
    ...ratesOf(sample),
    figureOf({
      case: 'cession: state calls',
      figure: Math.max(...warm.map(({ stateCalls, records }) => stateCalls / records)),
      unit: 'a record',
      baseline: callsMax,
      baselineName: 'the budget; a part has some calls of its own',
    }),
    figureOf({
      case: 'import: by batch',
      figure: quantile(imported, 0.5),
      unit: 'records/s',
      baseline: quantile(warm.map(rateOf), 0.5),
      baselineName: 'cession by batch',
    }),
  ];
}

/** How fast cessions went, beside one transaction a record and beside the goal. */
function ratesOf({ cold, warm, single }: Sample): readonly [Figure, ...Figure[]] {
  const rates = warm.map(rateOf);
  const unit = 'records/s';
  const usual = { case: 'cession: by batch', unit, figure: quantile(rates, 0.5) };
  const toReach = { baseline: goal, baselineName: 'what is to be reached on two cores', unit };
  return [
    figureOf({
      ...usual,
      baseline: rateOf(single),
      baselineName: 'one transaction for each record',
    }),
    figureOf({ ...toReach, ...usual }),
    figureOf({ ...toReach, case: 'cession: the slowest measured', figure: Math.min(...rates) }),
    figureOf({ ...toReach, case: 'cession: the first since the start', figure: rateOf(cold) }),
  ];
}

function rateOf({ records, seconds }: Measured): number {
  return records / seconds;
}

/** Where a part was committed, if each of its lines had its effect. */
function effective(result: CarriedOut) {
  if (!('outcome' in result)) {
    throw new Error(`part ${result.part} was not carried out: ${JSON.stringify(result.failed)}`);
  }
  const { outcome, committed } = result;
  if (outcome.already.length + outcome.refused.length > 0) {
    throw new Error(`not every line of part ${result.part} had its effect`);
  }
  return committed;
}

/** The nth encumbrance that EGKN registered elsewhere: no two are of one property. */
function egknLine(n: number): ImportedLine {
  return importedLine.parse({
    property: `20:315:${String(Math.floor(n / 9000)).padStart(3, '0')}:105:${1 + (n % 9000)}`,
    kind: 'PLEDGE',
    acceptance: { minute: '2026-03-10T06:00Z', egknNumber: `E-${n}` },
    registeredAt: '2026-03-10T09:00:00.000Z',
    holder: people.alphaHead.bin,
    titleDocument: hashOf(`contract ${n}`),
    consentToRepledge: false,
  });
}

function cessionLine(line: ImportedLine): CededLine {
  const encumbrance = encumbranceOfLine(line);
  const titleDocument = hashOf(`cession ${encumbrance}`);
  return cededLine.parse({ property: line.property, encumbrance, titleDocument });
}
