/** Which blocks a seek request asks for, by the rules of Fabric's deliver service. */
import { common, orderer } from '@hyperledger/fabric-protos';

/** A status by which a deliver stream ends or pauses. */
export type DeliverStatus = common.StatusMap[keyof common.StatusMap];

/** A range of blocks: `stop` is the last one, and one below `start` is never met. */
export type BlockRange = {
  readonly start: bigint;
  readonly stop: bigint;
  /** End with `NOT_FOUND` instead of waiting for a block that is not there yet. */
  readonly failIfNotReady: boolean;
  readonly headersOnly: boolean;
};

/** The range that a seek asks for at this height, or the status that refuses it. */
export function rangeOf(
  seek: orderer.SeekInfo,
  height: bigint,
): BlockRange | { readonly refusal: DeliverStatus } {
  const from = seek.getStart();
  const to = seek.getStop();
  if (from === undefined || to === undefined) return { refusal: common.Status.BAD_REQUEST };
  const start = startOf(from, height);
  // What cannot be found counts as block 0, which decides between the two refusals.
  const stop = stopOf(from, to, start ?? 0n, height);
  if (stop === undefined) return { refusal: common.Status.BAD_REQUEST };
  if (start === undefined) return { refusal: common.Status.NOT_FOUND };
  return {
    start,
    stop,
    failIfNotReady: seek.getBehavior() === orderer.SeekInfo.SeekBehavior.FAIL_IF_NOT_READY,
    headersOnly: seek.getContentType() === orderer.SeekInfo.SeekContentType.HEADER_WITH_SIG,
  };
}

function startOf(from: orderer.SeekPosition, height: bigint): bigint | undefined {
  const { TypeCase } = orderer.SeekPosition;
  switch (from.getTypeCase()) {
    case TypeCase.OLDEST:
      return 0n;
    case TypeCase.NEWEST:
      return height - 1n;
    case TypeCase.NEXT_COMMIT:
      return height;
    case TypeCase.SPECIFIED: {
      const number = BigInt(from.getSpecified()?.getNumber() ?? 0);
      return number > height ? undefined : number;
    }
    default:
      return undefined;
  }
}

function stopOf(
  from: orderer.SeekPosition,
  to: orderer.SeekPosition,
  start: bigint,
  height: bigint,
): bigint | undefined {
  const { TypeCase } = orderer.SeekPosition;
  switch (to.getTypeCase()) {
    case TypeCase.OLDEST:
      return start;
    case TypeCase.NEWEST:
      // From the newest to the newest is one block, even if another is committed meanwhile.
      return from.getTypeCase() === TypeCase.NEWEST ? start : height - 1n;
    case TypeCase.SPECIFIED: {
      const number = BigInt(to.getSpecified()?.getNumber() ?? 0);
      return number < start ? undefined : number;
    }
    default:
      return 0n;
  }
}
