import { expect } from 'chai';
import type { XmlForm } from '../../gateway/adapters/xmldsig/verify-xml.ts';
import { count as countOf } from '../support/size.ts';
import { judgeXmlMutants, xmlForms } from '../support/xml-mutants.ts';

describe('changed XML', function () {
  this.timeout('20m');
  const count = countOf({ small: 1000, full: 10_000 });

  for (const form of Object.keys(xmlForms) as XmlForm[]) {
    it(`says nothing but what the sound one says: ${form}, ${count} mutants`, () => {
      // Blanks and comments outside what is signed may change; the rest must not.
      expect(judgeXmlMutants(form, count)).to.be.below(count / 2);
    });
  }
});
