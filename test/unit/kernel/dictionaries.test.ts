import { expect } from 'chai';
import { encumbranceKinds, meaningOf } from '../../../chaincode/kernel/encumbrances.ts';
import { groundsOfRefusal, groundsOfSuspension } from '../../../chaincode/kernel/legal-grounds.ts';
import { languages } from '../../../chaincode/kernel/refusal.ts';
import { titleDocumentKinds } from '../../../chaincode/kernel/title-documents.ts';

describe('dictionaries', () => {
  it('name each thing once', () => {
    for (const codes of [
      encumbranceKinds.map(({ code }) => code),
      [...groundsOfSuspension, ...groundsOfRefusal].map(({ code }) => code),
      titleDocumentKinds.map(({ kind }) => kind),
    ]) {
      expect(new Set<string>(codes).size).to.equal(codes.length);
    }
  });

  it('say what an encumbrance means, and leave an unknown one to an officer', () => {
    expect(meaningOf('7010')).to.equal('BLOCKS');
    expect(meaningOf('3010')).to.equal('SHOWN');
    expect(meaningOf('9999')).to.equal('REVIEW');
  });

  it('give every title document a kind of encumbrance that exists (PL-1)', () => {
    for (const { encumbranceCode } of titleDocumentKinds) {
      expect(['PLEDGE', 'CHANGE']).to.include(meaningOf(encumbranceCode));
    }
  });

  it('have grounds with texts in each language, and say which are assumed', () => {
    for (const { texts } of [...groundsOfSuspension, ...groundsOfRefusal]) {
      for (const language of languages) expect(texts[language]).to.match(/\.$/);
    }
    expect(groundsOfRefusal.every(({ certainty }) => certainty === 'ASSUMED')).to.equal(true);
  });
});
