/** A consortium in which a portfolio can be imported and ceded, for the tests of batches. */
import {
  type CededLine,
  cededLine,
  type ChangedLine,
  changedLine,
  type EndedLine,
  endedLine,
  type EnteredLine,
  enteredLine,
  type ImportedLine,
  type Lines,
  type PartOutcome,
} from '../../chaincode/pledges/portfolio/batch.ts';
import type { Arrival } from '../../chaincode/pledges/portfolio/arrival.ts';
import * as operations from '../../chaincode/pledges/portfolio/batch-operations.ts';
import { encumbranceOfLine } from '../../chaincode/pledges/portfolio/batch-rules.ts';
import { people } from '../../gateway/stands/eds/people.ts';
import { type BatchProps, cessionOf, importOf, opened } from '../../gateway/stands/story/batch.ts';
import { readied } from '../../gateway/stands/story/setting.ts';
import { hashOf, Signers } from '../../gateway/stands/story/signers.ts';
import type { Level } from '../../network/local/engine/level.ts';
import { KepilLedger } from './kepil-ledger.ts';
import { stageOf } from './kepil-stage.ts';

/** A ledger on which batches can be signed and opened. */
export class PortfolioScene {
  readonly ledger: KepilLedger;
  readonly props: BatchProps;

  private constructor(ledger: KepilLedger, props: BatchProps) {
    this.ledger = ledger;
    this.props = props;
  }

  /** Kept at a level if told, its chaincode with an altered peer's contracts beside its own if told. */
  static async create(
    level?: Level,
    others?: Parameters<typeof KepilLedger.create>[2],
  ): Promise<PortfolioScene> {
    const ledger = await KepilLedger.create('2026-11-20T06:00:00.000Z', level, others);
    const stage = stageOf(ledger);
    const signers = new Signers();
    return new PortfolioScene(ledger, { stage, signers, mandate: await readied(stage, signers) });
  }

  /** Signs, opens and carries out an import; gives the outcomes of its parts. */
  async imports(...parts: readonly (readonly ImportedLine[])[]): Promise<readonly PartOutcome[]> {
    const { batch } = (await opened(this.props, importOf(parts))).content;
    return Promise.all(
      parts.map((lines, index) =>
        this.ledger.done(
          operations.importPart,
          { batch, part: index + 1, lines: [...lines] },
          { org: 'GosCorpMSP' },
        ),
      ),
    );
  }

  /** Signs and opens a cession from Alpha to Beta; gives the id of the batch. */
  async opensCession(...parts: readonly Lines[]): Promise<string> {
    return (await opened(this.props, cessionOf(this.props, parts))).content.batch;
  }

  /** The same, of which EGKN has found something. */
  async opensCessionWith(found: Partial<Arrival>, ...parts: readonly Lines[]): Promise<string> {
    const content = cessionOf(this.props, parts);
    return (await opened(this.props, content, found)).content.batch;
  }

  /** Calls for a part of a cession. */
  cedes(batch: string, part: number, lines: readonly CededLine[], key?: string) {
    return this.ledger.call(
      operations.cedePart,
      { batch, part, lines: [...lines] },
      { org: 'GosCorpMSP', ...(key === undefined ? {} : { key }) },
    );
  }

  close(): Promise<void> {
    return this.ledger.close();
  }
}

/** The nth encumbrance that EGKN registered elsewhere, Alpha's. */
export function egknLine(n: number, changes: Partial<EnteredLine> = {}): EnteredLine {
  const minute = String(n % 60).padStart(2, '0');
  return enteredLine.parse({
    property: `20:315:033:105:${n}`,
    kind: 'PLEDGE',
    acceptance: { minute: `2026-03-10T06:${minute}Z`, egknNumber: `E-${n}` },
    registeredAt: '2026-03-10T09:00:00.000Z',
    holder: people.alphaHead.bin,
    titleDocument: hashOf(`contract ${n}`),
    consentToRepledge: false,
    ...changes,
  });
}

/** The line by which EGKN's termination of the nth encumbrance comes. */
export function terminationLine(
  n: number,
  changes: Partial<EndedLine['termination']> = {},
): EndedLine {
  const { property, acceptance } = egknLine(n);
  return endedLine.parse({
    kind: 'TERMINATION',
    property,
    acceptance: { egknNumber: acceptance.egknNumber },
    termination: { egknNumber: `T-${n}`, registeredAt: '2026-03-15T09:00:00.000Z', ...changes },
  });
}

/** The line by which a cession of the nth encumbrance comes that EGKN registered elsewhere. */
export function changeLine(
  n: number,
  egknNumber: string,
  change: { readonly registeredAt?: string; readonly application?: string } = {},
): ChangedLine {
  const { property, acceptance } = egknLine(n);
  return changedLine.parse({
    kind: 'CESSION',
    property,
    acceptance: { egknNumber: acceptance.egknNumber },
    change: { egknNumber, registeredAt: '2026-03-12T09:00:00.000Z', ...change },
    holder: people.betaHead.bin,
    titleDocument: hashOf(`change ${egknNumber}`),
  });
}

/** The line by which the encumbrance of an imported one is ceded. */
export function cessionLine(line: ImportedLine): CededLine {
  const { property } = line;
  const encumbrance = encumbranceOfLine(line);
  return cededLine.parse({ property, encumbrance, titleDocument: hashOf(`cession ${property}`) });
}
