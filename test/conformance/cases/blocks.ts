import { checkpointers, type CloseableAsyncIterable } from '@hyperledger/fabric-gateway';
import { common, ledger, peer } from '@hyperledger/fabric-protos';
import { expect } from 'chai';
import { transactionsOf } from '../../support/block-chain.ts';
import {
  dataHashOf,
  hashOf,
  headerOf,
  numberOf,
  signersOf,
  transactionsIn,
} from '../../support/block.ts';
import type { Step } from '../chaincode/step.ts';
import { signAs, type Client, type Committed, type Subject } from '../client.ts';
import { chaincodes } from '../network-handle.ts';
import { take } from '../take.ts';

const { VALID, ENDORSEMENT_POLICY_FAILURE } = peer.TxValidationCode;

/** Blocks as a client receives them: whole, filtered, and with the private data that it may see. */
export function blockCases(subject: Subject): void {
  let client: Client;
  before(() => {
    client = subject.client('alpha');
  });

  describe('the chain of blocks', () => {
    it('begins with the channel’s configuration, and each block names the one before', async () => {
      await client.submit([]);
      const { blockNumber } = await client.submit([]);
      const blocks = await take(
        await client.network.getBlockEvents({ startBlock: 0n }),
        Number(blockNumber) + 1,
      );
      const [genesis] = blocks;
      expect(
        genesis === undefined ? [] : transactionsIn(genesis).map(({ type }) => type),
      ).to.deep.equal([common.HeaderType.CONFIG]);
      // Throws where a hash or a number is not as it should be.
      const transactions = transactionsOf(blocks);
      expect(transactions.at(-1)).to.include({ blockNumber });
    });

    it('is signed by a quorum of the orderers', async () => {
      const { blockNumber } = await client.submit([]);
      const [block] = await take(
        await client.network.getBlockEvents({ startBlock: blockNumber }),
        1,
      );
      const orderers = subject.network.ordererCertificatesPem.map((certificatePem) => ({
        certificatePem,
      }));
      const signers = block === undefined ? [] : signersOf(block, orderers);
      expect(new Set(signers).size).to.equal(signers.length);
      expect(signers.length).to.be.at.least(3);
    });

    it('is the same at every peer, but for the peers’ own notes', async () => {
      const { blockNumber } = await client.submit([
        { do: 'put', key: subject.key('same'), value: '1' },
      ]);
      const seen = new Set<string>();
      for (const { name } of subject.network.organisations) {
        const events = await subject
          .client(name)
          .network.getBlockEvents({ startBlock: blockNumber });
        const [block] = await take(events, 1);
        if (block === undefined) throw new Error('no block');
        seen.add(
          `${hashOf(headerOf(block))} ${dataHashOf(block)} ${JSON.stringify(transactionsIn(block))}`,
        );
      }
      expect(seen.size).to.equal(1);
    });

    it('holds valid and void transactions with their codes', async () => {
      const valid = await client.submit([]);
      const code = (await codesFrom(valid.blockNumber)).get(valid.txId);
      expect(code).to.equal(VALID);
      const failed = await client.run([{ do: 'put', key: subject.key('k'), value: '1' }], {
        endorsers: ['AlphaMSP'],
      });
      const failure = (await codesFrom(failed.blockNumber)).get(failed.txId);
      expect(failure).to.equal(ENDORSEMENT_POLICY_FAILURE);
    });

    async function codesFrom(startBlock: bigint): Promise<ReadonlyMap<string, number>> {
      const [block] = await take(await client.network.getBlockEvents({ startBlock }), 1);
      if (block === undefined) throw new Error('no block');
      return new Map(transactionsIn(block).map(({ txId, code }) => [txId, code]));
    }
  });

  describe('block events', () => {
    it('go on behind a checkpoint', async () => {
      const first = await client.submit([]);
      const second = await client.submit([]);
      const checkpointer = checkpointers.inMemory();
      await checkpointer.checkpointBlock(first.blockNumber);
      const events = await client.network.getBlockEvents({ checkpoint: checkpointer });
      const [block] = await take(events, 1);
      expect(block === undefined ? -1n : numberOf(block)).to.equal(first.blockNumber + 1n);
      expect(second.blockNumber > first.blockNumber).to.equal(true);
    });

    it('start with the next block, where no start is given', async () => {
      const before = await client.submit([]);
      const next = take(await client.network.getBlockEvents(), 1);
      // The peer begins at the height at which the request reaches it, and tells nobody of that.
      await new Promise((resolve) => setTimeout(resolve, 300));
      await client.submit([]);
      const [block] = await next;
      expect(block === undefined ? -1n : numberOf(block)).to.equal(before.blockNumber + 1n);
    });

    it('come filtered: ids, codes, and events without payload', async () => {
      const committed = await client.submit([
        { do: 'event', name: 'filtered', payload: 'not for you' },
        { do: 'put', key: subject.key('k'), value: '1' },
      ]);
      const [block] = await take(
        await client.network.getFilteredBlockEvents({ startBlock: committed.blockNumber }),
        1,
      );
      expect(block?.getChannelId()).to.equal(subject.network.channel);
      expect(BigInt(block?.getNumber() ?? -1)).to.equal(committed.blockNumber);
      const transaction = block
        ?.getFilteredTransactionsList()
        .find((each) => each.getTxid() === committed.txId);
      expect(transaction?.toObject()).to.deep.include({
        txid: committed.txId,
        type: common.HeaderType.ENDORSER_TRANSACTION,
        txValidationCode: VALID,
        transactionActions: {
          chaincodeActionsList: [
            {
              chaincodeEvent: {
                chaincodeId: chaincodes.caller,
                txId: committed.txId,
                eventName: 'filtered',
                payload: '',
              },
            },
          ],
        },
      });
    });

    it('come filtered without an action where there was no event', async () => {
      const committed = await client.submit([]);
      const [block] = await take(
        await client.network.getFilteredBlockEvents({ startBlock: committed.blockNumber }),
        1,
      );
      const transaction = block
        ?.getFilteredTransactionsList()
        .find((each) => each.getTxid() === committed.txId);
      expect(transaction?.toObject()).to.deep.equal({
        txid: committed.txId,
        type: common.HeaderType.ENDORSER_TRANSACTION,
        txValidationCode: VALID,
        transactionActions: { chaincodeActionsList: [] },
      });
    });
  });

  describe('requests for blocks', () => {
    it('are refused to who cannot sign for a member', async () => {
      const request = client.network.newBlockEventsRequest({ startBlock: 0n });
      const forged = client.gateway.newSignedBlockEventsRequest(
        request.getBytes(),
        await signAs(client.member, Buffer.from('another message')),
      );
      expect(await statusOf(await forged.getEvents())).to.equal(common.Status.FORBIDDEN);
    });

    it('are refused on a channel that the peer does not have', async () => {
      const events = await client.gateway.getNetwork('elsewhere').getBlockEvents();
      expect(await statusOf(events)).to.equal(common.Status.NOT_FOUND);
    });

    /** The status that ended a stream of blocks, which the library has in its error's text only. */
    async function statusOf(stream: CloseableAsyncIterable<common.Block>): Promise<number> {
      try {
        await take(stream, 1);
      } catch (error) {
        const [, status = ''] =
          /^Unexpected status response: (\d+)$/.exec((error as Error).message) ?? [];
        return Number(status);
      }
      throw new Error('a block came');
    }
  });

  describe('block events with private data', () => {
    const write = (collection: string, key: string, value: string): Step => ({
      do: 'privatePut',
      collection,
      key,
      value,
    });

    it('bring what the peer holds and the client may see', async () => {
      const key = subject.key('p');
      const committed = await client.submit([write('pair', key, 'secret')]);
      expect(await privateDataOf('alpha', committed)).to.deep.equal([`pair ${key}=secret`]);
      expect(await privateDataOf('goscorp', committed)).to.deep.equal([`pair ${key}=secret`]);
      expect(await privateDataOf('beta', committed)).to.deep.equal([]);
    });

    it('bring a stranger nothing, though the peer holds it', async () => {
      const key = subject.key('p');
      const committed = await client.submit([write('pair', key, 'secret')]);
      const stranger = subject.clientAt('alpha', subject.client('beta').member);
      expect(await readPrivateData(stranger, committed)).to.deep.equal([]);
    });

    it('bring an implicit collection to its organisation', async () => {
      const key = subject.key('p');
      const committed = await client.submit([write('_implicit_org_AlphaMSP', key, 'mine')]);
      expect(await privateDataOf('alpha', committed)).to.deep.equal([
        `_implicit_org_AlphaMSP ${key}=mine`,
      ]);
      expect(await privateDataOf('goscorp', committed)).to.deep.equal([]);
    });

    const privateDataOf = (
      organisation: string,
      committed: Committed,
    ): Promise<readonly string[]> => readPrivateData(subject.client(organisation), committed);

    async function readPrivateData(
      reader: Client,
      { blockNumber, txId }: Committed,
    ): Promise<readonly string[]> {
      const stream: CloseableAsyncIterable<peer.BlockAndPrivateData> =
        await reader.network.getBlockAndPrivateDataEvents({ startBlock: blockNumber });
      const [event] = await take(stream, 1);
      const block = event?.getBlock();
      if (event === undefined || block === undefined) throw new Error('no block');
      expect(numberOf(block)).to.equal(blockNumber);
      const index = transactionsIn(block).findIndex((each) => each.txId === txId);
      const written = event.getPrivateDataMapMap().get(index);
      return (written?.getNsPvtRwsetList() ?? []).flatMap((namespace) =>
        namespace.getCollectionPvtRwsetList().flatMap((collection) =>
          ledger.rwset.kvrwset.KVRWSet.deserializeBinary(collection.getRwset_asU8())
            .getWritesList()
            .map(
              (each) =>
                `${collection.getCollectionName()} ${each.getKey()}=${Buffer.from(each.getValue_asU8()).toString()}`,
            ),
        ),
      );
    }
  });
}
