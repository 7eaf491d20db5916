import { expect } from 'chai';
import { knownDate } from '../../../chaincode/kernel/civil-date.ts';
import { refusalsOf, valueOrThrow } from '../../../chaincode/kernel/outcome.ts';
import { foundingEditions } from '../../../chaincode/regimes/founding.ts';
import {
  editionInForce,
  editionToEndUnder,
  extended,
  inForceFrom,
  lastDayOf,
  mayFinish,
  recordable,
  repealed,
} from '../../../chaincode/regimes/rules.ts';
import type { Edition } from '../../../chaincode/regimes/schema.ts';

const editions: readonly Edition[] = foundingEditions.map((draft) => ({
  ...draft,
  extensions: [],
}));

const named = (name: string): Edition => {
  const found = editions.find(({ edition }) => edition === name);
  if (found === undefined) throw new Error(name);
  return found;
};

const editionOn = (procedure: Edition['procedure'], day: string): string => {
  const found = editionInForce(editions, procedure, knownDate(day));
  return found.ok ? found.value.edition : (found.refusals[0]?.code ?? '');
};

describe('regimes', () => {
  it('enter into force when the days after publication have passed (RG-6)', () => {
    // Published on the 28th, ten days pass with the 7th, so the 8th is the first day.
    expect(inForceFrom(knownDate('2025-05-28'), 10)).to.equal('2025-06-08');
  });

  it('of the founding hold the dates that the texts print (RG-3, DA-12)', () => {
    expect(editionOn('PERMIT', '2025-01-07')).to.equal('permits-2023');
    expect(editionOn('PERMIT', '2025-01-08')).to.equal('permits-2025');
    expect(editionOn('PERMIT', '2026-04-30')).to.equal('permits-2025');
    expect(editionOn('PERMIT', '2026-05-01')).to.equal('REGIME_NO_LONGER_IN_FORCE');
  });

  it('mark as assumed whatever is counted from a day that no text prints (RG-3)', () => {
    for (const { from, publication, until } of foundingEditions) {
      if (publication === undefined) continue;
      expect(publication.certainty).to.equal('ASSUMED');
      expect(from.certainty).to.equal('ASSUMED');
      if (until !== undefined) expect(until.date > from.date).to.equal(true);
    }
    expect(lastDayOf(named('mining-2022'))).to.equal('2023-06-03');
  });

  it('let what EGKN registered be ended after the last has lapsed, and never before one (TR-4)', () => {
    const toEnd = (day: string) => editionToEndUnder(editions, 'PLEDGE', knownDate(day));
    expect(toEnd('2026-11-20')).to.eql({ ok: true, value: named('pilot-2025') });
    expect(toEnd('2025-06-08').ok).to.equal(true);
    expect(toEnd('2020-01-01').ok).to.equal(false);
  });

  it('refuse a filing outside their days with the order and its dates (RG-2)', () => {
    const late = editionInForce(editions, 'PLEDGE', knownDate('2026-11-20'));
    expect(late).to.eql({
      ok: false,
      refusals: [
        {
          code: 'REGIME_NO_LONGER_IN_FORCE',
          norm: 'RG-2',
          params: {
            order: '165/НҚ, 2025-04-19; 276, 2025-05-22',
            on: '2026-11-20',
            from: '2025-06-08',
            until: '2026-06-07',
          },
        },
      ],
    });
    expect(editionOn('PLEDGE', '2025-06-07')).to.equal('REGIME_NOT_YET_IN_FORCE');
    expect(editionOn('KDP', '2026-11-20')).to.equal('kdp-2025');
  });

  it('are extended without a change of their own dates (RG-2)', () => {
    const pilot = named('pilot-2025');
    const extension = { until: knownDate('2027-12-31'), basis: 'minutes 1', decision: 'd' };
    const longer = extended(pilot, extension);
    if (!longer.ok) throw new Error('refused');
    expect(longer.value.until).to.eql(pilot.until);
    expect(lastDayOf(longer.value)).to.equal('2027-12-31');
    expect(editionInForce([longer.value], 'PLEDGE', knownDate('2026-11-20')).ok).to.equal(true);
  });

  it('cannot be extended backwards, nor without an end', () => {
    const backwards = { until: knownDate('2026-01-01'), basis: 'b', decision: 'd' };
    expect(extended(named('pilot-2025'), backwards)).to.have.nested.property(
      'refusals[0].code',
      'EXTENSION_NOT_LATER',
    );
    expect(extended(named('kdp-2025'), backwards)).to.have.nested.property(
      'refusals[0].code',
      'EXTENSION_OF_THE_ENDLESS',
    );
  });

  it('let work go on that was begun while they were in force (RG-4)', () => {
    const pilot = named('pilot-2025');
    expect(mayFinish(pilot, knownDate('2026-06-07')).ok).to.equal(true);
    expect(mayFinish(pilot, knownDate('2026-06-08')).ok).to.equal(false);
    expect(mayFinish(pilot, knownDate('2025-06-07')).ok).to.equal(false);
  });

  it('end with the repeal that is recorded, once', () => {
    const order = { number: '1/НҚ', date: knownDate('2026-01-01') };
    const repeal = { order, lastDay: knownDate('2026-02-01'), basis: 'b', decision: 'd' };
    const ended = repealed(named('kdp-2025'), repeal);
    if (!ended.ok) throw new Error('refused');
    expect(lastDayOf(ended.value)).to.equal('2026-02-01');
    expect(repealed(ended.value, repeal).ok).to.equal(false);
  });

  it('state every term that is reckoned under them, or are not recorded', () => {
    const from = { ...named('pilot-2025').from, date: knownDate('2027-01-01') };
    const codesOf = (name: string, terms: Edition['parameters']['terms']) => {
      const { extensions: _extensions, until: _until, ...draft } = named(name);
      const parameters = { ...draft.parameters, terms };
      const next = { ...draft, edition: 'next', from, parameters };
      return refusalsOf(recordable(editions, next)).map(({ code, field, params }) => ({
        code,
        field,
        term: params?.['term'],
      }));
    };
    const lacks = (term: string) => ({
      code: 'EDITION_LACKS_TERM',
      field: '/subject/edition/parameters/terms',
      term,
    });
    const { terms } = named('pilot-2025').parameters;
    expect(codesOf('pilot-2025', terms)).to.eql([]);
    expect(codesOf('pilot-2025', {})).to.eql([lacks('registration'), lacks('termination')]);
    expect(codesOf('kdp-2025', terms)).to.eql([lacks('application')]);
    expect(codesOf('permits-2025', {})).to.eql([]);
  });

  describe('that were extended and repealed', () => {
    const order = { number: '1/НҚ', date: knownDate('2026-11-01') };
    const extendedTo = (edition: Edition, until: string) =>
      valueOrThrow(extended(edition, { until: knownDate(until), basis: 'minutes', decision: 'd' }));
    const repealedFrom = (edition: Edition, lastDay: string) =>
      repealed(edition, { order, lastDay: knownDate(lastDay), basis: 'b', decision: 'd' });
    const longer = extendedTo(named('pilot-2025'), '2027-11-20');
    const ended = valueOrThrow(repealedFrom(longer, '2026-11-18'));

    it('end with the repeal that came after the extension', () => {
      expect(lastDayOf(ended)).to.equal('2026-11-18');
      expect(editionInForce([ended], 'PLEDGE', knownDate('2026-11-18')).ok).to.equal(true);
      expect(editionInForce([ended], 'PLEDGE', knownDate('2026-11-19')).ok).to.equal(false);
      expect(repealedFrom(ended, '2026-11-17').ok).to.equal(false);
    });

    it('go on with the extension that came after the repeal, until the next repeal', () => {
      const again = extendedTo(ended, '2027-03-31');
      expect(lastDayOf(again)).to.equal('2027-03-31');
      const last = valueOrThrow(repealedFrom(again, '2027-01-31'));
      expect(lastDayOf(last)).to.equal('2027-01-31');
      expect(last.earlierRepeals).to.eql([ended.repeal]);
    });

    it('are not prolonged by a repeal', () => {
      const later = valueOrThrow(repealedFrom(longer, '2028-01-01'));
      expect(lastDayOf(later)).to.equal('2027-11-20');
    });

    it('can be repealed anew where an earlier build recorded a repeal without effect', () => {
      const { extensionsBefore: _, ...repeal } = ended.repeal ?? {
        order,
        lastDay: knownDate('2026-11-18'),
        basis: 'b',
        decision: 'd',
      };
      const stuck = { ...longer, repeal };
      expect(lastDayOf(stuck)).to.equal('2027-11-20');
      expect(lastDayOf(valueOrThrow(repealedFrom(stuck, '2026-11-18')))).to.equal('2026-11-18');
    });
  });

  it('are never replaced: a new edition has its own name and first day', () => {
    const [draft] = foundingEditions;
    if (draft === undefined) throw new Error('no founding edition');
    expect(recordable(editions, draft)).to.have.nested.property(
      'refusals[0].code',
      'EDITION_RECORDED_ALREADY',
    );
    expect(recordable(editions, { ...draft, edition: 'pilot-2027' })).to.have.nested.property(
      'refusals[0].code',
      'EDITION_STARTS_TOGETHER',
    );
  });
});
