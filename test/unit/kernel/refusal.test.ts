import { expect } from 'chai';
import {
  all,
  at,
  each,
  RefusedError,
  accepted,
  refused,
} from '../../../chaincode/kernel/outcome.ts';
import { languages, refusalTable } from '../../../chaincode/kernel/refusal.ts';
import { kernelTexts, refuse } from '../../../chaincode/kernel/refusals.ts';
import { textBook, words } from '../../../chaincode/kernel/words.ts';

const book = textBook(kernelTexts);

describe('refusals', () => {
  it('are read in each language, with their parameters', () => {
    const refusal = refuse('ROLE_MISSING', { norm: 'SE-3', params: { role: 'admin' } });
    expect(refusal).to.deep.equal({
      code: 'ROLE_MISSING',
      norm: 'SE-3',
      params: { role: 'admin' },
    });
    for (const language of languages) expect(words(book, refusal, language)).to.include('admin');
    expect(words(book, refusal, 'en')).to.equal(
      'This needs the role admin, which your certificate does not carry.',
    );
  });

  it('do not compile without a parameter, a language or with a code that is not declared', () => {
    // @ts-expect-error the text names a parameter
    refuse('ROLE_MISSING');
    // @ts-expect-error the text names no parameter of this name
    refuse('ROLE_MISSING', { params: { rolle: 'admin' } });
    // @ts-expect-error there is no such code
    refuse('ROLE_MISING', { params: { role: 'admin' } });
    // @ts-expect-error the Kazakh text is absent
    refusalTable({ SOME: { ru: 'текст', en: 'text' } });
    // @ts-expect-error the Russian text leaves the parameter out
    refusalTable({ SOME: { kk: '{day} мәтін', ru: 'текст', en: '{day} text' } });
    // @ts-expect-error the Kazakh text names a parameter of its own
    refusalTable({ SOME: { kk: '{day} {month}', ru: '{day}', en: '{day}' } });
  });

  it('of another version are shown with their code and gaps', () => {
    const newer = { code: 'LATER_CODE', params: { a: 'b' } };
    expect(words(book, newer, 'ru')).to.equal('Запрос не принят. Код причины: LATER_CODE.');
    expect(words(book, { code: 'ROLE_MISSING' }, 'en')).to.include('role …,');
  });

  it('take no text from a parameter that looks like another', () => {
    const params = { expected: '{actual}', actual: '$&' };
    const text = words(book, refuse('REVISION_CONFLICT', { params }), 'en');
    expect(text).to.include('revision {actual}, now $&.');
  });

  it('cannot have two texts for one code', () => {
    expect(() => textBook(kernelTexts, { NOT_FOUND: kernelTexts.NOT_FOUND })).to.throw('NOT_FOUND');
  });

  it('have codes in capitals and texts that end as sentences', () => {
    for (const [code, texts] of Object.entries(kernelTexts)) {
      expect(code).to.match(/^[A-Z][A-Z0-9_]*[A-Z0-9]$/);
      for (const language of languages) expect(texts[language]).to.match(/[.?]$/);
    }
  });
});

describe('outcomes', () => {
  const short = refused(refuse('FIELD_TOO_SHORT', { params: { minimum: '2' } }));
  const unknown = refused(refuse('FIELD_UNKNOWN', { field: '/x' }));

  it('join into one value when every part is accepted', () => {
    expect(all({ a: accepted(1), b: accepted('x') })).to.deep.equal(accepted({ a: 1, b: 'x' }));
    expect(each([accepted(1), accepted(2)])).to.deep.equal(accepted([1, 2]));
  });

  it('join into every refusal, each at its own field', () => {
    const joined = all({ a: at('/a', short), b: accepted(1), c: at('/c', unknown) });
    expect(joined).to.deep.equal(
      refused(
        refuse('FIELD_TOO_SHORT', { field: '/a', params: { minimum: '2' } }),
        refuse('FIELD_UNKNOWN', { field: '/c/x' }),
      ),
    );
  });

  it('leave a contract as an error whose message is canonical JSON', () => {
    const error = new RefusedError([refuse('NOT_FOUND', { field: '/id' })]);
    expect(error.message).to.equal('{"refusals":[{"code":"NOT_FOUND","field":"/id"}]}');
  });
});
