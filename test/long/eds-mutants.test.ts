import { expect } from 'chai';
import { judgeMutants, kindsOfInput } from '../support/eds-mutants.ts';
import { count as countOf } from '../support/size.ts';

describe('changed evidence', function () {
  this.timeout('40m');
  const count = countOf({ small: 1000, full: 10_000 });

  for (const [name, kind] of Object.entries(kindsOfInput())) {
    it(`says nothing but what the sound one says: ${name}, ${count} mutants`, () => {
      const accepted = judgeMutants(name, kind, count);
      // What lies outside all signed bytes may change; the rest must not.
      expect(accepted).to.be.below(count / 4);
    });
  }
});
