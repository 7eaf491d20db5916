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
  partsMax,
} from '../../chaincode/pledges/portfolio/batch.ts';
import { cedePart, importPart } from '../../chaincode/pledges/portfolio/batch-operations.ts';
import { encumbranceOfLine } from '../../chaincode/pledges/portfolio/batch-rules.ts';
import { type CarriedOut, carryOutParts, cutIntoParts } from '../../gateway/ledger/batch-parts.ts';
import { people } from '../../gateway/stands/eds/people.ts';
import {
  type BatchProps,
  cessionOf,
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

/** Pledges that are ceded when nobody says how many. */
const recordsUsual = 1000;
/** Records of a part in the bench: enough that a transaction's own cost is small beside them. */
const linesOfPart = 250;
/** Transactions on their way at a time, for both ways. */
const clients = 8;
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
    'its verification and its opening included, beside one transaction for each record.',
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
    this.#say('warming up');
    // Whichever organisations endorse later, their chaincode has seen as many records before.
    await this.#cede(await this.#enter(records), linesOfPart);
    const imported = await this.#timed(() => this.#enter(records));
    const [portfolio, singles] = [imported.value, await this.#enter(partsMax)];
    const load = () => `load ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} cores`;
    this.#say(`ceding ${records} records by batch, ${clients} parts at a time (${load()})`);
    const batch = await this.#cede(portfolio, linesOfPart);
    this.#say(`ceding ${partsMax} records one by one, ${clients} at a time (${load()})`);
    const single = await this.#cede(singles, 1);
    return figuresOf(batch, single, records / imported.seconds);
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
   * Cedes them in parts of a size. The signatures are made before: what is measured is their
   * verification at the peers, the opening and the parts.
   */
  async #cede(lines: readonly CededLine[], size: number): Promise<Measured> {
    const parts = cutIntoParts(lines, size);
    const content = cessionOf(this.#props, parts);
    const sendings = await signed(this.#props, content);
    const { seconds, value } = await this.#timed(async () => {
      await openedWith(this.#props, content, sendings);
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

function figuresOf(
  batch: Measured,
  single: Measured,
  importedPerSecond: number,
): readonly [Figure, ...Figure[]] {
  const perSecond = batch.records / batch.seconds;
  const ceded = { case: 'cession: by batch', figure: perSecond, unit: 'records/s' };
  return [
    figureOf({
      ...ceded,
      baseline: single.records / single.seconds,
      baselineName: 'one transaction for each record',
    }),
    figureOf({
      ...ceded,
      baseline: goal,
      baselineName: 'what is to be reached on two cores',
    }),
    figureOf({
      case: 'cession: state calls',
      figure: batch.stateCalls / batch.records,
      unit: 'a record',
      baseline: callsMax,
      baselineName: 'the budget; a part has some calls of its own',
    }),
    figureOf({
      case: 'import: by batch',
      figure: importedPerSecond,
      unit: 'records/s',
      baseline: perSecond,
      baselineName: 'cession by batch',
    }),
  ];
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
