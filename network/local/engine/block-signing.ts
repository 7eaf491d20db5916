/** The ordering service's hand under a block: a quorum of signatures, as BFT orderers write them. */
import { randomBytes } from 'node:crypto';
import { common } from '@hyperledger/fabric-protos';
import { headerBytes, numberOf, setMetadataAt } from './block.ts';
import { noBytes } from './bytes.ts';
import type { Consenter } from './membership.ts';
import { varintField } from './varint.ts';

/** Fabric's nonces are that long. */
const nonceLength = 24;

/** How many of the orderers have to sign so that any two quorums share an honest one. */
export function quorumOf(orderers: number): number {
  const faulty = Math.floor((orderers - 1) / 3);
  return Math.ceil((orderers + faulty + 1) / 2);
}

/** Signs a block by a quorum of the orderers, in turn so that each signs now and then. */
export function signBlock(
  block: common.Block,
  consenters: readonly Consenter[],
  lastConfig: number,
): void {
  const value = ordererMetadata(block, lastConfig);
  const header = headerBytes(block);
  const first = numberOf(block) % consenters.length;
  const quorum = Array.from({ length: quorumOf(consenters.length) }, (_, index) => index + first)
    .map((index) => index % consenters.length)
    .sort((a, b) => a - b);
  const metadata = new common.Metadata();
  metadata.setValue(value);
  metadata.setSignaturesList(
    quorum.flatMap((index) => {
      const consenter = consenters[index];
      return consenter ? [signature(consenter, index + 1, value, header)] : [];
    }),
  );
  setMetadataAt(block, common.BlockMetadataIndex.SIGNATURES, metadata.serializeBinary());
  setMetadataAt(block, common.BlockMetadataIndex.LAST_CONFIG, lastConfigMetadata(lastConfig));
}

/** The consenter is named by its number in the channel's configuration, and not by certificate. */
function signature(
  consenter: Consenter,
  id: number,
  value: Uint8Array,
  header: Uint8Array,
): common.MetadataSignature {
  const identifier = new common.IdentifierHeader();
  identifier.setIdentifier(id);
  identifier.setNonce(randomBytes(nonceLength));
  const identifierBytes = identifier.serializeBinary();
  const message = new common.MetadataSignature();
  message.setIdentifierHeader(identifierBytes);
  message.setSignature(consenter.signer.sign(Buffer.concat([value, identifierBytes, header])));
  return message;
}

function ordererMetadata(block: common.Block, lastConfig: number): Uint8Array {
  const metadata = new common.OrdererBlockMetadata();
  metadata.setLastConfig(lastConfigOf(lastConfig));
  metadata.setConsenterMetadata(viewMetadata(numberOf(block)));
  return metadata.serializeBinary();
}

/** SmartBFT's view: its sequence and decisions grow with the blocks, as no leader ever falls. */
function viewMetadata(number: number): Uint8Array {
  if (number === 0) return noBytes;
  return Buffer.concat([varintField(2, number), varintField(3, number)]);
}

function lastConfigMetadata(index: number): Uint8Array {
  const metadata = new common.Metadata();
  metadata.setValue(lastConfigOf(index).serializeBinary());
  return metadata.serializeBinary();
}

function lastConfigOf(index: number): common.LastConfig {
  const lastConfig = new common.LastConfig();
  lastConfig.setIndex(index);
  return lastConfig;
}
