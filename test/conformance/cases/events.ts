import { checkpointers, type ChaincodeEvent } from '@hyperledger/fabric-gateway';
import { expect } from 'chai';
import type { Step } from '../chaincode/step.ts';
import { signAs, type Client, type Subject } from '../client.ts';
import { chaincodes } from '../network-handle.ts';
import { refusalOf } from '../refusal.ts';
import { take } from '../take.ts';

const nameAndPayload = (event: ChaincodeEvent): string =>
  `${event.eventName} ${Buffer.from(event.payload).toString('utf8')}`;

/** Chaincode events: one a transaction, of valid transactions only, from any block on. */
export function eventCases(subject: Subject): void {
  const event = (name: string, payload = ''): Step => ({ do: 'event', name, payload });

  describe('chaincode events', () => {
    let client: Client;
    before(() => {
      client = subject.client('alpha');
    });

    it('come as they are committed, with id, block, name and payload', async () => {
      const name = subject.key('event');
      const events = await client.network.getChaincodeEvents(chaincodes.caller);
      const next = take(events, 1, ({ eventName }) => eventName === name);
      const { txId, blockNumber } = await client.submit([event(name, 'мазмұны')]);
      const [seen] = await next;
      expect({ ...seen, payload: Buffer.from(seen?.payload ?? []).toString() }).to.deep.equal({
        blockNumber,
        transactionId: txId,
        chaincodeName: chaincodes.caller,
        eventName: name,
        payload: 'мазмұны',
      });
    });

    it('are the last that the transaction set, one for each', async () => {
      const { blockNumber } = await client.submit([event('first', '1'), event('second', '2')]);
      const events = await client.network.getChaincodeEvents(chaincodes.caller, {
        startBlock: blockNumber,
      });
      await client.submit([event('third', '3')]);
      expect((await take(events, 2)).map(nameAndPayload)).to.deep.equal(['second 2', 'third 3']);
    });

    it('are replayed from a start block at any peer', async () => {
      const { blockNumber } = await client.submit([event('a')]);
      await client.submit([event('b')]);
      await client.submit([event('c')]);
      for (const { name } of subject.network.organisations) {
        const events = await subject
          .client(name)
          .network.getChaincodeEvents(chaincodes.caller, { startBlock: blockNumber });
        const seen = (await take(events, 3)).map(({ eventName }) => eventName);
        expect(seen).to.deep.equal(['a', 'b', 'c']);
      }
    });

    it('go on behind a checkpoint, also in the midst of a block', async () => {
      const { blockNumber } = await client.submit([event('start')]);
      const names = ['1', '2', '3', '4', '5', '6'];
      await Promise.all(names.map((name) => client.submit([event(name)])));
      const all = await take(
        await client.network.getChaincodeEvents(chaincodes.caller, { startBlock: blockNumber }),
        7,
      );
      const checkpointer = checkpointers.inMemory();
      for (const [at, each] of all.slice(0, -1).entries()) {
        await checkpointer.checkpointChaincodeEvent(each);
        const events = await client.network.getChaincodeEvents(chaincodes.caller, {
          checkpoint: checkpointer,
        });
        const [next] = await take(events, 1);
        expect(next?.transactionId).to.equal(all[at + 1]?.transactionId);
      }
    });

    it('start with the next block, where neither start nor checkpoint is given', async () => {
      await client.submit([event('before')]);
      const events = await client.network.getChaincodeEvents(chaincodes.caller, {
        checkpoint: checkpointers.inMemory(),
      });
      const next = take(events, 1);
      // The peer begins at the height at which the request reaches it, and tells nobody of that.
      await new Promise((resolve) => setTimeout(resolve, 300));
      await client.submit([event('after')]);
      expect((await next).map(({ eventName }) => eventName)).to.deep.equal(['after']);
    });

    it('of a transaction that is not valid do not come', async () => {
      const { blockNumber } = await client.submit([event('valid')]);
      await client.run([event('void'), { do: 'put', key: subject.key('k'), value: '1' }], {
        endorsers: ['AlphaMSP'],
      });
      await client.submit([event('valid too')]);
      const events = await client.network.getChaincodeEvents(chaincodes.caller, {
        startBlock: blockNumber,
      });
      const seen = (await take(events, 2)).map(({ eventName }) => eventName);
      expect(seen).to.deep.equal(['valid', 'valid too']);
    });

    it('of a called chaincode are dropped', async () => {
      const key = subject.key('called');
      const { blockNumber } = await client.submit([
        event('outer'),
        {
          do: 'call',
          chaincode: chaincodes.callee,
          args: ['run', JSON.stringify([event('inner'), { do: 'put', key, value: '1' }])],
        },
        { do: 'put', key, value: '1' },
      ]);
      const own = await client.network.getChaincodeEvents(chaincodes.caller, {
        startBlock: blockNumber,
      });
      expect((await take(own, 1)).map(({ eventName }) => eventName)).to.deep.equal(['outer']);

      const callees = await client.network.getChaincodeEvents(chaincodes.callee, {
        startBlock: blockNumber,
      });
      await client.submit([event('direct')], { chaincode: chaincodes.callee });
      expect((await take(callees, 1)).map(({ eventName }) => eventName)).to.deep.equal(['direct']);
    });

    it('of one chaincode do not come to who asks for another’s', async () => {
      const { blockNumber } = await client.submit([event('own')]);
      await client.submit([event('callee')], { chaincode: chaincodes.callee });
      await client.submit([event('own again')]);
      const events = await client.network.getChaincodeEvents(chaincodes.caller, {
        startBlock: blockNumber,
      });
      const seen = (await take(events, 2)).map(({ eventName }) => eventName);
      expect(seen).to.deep.equal(['own', 'own again']);
    });

    it('wait for a block that is still to come', async () => {
      const { blockNumber } = await client.submit([]);
      const events = await client.network.getChaincodeEvents(chaincodes.caller, {
        startBlock: blockNumber + 2n,
      });
      const next = take(events, 1);
      await client.submit([event('too early')]);
      await client.submit([event('in time')]);
      expect((await next).map(({ eventName }) => eventName)).to.deep.equal(['in time']);
    });

    it('are refused to who cannot sign for a member', async () => {
      const request = client.network.newChaincodeEventsRequest(chaincodes.caller);
      const forged = client.gateway.newSignedChaincodeEventsRequest(
        request.getBytes(),
        await signAs(client.member, Buffer.from('another message')),
      );
      expect(await refusalOf(take(await forged.getEvents(), 1))).to.deep.equal({
        stage: 'GatewayError',
        code: 'PERMISSION_DENIED',
        message: `Failed evaluating policy on signed data during check policy on channel [${subject.network.channel}] with policy [/Channel/Application/Readers]: [implicit policy evaluation failed - 0 sub-policies were satisfied, but this policy requires 1 of the 'Readers' sub-policies to be satisfied]`,
        details: [],
      });
    });
  });
}
