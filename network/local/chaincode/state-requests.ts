/** What chaincode asks of its peer, message by message. */
import { peer } from '@hyperledger/fabric-protos';
import { noBytes, utf8 } from '../engine/bytes.ts';
import { messageOf } from '../engine/error-message.ts';
import type { LedgerAccess } from '../engine/ledger-access.ts';
import { asBytes, keyValueBytes, modificationBytes, type QueryBatches } from './query-batches.ts';

const { Type } = peer.ChaincodeMessage;

/** What an answer is made of. */
type Request = {
  readonly payload: Uint8Array;
  readonly ledger: LedgerAccess;
  readonly queries: QueryBatches;
};

type Answer = (request: Request) => Uint8Array | Promise<Uint8Array>;

const answers: ReadonlyMap<number, Answer> = new Map<number, Answer>([
  [
    Type.GET_STATE,
    ({ payload, ledger }) => {
      const asked = peer.GetState.deserializeBinary(payload);
      return ledger.get({ collection: asked.getCollection(), key: asked.getKey() }) ?? noBytes;
    },
  ],
  [Type.GET_STATE_MULTIPLE, states],
  [
    Type.GET_PRIVATE_DATA_HASH,
    ({ payload, ledger }) => {
      const asked = peer.GetState.deserializeBinary(payload);
      const at = { collection: asked.getCollection(), key: asked.getKey() };
      return ledger.privateHash(at) ?? noBytes;
    },
  ],
  [
    Type.PUT_STATE,
    ({ payload, ledger }) => {
      const asked = peer.PutState.deserializeBinary(payload);
      const at = { collection: asked.getCollection(), key: asked.getKey() };
      ledger.put(at, asked.getValue_asU8());
      return noBytes;
    },
  ],
  [
    Type.DEL_STATE,
    ({ payload, ledger }) => {
      const asked = peer.DelState.deserializeBinary(payload);
      ledger.delete({ collection: asked.getCollection(), key: asked.getKey() });
      return noBytes;
    },
  ],
  [
    Type.PURGE_PRIVATE_DATA,
    ({ payload, ledger }) => {
      const asked = peer.DelState.deserializeBinary(payload);
      ledger.purge({ collection: asked.getCollection(), key: asked.getKey() });
      return noBytes;
    },
  ],
  [Type.WRITE_BATCH_STATE, writeBatch],
  [Type.GET_STATE_METADATA, stateMetadata],
  [
    Type.PUT_STATE_METADATA,
    ({ payload, ledger }) => {
      const asked = peer.PutStateMetadata.deserializeBinary(payload);
      const at = { collection: asked.getCollection(), key: asked.getKey() };
      putMetadata(ledger, at, asked.getMetadata());
      return noBytes;
    },
  ],
  [Type.GET_STATE_BY_RANGE, stateByRange],
  [Type.GET_QUERY_RESULT, queryResult],
  [
    Type.GET_HISTORY_FOR_KEY,
    async ({ payload, ledger, queries }) => {
      const asked = peer.GetHistoryForKey.deserializeBinary(payload);
      const rows = asBytes(ledger.history(asked.getKey()), modificationBytes);
      return (await queries.open(rows)).serializeBinary();
    },
  ],
  [
    Type.QUERY_STATE_NEXT,
    async ({ payload, queries }) =>
      (
        await queries.next(peer.QueryStateNext.deserializeBinary(payload).getId())
      ).serializeBinary(),
  ],
  [
    Type.QUERY_STATE_CLOSE,
    async ({ payload, queries }) => {
      const id = peer.QueryStateClose.deserializeBinary(payload).getId();
      return (await queries.close(id)).serializeBinary();
    },
  ],
  [Type.INVOKE_CHAINCODE, invokedChaincode],
]);

/** Many reads in one message. */
function states({ payload, ledger }: Request): Uint8Array {
  const asked = peer.GetStateMultiple.deserializeBinary(payload);
  const collection = asked.getCollection();
  const result = new peer.GetStateMultipleResult();
  result.setValuesList(
    asked.getKeysList().map((key) => ledger.get({ collection, key }) ?? noBytes),
  );
  return result.serializeBinary();
}

/** Many writes in one message; an unknown kind stops the transaction, as on a peer. */
function writeBatch({ payload, ledger }: Request): Uint8Array {
  const { Type: Kind } = peer.WriteRecord;
  for (const record of peer.WriteBatchState.deserializeBinary(payload).getRecList()) {
    const at = { collection: record.getCollection(), key: record.getKey() };
    const kind = record.getType();
    if (kind === Kind.PUT_STATE) ledger.put(at, record.getValue_asU8());
    else if (kind === Kind.DEL_STATE) ledger.delete(at);
    else if (kind === Kind.PURGE_PRIVATE_DATA) ledger.purge(at);
    else if (kind === Kind.PUT_STATE_METADATA) putMetadata(ledger, at, record.getMetadata());
    else throw new Error('unknown operation type');
  }
  return noBytes;
}

function putMetadata(
  ledger: LedgerAccess,
  at: Parameters<LedgerAccess['putMetadata']>[0],
  entry: peer.StateMetadata | undefined,
): void {
  const metadata = new Map([[entry?.getMetakey() ?? '', entry?.getValue_asU8() ?? noBytes]]);
  ledger.putMetadata(at, metadata);
}

function stateMetadata({ payload, ledger }: Request): Uint8Array {
  const asked = peer.GetStateMetadata.deserializeBinary(payload);
  const found = ledger.metadata({ collection: asked.getCollection(), key: asked.getKey() });
  const result = new peer.StateMetadataResult();
  for (const [name, value] of found) {
    const entry = new peer.StateMetadata();
    entry.setMetakey(name);
    entry.setValue(value);
    result.addEntries(entry);
  }
  return result.serializeBinary();
}

async function stateByRange({ payload, ledger, queries }: Request): Promise<Uint8Array> {
  const asked = peer.GetStateByRange.deserializeBinary(payload);
  const page = pageOf(asked.getMetadata_asU8());
  const collection = asked.getCollection();
  if (page !== undefined && collection === '') {
    const start = page.bookmark === '' ? asked.getStartkey() : page.bookmark;
    const rows = ledger.page(start, asked.getEndkey(), page.size);
    return (await queries.page(rows, page.size)).serializeBinary();
  }
  const rows = ledger.range(collection, asked.getStartkey(), asked.getEndkey());
  return (await queries.open(asBytes(rows, keyValueBytes))).serializeBinary();
}

async function queryResult({ payload, ledger, queries }: Request): Promise<Uint8Array> {
  const asked = peer.GetQueryResult.deserializeBinary(payload);
  const paginated = pageOf(asked.getMetadata_asU8()) !== undefined;
  const rows = ledger.query(asked.getCollection(), paginated);
  return (await queries.open(asBytes(rows, keyValueBytes))).serializeBinary();
}

/** A page is asked for by its size or by a bookmark. */
function pageOf(metadata: Uint8Array): { size: number; bookmark: string } | undefined {
  if (metadata.length === 0) return undefined;
  const asked = peer.QueryMetadata.deserializeBinary(metadata);
  const page = { size: asked.getPagesize(), bookmark: asked.getBookmark() };
  return page.size === 0 && page.bookmark === '' ? undefined : page;
}

/** The called chaincode's last message, wrapped: its response, or its failure. */
async function invokedChaincode({ payload, ledger }: Request): Promise<Uint8Array> {
  const spec = peer.ChaincodeSpec.deserializeBinary(payload);
  const name = spec.getChaincodeId()?.getName() ?? '';
  const outcome = await ledger.invoke(name, spec.getInput() ?? new peer.ChaincodeInput());
  const message = new peer.ChaincodeMessage();
  if ('failure' in outcome) {
    message.setType(Type.ERROR);
    message.setPayload(Buffer.from(outcome.failure));
  } else {
    message.setType(Type.COMPLETED);
    message.setPayload(outcome.response.serializeBinary());
  }
  return message.serializeBinary();
}

/** Whether a message is a request that this peer knows. */
export function isStateRequest(type: number): boolean {
  return answers.has(type);
}

/** Answers a request; a failure becomes an `ERROR` message with Fabric's words. */
export async function answerRequest(
  message: peer.ChaincodeMessage,
  ledger: LedgerAccess,
  queries: QueryBatches,
): Promise<peer.ChaincodeMessage> {
  const answer = answers.get(message.getType());
  try {
    if (answer === undefined) throw new Error('not supported');
    const payload = await answer({ payload: message.getPayload_asU8(), ledger, queries });
    return reply(message, Type.RESPONSE, payload);
  } catch (error) {
    return failure(message, messageOf(error));
  }
}

/** Refuses a request that no running transaction stands behind. */
export function refuseRequest(message: peer.ChaincodeMessage): peer.ChaincodeMessage {
  return failure(message, 'no ledger context');
}

function failure(message: peer.ChaincodeMessage, why: string): peer.ChaincodeMessage {
  const text = `${typeName(message)} failed: transaction ID: ${message.getTxid()}: ${why}`;
  return reply(message, Type.ERROR, Buffer.from(text));
}

function typeName(message: peer.ChaincodeMessage): string {
  return Object.entries(Type).find(([, type]) => type === message.getType())?.[0] ?? 'UNDEFINED';
}

function reply(
  to: peer.ChaincodeMessage,
  type: peer.ChaincodeMessage.TypeMap[keyof peer.ChaincodeMessage.TypeMap],
  payload: Uint8Array,
): peer.ChaincodeMessage {
  const message = new peer.ChaincodeMessage();
  message.setType(type);
  message.setPayload(payload);
  message.setTxid(to.getTxid());
  message.setChannelId(to.getChannelId());
  return message;
}

/** The text that a chaincode's `ERROR` message carries. */
export function failureText(message: peer.ChaincodeMessage): string {
  return utf8(message.getPayload_asU8());
}
