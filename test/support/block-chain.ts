/**
 * Checks a chain of Fabric's blocks from their bytes alone, with nothing of the network's own code:
 * what the network wrote is not checked by what wrote it.
 */
import { createHash } from 'node:crypto';
import { common, peer } from '@hyperledger/fabric-protos';

/** A transaction as it stands in a block. */
export type ChainedTransaction = {
  readonly transactionId: string;
  readonly blockNumber: bigint;
  /** Fabric's validation code; 0 is valid. */
  readonly code: number;
};

/** The transactions of a chain, or an error that says where the chain is broken. */
export function transactionsOf(blocks: readonly common.Block[]): ChainedTransaction[] {
  let previous: Buffer = Buffer.alloc(0);
  return blocks.flatMap((block, index) => {
    const header = block.getHeader();
    const data = block.getData()?.getDataList_asU8() ?? [];
    if (!header || header.getNumber() !== index) throw new Error(`block ${index} is missing`);
    if (!previous.equals(header.getPreviousHash_asU8())) {
      throw new Error(`block ${index} does not follow the one before it`);
    }
    if (!sha256(Buffer.concat(data)).equals(header.getDataHash_asU8())) {
      throw new Error(`the data of block ${index} are not those of its header`);
    }
    previous = headerHash(header);
    return data.map((envelope, position) => transactionOf(block, index, position, envelope));
  });
}

function transactionOf(
  block: common.Block,
  index: number,
  position: number,
  envelope: Uint8Array,
): ChainedTransaction {
  const codes = block.getMetadata()?.getMetadataList_asU8()[
    common.BlockMetadataIndex.TRANSACTIONS_FILTER
  ];
  const code = codes?.[position];
  if (code === undefined || code === peer.TxValidationCode.NOT_VALIDATED) {
    throw new Error(`transaction ${position} of block ${index} was not validated: half a block`);
  }
  const payload = common.Payload.deserializeBinary(
    common.Envelope.deserializeBinary(envelope).getPayload_asU8(),
  );
  const channelHeader = payload.getHeader()?.getChannelHeader_asU8() ?? new Uint8Array();
  const transactionId = common.ChannelHeader.deserializeBinary(channelHeader).getTxId();
  return { transactionId, blockNumber: BigInt(index), code };
}

/** SHA-256 over the header's ASN.1: a sequence of the number and the two hashes. */
function headerHash(header: common.BlockHeader): Buffer {
  const number = derInteger(header.getNumber());
  const previous = der(0x04, header.getPreviousHash_asU8());
  const data = der(0x04, header.getDataHash_asU8());
  return sha256(der(0x30, Buffer.concat([number, previous, data])));
}

/** Test chains are short: a number of 32 bits will do. */
function derInteger(value: number): Buffer {
  const bytes = Buffer.alloc(5);
  bytes.writeUInt32BE(value, 1);
  const first = bytes.findIndex((byte, index) => byte !== 0 || index === 4);
  // A leading zero keeps a number with its top bit set from reading as negative.
  return der(0x02, bytes.subarray((bytes[first] ?? 0) > 0x7f ? first - 1 : first));
}

/** Lengths here are those of hashes: below 128, hence one byte. */
function der(tag: number, content: Uint8Array): Buffer {
  if (content.length > 127) throw new Error('longer than the short form of DER');
  return Buffer.concat([Buffer.from([tag, content.length]), content]);
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
