import { expect } from 'chai';
import { z } from 'zod';
import { accepted } from '../../../../chaincode/kernel/outcome.ts';
import { command, contractOf, query } from '../../../../chaincode/ledger/contract.ts';
import { registrarMsp } from '../../../../chaincode/ledger/institutions.ts';
import { operation } from '../../../../chaincode/ledger/operation.ts';
import { encodeRecord } from '../../../../chaincode/ledger/record.ts';
import { encumbranceType } from '../../../../chaincode/pledges/encumbrance.ts';
import { certify } from '../../../../chaincode/pledges/queries/operations.ts';
import { collectExtract } from '../../../../gateway/extracts/collect.ts';
import { verifyExtract } from '../../../../gateway/extracts/verify.ts';
import { extractSourceOf } from '../../../support/extract-source.ts';
import { UnitLedger } from '../../../support/unit-ledger.ts';
import { applicationNumber, pledge, property } from '../../pledges/builders.ts';

/** What every peer says of the register, whatever stands on the ledger. */
let lie: z.input<typeof certify.output>;

const writing = (name: string) =>
  operation({
    contract: 'pledges',
    name,
    summary: 'Writes a pledge past the procedure.',
    norms: 'none',
    shape: { kind: 'public' },
    callers: {},
    input: z.strictObject({}),
    output: z.strictObject({}),
  });

const Liars = contractOf('pledges', [
  query(certify, () => Promise.resolve(accepted(lie))),
  command(writing('withSeal'), async (ledger) => {
    await ledger.putSealed(encumbranceType, pledge(1), registrarMsp);
    return accepted({});
  }),
  command(writing('withoutSeal'), async (ledger) => {
    await ledger.put(encumbranceType, pledge(1));
    return accepted({});
  }),
]);

/**
 * Peers that lie attest a register, and the blocks do not bear it out. (A majority of the peers that
 * lies with the State Corporation's could write what it says; then the lie is the record.)
 */
describe('an extract from peers that lie', () => {
  let ledger: UnitLedger;

  beforeEach(async () => {
    const module = { contracts: [Liars] };
    ledger = await UnitLedger.create({ module, others: [{ name: 'other', module }] });
  });

  afterEach(() => ledger.close());

  const text = (revision = 1) => encodeRecord(encumbranceType, { data: pledge(1), revision });

  async function written(transaction: string, options = {}): Promise<string> {
    const argument = { key: `lie-${transaction}`, input: {} };
    const call = { org: 'AlphaMSP', ...options };
    const outcome = await ledger.submit('pledges', transaction, argument, call);
    expect(outcome.code).to.equal('VALID');
    return outcome.txId;
  }

  async function codesOf(transactionId: string, changes = {}): Promise<readonly string[]> {
    const record = { type: 'encumbrance' as const, id: applicationNumber(1), rank: 1 };
    lie = { property, records: [{ ...record, text: text(), transactionId, ...changes }] };
    const made = await collectExtract(extractSourceOf(ledger), { property });
    if (!made.ok) throw new Error('no extract was made');
    const verdict = verifyExtract(made.value);
    return verdict.ok ? ['proved'] : verdict.refusals.map(({ code }) => code);
  }

  it('is proved where the record stands as they say', async () => {
    expect(await codesOf(await written('withSeal'))).to.eql(['proved']);
  });

  it('is refused where the State Corporation did not endorse', async () => {
    const endorsers = ['AlphaMSP', 'BetaMSP', 'NitMSP'];
    const transaction = await written('withoutSeal', { endorsers });
    expect(await codesOf(transaction)).to.eql(['EXTRACT_NOT_ENDORSED']);
  });

  it('is refused where it endorsed without its seal', async () => {
    const endorsers = ['AlphaMSP', 'BetaMSP', 'GosCorpMSP'];
    const transaction = await written('withoutSeal', { endorsers });
    expect(await codesOf(transaction)).to.eql(['EXTRACT_SEAL_MISSING']);
  });

  it('is refused where the transaction wrote another text', async () => {
    const transaction = await written('withSeal');
    const codes = await codesOf(transaction, { text: text(2) });
    expect(codes).to.eql(['EXTRACT_RECORD_NOT_WRITTEN']);
  });

  it('is refused where the transaction is of another chaincode', async () => {
    const transaction = await written('withSeal', { chaincode: 'other' });
    expect(await codesOf(transaction)).to.eql(['EXTRACT_TRANSACTION_BROKEN']);
  });

  it('is refused where a record is listed as what it is not', async () => {
    const transaction = await written('withSeal');
    for (const changes of [
      { id: applicationNumber(2) },
      { type: 'rank.agreement' },
      { text: '1' },
    ]) {
      expect(await codesOf(transaction, changes)).to.eql(['EXTRACT_RECORD_BROKEN']);
    }
  });
});
