import { expect } from 'chai';
import { parsed } from '../../../chaincode/kernel/from-zod.ts';
import { refusalsOf } from '../../../chaincode/kernel/outcome.ts';
import { boundedText, faultsOfText } from '../../../chaincode/kernel/text.ts';

const codesOf = (text: string, multiline = false): string[] =>
  faultsOfText(text, { maximumCharacters: 5, multiline }).map(({ code }) => code);

describe('a text of a form', () => {
  it('is counted in characters, not in code units', () => {
    expect(codesOf('Әділе')).to.deep.equal([]);
    expect(codesOf('😀😀😀😀😀')).to.deep.equal([]);
    expect(codesOf('😀😀😀😀😀😀')).to.deep.equal(['FIELD_TOO_LONG']);
    expect(codesOf('x'.repeat(1_000_000))).to.deep.equal(['FIELD_TOO_LONG']);
  });

  it('is refused empty and blank', () => {
    expect(codesOf('')).to.deep.equal(['FIELD_TOO_SHORT']);
    expect(codesOf(' \u00a0')).to.deep.equal(['TEXT_BLANK']);
    expect(faultsOfText('', { minimumCharacters: 0, maximumCharacters: 5 })).to.deep.equal([]);
  });

  it('holds no character that cannot be seen', () => {
    for (const hidden of [
      '\0',
      '\t',
      '\n',
      '\x7f',
      '\x85',
      '\u200b',
      '\u202e',
      '\u2066',
      '\ufeff',
      '\ud800',
    ]) {
      expect(codesOf(`a${hidden}b`), JSON.stringify(hidden)).to.deep.equal([
        'TEXT_UNSEEN_CHARACTER',
      ]);
    }
    expect(faultsOfText('a\nb', { maximumCharacters: 5 })).to.have.length(1);
    expect(codesOf('a\nb', true)).to.deep.equal([]);
    expect(codesOf('a\rb', true)).to.deep.equal(['TEXT_UNSEEN_CHARACTER']);
  });

  it('is refused through its schema at its field', () => {
    const outcome = parsed(boundedText({ maximumCharacters: 2 }), 'abc');
    expect(refusalsOf(outcome).map(({ code }) => code)).to.deep.equal(['FIELD_TOO_LONG']);
  });
});
