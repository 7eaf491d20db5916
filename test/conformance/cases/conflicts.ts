import { expect } from 'chai';
import type { Step } from '../chaincode/step.ts';
import type { Subject } from '../client.ts';

/** What becomes of a transaction that read what another has changed since. */
export function conflictCases(subject: Subject): void {
  const put = (key: string, value: string): Step => ({ do: 'put', key, value });

  describe('conflicts', () => {
    /** Endorses `reading` and a write, commits `changing` in between, and gives the code. */
    async function codeOf(reading: readonly Step[], changing: readonly Step[]): Promise<string> {
      const client = subject.client('alpha');
      const written = subject.key('written');
      const transaction = await client.endorse([...reading, put(written, '1')]);
      await client.submit(changing);
      const { code } = await client.commit(transaction);
      // Whatever the code, the state agrees with it at every peer.
      for (const { name } of subject.network.organisations) {
        const [value] = await subject.client(name).evaluate([{ do: 'get', key: written }]);
        expect(value).to.equal(code === 'VALID' ? '1' : null);
      }
      return code;
    }

    it('of two transactions on one key, submitted together, one is valid', async () => {
      const client = subject.client('alpha');
      const key = subject.key('raced');
      await client.submit([put(key, '0')]);
      const steps = (value: string): Step[] => [{ do: 'get', key }, put(key, value)];
      const [first, second] = await Promise.all([
        client.endorse(steps('first')),
        subject.client('goscorp').endorse(steps('second')),
      ]);
      const committed = await Promise.all([
        client.commit(first),
        subject.client('goscorp').commit(second),
      ]);
      const codes = committed.map(({ code }) => code);
      expect(codes.toSorted()).to.deep.equal(['MVCC_READ_CONFLICT', 'VALID']);
      const winner = codes[0] === 'VALID' ? 'first' : 'second';
      expect(await client.evaluate([{ do: 'get', key }])).to.deep.equal([winner]);
    });

    it('a read key that has changed is an MVCC_READ_CONFLICT', async () => {
      const key = subject.key('read');
      await subject.client('alpha').submit([put(key, '0')]);
      expect(await codeOf([{ do: 'get', key }], [put(key, '0')])).to.equal('MVCC_READ_CONFLICT');
    });

    it('a read key that was not there and now is, likewise', async () => {
      const key = subject.key('born');
      expect(await codeOf([{ do: 'get', key }], [put(key, '1')])).to.equal('MVCC_READ_CONFLICT');
    });

    it('a read key that has been deleted, likewise', async () => {
      const key = subject.key('gone');
      await subject.client('alpha').submit([put(key, '0')]);
      const code = await codeOf([{ do: 'get', key }], [{ do: 'delete', key }]);
      expect(code).to.equal('MVCC_READ_CONFLICT');
    });

    it('a read key whose policy has changed, likewise', async () => {
      const key = subject.key('policy');
      await subject.client('alpha').submit([put(key, '0')]);
      const change: Step = { do: 'setPolicy', key, organisations: ['AlphaMSP'] };
      expect(await codeOf([{ do: 'get', key }], [change])).to.equal('MVCC_READ_CONFLICT');
    });

    it('a read private hash that has changed, likewise', async () => {
      const key = subject.key('hash');
      const read: Step = { do: 'privateHash', collection: 'open', key };
      const change: Step = { do: 'privatePut', collection: 'open', key, value: '1' };
      expect(await codeOf([read], [change])).to.equal('MVCC_READ_CONFLICT');
    });

    it('a key that is only written never conflicts', async () => {
      const client = subject.client('alpha');
      const key = subject.key('blind');
      const transaction = await client.endorse([put(key, 'later')]);
      await client.submit([put(key, 'earlier')]);
      expect((await client.commit(transaction)).code).to.equal('VALID');
      expect(await client.evaluate([{ do: 'get', key }])).to.deep.equal(['later']);
    });

    it('history is not checked again', async () => {
      const key = subject.key('history');
      expect(await codeOf([{ do: 'history', key }], [put(key, '1')])).to.equal('VALID');
    });

    describe('over a range are a PHANTOM_READ_CONFLICT', () => {
      let base: string;
      const key = (suffix: string): string => `${base}/${suffix}`;
      const range = (): Step => ({ do: 'range', start: key(''), end: `${base}0` });

      beforeEach(async () => {
        base = subject.key('range');
        await subject.client('alpha').submit([put(key('b'), '1'), put(key('d'), '1')]);
      });

      for (const [name, suffix] of [
        ['before', 'a'],
        ['between', 'c'],
        ['after', 'e'],
      ] as const) {
        it(`when a key appears ${name}`, async () => {
          const code = await codeOf([range()], [put(key(suffix), '1')]);
          expect(code).to.equal('PHANTOM_READ_CONFLICT');
        });
      }

      it('when a key has another value', async () => {
        expect(await codeOf([range()], [put(key('b'), '2')])).to.equal('PHANTOM_READ_CONFLICT');
      });

      it('when a key has gone', async () => {
        const code = await codeOf([range()], [{ do: 'delete', key: key('d') }]);
        expect(code).to.equal('PHANTOM_READ_CONFLICT');
      });

      it('when a composite key appears', async () => {
        const read: Step = { do: 'composite', type: base, attributes: ['x'] };
        const change: Step = {
          do: 'putComposite',
          type: base,
          attributes: ['x', '1'],
          value: '1',
        };
        expect(await codeOf([read], [change])).to.equal('PHANTOM_READ_CONFLICT');
      });

      it('but not when a key appears outside', async () => {
        expect(await codeOf([range()], [put(`${base}0`, '1')])).to.equal('VALID');
      });

      it('also if it was read in a page', async () => {
        const client = subject.client('alpha');
        const page: Step = { do: 'page', start: key(''), end: `${base}0`, page: { size: 10 } };
        const transaction = await client.endorse([page]);
        await client.submit([put(key('c'), '1')]);
        expect((await client.commit(transaction)).code).to.equal('PHANTOM_READ_CONFLICT');
      });

      it('but not beyond the end of a page', async () => {
        const client = subject.client('alpha');
        const page: Step = { do: 'page', start: key(''), end: `${base}0`, page: { size: 1 } };
        const transaction = await client.endorse([page]);
        await client.submit([put(key('e'), '1')]);
        expect((await client.commit(transaction)).code).to.equal('VALID');
      });

      it('but not beyond the messages that the chaincode asked for', async () => {
        const many = subject.key('many');
        const keys = Array.from({ length: 250 }, (_, n) => `${many}/${String(n).padStart(3, '0')}`);
        await subject.client('alpha').submit(keys.map((each) => put(each, '1')));
        const read: Step = { do: 'range', start: many, end: `${many}~`, stopAt: 1 };
        expect(await codeOf([read], [put(`${many}/240`, '2')])).to.equal('VALID');
        expect(await codeOf([read], [put(`${many}/050`, '2')])).to.equal('PHANTOM_READ_CONFLICT');
      });
    });
  });
}
