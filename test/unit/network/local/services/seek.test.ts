import { common, orderer } from '@hyperledger/fabric-protos';
import { expect } from 'chai';
import { rangeOf } from '../../../../../network/local/services/seek.ts';

type Place = 'oldest' | 'newest' | 'next' | number;

const positionOf = (place: Place): orderer.SeekPosition => {
  const position = new orderer.SeekPosition();
  if (place === 'oldest') position.setOldest(new orderer.SeekOldest());
  else if (place === 'newest') position.setNewest(new orderer.SeekNewest());
  else if (place === 'next') position.setNextCommit(new orderer.SeekNextCommit());
  else {
    const specified = new orderer.SeekSpecified();
    specified.setNumber(place);
    position.setSpecified(specified);
  }
  return position;
};

const seek = (start: Place, stop: Place): orderer.SeekInfo => {
  const info = new orderer.SeekInfo();
  info.setStart(positionOf(start));
  info.setStop(positionOf(stop));
  return info;
};

/** At a height of ten blocks, of which the last is number 9. */
const range = (start: Place, stop: Place) => {
  const found = rangeOf(seek(start, stop), 10n);
  return 'refusal' in found ? found.refusal : [found.start, found.stop];
};

describe('seek', () => {
  it('starts at the oldest, the newest, the next and a given block', () => {
    expect(range('oldest', 3)).to.eql([0n, 3n]);
    expect(range('newest', 20)).to.eql([9n, 20n]);
    expect(range('next', 20)).to.eql([10n, 20n]);
    expect(range(4, 'newest')).to.eql([4n, 9n]);
    expect(range('newest', 'newest')).to.eql([9n, 9n]);
    expect(range(4, 'oldest')).to.eql([4n, 4n]);
  });

  it('cannot start beyond the next block', () => {
    expect(range(10, 20)).to.eql([10n, 20n]);
    expect(range(11, 20)).to.equal(common.Status.NOT_FOUND);
  });

  it('cannot stop before it starts, nor do without a start and a stop', () => {
    expect(range(5, 4)).to.equal(common.Status.BAD_REQUEST);
    expect(rangeOf(new orderer.SeekInfo(), 10n)).to.eql({ refusal: common.Status.BAD_REQUEST });
  });

  it('knows whether to wait for blocks to come', () => {
    const info = seek(0, 20);
    expect(rangeOf(info, 10n)).to.include({ failIfNotReady: false });
    info.setBehavior(orderer.SeekInfo.SeekBehavior.FAIL_IF_NOT_READY);
    expect(rangeOf(info, 10n)).to.include({ failIfNotReady: true });
  });
});
