/** `protos.Deliver`: streams of blocks, whole, filtered, or with the private data a peer holds. */
import { common, ledger, orderer, peer } from '@hyperledger/fabric-protos';
import type { Identity } from '../../identity/msp.ts';
import { filteredBlockOf, isConfigBlock, numberOf } from './block-content.ts';
import { blocksFrom } from './block-cursor.ts';
import type { PeerContext } from './peer-context.ts';
import { readerOf } from './reader-access.ts';
import { type BlockRange, type DeliverStatus, rangeOf } from './seek.ts';

/** A signed request may be this much older or newer than the peer's time. */
const timeWindowMs = 15 * 60_000;

/** What delivering stands on, at a peer and at an orderer. */
export type DeliverContext = Pick<PeerContext, 'channel' | 'now'>;

/** Makes what a stream carries of a block for a reader. */
export type BlockRenderer<Response> = {
  ofBlock(block: common.Block, reader: Identity): Promise<Response> | Response;
  ofStatus(status: DeliverStatus): Response;
};

/**
 * Answers one seek request: its blocks, then its status.
 *
 * The stream goes on to the next request after `SUCCESS` only, which the caller looks after.
 */
export async function* deliver<Response>(
  context: DeliverContext,
  envelope: common.Envelope,
  renderer: BlockRenderer<Response>,
  signal: AbortSignal,
): AsyncGenerator<Response, DeliverStatus> {
  const opened = open(context, envelope);
  if ('refusal' in opened) {
    yield renderer.ofStatus(opened.refusal);
    return opened.refusal;
  }
  const { range, reader } = opened;
  const end = yield* send(context, range, reader, renderer, signal);
  if (!signal.aborted) yield renderer.ofStatus(end);
  return end;
}

async function* send<Response>(
  context: DeliverContext,
  range: BlockRange,
  reader: Identity,
  renderer: BlockRenderer<Response>,
  signal: AbortSignal,
): AsyncGenerator<Response, DeliverStatus> {
  const isMissing = (number: bigint) => range.failIfNotReady && number >= context.channel.height();
  if (isMissing(range.start)) return common.Status.NOT_FOUND;
  let number = range.start;
  for await (const block of blocksFrom(context.channel, range.start, signal)) {
    if (context.now() > reader.notAfter) return common.Status.FORBIDDEN;
    yield await renderer.ofBlock(range.headersOnly ? headerOf(block) : block, reader);
    if (number === range.stop) return common.Status.SUCCESS;
    number += 1n;
    if (isMissing(number)) return common.Status.NOT_FOUND;
  }
  return common.Status.SERVICE_UNAVAILABLE;
}

function open(context: DeliverContext, envelope: common.Envelope) {
  const request = readRequest(envelope);
  if (request === undefined || !isTimely(request.timestampMs, context.now())) {
    return { refusal: common.Status.BAD_REQUEST };
  }
  const { channel } = context;
  if (request.channel !== channel.name) return { refusal: common.Status.NOT_FOUND };
  if (request.seek === undefined) return { refusal: common.Status.BAD_REQUEST };
  const { identity } = readerOf(channel, request.channel, {
    data: envelope.getPayload_asU8(),
    identity: request.creator,
    signature: envelope.getSignature_asU8(),
  });
  if (identity === undefined || context.now() > identity.notAfter) {
    return { refusal: common.Status.FORBIDDEN };
  }
  const range = rangeOf(request.seek, channel.height());
  return 'refusal' in range ? range : { range, reader: identity };
}

function readRequest(envelope: common.Envelope) {
  try {
    const payload = common.Payload.deserializeBinary(envelope.getPayload_asU8());
    const header = payload.getHeader();
    if (header === undefined) return undefined;
    const channelHeader = common.ChannelHeader.deserializeBinary(header.getChannelHeader_asU8());
    const signer = common.SignatureHeader.deserializeBinary(header.getSignatureHeader_asU8());
    return {
      channel: channelHeader.getChannelId(),
      timestampMs: channelHeader.getTimestamp()?.toDate().getTime(),
      creator: signer.getCreator_asU8(),
      seek: readSeek(payload.getData_asU8()),
    };
  } catch {
    // What cannot be read is refused as a bad request.
    return undefined;
  }
}

function readSeek(bytes: Uint8Array): orderer.SeekInfo | undefined {
  try {
    return orderer.SeekInfo.deserializeBinary(bytes);
  } catch {
    // Refused as a bad request too, once it is known of which channel.
    return undefined;
  }
}

function isTimely(timestampMs: number | undefined, now: Date): boolean {
  return timestampMs !== undefined && Math.abs(now.getTime() - timestampMs) <= timeWindowMs;
}

function headerOf(block: common.Block): common.Block {
  // The block that configures the channel is sent whole, since readers must see its content.
  if (isConfigBlock(block)) return block;
  const bare = new common.Block();
  bare.setHeader(block.getHeader());
  bare.setMetadata(block.getMetadata());
  return bare;
}

function ofStatus(status: DeliverStatus): peer.DeliverResponse {
  const response = new peer.DeliverResponse();
  response.setStatus(status);
  return response;
}

/** `Deliver`: whole blocks. */
export const wholeBlocks: BlockRenderer<peer.DeliverResponse> = {
  ofStatus,
  ofBlock(block) {
    const response = new peer.DeliverResponse();
    response.setBlock(block);
    return response;
  },
};

/** `DeliverFiltered`: ids, validation codes and event names alone. */
export const filteredBlocks: BlockRenderer<peer.DeliverResponse> = {
  ofStatus,
  ofBlock(block) {
    const response = new peer.DeliverResponse();
    response.setFilteredBlock(filteredBlockOf(block));
    return response;
  },
};

/** `DeliverWithPrivateData`: blocks with what the peer holds and the reader may see. */
export function blocksWithPrivateData(context: PeerContext): BlockRenderer<peer.DeliverResponse> {
  return {
    ofStatus,
    async ofBlock(block, reader) {
      const both = new peer.BlockAndPrivateData();
      both.setBlock(block);
      const { channel, own } = context;
      const held = await channel.privateDataOf(own.mspId, BigInt(numberOf(block)));
      for (const [index, written] of held) {
        const seen = visibleTo(context, reader.mspId, written);
        if (seen !== undefined) both.getPrivateDataMapMap().set(index, seen);
      }
      const response = new peer.DeliverResponse();
      response.setBlockAndPrivateData(both);
      return response;
    },
  };
}

/** As on Fabric, a collection is kept from strangers only where it says `memberOnlyRead`. */
function visibleTo(
  { channel }: PeerContext,
  mspId: string,
  written: ledger.rwset.TxPvtReadWriteSet,
): ledger.rwset.TxPvtReadWriteSet | undefined {
  const seen = new ledger.rwset.TxPvtReadWriteSet();
  seen.setDataModel(written.getDataModel());
  for (const namespace of written.getNsPvtRwsetList()) {
    const name = namespace.getNamespace();
    const definitions = channel.chaincode(name)?.collections ?? [];
    const collections = namespace.getCollectionPvtRwsetList().filter((collection) => {
      const of = collection.getCollectionName();
      const isConfined = definitions.find((one) => one.name === of)?.memberOnlyRead === true;
      return !isConfined || channel.collectionMembers(name, of)?.includes(mspId);
    });
    if (collections.length === 0) continue;
    const part = new ledger.rwset.NsPvtReadWriteSet();
    part.setNamespace(name);
    part.setCollectionPvtRwsetList(collections);
    seen.addNsPvtRwset(part);
  }
  return seen.getNsPvtRwsetList().length === 0 ? undefined : seen;
}
