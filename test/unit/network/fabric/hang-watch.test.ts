import { expect } from 'chai';
import { hangMs, HangWatch } from '../../../../network/fabric/operations/hang-watch.ts';
import type { OrdererView } from '../../../../network/fabric/operations/ordering.ts';

/** Three that go on by a block a second, and what the fourth says of itself. */
function look(second: number, fourth: Partial<OrdererView>): readonly OrdererView[] {
  const sequence = 40 + second;
  const going = { leader: 1, view: 5, sequence, phase: 0, height: sequence };
  return [
    ...['one', 'two', 'three'].map((host) => ({ host, ...going })),
    { host: 'four', ...going, ...fourth },
  ];
}

/** What was found in looks ten seconds apart for two minutes. */
function found(fourthAt: (second: number) => Partial<OrdererView>): readonly string[] {
  const watch = new HangWatch();
  return Array.from({ length: 13 }, (_, at) => at * 10).flatMap((second) => {
    const host = watch.hanging(look(second, fourthAt(second)), second * 1000);
    return host === undefined ? [] : [`${host} at ${second}`];
  });
}

describe('an orderer that hangs', () => {
  it('is found when it answers and stands still without a vote for a minute', () => {
    const hung = { view: 5, sequence: 37, phase: 3, height: 42 };
    expect(hangMs).to.equal(60_000);
    // Once each time: it needs a minute anew after its start.
    expect(found(() => hung)[0]).to.equal('four at 60');
    expect(found(() => hung)).to.have.length(1);
  });

  it('is not one that votes, or does not answer', () => {
    expect(found(() => ({}))).to.eql([]);
    const silent = { view: undefined, sequence: undefined, phase: undefined, height: undefined };
    expect(found(() => silent)).to.eql([]);
  });

  it('is not one that still fetches blocks, or changes its view', () => {
    expect(found((second) => ({ sequence: 37, phase: 3, height: second }))).to.eql([]);
    expect(found((second) => ({ view: 4, phase: second % 20 === 0 ? 3 : 0, sequence: 9 }))).to.eql(
      [],
    );
  });

  it('is none in a network that rests', () => {
    const resting = { sequence: 40, height: 40 };
    const watch = new HangWatch();
    const rest = look(0, resting);
    for (let second = 0; second < 200; second += 10) {
      expect(watch.hanging(rest, second * 1000)).to.equal(undefined);
    }
  });
});
