/** A sequence as it is played: one ledger, one model, and a look at both after every step. */
import { endorsersOf, isQuery, type Operation } from '../../../chaincode/ledger/operation.ts';
import { checkAccepted, checkRefused } from '../invariants/outcome.ts';
import { checkApplication } from '../invariants/applications.ts';
import { checkProperty, checkRegister } from '../invariants/register.ts';
import { checkPrivate } from '../invariants/private-data.ts';
import { checkRecords } from '../invariants/records.ts';
import { type Call, ModelLedger, type Result } from '../ledger/model-ledger.ts';
import type { Model } from '../model/model.ts';
import type { Attempt, Party } from './attempt.ts';
import type { Coverage } from './coverage.ts';
import { properties } from './plans.ts';

/** A call that was carried out, to be sent again. */
export type Sent = {
  readonly call: Call;
  readonly operation: Operation;
  readonly input: unknown;
  readonly by: Party;
  readonly answer: string;
};

export class Scene {
  readonly model: Model;
  readonly ledger: ModelLedger;
  readonly sent: Sent[] = [];
  readonly coverage: Coverage;
  /** What happened, a line a step, for the report of a sequence that failed. */
  readonly story: string[] = [];

  readonly #name: string;
  #keys = 0;

  /** Its name tells its idempotency keys from those of a scene that it goes on from. */
  constructor(name: string, ledger: ModelLedger, model: Model, coverage: Coverage) {
    this.#name = name;
    this.ledger = ledger;
    this.model = model;
    this.coverage = coverage;
  }

  /** Tries a transaction, and holds what became of it against the model. */
  async try(attempt: Attempt): Promise<void> {
    const { what, operation, input, by, platform, against, learn } = attempt;
    const endorsers = platform && endorsersOf(operation, by.org, platform);
    const calling = { ...by, key: this.nextKey(), ...(endorsers && { endorsers }) };
    const call = ModelLedger.callOf(operation, input, calling);
    const result = await this.submitted(`${by.org} ${by.role} ${what}`, call, isQuery(operation));
    if (result.answer === undefined) {
      const codes = checkRefused(result);
      for (const code of codes) this.coverage.refused(code);
      this.#tell(codes.join(', '));
      const unforeseen = codes.filter((code) => !against.has(code));
      if (against.size === 0)
        throw new Error(`refused, and nothing is against it: ${codes.join()}`);
      if (unforeseen.length > 0) throw new Error(`refused for another reason: ${codes.join()}`);
      return;
    }
    if (against.size > 0) throw new Error(`accepted, against ${[...against].join()}`);
    learn?.(JSON.parse(result.answer) as never);
    this.coverage.accepted(operation.name, result.answer);
    if (isQuery(operation)) return;
    this.sent.push({ call, operation, input, by, answer: result.answer });
    await this.check(result);
  }

  /** An idempotency key that no call before it had. */
  nextKey(): string {
    this.coverage.steps += 1;
    this.#keys += 1;
    return `${this.#name}-${String(this.#keys).padStart(8, '0')}`;
  }

  /** Submits a call and writes it into the story. */
  async submitted(what: string, call: Call, isOnlyAsked = false): Promise<Result> {
    this.story.push(what);
    const result = await (isOnlyAsked ? this.ledger.evaluate(call) : this.ledger.submit(call));
    this.#tell(result.error === undefined ? 'done' : 'refused');
    return result;
  }

  /** Everything that has to hold after a call that was carried out. */
  async check(result: Result): Promise<void> {
    checkAccepted(result);
    checkRecords(this.ledger.world, result);
    checkPrivate(this.ledger.world, this.model, result);
    await checkRegister(this.ledger, this.model, result);
  }

  /** At the end of a sequence: nothing is otherwise that no step was said to change. */
  async checkAll(): Promise<void> {
    for (const property of properties) await checkProperty(this.ledger, this.model, property);
    for (const application of this.model.applications) {
      await checkApplication(this.ledger, application);
    }
  }

  #tell(outcome: string): void {
    const last = this.story.pop() ?? '';
    this.story.push(`${last.replace(/ → .*$/, '')} → ${outcome}`);
  }
}
