/**
 * A careless chaincode: it lets out what came to it as transient data, in each way that there is. By
 * it the tests of privacy show that they would find what ours let out.
 */
import { Contract, type Context } from 'fabric-contract-api';

class CarelessContract extends Contract {
  constructor() {
    super('careless');
  }

  /** Into public state, an event, the answer and the log of its process. */
  async tell(context: Context): Promise<string> {
    const value = transientOf(context);
    await context.stub.putState('told', Buffer.from(value));
    context.stub.setEvent('Told', Buffer.from(value));
    process.stdout.write(`told: ${value}\n`);
    return value;
  }

  /** Into what is said of a refusal, which peers write to their logs. */
  async complain(context: Context): Promise<void> {
    throw new Error(`this is wrong: ${transientOf(context)}`);
  }
}

function transientOf({ stub }: Context): string {
  return Buffer.from(stub.getTransient().get('value') ?? []).toString();
}

export const contracts = [CarelessContract];
