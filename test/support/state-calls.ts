/** Counts what contracts ask of the peer: each call is a round trip of the shim. */
import type { Context, Contract } from 'fabric-contract-api';
import type { ChaincodeStub } from 'fabric-shim';

/** Calls of one organisation's run. */
export type StateCalls<Answer> = {
  readonly answer: Answer;
  /** Reads and writes by key, public and private. */
  readonly calls: number;
  /** Reads of ranges. */
  readonly ranges: number;
};

const byKey = ['getState', 'getPrivateData', 'getPrivateDataHash', 'putState', 'putPrivateData'];

/** Runs something and counts the state calls of one of the endorsing organisations. */
export async function countingStateCalls<Answer>(
  contracts: readonly (new () => Contract)[],
  run: () => Promise<Answer>,
): Promise<StateCalls<Answer>> {
  const counts: { calls: number; ranges: number }[] = [];
  const hook = function (this: Contract, context: Context): Promise<void> {
    const count = { calls: 0, ranges: 0 };
    counts.push(count);
    context.stub = counted(context.stub, count);
    return Promise.resolve();
  };
  for (const contract of contracts) {
    Object.defineProperty(contract.prototype, 'beforeTransaction', {
      value: hook,
      configurable: true,
    });
  }
  try {
    const answer = await run();
    const [first, ...others] = counts;
    if (first === undefined) throw new Error('no contract was called');
    if (others.some(({ calls }) => calls !== first.calls)) throw new Error('endorsers differ');
    return { answer, ...first };
  } finally {
    for (const contract of contracts)
      Reflect.deleteProperty(contract.prototype as object, 'beforeTransaction');
  }
}

function counted(stub: ChaincodeStub, count: { calls: number; ranges: number }): ChaincodeStub {
  return new Proxy(stub, {
    get: (target, name) => {
      // Without the handler writes go one by one, and each of them is counted.
      if (name === 'handler') return undefined;
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return (...given: unknown[]): unknown => {
        if (byKey.includes(String(name))) count.calls += 1;
        else if (/Range|Partial|Query|History/.test(String(name))) count.ranges += 1;
        return Reflect.apply(member, target, given);
      };
    },
  });
}
