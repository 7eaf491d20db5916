import { expect } from 'chai';
import type { XmlForm } from '../../../../../gateway/adapters/xmldsig/verify-xml.ts';
import { judgeXmlMutants, xmlForms } from '../../../../support/xml-mutants.ts';

/** A few hundred of each form; `npm run test:long` takes ten thousand. */
const count = 200;

describe('changed XML', () => {
  for (const form of Object.keys(xmlForms) as XmlForm[]) {
    it(`says nothing but what the sound one says: ${form}`, () => {
      expect(judgeXmlMutants(form, count)).to.be.below(count / 2);
    });
  }
});
