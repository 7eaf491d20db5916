import { expect } from 'chai';
import fc from 'fast-check';
import { knownInstant } from '../../../../chaincode/kernel/instant.ts';
import { refusalsOf } from '../../../../chaincode/kernel/outcome.ts';
import type { Encumbrance } from '../../../../chaincode/pledges/encumbrance.ts';
import {
  batchContent,
  type BatchVerdict,
  batchVerdict,
  contentHash,
  linesHash,
  type OpenedBatch,
} from '../../../../chaincode/pledges/portfolio/batch.ts';
import * as rules from '../../../../chaincode/pledges/portfolio/batch-rules.ts';
import { holderOf, inRankOrder, terminated } from '../../../../chaincode/pledges/register-rules.ts';
import { cessionLine, egknLine } from '../../../support/portfolio-scene.ts';
import { applicationNumber, banks, pledge } from '../builders.ts';

const [alpha = '', beta = '', gamma = ''] = banks;
const line = cessionLine(egknLine(1));
const hash = '0'.repeat(64);

/** A cession of one part, from one bank to another, as the nth batch. */
function cession(n = 900, [from, to]: readonly [string, string] = [alpha, beta]) {
  const content = batchContent.parse({
    kind: 'CESSION',
    batch: applicationNumber(n),
    parts: [{ lines: 1, hash: linesHash([line]) }],
    platform: from,
    from,
    to,
    payment: { evidence: hash, confirmedAt: '2026-03-10T06:00:00.000Z' },
  });
  if (content.kind !== 'CESSION') throw new Error('a cession');
  return content;
}

function verdictBy(by: BatchVerdict['by'], content = cession()): BatchVerdict {
  return batchVerdict.parse({
    verdict: 'BATCH',
    batch: content.batch,
    content: contentHash(content),
    by,
    manifest: hash,
    cms: hash,
    depositor: 'AlphaMSP',
    signedAt: '2026-03-10T07:00:00.000Z',
    trustVersion: '1',
  });
}

function open(content = cession()): OpenedBatch {
  const verdicts = (['CEDENT', 'PLEDGEE', 'REGISTRAR'] as const).map((by) =>
    verdictBy(by, content),
  );
  const opened = rules.opened(content, verdicts, { registrar: content.platform });
  if (!opened.ok) throw new Error('not opened');
  return opened.value;
}

function codesOf(outcome: Parameters<typeof refusalsOf>[0]): readonly string[] {
  return refusalsOf(outcome).map(({ code }) => code);
}

describe('a batch', () => {
  it('is opened once both parties and an officer have signed exactly its content', () => {
    const content = cession();
    const registrar = content.platform;
    const all = (['CEDENT', 'PLEDGEE', 'REGISTRAR'] as const).map((by) => verdictBy(by));
    expect(rules.opened(content, all, { registrar })).to.deep.include({ ok: true });
    for (const missing of all) {
      const others = all.filter((each) => each !== missing);
      const other = { ...missing, content: contentHash(cession(901)) };
      for (const verdicts of [others, [...others, other]]) {
        const refusals = refusalsOf(rules.opened(content, verdicts, { registrar }));
        expect(refusals.map(({ code, params }) => [code, params])).to.eql([
          ['BATCH_SIGNATURE_MISSING', { by: missing.by }],
        ]);
      }
    }
  });

  it('takes as a part only the very lines that were signed, under their number', () => {
    const [changed, batch] = [{ ...line, titleDocument: linesHash([]) }, open()];
    expect(rules.isPart(batch, 1, [line]).ok).to.equal(true);
    for (const [number, lines] of [
      [2, [line]],
      [1, [changed]],
      [1, [line, line]],
      [1, []],
    ] as const) {
      expect(codesOf(rules.isPart(batch, number, lines))).to.eql(['BATCH_PART_DIFFERS']);
    }
  });

  it('names what was refused and what had been done; the rest of a part was carried out', () => {
    const { content } = open();
    const refused = rules.cededBy(open(), content as ReturnType<typeof cession>, undefined);
    if (refused.ok) throw new Error('there was nothing to cede');
    const outcomes = [
      { ok: true, value: true } as const,
      refused,
      { ok: true, value: false } as const,
    ];
    expect(rules.outcomeOfPart({ batch: content.batch, part: 1 }, outcomes)).to.eql({
      batch: content.batch,
      part: 1,
      lines: 3,
      already: [3],
      refused: [{ line: 2, codes: ['ENCUMBRANCE_UNKNOWN'] }],
    });
  });
});

describe('a line of a cession', () => {
  const content = cession();
  const batch = open(content);

  it('is refused for a pledge that is not there, has ended, or is held by another', () => {
    const entry = {
      application: applicationNumber(5),
      at: knownInstant('2026-03-11T06:00:00.000Z'),
    };
    const ended = terminated(pledge(1), entry);
    const others = pledge(1, { holders: [{ ...pledge(1).holders[0], bin: gamma } as never] });
    expect(codesOf(rules.cededBy(batch, content, undefined))).to.eql(['ENCUMBRANCE_UNKNOWN']);
    expect(codesOf(rules.cededBy(batch, content, ended))).to.eql(['ENCUMBRANCE_TERMINATED']);
    expect(codesOf(rules.cededBy(batch, content, others))).to.eql(['NOT_THE_HOLDER']);
  });

  it('has its effect once, however often it stands', () => {
    const first = rules.cededBy(batch, content, pledge(1));
    const changed = first.ok ? first.value.changed : undefined;
    expect(rules.cededBy(batch, content, changed)).to.eql({ ok: true, value: {} });
  });

  it('has its effect once though the pledge came back in between', () => {
    const steps = [
      [batch, content],
      [open(cession(902, [beta, alpha])), cession(902, [beta, alpha])],
    ] as const;
    let standing = pledge(1);
    for (const [opened, of] of steps) {
      const outcome = rules.cededBy(opened, of, standing);
      standing = (outcome.ok ? outcome.value.changed : undefined) ?? expect.fail('not ceded');
    }
    expect(holderOf(standing)).to.equal(alpha);
    expect(rules.cededBy(batch, content, standing)).to.eql({ ok: true, value: {} });
  });

  it('leaves one holder and every rank, whatever batches come in whatever order', () => {
    const parties = fc.tuple(fc.constantFrom(...banks), fc.constantFrom(...banks));
    const step = fc.record({ parties, pledges: fc.array(fc.integer({ min: 1, max: 8 })) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const register = new Map([1, 2, 3, 4, 5].map((n) => [n, pledge(n)]));
        const order = () => inRankOrder([...register.values()], []).map(({ id }) => id);
        const before = order();
        for (const [index, { parties: pair, pledges }] of steps.entries()) {
          const each = cession(900 + index, pair);
          const opened = open(each);
          for (const n of pledges) {
            const existing = register.get(n);
            const outcome = rules.cededBy(opened, each, existing);
            const changed = outcome.ok ? outcome.value.changed : undefined;
            if (changed === undefined) continue;
            expect(holderOf(existing as Encumbrance)).to.equal(each.from);
            expect(holderOf(changed)).to.equal(each.to);
            expect(changed.holders.slice(0, -1)).to.eql(existing?.holders);
            register.set(n, changed);
          }
        }
        expect(order()).to.eql(before);
      }),
      { numRuns: 200 },
    );
  });
});
