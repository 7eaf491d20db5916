import { expect } from 'chai';
import { knownInstant } from '../../../chaincode/kernel/instant.ts';
import {
  endOfMinute,
  minuteOf,
  parseMinute,
  startOfMinute,
} from '../../../chaincode/kernel/minute.ts';
import { refusalsOf } from '../../../chaincode/kernel/outcome.ts';

describe('a minute', () => {
  it('is one that there is, and nothing that only looks so', () => {
    expect(parseMinute('2026-11-20T06:00Z').ok).to.equal(true);
    for (const text of [
      '0000-99-99T99:99Z',
      '2026-02-29T06:00Z',
      '2026-11-20T24:00Z',
      '2026-11-20T06:60Z',
      '2026-11-20T06:00',
      '2026-11-20T06:00:00.000Z',
      '2026-11-20T06:00+05:00',
    ]) {
      expect(
        refusalsOf(parseMinute(text)).map(({ code }) => code),
        text,
      ).to.eql(['MINUTE_FORMAT']);
    }
  });

  it('lasts from its first millisecond to its last', () => {
    const minute = minuteOf(knownInstant('2026-11-20T06:00:30.500Z'));
    expect(minute).to.equal('2026-11-20T06:00Z');
    expect(startOfMinute(minute)).to.equal('2026-11-20T06:00:00.000Z');
    expect(endOfMinute(minute)).to.equal('2026-11-20T06:00:59.999Z');
  });
});
