/** Reads blocks as they are on the wire: the hash chain, the signatures, what each block holds. */
import { createHash, verify, X509Certificate } from 'node:crypto';
import { common, msp, peer } from '@hyperledger/fabric-protos';

/** A block's header; every block has one. */
export function headerOf(block: common.Block): common.BlockHeader {
  const header = block.getHeader();
  if (header === undefined) throw new Error('a block without a header');
  return header;
}

/** The number of a block. */
export const numberOf = (block: common.Block): bigint => BigInt(headerOf(block).getNumber());

/** SHA-256 of a header as ASN.1, in hex: what the next block calls `previous_hash`. */
export const hashOf = (header: common.BlockHeader): string => sha256(asn1Of(header));

/** SHA-256 of a block's data, in hex: what its own header calls `data_hash`. */
export const dataHashOf = (block: common.Block): string =>
  sha256(Buffer.concat(block.getData()?.getDataList_asU8() ?? []));

/** `SEQUENCE { number INTEGER, previousHash OCTET STRING, dataHash OCTET STRING }`. */
function asn1Of(header: common.BlockHeader): Buffer {
  return tagged(
    0x30,
    Buffer.concat([
      tagged(0x02, integer(BigInt(header.getNumber()))),
      tagged(0x04, header.getPreviousHash_asU8()),
      tagged(0x04, header.getDataHash_asU8()),
    ]),
  );
}

/** A header is short: every length fits one byte. */
const tagged = (tag: number, bytes: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from([tag, bytes.length]), bytes]);

function integer(value: bigint): Buffer {
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  return (bytes[0] ?? 0) > 0x7f ? Buffer.concat([Buffer.from([0]), bytes]) : bytes;
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Which of the known orderers signed the block, as indexes; a wrong signature throws. */
export function signersOf(
  block: common.Block,
  orderers: readonly { readonly certificatePem: string }[],
): readonly number[] {
  const metadata = common.Metadata.deserializeBinary(
    metadataOf(block, common.BlockMetadataIndex.SIGNATURES),
  );
  return metadata.getSignaturesList().map((signature) => {
    const index = signerIndex(signature, orderers);
    const certificate = new X509Certificate(orderers[index]?.certificatePem ?? '');
    const signed = Buffer.concat([
      metadata.getValue_asU8(),
      signature.getSignatureHeader_asU8(),
      signature.getIdentifierHeader_asU8(),
      asn1Of(headerOf(block)),
    ]);
    if (!verify('sha256', signed, certificate.publicKey, signature.getSignature_asU8())) {
      throw new Error(`block ${numberOf(block)}: the signature of orderer ${index} is wrong`);
    }
    return index;
  });
}

/** A BFT signature names its orderer by number; another by its certificate. */
function signerIndex(
  signature: common.MetadataSignature,
  orderers: readonly { readonly certificatePem: string }[],
): number {
  const identifier = signature.getIdentifierHeader_asU8();
  if (identifier.length > 0) {
    return common.IdentifierHeader.deserializeBinary(identifier).getIdentifier() - 1;
  }
  const header = common.SignatureHeader.deserializeBinary(signature.getSignatureHeader_asU8());
  const creator = msp.SerializedIdentity.deserializeBinary(header.getCreator_asU8());
  const pem = Buffer.from(creator.getIdBytes_asU8()).toString().trim();
  return orderers.findIndex(({ certificatePem }) => certificatePem.trim() === pem);
}

/** One of a block's metadata, by its place. */
export function metadataOf(block: common.Block, index: number): Uint8Array {
  return block.getMetadata()?.getMetadataList_asU8()[index] ?? new Uint8Array(0);
}

/** What a block says of each of its transactions. */
export function transactionsIn(
  block: common.Block,
): readonly { readonly txId: string; readonly type: number; readonly code: number }[] {
  const codes = metadataOf(block, common.BlockMetadataIndex.TRANSACTIONS_FILTER);
  return (block.getData()?.getDataList_asU8() ?? []).map((bytes, index) => {
    const envelope = common.Envelope.deserializeBinary(bytes);
    const payload = common.Payload.deserializeBinary(envelope.getPayload_asU8());
    const header = common.ChannelHeader.deserializeBinary(
      payload.getHeader()?.getChannelHeader_asU8() ?? new Uint8Array(0),
    );
    return {
      txId: header.getTxId(),
      type: header.getType(),
      code: codes[index] ?? peer.TxValidationCode.NOT_VALIDATED,
    };
  });
}
