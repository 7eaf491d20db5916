import { expect } from 'chai';
import { judgeMutants, kindsOfInput } from '../../../support/eds-mutants.ts';

/** A hundred of each kind; `npm run test:long` takes ten thousand. */
const count = 100;

describe('changed evidence', () => {
  for (const [name, kind] of Object.entries(kindsOfInput())) {
    it(`says nothing but what the sound one says: ${name}`, () => {
      expect(judgeMutants(name, kind, count)).to.be.below(count / 4);
    });
  }
});
