import { expect } from 'chai';
import type { z } from 'zod';
import * as chaincode from '../../../chaincode/index.ts';
import { documentHashOf } from '../../../chaincode/kernel/document-hash.ts';
import { instantOfMs } from '../../../chaincode/kernel/instant.ts';
import { accepted } from '../../../chaincode/kernel/outcome.ts';
import { command, contractOf } from '../../../chaincode/ledger/contract.ts';
import { registrarMsp } from '../../../chaincode/ledger/institutions.ts';
import type { Operation } from '../../../chaincode/ledger/operation.ts';
import {
  application,
  type Application,
  type ApplicationState,
  applicationType,
} from '../../../chaincode/pledges/application.ts';
import {
  encumbrance,
  type Encumbrance,
  encumbranceType,
} from '../../../chaincode/pledges/encumbrance.ts';
import * as queries from '../../../chaincode/pledges/queries/operations.ts';
import { UnitLedger } from '../../support/unit-ledger.ts';
import { writing } from '../../support/writing.ts';
import { applicationNumber, banks, pledge, property } from '../pledges/builders.ts';

const open = writing('open', application);
const sealed = writing('sealed', application);
const entered = writing('entered', encumbrance);

const Records = contractOf('records', [
  command(open, async (ledger, data) => {
    await ledger.put(applicationType, data as Application);
    return accepted({});
  }),
  command(sealed, async (ledger, data) => {
    await ledger.putSealed(applicationType, data as Application, registrarMsp);
    return accepted({});
  }),
  command(entered, async (ledger, data) => {
    const given = data as Encumbrance;
    await ledger.isSealed(encumbranceType, given, registrarMsp);
    await ledger.putSealed(encumbranceType, given, registrarMsp);
    return accepted({});
  }),
]);

const contractFile = documentHashOf('the contract of the first');

/** The nth application, in a state, of one bank. */
function applicationIn(state: ApplicationState, n: number): Application {
  const hash = n === 1 ? contractFile : documentHashOf(`contract ${n}`);
  return application.parse({
    id: applicationNumber(n),
    kind: 'PLEDGE',
    platform: banks[0],
    pledgee: banks[1],
    consentToRepledge: false,
    targets: [{ property }],
    revision: 1,
    dossier: hash,
    titleDocument: hash,
    contract: hash,
    participants: [{ number: 1, role: 'PLEDGEE', bin: banks[1], natural: false, signs: true }],
    confirmations: [],
    checks: [],
    decisions: [],
    state,
    ...(state === 'ACCEPTED' ? { due: { lastDay: '2026-03-12', until: dueOf(n) } } : {}),
  });
}

/** The nth is due before the one before it, so that the order is not that of the keys. */
function dueOf(n: number) {
  return instantOfMs(Date.UTC(2026, 2, 12, 18) - n * 60_000);
}

describe('the queries of pledges', () => {
  let ledger: UnitLedger;
  let keys = 0;

  beforeEach(async () => {
    const contracts = [...chaincode.contracts, Records];
    ledger = await UnitLedger.create({ module: { contracts } });
  });

  afterEach(() => ledger.close());

  async function write({ name }: Operation, data: unknown, endorsers?: readonly string[]) {
    keys += 1;
    const outcome = await ledger.submit(
      'records',
      name,
      { key: `write-${keys}-of-test`, input: data },
      { org: 'GosCorpMSP', ...(endorsers && { endorsers }) },
    );
    expect(outcome).to.include({ code: 'VALID', refusal: undefined });
    return outcome;
  }

  async function ask<Op extends Operation>({ name }: Op, input: z.input<Op['input']>) {
    const { payload, refusal } = await ledger.evaluate(
      'pledges',
      name,
      { input },
      { org: 'BetaMSP' },
    );
    if (refusal !== undefined) throw new Error(refusal);
    return JSON.parse(payload) as z.output<Op['output']>;
  }

  const numbersOf = (applications: readonly { readonly id: string }[]) =>
    applications.map(({ id }) => Number(id.slice(-12)));

  it('find an application by each of its sides, wherever its state goes', async () => {
    for (const n of [1, 2, 3]) await write(sealed, applicationIn('FILED', n));
    await write(sealed, applicationIn('ACCEPTED', 2));
    const [platform, pledgee] = [banks[0] ?? '', banks[1] ?? ''];
    const filed = await ask(queries.applicationsOfPledgee, { pledgee, state: 'FILED' });
    expect(numbersOf(filed.applications)).to.eql([1, 3]);
    const all = await ask(queries.applicationsOfPlatform, { platform });
    expect(numbersOf(all.applications)).to.have.members([1, 2, 3]);
    const accepted2 = await ask(queries.applicationsInState, { state: 'ACCEPTED' });
    expect(numbersOf(accepted2.applications)).to.eql([2]);
    const there = await ask(queries.applicationsForProperty, { property });
    expect(numbersOf(there.applications)).to.eql([1, 2, 3]);
    const byFile = await ask(queries.applicationsByDocument, { document: contractFile });
    expect(numbersOf(byFile.applications)).to.eql([1]);
    const none = await ask(queries.applicationsOfPledgee, { pledgee: platform });
    expect(none).to.eql({ applications: [] });
  });

  it('list what is due, the earliest first, and drop what is decided (PL-12)', async () => {
    for (const n of [1, 2, 3, 4]) await write(sealed, applicationIn('ACCEPTED', n));
    await write(sealed, applicationIn('SUSPENDED', 3));
    const due = await ask(queries.applicationsDue, {});
    expect(numbersOf(due.applications)).to.eql([4, 2, 1]);
    const soon = await ask(queries.applicationsDue, { until: dueOf(2), limit: 2 });
    expect(numbersOf(soon.applications)).to.eql([4, 2]);
    const rest = await ask(queries.applicationsDue, { until: dueOf(2), cursor: soon.next });
    expect(rest).to.eql({ applications: [] });
    const late = await ask(queries.applicationsDue, { until: dueOf(4), limit: 2 });
    expect(numbersOf(late.applications)).to.eql([4]);
    expect(late.next).to.equal(undefined);
  });

  it('go on where a page ended, though records come and go meanwhile', async () => {
    for (const n of [2, 4, 6, 8]) await write(sealed, applicationIn('FILED', n));
    const state = 'FILED';
    const first = await ask(queries.applicationsInState, { state, limit: 2 });
    expect(numbersOf(first.applications)).to.eql([2, 4]);
    await write(sealed, applicationIn('FILED', 1));
    await write(sealed, applicationIn('FILED', 7));
    await write(open, applicationIn('WITHDRAWN', 6));
    const second = await ask(queries.applicationsInState, { state, limit: 2, cursor: first.next });
    expect(numbersOf(second.applications)).to.eql([7, 8]);
    expect(second.next).to.equal(undefined);
  });

  it('refuse a cursor that no page gave, and let none out of its list', async () => {
    await write(sealed, applicationIn('FILED', 1));
    const cursors = ['!', '', 'AA', 'AAA', Buffer.from('x').toString('base64url')];
    const outside = ['\u0000a\u0000', 'a\u0000\u0000', '\u{10ffff}\u0000', 'a\u0000b'];
    cursors.push(...outside.map((text) => Buffer.from(text).toString('base64url')));
    cursors.push(Buffer.from([0xff, 0x00]).toString('base64url'));
    for (const cursor of cursors) {
      const asked = ask(queries.applicationsInState, { state: 'FILED', cursor });
      const refusal = await asked.catch((error: Error) => error.message);
      expect(refusal, cursor).to.contain('CURSOR_MALFORMED');
    }
    const below = Buffer.from('!\u0000').toString('base64url');
    const page = await ask(queries.applicationsInState, { state: 'REGISTERED', cursor: below });
    expect(page).to.eql({ applications: [] });
  });

  it('pass over what the State Corporation has not sealed', async () => {
    const accomplices = ['AlphaMSP', 'BetaMSP', 'NitMSP'];
    await write(open, applicationIn('REGISTERED', 1), accomplices);
    await write(sealed, applicationIn('REGISTERED', 2));
    const found = await ask(queries.applicationsInState, { state: 'REGISTERED' });
    expect(numbersOf(found.applications)).to.eql([2]);
  });

  it('find a pledge by who holds or held it, and by its contracts', async () => {
    const [one, other] = [banks[0] ?? '', banks[1] ?? ''];
    const before = pledge(1);
    await write(entered, before);
    const since = instantOfMs(Date.UTC(2026, 3, 1));
    const ceded: Encumbrance = {
      ...before,
      holders: [
        ...before.holders,
        { bin: banks[1] as never, application: applicationNumber(2), since },
      ],
    };
    const { writeSet } = await write(entered, ceded);
    const own = writeSet.find((each) => each.chaincode === 'kepil');
    const written = own?.writes.map(({ key }) => key.split('\u0000')[1]);
    // The record, its one new entry, and the command's idempotency record.
    expect(written).to.have.members(['encumbrance', 'encumbrance.by.holder', 'execution']);
    const held = (holder: string, past: boolean) =>
      ask(queries.pledgesOfHolder, { holder, past }).then(({ encumbrances }) => encumbrances);
    expect(await held(one, false)).to.eql([]);
    expect(await held(one, true)).to.eql([ceded]);
    expect(await held(other, false)).to.eql([ceded]);
    const document = before.terms[0]?.titleDocument ?? '';
    const byFile = await ask(queries.pledgesByDocument, { document });
    expect(byFile.encumbrances).to.eql([ceded]);
  });

  it('show every change of a record, newest first and a page at a time', async () => {
    const states: readonly ApplicationState[] = ['PREPARED', 'FILED', 'ACCEPTED', 'SUSPENDED'];
    const transactions: string[] = [];
    for (const state of states) {
      const { txId } = await write(sealed, applicationIn(state, 1));
      transactions.unshift(txId);
    }
    const id = applicationNumber(1);
    const first = await ask(queries.applicationHistory, { application: id, limit: 3 });
    expect(first.changes.map(({ revision }) => revision)).to.eql([4, 3, 2]);
    expect(first.changes.map((each) => each.transactionId)).to.eql(transactions.slice(0, 3));
    expect(first.changes[2]?.record.state).to.equal('FILED');
    const last = await ask(queries.applicationHistory, { application: id, before: first.next });
    expect(last.changes.map(({ record }) => record.state)).to.eql(['PREPARED']);
    expect(last.next).to.equal(undefined);
    await write(entered, pledge(1));
    const asked = { property, encumbrance: applicationNumber(1) };
    const entry = await ask(queries.pledgeHistory, asked);
    expect(entry.changes.map(({ record }) => record)).to.eql([pledge(1)]);
  });
});
