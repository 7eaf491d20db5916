import { expect } from 'chai';
import type { ChaincodeStub } from 'fabric-shim';
import { z } from 'zod';
import { registrarMsp } from '../../../chaincode/ledger/institutions.ts';
import { PublicLedger } from '../../../chaincode/ledger/public-ledger.ts';
import type { Circumstances } from '../../../chaincode/ledger/reader.ts';
import { recordType } from '../../../chaincode/ledger/record.ts';

const note = recordType({
  name: 'note',
  version: 1,
  schema: z.strictObject({ id: z.string(), text: z.string() }),
  keyOf: ({ id }: { id: string; text: string }) => [id],
});

/** A stub over nothing that keeps what is written, and counts how often it is asked. */
function emptyStub() {
  const written = new Map<string, string>();
  const calls = { reads: 0 };
  const read = () => {
    calls.reads += 1;
    return Promise.resolve(Buffer.alloc(0));
  };
  const keep = (key: string, value: Uint8Array) => {
    written.set(key, Buffer.from(value).toString());
    return Promise.resolve();
  };
  const stub = {
    getState: read,
    getPrivateDataHash: read,
    putState: keep,
    putPrivateData: (_collection: string, key: string, value: Uint8Array) => keep(key, value),
    setEvent: (name: string, payload: Uint8Array) => void keep(`event:${name}`, payload),
  };
  return { stub: stub as unknown as ChaincodeStub, written, calls };
}

function ledgerOver(stub: ChaincodeStub): PublicLedger {
  return new PublicLedger(stub, { time: '', transactionId: 't' } as unknown as Circumstances);
}

describe('an item of a batch', () => {
  it('leaves nothing behind if it is refused, and all of it if it is accepted', async () => {
    const { stub, written } = emptyStub();
    const ledger = ledgerOver(stub);
    await ledger.put(note, { id: 'before', text: 'the batch' });
    await ledger.attempt(async () => {
      await ledger.putSealed(note, { id: 'one', text: 'accepted' }, registrarMsp);
      ledger.emit({ name: 'Accepted' });
      return { ok: true };
    });
    await ledger.attempt(async () => {
      await ledger.putSealed(note, { id: 'one', text: 'overwritten' }, registrarMsp);
      await ledger.putSealed(note, { id: 'two', text: 'new' }, registrarMsp);
      await ledger.put(note, { id: 'before', text: 'overwritten' });
      ledger.emit({ name: 'Refused' });
      return { ok: false };
    });
    expect((await ledger.find(note, ['one']))?.data.text).to.equal('accepted');
    expect((await ledger.find(note, ['before']))?.data.text).to.equal('the batch');
    expect(await ledger.find(note, ['two'])).to.equal(undefined);
    expect(await ledger.isSealed(note, { id: 'one', text: '' }, registrarMsp)).to.equal(true);
    await ledger.flush('done');
    const text = [...written.values()].join('\n');
    expect(text).to.contain('Accepted').and.not.to.contain('Refused');
    expect(text).not.to.contain('overwritten').and.not.to.contain('"two"');
    // Two records, one seal, one event.
    expect(written.size).to.equal(4);
  });

  it('sees the record and the seal of the item before it', async () => {
    const { stub, calls } = emptyStub();
    const ledger = ledgerOver(stub);
    const first = await ledger.putSealed(note, { id: 'one', text: 'a' }, registrarMsp);
    expect(first.revision).to.equal(1);
    expect(await ledger.isSealed(note, first.data, registrarMsp)).to.equal(true);
    const second = await ledger.putSealed(note, { id: 'one', text: 'b' }, registrarMsp);
    expect(second.revision).to.equal(2);
    expect(calls.reads).to.equal(1);
  });
});
