import { expect } from 'chai';
import { memoryIn } from '../../../../scripts/bench/memory.ts';

describe('memory of processes', () => {
  // Process, parent, kilobytes; a child may stand above its parent.
  const table = ['  12 11 1024', '   1 0 4096', '  10 1 2048', '  11 10 1024', '  99 1 9999'].join(
    '\n',
  );

  it('counts a process with all that it started', () => {
    expect(memoryIn(table, 10, true)).to.equal(4);
  });

  it('counts only what it started, where it merely watches', () => {
    expect(memoryIn(table, 10, false)).to.equal(2);
  });
});
