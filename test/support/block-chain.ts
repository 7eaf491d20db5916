/**
 * Checks a chain of Fabric's blocks from their bytes alone, with nothing of the network's own code:
 * what the network wrote is not checked by what wrote it.
 */
import { type common, peer } from '@hyperledger/fabric-protos';
import { dataHashOf, hashOf, headerOf, numberOf, transactionsIn } from './block.ts';

/** A transaction as it stands in a block. */
export type ChainedTransaction = {
  readonly transactionId: string;
  readonly blockNumber: bigint;
  /** Fabric's validation code; 0 is valid. */
  readonly code: number;
};

/** The transactions of a chain, or an error that says where the chain is broken. */
export function transactionsOf(blocks: readonly common.Block[]): ChainedTransaction[] {
  let previous = '';
  return blocks.flatMap((block, index) => {
    const header = headerOf(block);
    if (numberOf(block) !== BigInt(index)) throw new Error(`block ${index} is missing`);
    if (hexOf(header.getPreviousHash_asU8()) !== previous) {
      throw new Error(`block ${index} does not follow the one before it`);
    }
    if (hexOf(header.getDataHash_asU8()) !== dataHashOf(block)) {
      throw new Error(`the data of block ${index} are not those of its header`);
    }
    previous = hashOf(header);
    return transactionsIn(block).map(({ txId, code }, position) => {
      if (code === peer.TxValidationCode.NOT_VALIDATED) {
        throw new Error(
          `transaction ${position} of block ${index} was not validated: half a block`,
        );
      }
      return { transactionId: txId, blockNumber: BigInt(index), code };
    });
  });
}

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
