/**
 * The chaincode of the failure tests: every transaction leaves a mark of its own under the name of
 * what it was for, so that one that took effect twice shows as two marks.
 */
import { Contract, type Context } from 'fabric-contract-api';

class MarksContract extends Contract {
  constructor() {
    super('marks');
  }

  async mark(context: Context, name: string): Promise<string> {
    const { stub } = context;
    await stub.putState(stub.createCompositeKey('mark', [name, stub.getTxID()]), Buffer.from('1'));
    return name;
  }

  /** How often each name that begins so was marked. */
  async counts(context: Context, prefix: string): Promise<string> {
    const counts: Record<string, number> = {};
    const rows = context.stub.getStateByPartialCompositeKey('mark', []);
    for await (const { key } of rows) {
      const [name = ''] = context.stub.splitCompositeKey(key).attributes;
      if (name.startsWith(prefix)) counts[name] = (counts[name] ?? 0) + 1;
    }
    return JSON.stringify(counts);
  }

  /** Puts a private value into the caller's own collection. */
  async hide(context: Context, name: string): Promise<void> {
    const value = context.stub.getTransient().get('value');
    if (value === undefined) throw new Error('no value');
    await context.stub.putPrivateData(ownCollection(context), name, value);
  }

  async forget(context: Context, name: string): Promise<void> {
    await context.stub.purgePrivateData(ownCollection(context), name);
  }

  async reveal(context: Context, name: string): Promise<string> {
    const value = await context.stub.getPrivateData(ownCollection(context), name);
    return Buffer.from(value).toString();
  }
}

function ownCollection(context: Context): string {
  return `_implicit_org_${context.clientIdentity.getMSPID()}`;
}

export const contracts = [MarksContract];
