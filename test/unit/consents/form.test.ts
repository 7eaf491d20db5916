import { expect } from 'chai';
import { formHash, formOf } from '../../../chaincode/consents/form.ts';
import { banks } from '../pledges/builders.ts';

const [platform, stateCorporation, pledgee] = banks;
const parties = { platform: platform!, stateCorporation: stateCorporation!, pledgee: pledgee! };

describe("the consent's form (CN-4)", () => {
  const { text, ...form } = formOf(parties);

  it('names the three BINs, and what the subject agrees to, in both languages', () => {
    for (const bin of banks) {
      expect(text.kk).to.contain(bin);
      expect(text.ru).to.contain(bin);
    }
    expect(form).to.deep.include({
      period: 'SERVICE',
      crossBorderTransfer: false,
      publicDistribution: false,
    });
    expect(text.ru).to.contain('об отсутствии трансграничной передачи персональных данных');
    expect(text.ru).to.contain('составляющих охраняемую законом тайну');
  });

  it("lists the annex's thirteen groups of data, with health and the terrorism list", () => {
    expect(form.data).to.have.length(13);
    expect(form.data).to.include.members(['DISPENSARY_REGISTER', 'TERRORISM_LIST']);
    const lines = (language: 'kk' | 'ru') => text[language].split('\n').length;
    // Eight lines before the list, two after it.
    expect([lines('kk'), lines('ru')]).to.eql([23, 23]);
  });

  it('has another hash for another pledgee', () => {
    const other = formOf({ ...parties, pledgee: parties.platform });
    expect(formHash(other)).not.to.equal(formHash(formOf(parties)));
  });
});
