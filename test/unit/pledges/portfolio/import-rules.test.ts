import { expect } from 'chai';
import fc from 'fast-check';
import { binSchema } from '../../../../chaincode/kernel/bin.ts';
import { documentHashOf } from '../../../../chaincode/kernel/document-hash.ts';
import { knownInstant } from '../../../../chaincode/kernel/instant.ts';
import { refusalsOf } from '../../../../chaincode/kernel/outcome.ts';
import type { Encumbrance } from '../../../../chaincode/pledges/encumbrance.ts';
import {
  batchContent,
  type EndedLine,
  linesHash,
  type OpenedBatch,
} from '../../../../chaincode/pledges/portfolio/batch.ts';
import * as rules from '../../../../chaincode/pledges/portfolio/batch-rules.ts';
import { imported } from '../../../../chaincode/pledges/portfolio/import-rules.ts';
import {
  compareAcceptance,
  inRankOrder,
  terminated,
} from '../../../../chaincode/pledges/register-rules.ts';
import { egknLine, terminationLine } from '../../../support/portfolio-scene.ts';
import { applicationNumber, banks, pledge } from '../builders.ts';

const batch = importNumber(900);

/** An import of one part, opened. */
function importNumber(n: number): OpenedBatch {
  return {
    content: batchContent.parse({
      kind: 'IMPORT',
      batch: applicationNumber(n),
      parts: [{ lines: 1, hash: linesHash([egknLine(1)]) }],
      extract: documentHashOf('extract'),
    }),
    registrar: binSchema.parse(banks[2]),
    signatures: [],
    decidedAt: knownInstant('2026-03-20T06:00:00.000Z'),
  };
}

function entered(n: number): Encumbrance {
  const outcome = imported(batch, egknLine(n), undefined);
  if (!outcome.ok || outcome.value.changed === undefined) throw new Error('not entered');
  return outcome.value.changed;
}

function ended(existing: Encumbrance, line: EndedLine): Encumbrance {
  const outcome = imported(batch, line, existing);
  if (!outcome.ok || outcome.value.changed === undefined) throw new Error('not ended');
  return outcome.value.changed;
}

function codesOf(outcome: Parameters<typeof refusalsOf>[0]): readonly string[] {
  return refusalsOf(outcome).map(({ code }) => code);
}

const unchanged = { ok: true, value: {} };
const byApplication = {
  application: applicationNumber(5),
  at: knownInstant('2026-03-11T06:00:00.000Z'),
};

describe('an entry of an import', () => {
  it('enters what EGKN registered elsewhere with the rank of its acceptance', () => {
    const one = entered(7);
    expect(one.acceptance).to.deep.include(egknLine(7).acceptance);
    expect(one).to.include({ id: one.acceptance.application, state: 'LIVE' });
    expect(inRankOrder([entered(9), one, entered(8)], []).map(({ id }) => id)).to.eql(
      [one, entered(8), entered(9)].map(({ id }) => id),
    );
  });

  it('has one place whoever brings it, and another for every other number or property', () => {
    const same = egknLine(7, { holder: egknLine(8).holder, consentToRepledge: true });
    expect(rules.importedId(same)).to.equal(rules.importedId(egknLine(7)));
    const property = egknLine(8).property;
    expect(rules.importedId(egknLine(7, { property }))).not.to.equal(entered(7).id);
  });

  it('leaves what stands already, whatever happened to it since', () => {
    const ends = [terminated(entered(7), byApplication), ended(entered(7), terminationLine(7))];
    for (const existing of [entered(7), ...ends]) {
      expect(imported(batch, egknLine(7), existing)).to.eql(unchanged);
    }
  });

  it('leaves what an agreement has changed since', () => {
    const { registeredAt: since, terms } = entered(7);
    const agreed = {
      application: applicationNumber(5),
      titleDocument: documentHashOf('agreement'),
      since,
    };
    const existing = { ...entered(7), consentToRepledge: true, terms: [...terms, agreed] };
    expect(imported(batch, egknLine(7), existing)).to.eql(unchanged);
  });

  it('is refused where another beginning stands under its number', () => {
    for (const changes of [
      { holder: banks[1] },
      { titleDocument: linesHash([]) },
      { consentToRepledge: true },
      { kind: 'REPLEDGE' },
    ]) {
      const outcome = imported(batch, egknLine(7, changes as never), entered(7));
      expect(codesOf(outcome)).to.eql(['IMPORT_DIFFERS']);
    }
  });

  it('does not register what was filed on a platform', () => {
    const filed = egknLine(7, { application: applicationNumber(3) });
    expect(rules.encumbranceOfLine(filed)).to.equal(applicationNumber(3));
    const outcome = imported(batch, filed, undefined);
    expect(codesOf(outcome)).to.eql(['IMPORT_OF_UNREGISTERED_APPLICATION']);
  });
});

describe('a termination of an import (TR-3, PL-15)', () => {
  const line = terminationLine(7);

  it('ends the pledge of its number at the time of EGKN, and changes nothing else', () => {
    const { state, termination, ...rest } = ended(entered(7), line);
    const { state: _, ...before } = entered(7);
    expect(rest).to.eql(before);
    expect({ state, termination }).to.eql({
      state: 'TERMINATED',
      termination: {
        application: batch.content.batch,
        registeredAt: line.termination.registeredAt,
        egknNumber: line.termination.egknNumber,
      },
    });
  });

  it('ends a pledge that was registered through a platform, named by its application', () => {
    const acceptance = { ...pledge(3).acceptance, egknNumber: 'E-7' };
    const filed = pledge(3, { acceptance });
    const named = { ...line, application: filed.id };
    expect(rules.encumbranceOfLine(named)).to.equal(filed.id);
    expect(ended(filed, named).state).to.equal('TERMINATED');
  });

  it('ends nothing that never stood, or stands under another number', () => {
    expect(codesOf(imported(batch, line, undefined))).to.eql(['IMPORT_ENDS_UNKNOWN']);
    expect(codesOf(imported(batch, line, pledge(3)))).to.eql(['IMPORT_DIFFERS']);
  });

  it('ends nothing before it began', () => {
    const at = entered(7).registeredAt;
    const early = '2026-03-10T08:59:59.999Z';
    expect(ended(entered(7), terminationLine(7, { registeredAt: at })).state).to.equal(
      'TERMINATED',
    );
    const outcome = imported(
      batch,
      terminationLine(7, { registeredAt: knownInstant(early) }),
      entered(7),
    );
    expect(codesOf(outcome)).to.eql(['IMPORT_DIFFERS']);
  });

  it('has its effect once, whichever night brings it again', () => {
    const existing = ended(entered(7), line);
    expect(imported(importNumber(901), line, existing)).to.eql(unchanged);
  });

  it('is refused where another termination stands', () => {
    const { registeredAt } = line.termination;
    const others = [
      { egknNumber: 'T-8' },
      { registeredAt: knownInstant('2026-03-16T09:00:00.000Z') },
      { application: applicationNumber(6) },
    ];
    for (const changes of others) {
      const outcome = imported(batch, terminationLine(7, changes), ended(entered(7), line));
      expect(codesOf(outcome), JSON.stringify(changes)).to.eql(['IMPORT_DIFFERS']);
    }
    const here = terminated(entered(7), { ...byApplication, at: registeredAt });
    expect(codesOf(imported(batch, line, here))).to.eql(['IMPORT_DIFFERS']);
  });

  it('that was filed through a platform stands by its own application, or not at all', () => {
    const filed = terminationLine(7, { application: byApplication.application });
    expect(imported(batch, filed, terminated(entered(7), byApplication))).to.eql(unchanged);
    expect(codesOf(imported(batch, filed, entered(7)))).to.eql([
      'IMPORT_OF_UNREGISTERED_APPLICATION',
    ]);
  });

  it('leaves the order of acceptance and what has ended as they are, whatever lines come', () => {
    const { property } = egknLine(1);
    const entry = fc.nat(4).map((n) => egknLine(n, { property }));
    const changes = fc.record({ egknNumber: fc.constantFrom('T-1', 'T-2') });
    const end = fc.tuple(fc.nat(4), changes).map(([n, by]) => ({
      ...terminationLine(n, by),
      property,
    }));
    fc.assert(
      fc.property(fc.array(fc.oneof(entry, end), { maxLength: 30 }), (lines) => {
        const register = new Map<string, Encumbrance>();
        for (const each of lines) {
          const id = rules.encumbranceOfLine(each);
          const before = register.get(id);
          const outcome = imported(batch, each, before);
          const changed = outcome.ok ? outcome.value.changed : undefined;
          expect(before === undefined && each.kind === 'TERMINATION').to.equal(
            codesOf(outcome).includes('IMPORT_ENDS_UNKNOWN'),
          );
          if (changed === undefined) continue;
          expect(before?.state).to.equal(each.kind === 'TERMINATION' ? 'LIVE' : undefined);
          expect(changed.acceptance).to.eql(before?.acceptance ?? changed.acceptance);
          register.set(id, changed);
          expect(imported(batch, each, changed)).to.eql(unchanged);
        }
        const live = inRankOrder([...register.values()], []);
        expect(live.map(({ acceptance }) => acceptance)).to.eql(
          [...register.values()]
            .filter(({ state }) => state === 'LIVE')
            .map(({ acceptance }) => acceptance)
            .toSorted(compareAcceptance),
        );
      }),
      { numRuns: 200 },
    );
  });
});
