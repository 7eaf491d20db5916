import { expect } from 'chai';
import { isKnownOr, noteSignature } from '../../../../network/identity/known-signatures.ts';

const bytes = (text: string) => Buffer.from(text);

describe('known signatures', () => {
  it('are checked once when they are good, and each time when they are not', () => {
    let checks = 0;
    const ask = (isGood: boolean, name: string) =>
      isKnownOr(
        () => {
          checks += 1;
          return isGood;
        },
        'certificate',
        bytes(name),
        bytes('signature'),
      );
    expect([ask(true, 'good'), ask(true, 'good'), checks]).to.eql([true, true, 1]);
    expect([ask(false, 'bad'), ask(false, 'bad'), checks]).to.eql([false, false, 3]);
  });

  it('are known for their certificate, message and signature together alone', () => {
    noteSignature('q', bytes('ab'), bytes('c'));
    expect(isKnownOr(() => false, 'q', bytes('a'), bytes('bc'))).to.equal(false);
    expect(isKnownOr(() => false, 'qa', bytes('b'), bytes('c'))).to.equal(false);
  });
});
