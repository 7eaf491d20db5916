import { expect } from 'chai';
import type { Bin } from '../../../chaincode/kernel/bin.ts';
import { documentHashOf } from '../../../chaincode/kernel/document-hash.ts';
import { knownInstant } from '../../../chaincode/kernel/instant.ts';
import type { Application, KnownAs } from '../../../chaincode/pledges/application.ts';
import { judged } from '../../../chaincode/pledges/check-rules.ts';
import { peopleFaults } from '../../../chaincode/pledges/people-rules.ts';
import { banks, property } from './builders.ts';

const bank = { bin: banks[0] as Bin };
const company = { bin: banks[1] as Bin };
const person = (name: string) => ({ person: documentHashOf(name) });
const [pledgor, coOwner, spouse, stranger] = [
  person('pledgor'),
  person('co-owner'),
  person('spouse'),
  person('stranger'),
];
const contract = documentHashOf('contract');
const evidence = documentHashOf('sheet');

const application = (
  kind: Application['kind'],
  others: readonly (readonly [Application['participants'][number]['role'], KnownAs])[],
) => ({
  kind,
  targets: [{ property }],
  contract,
  participants: ([['PLEDGEE', bank], ...others] as const).map(([role, who], index) => ({
    number: index + 1,
    role,
    natural: 'person' in who,
    signs: true,
    ...who,
  })),
});

const codesOf = (...given: Parameters<typeof peopleFaults>) =>
  peopleFaults(...given).map(({ code }) => code);
const owners = (...people: readonly KnownAs[]) =>
  ({ check: 'RIGHTS_AND_CHARACTERISTICS', people: [...people] }) as const;
const married = (...people: readonly KnownAs[]) =>
  ({ check: 'MARRIAGE', people: [...people] }) as const;

describe('whom the registers of the state name (PL-4, PL-5)', () => {
  const pledge = application('PLEDGE', [
    ['PLEDGOR', pledgor],
    ['CO_OWNER', coOwner],
    ['SPOUSE', spouse],
  ]);

  it('take part, each of them, whatever their order', () => {
    expect(codesOf(pledge, owners(coOwner, pledgor))).to.eql([]);
    expect(codesOf(pledge, married(spouse, pledgor))).to.eql([]);
    expect(codesOf(pledge, married())).to.eql([]);
  });

  it('are all named where some take no part: an owner, a spouse, each once', () => {
    const faults = peopleFaults(pledge, owners(pledgor, stranger, stranger, company));
    expect(faults.map(({ code, params }) => [code, params?.['who']])).to.eql([
      ['OWNER_TAKES_NO_PART', stranger.person],
      ['OWNER_TAKES_NO_PART', company.bin],
    ]);
    expect(codesOf(pledge, married(pledgor, stranger))).to.eql(['SPOUSE_TAKES_NO_PART']);
  });

  it('own what is pledged: nobody else pledges it anew', () => {
    expect(codesOf(pledge, owners(coOwner))).to.eql(['PLEDGOR_NOT_OWNER']);
    const agreement = { ...pledge, kind: 'AMENDMENT' as const };
    expect(codesOf(agreement, owners(coOwner))).to.eql([]);
  });

  it('decide whether the check is met, and its sender does not', () => {
    const at = knownInstant('2026-03-10T06:00:00.000Z');
    const met = (people: readonly KnownAs[], isMet: boolean) => {
      const named = { check: 'RIGHTS_AND_CHARACTERISTICS' as const, people: [...people] };
      const check = { ...named, source: 'EGKN' as const, isMet, evidence, at };
      const outcome = judged(pledge, check);
      return outcome.ok && outcome.value.isMet;
    };
    expect(met([pledgor, coOwner], true)).to.equal(true);
    expect(met([pledgor, stranger], true)).to.equal(false);
    expect(met([pledgor, coOwner], false)).to.equal(false);
  });
});

describe('the pledge that EGKN has of what is to end (TR-2; 000 alg. 20)', () => {
  const ending = application('TERMINATION', [['PLEDGOR', pledgor]]);

  it('has the same pledgors and the same contract', () => {
    expect(codesOf(ending, { ...owners(pledgor), contract })).to.eql([]);
    // A pledgor who applies takes part once, as the applicant.
    const applied = application('TERMINATION', [['APPLICANT', pledgor]]);
    expect(codesOf(applied, { ...owners(pledgor), contract })).to.eql([]);
  });

  it('is another one where a pledgor or the contract differs', () => {
    expect(codesOf(ending, { ...owners(stranger), contract })).to.eql(['EGKN_HAS_OTHER_PLEDGORS']);
    expect(codesOf(ending, { ...owners(pledgor, stranger), contract })).to.eql([
      'EGKN_HAS_OTHER_PLEDGORS',
    ]);
    expect(codesOf(ending, owners(pledgor))).to.eql(['EGKN_HAS_ANOTHER_CONTRACT']);
  });
});
