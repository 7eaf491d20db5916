/**
 * That the orderers made a block: a quorum of them signs header and metadata, and the header holds
 * the hash of the data. What their signatures do not cover is whether a transaction in it was valid.
 */
import { common } from '@hyperledger/fabric-protos';
import { accepted, type Outcome, refused } from '../../chaincode/kernel/outcome.ts';
import * as der from '../../network/identity/der.ts';
import { bytesOf, readable, sha256 } from './bytes.ts';
import type { ChannelConfig } from './channel-config.ts';
import type { ExtractBlock } from './file.ts';
import { refuse } from './refusals.ts';

/** The bytes that orderers sign of a header: DER of number, previous hash and hash of the data. */
function headerBytes({ number, previousHash, data }: ExtractBlock): Buffer {
  const digits = Buffer.alloc(8);
  digits.writeBigUInt64BE(BigInt(number));
  return der.sequence(
    der.integer(digits),
    der.octets(bytesOf(previousHash)),
    der.octets(sha256(...data.map(bytesOf))),
  );
}

/** The hash of a block's header; that of the first block is the channel's fingerprint. */
export function blockHash(block: ExtractBlock): string {
  return sha256(headerBytes(block)).toString('hex');
}

/** The block of configuration under which a block was made; the orderers sign it. */
export function lastConfigOf({ signedValue }: ExtractBlock): number | undefined {
  const metadata = readable(() =>
    common.OrdererBlockMetadata.deserializeBinary(bytesOf(signedValue)),
  );
  return metadata?.getLastConfig()?.getIndex();
}

/** How many orderers have to sign so that any two quorums share an honest one. */
function quorumOf(orderers: number): number {
  const faulty = Math.floor((orderers - 1) / 3);
  return Math.ceil((orderers + faulty + 1) / 2);
}

/** The orderers who signed a block, by their organisations, if they are a quorum. */
export function signersOf(
  block: ExtractBlock,
  { consenters }: ChannelConfig,
): Outcome<readonly string[]> {
  const header = headerBytes(block);
  const signed = new Map<number, string>();
  for (const { identifierHeader, signature } of block.signatures) {
    const id = readable(() =>
      common.IdentifierHeader.deserializeBinary(bytesOf(identifierHeader)).getIdentifier(),
    );
    const identity = id === undefined ? undefined : consenters.get(id)?.identity();
    const message = Buffer.concat([bytesOf(block.signedValue), bytesOf(identifierHeader), header]);
    if (id !== undefined && identity?.verify(message, bytesOf(signature))) {
      signed.set(id, identity.mspId);
    }
  }
  const need = quorumOf(consenters.size);
  if (consenters.size > 0 && signed.size >= need) return accepted([...signed.values()]);
  const params = {
    block: String(block.number),
    have: String(signed.size),
    need: String(need),
  };
  return refused(refuse('EXTRACT_BLOCK_UNSIGNED', { params }));
}
