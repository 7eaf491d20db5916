import { expect } from 'chai';
import { checksToRegister } from '../../../chaincode/pledges/application.ts';
import type { Arrival } from '../../../chaincode/pledges/portfolio/arrival.ts';
import type { BatchContent } from '../../../chaincode/pledges/portfolio/batch.ts';
import { openBatch } from '../../../chaincode/pledges/portfolio/batch-operations.ts';
import { knownInstant, plusMs } from '../../../chaincode/kernel/instant.ts';
import { cessionOf, importOf, signed, arrivalOf } from '../../../gateway/stands/story/batch.ts';
import { cessionLine, egknLine, PortfolioScene } from '../../support/portfolio-scene.ts';

const registrar = { org: 'GosCorpMSP' };
const morning = knownInstant('2026-11-20T06:00:00.000Z');

describe('the arrival of a portfolio in EGKN (PL-9 to PL-12)', () => {
  let scene: PortfolioScene;

  before(async () => {
    scene = await PortfolioScene.create();
  });

  after(() => scene.close());

  /** What a batch is opened with that everyone has signed. */
  async function openingOf(content: BatchContent) {
    const { sendings, arrival } = await signed(scene.props, content);
    const verdicts = await Promise.all(sendings.map((send) => send()));
    return { content, verdicts, ...(arrival === undefined ? {} : { arrival }) };
  }

  const cession = () => cessionOf(scene.props, [[cessionLine(egknLine(1))]]);

  /** The codes with which a cession is not opened whose arrival is told otherwise. */
  async function codesWith(change: (arrival: Arrival) => Arrival | undefined) {
    const { arrival, ...opening } = await openingOf(cession());
    const told = arrival && change(arrival);
    const input = { ...opening, ...(told === undefined ? {} : { arrival: told }) };
    const { codes, outcome } = await scene.ledger.call(openBatch, input, registrar);
    return { codes, fields: fieldsOf(outcome.refusal) };
  }

  it('is kept with the time by which the officer had to decide', async () => {
    const opening = await openingOf(cession());
    const opened = await scene.ledger.done(openBatch, opening, registrar);
    expect(opened.arrival).to.eql({
      ...opening.arrival,
      due: { lastDay: '2026-11-23', until: '2026-11-23T18:59:59.999Z' },
      isLate: false,
    });
  });

  it('is asked of a cession, and not of an import', async () => {
    expect(await codesWith(() => undefined)).to.eql({
      codes: ['FIELD_REQUIRED'],
      fields: ['/arrival'],
    });
    const arrival = arrivalOf(scene.props, cession());
    const input = { ...(await openingOf(importOf([[egknLine(2)]]))), arrival };
    expect((await scene.ledger.call(openBatch, input, registrar)).codes).to.eql([
      'BATCH_NOT_A_CESSION',
    ]);
  });

  it('has every check that its properties and parties need, from the source that gives it', async () => {
    for (const name of checksToRegister.filter((each) => each !== 'MARRIAGE')) {
      const without = (told: Arrival) => ({
        ...told,
        checks: told.checks.filter(({ check }) => check !== name),
      });
      expect((await codesWith(without)).codes, name).to.eql(['CHECK_NOT_MET']);
    }
    const byPlatform = (told: Arrival) => ({
      ...told,
      checks: told.checks.map((each) => ({ ...each, source: 'PLATFORM' as const })),
    });
    const { codes } = await codesWith(byPlatform);
    expect(new Set(codes)).to.eql(new Set(['CHECK_OF_ANOTHER_SOURCE', 'CHECK_NOT_MET']));
  });

  it('comes after the signatures and the payment, and before the checks and the decision', async () => {
    const taken = (minute: string) => (told: Arrival) => ({
      ...told,
      acceptance: { ...told.acceptance, minute: minute as Arrival['acceptance']['minute'] },
    });
    expect(await codesWith(taken('2026-11-20T05:59Z'))).to.eql({
      codes: ['PAYMENT_REACHED_TOO_LATE', 'ACCEPTANCE_BEFORE_SIGNATURES'],
      fields: ['/arrival/paymentReachedAt', '/arrival/acceptance/minute'],
    });
    expect((await codesWith(taken('2026-11-20T06:01Z'))).codes).to.include.members([
      'CHECK_BEFORE_ACCEPTANCE',
      'DECISION_BEFORE_ACCEPTANCE',
    ]);
    const early = (told: Arrival) => ({ ...told, paymentReachedAt: plusMs(morning, -1000) });
    expect((await codesWith(early)).codes).to.eql(['PAYMENT_REACHED_TOO_EARLY']);
    const ahead = (told: Arrival) => ({
      ...told,
      checks: told.checks.map((each) => ({ ...each, at: plusMs(morning, 3_600_000) })),
    });
    expect(new Set((await codesWith(ahead)).codes)).to.eql(new Set(['TIME_AHEAD']));
  });

  it('stops the lines of properties on which something lies, and no others', async () => {
    const lines = [11, 12, 13, 14, 15].map((n) => egknLine(n));
    await scene.imports(lines);
    const [arrested, sued, unmet, harmless] = lines.map(({ property }) => property);
    if (!arrested || !sued || !unmet || !harmless) throw new Error('five lines were made');
    const batch = await scene.opensCessionWith(
      {
        unmet: [{ property: unmet, check: 'PROPERTY_EXISTS' }],
        encumbrances: [
          { property: arrested, codes: ['7010'] },
          { property: sued, codes: ['6010'] },
          { property: harmless, codes: ['3010'] },
        ],
      },
      lines.map(cessionLine),
    );
    const { answer } = await scene.cedes(batch, 1, lines.map(cessionLine));
    expect(answer?.refused).to.eql([
      { line: 1, codes: ['EXCLUDING_ENCUMBRANCE'] },
      { line: 2, codes: ['ENCUMBRANCE_NOT_CONSIDERED'] },
      { line: 3, codes: ['CHECK_NOT_MET'] },
    ]);
  });

  it('says that the decision was late', async () => {
    const content = cession();
    const { paymentReachedAt } = arrivalOf(scene.props, content);
    const { ledger } = scene.ledger;
    const then = ledger.now;
    ledger.now = '2026-11-24T06:00:00.000Z';
    try {
      const opening = await openingOf(content);
      const arrival = { ...arrivalOf(scene.props, content), paymentReachedAt };
      const input = { ...opening, arrival };
      const opened = await scene.ledger.done(openBatch, input, registrar);
      expect(opened.arrival).to.include({ isLate: true });
    } finally {
      ledger.now = then;
    }
  });
});

function fieldsOf(refusal: string | undefined): readonly (string | undefined)[] {
  if (refusal === undefined) return [];
  const { refusals } = JSON.parse(refusal) as { refusals: { field?: string }[] };
  return refusals.map(({ field }) => field);
}
