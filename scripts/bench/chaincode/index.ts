/** The smallest chaincode that is worth a figure: it reads one record and writes it. */
import { Contract, type Context } from 'fabric-contract-api';

class Records extends Contract {
  constructor() {
    super('records');
  }

  /** Writes a record that must not be there yet, as a command does; names the transaction in it. */
  async put(ctx: Context, json: string): Promise<string> {
    const { key, value } = JSON.parse(json) as { key: string; value: string };
    const before = await ctx.stub.getState(key);
    if (before.length > 0) throw new Error(`there is a record ${key}`);
    const text = JSON.stringify({ transactionId: ctx.stub.getTxID(), value });
    await ctx.stub.putState(key, Buffer.from(text));
    ctx.stub.setEvent('put', Buffer.from(key));
    return text;
  }

  /** A record's text; empty where there is none. */
  async get(ctx: Context, key: string): Promise<string> {
    return Buffer.from(await ctx.stub.getState(key)).toString('utf8');
  }
}

export const contracts = [Records];
