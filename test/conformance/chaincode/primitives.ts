import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from 'fabric-contract-api';
import { KeyEndorsementPolicy } from 'fabric-shim';
import type { HistoryAnswer, PageAnswer, Row, Step } from './step.ts';

type Stub = Context['stub'];
type StepOf<Name extends Step['do']> = Extract<Step, { do: Name }>;
type Primitives = {
  readonly [Name in Step['do']]: (ctx: Context, step: StepOf<Name>) => unknown;
};

const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'utf8');
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

/** The peer answers an absent key with no bytes, which a case reads more easily as null. */
const valueOf = (bytes: Uint8Array): string | null => (bytes.length === 0 ? null : textOf(bytes));

const hexOf = (bytes: Uint8Array): string | null =>
  bytes.length === 0 ? null : Buffer.from(bytes).toString('hex');

async function rowsOf(
  records: AsyncIterable<{ key: string; value: Uint8Array }>,
  stopAt = Number.POSITIVE_INFINITY,
): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const record of records) {
    rows.push([record.key, textOf(record.value)]);
    if (rows.length >= stopAt) break;
  }
  return rows;
}

/** The shim's pages are read by their own iterator, since the metadata comes beside it. */
async function pageOf(
  asked: ReturnType<Stub['getStateByRangeWithPagination'] | Stub['getQueryResultWithPagination']>,
): Promise<PageAnswer> {
  const { iterator, metadata } = await asked;
  const records: Row[] = [];
  for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
    records.push([next.value.key, textOf(next.value.value)]);
  }
  await iterator.close();
  // The shim leaves metadata out when the page is empty, whatever its type says.
  const known = metadata as typeof metadata | undefined;
  return { records, fetched: known?.fetchedRecordsCount ?? 0, bookmark: known?.bookmark ?? '' };
}

async function historyOf(stub: Stub, key: string): Promise<HistoryAnswer[]> {
  const entries: HistoryAnswer[] = [];
  for await (const entry of stub.getHistoryForKey(key)) {
    const { seconds, nanos } = entry.timestamp;
    const ms = Number(seconds) * 1000 + nanos / 1e6;
    entries.push({
      txId: entry.txId,
      value: textOf(entry.value),
      isDelete: entry.isDelete,
      timestamp: new Date(ms).toISOString(),
    });
  }
  return entries;
}

/** All of the named organisations' peers must endorse. The shim's enumeration of roles is only a type. */
function policyOf(organisations: readonly string[]): Uint8Array {
  const policy = new KeyEndorsementPolicy();
  policy.addOrgs('PEER', ...organisations);
  return policy.getPolicy();
}

/** The shim gives undefined for a key without a policy, whatever its type says. */
const organisationsOf = (policy: Uint8Array | undefined): string[] | null =>
  policy === undefined || policy.length === 0
    ? null
    : new KeyEndorsementPolicy(policy).listOrgs().toSorted();

/** Every step by its name. */
export const primitives: Primitives = {
  get: async ({ stub }, { key }) => valueOf(await stub.getState(key)),
  put: ({ stub }, { key, value }) => stub.putState(key, bytesOf(value)),
  putBig: ({ stub }, { key, bytes }) => stub.putState(key, Buffer.alloc(bytes, 'b')),
  delete: ({ stub }, { key }) => stub.deleteState(key),
  range: ({ stub }, { start, end, stopAt }) => rowsOf(stub.getStateByRange(start, end), stopAt),
  page: ({ stub }, { start, end, page }) =>
    pageOf(stub.getStateByRangeWithPagination(start, end, page.size, page.bookmark)),
  putComposite: ({ stub }, { type, attributes, value }) =>
    stub.putState(stub.createCompositeKey(type, [...attributes]), bytesOf(value)),
  composite: async ({ stub }, { type, attributes }) =>
    (await rowsOf(stub.getStateByPartialCompositeKey(type, [...attributes]))).map(
      ([key, value]) => [stub.splitCompositeKey(key), value],
    ),
  compositePage: ({ stub }, { type, attributes, page }) =>
    pageOf(
      stub.getStateByPartialCompositeKeyWithPagination(
        type,
        [...attributes],
        page.size,
        page.bookmark,
      ),
    ),
  history: ({ stub }, { key }) => historyOf(stub, key),
  setPolicy: ({ stub }, { key, organisations }) =>
    stub.setStateValidationParameter(key, policyOf(organisations)),
  getPolicy: async ({ stub }, { key }) =>
    organisationsOf(await stub.getStateValidationParameter(key)),
  query: ({ stub }, { selector }) => rowsOf(stub.getQueryResult(selector)),
  queryPage: ({ stub }, { selector, page }) =>
    pageOf(stub.getQueryResultWithPagination(selector, page.size, page.bookmark)),

  privateGet: async ({ stub }, { collection, key }) =>
    valueOf(await stub.getPrivateData(collection, key)),
  privatePut: ({ stub }, { collection, key, value, transient }) => {
    const bytes =
      transient === undefined ? bytesOf(value ?? '') : stub.getTransient().get(transient);
    if (bytes === undefined) throw new Error(`no transient value ${transient}`);
    return stub.putPrivateData(collection, key, bytes);
  },
  privateDelete: ({ stub }, { collection, key }) => stub.deletePrivateData(collection, key),
  privatePurge: ({ stub }, { collection, key }) => stub.purgePrivateData(collection, key),
  privateHash: async ({ stub }, { collection, key }) =>
    hexOf(await stub.getPrivateDataHash(collection, key)),
  privateRange: ({ stub }, { collection, start, end }) =>
    rowsOf(stub.getPrivateDataByRange(collection, start, end)),
  privatePutComposite: ({ stub }, { collection, type, attributes, value }) =>
    stub.putPrivateData(collection, stub.createCompositeKey(type, [...attributes]), bytesOf(value)),
  privateComposite: async ({ stub }, { collection, type, attributes }) =>
    (await rowsOf(stub.getPrivateDataByPartialCompositeKey(collection, type, [...attributes]))).map(
      ([key, value]) => [stub.splitCompositeKey(key), value],
    ),
  privateSetPolicy: ({ stub }, { collection, key, organisations }) =>
    stub.setPrivateDataValidationParameter(collection, key, policyOf(organisations)),
  privateGetPolicy: async ({ stub }, { collection, key }) =>
    organisationsOf(await stub.getPrivateDataValidationParameter(collection, key)),
  privateQuery: ({ stub }, { collection, selector }) =>
    rowsOf(stub.getPrivateDataQueryResult(collection, selector)),

  event: ({ stub }, { name, payload }) => stub.setEvent(name, bytesOf(payload)),
  call: async ({ stub }, { chaincode, channel, args }) => {
    const answer = await stub.invokeChaincode(chaincode, [...args], channel ?? '');
    const payload = answer.payload ?? Buffer.alloc(0);
    return {
      status: answer.status,
      message: answer.message ?? '',
      payload: textOf(payload).slice(0, 2000),
      bytes: payload.length,
    };
  },
  transient: ({ stub }) =>
    Object.fromEntries([...stub.getTransient()].map(([name, bytes]) => [name, textOf(bytes)])),
  caller: ({ clientIdentity }, { attributes }) => ({
    mspId: clientIdentity.getMSPID(),
    id: clientIdentity.getID(),
    attributes: Object.fromEntries(
      (attributes ?? []).map((name) => [name, clientIdentity.getAttributeValue(name)]),
    ),
  }),
  transaction: ({ stub }) => ({
    txId: stub.getTxID(),
    channel: stub.getChannelID(),
    timestamp: stub.getDateTimestamp().toISOString(),
    args: stub.getArgs(),
    binding: stub.getBinding(),
    creatorMspId: stub.getCreator().mspid,
  }),

  echo: (_ctx, { bytes }) => 'e'.repeat(bytes),
  random: ({ stub }, { key }) => stub.putState(key, bytesOf(randomUUID())),
  randomAnswer: () => randomUUID(),
  sleep: async (_ctx, { ms }) => {
    await sleep(ms);
  },
  throw: (_ctx, { message }) => {
    throw new Error(message);
  },
  try: async (ctx, { step }) => {
    try {
      return { answer: await perform(ctx, step) };
    } catch (error) {
      return { error: error instanceof Error ? error.message : String(error) };
    }
  },
};

/** Performs one step and gives back what a case may look at; null where there is nothing. */
export async function perform<Name extends Step['do']>(
  ctx: Context,
  step: StepOf<Name>,
): Promise<unknown> {
  const primitive = primitives[step.do] as
    ((ctx: Context, step: StepOf<Name>) => unknown) | undefined;
  if (primitive === undefined) throw new Error(`no such step: ${step.do}`);
  const answer = await primitive(ctx, step);
  // A write is acknowledged with no bytes, which say nothing.
  return answer instanceof Uint8Array ? null : (answer ?? null);
}
