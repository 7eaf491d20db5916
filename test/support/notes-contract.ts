/** A small contract that touches every part of the ledger, for the engine's own tests. */
import contractApi, { type Context } from 'fabric-contract-api';

const nothing = new Uint8Array();

type Call = {
  readonly key?: string;
  readonly value?: string;
  readonly collection?: string;
  readonly [name: string]: unknown;
};

/** Gives and takes JSON, as our contracts do. */
export class NotesContract extends contractApi.Contract {
  constructor() {
    super('notes');
  }

  async put(context: Context, text: string): Promise<string> {
    const { key = '', value = '' } = JSON.parse(text) as Call;
    await context.stub.putState(key, Buffer.from(value));
    context.stub.setEvent('put', Buffer.from(key));
    return key;
  }

  /** Writes many keys at once: `k000`, `k001` and so on. */
  async fill(context: Context, text: string): Promise<void> {
    const { count } = JSON.parse(text) as { count: number };
    for (let index = 0; index < count; index += 1) {
      await context.stub.putState(`k${String(index).padStart(3, '0')}`, Buffer.from('1'));
    }
  }

  /** Reads before it writes, so that two at once conflict. */
  async append(context: Context, text: string): Promise<string> {
    const { key = '', value = '' } = JSON.parse(text) as Call;
    const before = Buffer.from(await context.stub.getState(key)).toString();
    await context.stub.putState(key, Buffer.from(before + value));
    return before + value;
  }

  async get(context: Context, text: string): Promise<string> {
    const { key = '' } = JSON.parse(text) as Call;
    return Buffer.from(await context.stub.getState(key)).toString();
  }

  async delete(context: Context, text: string): Promise<void> {
    const { key = '' } = JSON.parse(text) as Call;
    await context.stub.deleteState(key);
  }

  /** What a transaction writes it does not see. */
  async readOwnWrite(context: Context, text: string): Promise<string> {
    const { key = '', value = '' } = JSON.parse(text) as Call;
    await context.stub.putState(key, Buffer.from(value));
    return Buffer.from(await context.stub.getState(key)).toString();
  }

  async list(context: Context, text: string): Promise<string> {
    const { start = '', end = '', write } = JSON.parse(text) as Call & Record<string, string>;
    const keys: string[] = [];
    for await (const { key } of context.stub.getStateByRange(start, end)) keys.push(key);
    if (write) await context.stub.putState(write, Buffer.from(String(keys.length)));
    return JSON.stringify(keys);
  }

  async page(context: Context, text: string): Promise<string> {
    const { size, bookmark = '', write } = JSON.parse(text) as Call & Record<string, string>;
    const { iterator, metadata } = await context.stub.getStateByRangeWithPagination(
      '',
      '',
      Number(size),
      bookmark,
    );
    const keys: string[] = [];
    for (let row = await iterator.next(); !row.done; row = await iterator.next()) {
      keys.push(row.value.key);
    }
    if (write) await context.stub.putState(write, Buffer.from('x'));
    return JSON.stringify({ keys, ...metadata });
  }

  async composite(context: Context, text: string): Promise<string> {
    const { type, parts, put } = JSON.parse(text) as {
      type: string;
      parts: string[];
      put?: boolean;
    };
    if (put === true) {
      await context.stub.putState(context.stub.createCompositeKey(type, parts), Buffer.from('1'));
    }
    const found: string[][] = [];
    for await (const { key } of context.stub.getStateByPartialCompositeKey(type, parts)) {
      found.push(context.stub.splitCompositeKey(key).attributes);
    }
    return JSON.stringify(found);
  }

  async changes(context: Context, text: string): Promise<string> {
    const { key = '' } = JSON.parse(text) as Call;
    const all: object[] = [];
    for await (const change of context.stub.getHistoryForKey(key)) {
      all.push({
        value: Buffer.from(change.value).toString(),
        isDelete: change.isDelete,
        seconds: Number(change.timestamp.seconds),
      });
    }
    return JSON.stringify(all);
  }

  async rich(context: Context): Promise<void> {
    await context.stub.getQueryResult('{}');
  }

  async putPrivate(context: Context, text: string): Promise<void> {
    const { key = '', collection = '' } = JSON.parse(text) as Call;
    const value = context.stub.getTransient().get('value') ?? Buffer.alloc(0);
    await context.stub.putPrivateData(collection, key, value);
  }

  async getPrivate(context: Context, text: string): Promise<string> {
    const { key = '', collection = '' } = JSON.parse(text) as Call;
    return Buffer.from(await context.stub.getPrivateData(collection, key)).toString();
  }

  async privateHash(context: Context, text: string): Promise<string> {
    const { key = '', collection = '' } = JSON.parse(text) as Call;
    return Buffer.from(await context.stub.getPrivateDataHash(collection, key)).toString('hex');
  }

  async listPrivate(context: Context, text: string): Promise<string> {
    const { collection = '', write } = JSON.parse(text) as Call;
    if (write === 'before') await context.stub.putState('x', Buffer.from('1'));
    const keys: string[] = [];
    for await (const { key } of context.stub.getPrivateDataByRange(collection, '', '')) {
      keys.push(key);
    }
    if (write === 'after') await context.stub.putState('x', Buffer.from('1'));
    return JSON.stringify(keys);
  }

  async deletePrivate(context: Context, text: string): Promise<void> {
    const { key = '', collection = '' } = JSON.parse(text) as Call;
    await context.stub.deletePrivateData(collection, key);
  }

  async purgePrivate(context: Context, text: string): Promise<void> {
    const { key = '', collection = '' } = JSON.parse(text) as Call;
    await context.stub.purgePrivateData(collection, key);
  }

  /** Sets a key's own policy, given in base64. */
  async setPolicy(context: Context, text: string): Promise<void> {
    const {
      key = '',
      collection = '',
      policy = '',
    } = JSON.parse(text) as Call & Record<string, string>;
    const bytes = Buffer.from(policy, 'base64');
    if (collection === '') await context.stub.setStateValidationParameter(key, bytes);
    else await context.stub.setPrivateDataValidationParameter(collection, key, bytes);
  }

  async getPolicy(context: Context, text: string): Promise<string> {
    const { key = '' } = JSON.parse(text) as Call;
    const policy: Uint8Array = (await context.stub.getStateValidationParameter(key)) ?? nothing;
    return Buffer.from(policy).toString('base64');
  }

  /** Calls another chaincode, and writes for itself too where it is told to. */
  async call(context: Context, text: string): Promise<string> {
    const {
      chaincode,
      args,
      key = '',
    } = JSON.parse(text) as Call & {
      chaincode: string;
      args: string[];
    };
    context.stub.setEvent('called', Buffer.from(chaincode));
    const response = await context.stub.invokeChaincode(chaincode, args, '');
    if (key !== '') await context.stub.putState(key, Buffer.from('called'));
    return JSON.stringify({
      status: response.status,
      message: response.message,
      payload: Buffer.from(response.payload ?? nothing).toString(),
    });
  }

  async clock(context: Context): Promise<string> {
    await context.stub.putState('time', Buffer.from(String(Date.now())));
    return '';
  }

  /** Never answers. */
  wait(): Promise<never> {
    return new Promise(() => {});
  }

  async refuse(_context: Context, text: string): Promise<never> {
    throw new Error(text);
  }

  async caller(context: Context): Promise<string> {
    const { clientIdentity, stub } = context;
    return JSON.stringify({
      mspId: clientIdentity.getMSPID(),
      role: clientIdentity.getAttributeValue('kepil.role'),
      seconds: Number(stub.getTxTimestamp().seconds),
    });
  }
}
