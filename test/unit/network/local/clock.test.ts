import { expect } from 'chai';
import {
  clockOffsetMs,
  networkNow,
  parseClockOffsetMs,
  setClockOffsetMs,
} from '../../../../network/local/clock.ts';

describe('network clock', () => {
  afterEach(() => setClockOffsetMs(0));

  it('reads days, hours, minutes and seconds, forward and back', () => {
    expect(parseClockOffsetMs('+90d')).to.equal(90 * 86_400_000);
    expect(parseClockOffsetMs('-3h')).to.equal(-3 * 3_600_000);
    expect(parseClockOffsetMs('+1d12h')).to.equal(36 * 3_600_000);
    expect(parseClockOffsetMs('0')).to.equal(0);
  });

  it('refuses anything else', () => {
    for (const text of ['', '90d', '+', '+1w', '+1.5h', '+-1h', '+999999d', '+1d ']) {
      expect(parseClockOffsetMs(text), text).to.equal(undefined);
    }
  });

  it('shifts the network from the machine by the offset', () => {
    setClockOffsetMs(86_400_000);
    expect(clockOffsetMs()).to.equal(86_400_000);
    expect(networkNow().getTime() - Date.now()).to.be.within(86_399_000, 86_401_000);
  });
});
