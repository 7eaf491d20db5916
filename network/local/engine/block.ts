/** Blocks as Fabric makes them: header, hashes, and what each place of the metadata holds. */
import { common } from '@hyperledger/fabric-protos';
import { noBytes, sha256 } from './bytes.ts';
import * as der from '../../identity/der.ts';
import type { ValidationCode } from './transaction.ts';

const { BlockMetadataIndex } = common;

/** How many places a block's metadata has. */
const metadataPlaces = 5;

/** Makes a block of envelopes, with empty metadata. */
export function newBlock(
  number: number,
  previousHash: Uint8Array,
  envelopes: readonly Uint8Array[],
): common.Block {
  const data = new common.BlockData();
  data.setDataList([...envelopes]);
  const header = new common.BlockHeader();
  header.setNumber(number);
  header.setPreviousHash(previousHash);
  header.setDataHash(sha256(...envelopes));
  const metadata = new common.BlockMetadata();
  metadata.setMetadataList(Array.from({ length: metadataPlaces }, () => noBytes));
  const block = new common.Block();
  block.setHeader(header);
  block.setData(data);
  block.setMetadata(metadata);
  return block;
}

/** The bytes that are hashed and signed: DER of number, previous hash and data hash. */
export function headerBytes(block: common.Block): Buffer {
  const header = block.getHeader();
  const number = Buffer.alloc(8);
  number.writeBigUInt64BE(BigInt(header?.getNumber() ?? 0));
  return der.sequence(
    der.integer(number),
    der.octets(header?.getPreviousHash_asU8() ?? noBytes),
    der.octets(header?.getDataHash_asU8() ?? noBytes),
  );
}

/** What the next block names as its previous one. */
export function headerHash(block: common.Block): Buffer {
  return sha256(headerBytes(block));
}

export function numberOf(block: common.Block): number {
  return block.getHeader()?.getNumber() ?? 0;
}

export function envelopesOf(block: common.Block): readonly Uint8Array[] {
  return block.getData()?.getDataList_asU8() ?? [];
}

/** A place of the metadata, by Fabric's index. */
export function metadataAt(block: common.Block, index: number): Uint8Array {
  return block.getMetadata()?.getMetadataList_asU8()[index] ?? noBytes;
}

export function setMetadataAt(block: common.Block, index: number, bytes: Uint8Array): void {
  const places = block.getMetadata()?.getMetadataList_asU8() ?? [];
  block.getMetadata()?.setMetadataList(places.map((place, at) => (at === index ? bytes : place)));
}

/** The transactions' codes, one byte each. */
export function decodeFilter(block: common.Block): Uint8Array {
  return metadataAt(block, BlockMetadataIndex.TRANSACTIONS_FILTER);
}

export function setFilter(block: common.Block, codes: readonly ValidationCode[]): void {
  setMetadataAt(block, BlockMetadataIndex.TRANSACTIONS_FILTER, Uint8Array.from(codes));
}

/** Puts the chain of commit hashes forward; see `commit-hash.ts`. */
export function setCommitHash(block: common.Block, hash: Uint8Array): void {
  const metadata = new common.Metadata();
  metadata.setValue(hash);
  setMetadataAt(block, BlockMetadataIndex.COMMIT_HASH, metadata.serializeBinary());
}
