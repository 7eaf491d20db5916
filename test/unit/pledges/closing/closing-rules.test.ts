import { expect } from 'chai';
import { knownDate } from '../../../../chaincode/kernel/civil-date.ts';
import { knownInstant } from '../../../../chaincode/kernel/instant.ts';
import { closed } from '../../../../chaincode/pledges/closing/closing-rules.ts';
import { foundingEditions } from '../../../../chaincode/regimes/founding.ts';
import { lastDayOf } from '../../../../chaincode/regimes/rules.ts';
import type { ClosureReason } from '../../../../chaincode/pledges/application.ts';
import { decidedApplication } from '../notices/builders.ts';

const at = knownInstant('2026-03-10T06:00:00.000Z');
const [draft] = foundingEditions;
if (draft === undefined) throw new Error('no founding edition');
const edition = { ...draft, extensions: [] };
const nothing = {
  isExcluded: false,
  hasLeft: false,
  editions: [edition],
  today: lastDayOf(edition),
};
const lapsed = { ...nothing, today: knownDate('2198-01-01') };

describe('the reason for which an application is closed', () => {
  const ends = (reason: ClosureReason, known: typeof nothing, kind: 'PLEDGE' | 'TERMINATION') => {
    const application = decidedApplication({ state: 'FILED', kind });
    const outcome = closed(application, reason, known, at);
    return outcome.ok ? outcome.value.state : outcome.refusals[0].code;
  };

  for (const [reason, known] of [
    ['PLATFORM_EXCLUDED', { ...nothing, isExcluded: true }],
    ['PLATFORM_GONE', { ...nothing, hasLeft: true }],
    ['REGIME_LAPSED', lapsed],
  ] as const) {
    it(`${reason} is one that the ledger knows`, () => {
      expect(ends(reason, known, 'PLEDGE')).to.equal('CLOSED');
      expect(ends(reason, nothing, 'PLEDGE')).to.equal('CLOSURE_UNFOUNDED');
    });
  }

  it('is for a termination no end of an edition (RG-4)', () => {
    expect(ends('REGIME_LAPSED', lapsed, 'TERMINATION')).to.equal('CLOSURE_UNFOUNDED');
  });
});
