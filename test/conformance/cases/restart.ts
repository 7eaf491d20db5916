import { expect } from 'chai';
import type { Step } from '../chaincode/step.ts';
import type { Subject } from '../client.ts';

/** How long a network may take until it answers again. */
const backWithinMs = 60_000;

/** What a network still knows after it was stopped. */
export function restartCases(subject: Subject): void {
  describe('after a restart', () => {
    it('everything committed is there, and the network goes on', async function () {
      this.timeout(2 * backWithinMs);
      const key = subject.key('kept');
      const collection = '_implicit_org_AlphaMSP';
      const secret: Step = { do: 'privatePut', collection, key, value: 'secret' };
      const committed = await subject
        .client('alpha')
        .submit([
          { do: 'put', key, value: 'public' },
          { do: 'event', name: key, payload: '' },
          secret,
        ]);

      await subject.network.restart('alpha');
      await untilBack();

      const client = subject.client('alpha');
      const read: Step[] = [
        { do: 'get', key },
        { do: 'privateGet', collection, key },
      ];
      expect(await client.evaluate(read)).to.deep.equal(['public', 'secret']);
      expect(await client.status(committed.txId)).to.include({
        code: 'VALID',
        blockNumber: committed.blockNumber,
      });
      const next = await client.submit([{ do: 'put', key, value: 'and on' }]);
      expect(next.blockNumber > committed.blockNumber).to.equal(true);
    });
  });

  /** A peer that starts needs its chaincode, and to be met by the others, before it endorses. */
  async function untilBack(): Promise<void> {
    const until = Date.now() + backWithinMs;
    for (;;) {
      try {
        await subject.client('alpha').submit([]);
        return;
      } catch (error) {
        if (Date.now() > until) throw error;
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    }
  }
}
