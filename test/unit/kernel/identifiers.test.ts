import { expect } from 'chai';
import fc from 'fast-check';
import { parseApplicationId } from '../../../chaincode/kernel/application-id.ts';
import { divisionOf, kindOf, parseBin } from '../../../chaincode/kernel/bin.ts';
import {
  cadastralNumberSchema,
  isPlot,
  parseCadastralNumber,
  plotOf,
} from '../../../chaincode/kernel/cadastral-number.ts';
import { controlDigitOf } from '../../../chaincode/kernel/control-digit.ts';
import { documentHashOf, parseDocumentHash } from '../../../chaincode/kernel/document-hash.ts';
import { parsed } from '../../../chaincode/kernel/from-zod.ts';
import { iinSchema, iinSchemaOf, parseIin, particularsOf } from '../../../chaincode/kernel/iin.ts';
import { parseMspId } from '../../../chaincode/kernel/msp-id.ts';
import {
  accepted,
  refusalsOf,
  valueOrThrow,
  type Outcome,
} from '../../../chaincode/kernel/outcome.ts';
import { refuse } from '../../../chaincode/kernel/refusals.ts';
import { parseRka } from '../../../chaincode/kernel/rka.ts';
import { parseSubjectNumber } from '../../../chaincode/kernel/subject-number.ts';
import { madeUpBin, madeUpIin } from '../../support/numbers.ts';

function codesOf(outcome: Outcome<unknown>): string[] {
  return refusalsOf(outcome).map(({ code }) => code);
}

/** Eleven digits with their control digit. */
function completed(eleven: string): string {
  return eleven + String(controlDigitOf(eleven) ?? 'x');
}

describe('an IIN', () => {
  it('tells birth date and sex', () => {
    const woman = valueOrThrow(parseIin(completed('99022840001')));
    expect(particularsOf(woman)).to.deep.equal({
      birthDate: '1999-02-28',
      sex: 'FEMALE',
      notices: [],
    });
    expect(particularsOf(madeUpIin(0))).to.deep.include({ birthDate: '2099-12-31', sex: 'MALE' });
  });

  it('without a century is accepted with a notice', () => {
    const iin = valueOrThrow(parseIin(completed('99022800001')));
    expect(particularsOf(iin)).to.deep.equal({ notices: [refuse('IIN_CENTURY_UNKNOWN')] });
  });

  it('is refused with every fault of it', () => {
    expect(codesOf(parseIin('12345678901'))).to.deep.equal(['IIN_FORMAT']);
    expect(codesOf(parseIin(' 991231500006'))).to.deep.equal(['IIN_FORMAT']);
    expect(codesOf(parseIin('٩٩١٢٣١٥٠٠٠٠٦'))).to.deep.equal(['IIN_FORMAT']);
    expect(codesOf(parseIin(completed('99022850001')))).to.deep.equal([]);
    // 2001 was no leap year, though 2000 was.
    expect(codesOf(parseIin(completed('01022950001')))).to.deep.equal(['IIN_BIRTH_DATE']);
    expect(codesOf(parseIin(completed('00022950001')))).to.deep.equal([]);
    expect(codesOf(parseIin('993278500001'))).to.deep.equal([
      'IIN_BIRTH_DATE',
      'IIN_CONTROL_DIGIT',
    ]);
    expect(codesOf(parseIin(completed('99022870001')))).to.deep.equal(['IIN_CENTURY']);
    expect(codesOf(parseIin(completed('99022860001')))).to.deep.equal([]);
  });

  it('notices most single digits that are mistyped', () => {
    // Not all: the eleventh digit weighs eleven, which is nothing modulo eleven.
    const noticed = Array.from({ length: 11 }, (_, place) =>
      Array.from({ length: 9 }, (__, shift) => {
        const iin = madeUpIin(place * 9 + shift);
        const wrong = (Number(iin[place]) + shift + 1) % 10;
        return parseIin(iin.slice(0, place) + String(wrong) + iin.slice(place + 1));
      }),
    ).map((outcomes) => outcomes.filter(({ ok }) => !ok).length);
    expect(Math.min(...noticed.slice(0, 10)), noticed.join(' ')).to.be.at.least(8);
  });

  it('notices any wrong control digit', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.integer({ min: 1, max: 9 }), (index, shift) => {
        const iin = madeUpIin(index);
        const wrong = (Number(iin[11]) + shift) % 10;
        expect(codesOf(parseIin(iin.slice(0, 11) + String(wrong)))).to.deep.equal([
          'IIN_CONTROL_DIGIT',
        ]);
      }),
    );
  });

  it('of a published test person passes under the policy for them alone', () => {
    // The test person of the national certification centre: a day 34 of birth and no control digit.
    const published = '123456789011';
    expect(parseIin(published).ok).to.equal(false);
    expect(parseIin(published, 'TEST_NUMBERS')).to.deep.equal(accepted(published));
    expect(parsed(iinSchema, published).ok).to.equal(false);
    expect(parsed(iinSchemaOf('TEST_NUMBERS'), published).ok).to.equal(true);
  });

  it('never stands in its own refusal', () => {
    const outcome = parsed(iinSchema, '993278500001');
    expect(JSON.stringify(outcome)).not.to.include('993278500001');
  });
});

describe('a BIN', () => {
  it('of large public bodies passes, as they publish theirs', () => {
    for (const bin of ['160440007161', '941240001151']) {
      expect(parseBin(bin)).to.deep.equal(accepted(bin));
      expect(kindOf(valueOrThrow(parseBin(bin)))).to.equal('RESIDENT');
    }
  });

  it('tells the kind and the division', () => {
    const branch = valueOrThrow(parseBin(completed('99125100003')));
    expect([kindOf(branch), divisionOf(branch)]).to.deep.equal(['NON_RESIDENT', 'BRANCH']);
    expect([kindOf(madeUpBin(0)), divisionOf(madeUpBin(0))]).to.deep.equal(['RESIDENT', 'OTHER']);
  });

  it('is refused with every fault of it', () => {
    expect(codesOf(parseBin('99124000000'))).to.deep.equal(['BIN_FORMAT']);
    expect(codesOf(parseBin(completed('99014900001')))).to.deep.equal([]);
    expect(codesOf(parseBin(completed('99004900001')))).to.deep.equal(['BIN_MONTH']);
    expect(codesOf(parseBin(completed('99134900001')))).to.deep.equal(['BIN_MONTH']);
    expect(codesOf(parseBin('991390000000'))).to.include.members(['BIN_MONTH', 'BIN_KIND']);
    const mistyped = madeUpBin(3).slice(0, 11) + String((Number(madeUpBin(3)[11]) + 1) % 10);
    expect(codesOf(parseBin(mistyped))).to.deep.equal(['BIN_CONTROL_DIGIT']);
  });

  it('is told from an IIN by its fifth digit', () => {
    const iin = madeUpIin(1);
    const bin = madeUpBin(1);
    expect(parseSubjectNumber(iin)).to.deep.equal(accepted({ kind: 'IIN', iin }));
    expect(parseSubjectNumber(bin)).to.deep.equal(accepted({ kind: 'BIN', bin }));
    expect(codesOf(parseBin(iin))).to.include('BIN_KIND');
    expect(codesOf(parseIin(bin))).to.include('IIN_BIRTH_DATE');
  });
});

describe('a cadastral number', () => {
  it('names a plot, or an object and its parts on one', () => {
    for (const text of ['02:036:151:1053', '20:311:010:123', '20:311:010:123456/А']) {
      expect(isPlot(valueOrThrow(parseCadastralNumber(text.split('/')[0] ?? ''))), text).to.equal(
        true,
      );
      expect(parseCadastralNumber(text).ok, text).to.equal(true);
    }
    const flat = valueOrThrow(parseCadastralNumber('02:036:151:1053:1:23/А'));
    expect(plotOf(flat)).to.equal('02:036:151:1053');
    expect(isPlot(flat)).to.equal(false);
  });

  it('is refused in other forms', () => {
    for (const text of [
      '02036151053',
      '2:036:151:1053',
      '02:036:151:12',
      '02:036:151:1053:',
      '02:036:151:1053:1:2:3:4',
      '02:036:151:1053/',
    ]) {
      expect(codesOf(parsed(cadastralNumberSchema, text)), text).to.deep.equal([
        'CADASTRAL_NUMBER_FORMAT',
      ]);
    }
  });
});

describe('other identifiers', () => {
  it('have one text each', () => {
    const id = '0190f3c4-8e00-7a00-8000-000000000001';
    expect(parseApplicationId(id).ok).to.equal(true);
    expect(codesOf(parseApplicationId(id.toUpperCase()))).to.deep.equal(['UUID_FORMAT']);
    expect(codesOf(parseApplicationId(`{${id}}`))).to.deep.equal(['UUID_FORMAT']);
    expect(codesOf(parseApplicationId(id.replace('-7', '-1')))).to.deep.equal(['UUID_FORMAT']);
    expect(parseDocumentHash(documentHashOf('text')).ok).to.equal(true);
    expect(codesOf(parseDocumentHash('A'.repeat(64)))).to.deep.equal(['HASH_FORMAT']);
    expect(parseRka('0200000000000001').ok).to.equal(true);
    expect(codesOf(parseRka('020000000000001'))).to.deep.equal(['RKA_FORMAT']);
    expect(parseMspId('GosCorpMSP').ok).to.equal(true);
    expect(codesOf(parseMspId('Gos Corp'))).to.deep.equal(['MSP_ID_FORMAT']);
    expect(codesOf(parseMspId(''))).to.deep.equal(['MSP_ID_FORMAT']);
  });
});
