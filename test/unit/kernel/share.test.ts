import { expect } from 'chai';
import { parsed } from '../../../chaincode/kernel/from-zod.ts';
import { shareSchema } from '../../../chaincode/kernel/share.ts';

describe('a share of a property', () => {
  it('is a fraction of positive integers, the whole at most', () => {
    for (const share of ['1/2', '3/4', '1/1', '999999/999999']) {
      expect(parsed(shareSchema, share).ok, share).to.equal(true);
    }
    for (const share of ['3/2', '0/2', '1/0', '01/2', '-1/2', '1', '1/2/3', '1.5/2', '1/1000000']) {
      expect(parsed(shareSchema, share).ok, share).to.equal(false);
    }
  });
});
