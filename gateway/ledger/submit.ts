/**
 * Carries one thing to be done through Fabric, to one of its three outcomes.
 *
 * What to do after each step is the rule of `retry.ts`; here it is only carried out. The signed
 * envelope is handed to the caller before it is sent, so that a process that dies in between can
 * find out later what became of it (`resume`).
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { faultOf, kindOf } from './fault.ts';
import { reasonOf, type SubmitOutcome } from './outcome.ts';
import { type Action, type Happening, nextAction, type Progress } from './retry.ts';

/** An endorsed and signed transaction: all that is needed to send it, again and byte for byte. */
export type SignedEnvelope = {
  readonly transactionId: string;
  /** The prepared transaction, as `Transaction.getBytes()` gives it. */
  readonly bytes: Uint8Array;
  readonly signature: Uint8Array;
  /** What the transaction will have returned if it commits. */
  readonly result: string;
};

/** A proposal that can be endorsed. */
export type Proposed = {
  readonly transactionId: string;
  endorse(): Promise<SignedEnvelope>;
};

/** What validation said of a transaction. */
export type Validated = { readonly validation: string; readonly blockNumber: bigint };

/** The calls to Fabric that a submission is made of; they throw the Fabric client's errors. */
export interface SubmissionSteps {
  propose(): Proposed;
  submit(envelope: SignedEnvelope): Promise<void>;
  /** Waits for the transaction to commit; not for long where nobody may hold it. */
  status(transactionId: string, patience: 'short' | 'long'): Promise<Validated>;
}

export type SubmissionOptions = {
  /** Stores the envelope; it is sent only after this has resolved. A new one replaces the last. */
  readonly persist?: ((envelope: SignedEnvelope) => Promise<void>) | undefined;
  /** When we committed a record that this transaction builds on, as `Date.now()` gives it. */
  readonly neededSinceMs?: number | undefined;
  /** For tests: how to wait. */
  readonly wait?: ((ms: number) => Promise<unknown>) | undefined;
};

/** Makes a proposal, and follows it to its outcome. */
export function submitOnce(
  steps: SubmissionSteps,
  options: SubmissionOptions = {},
): Promise<SubmitOutcome> {
  return new Submission(steps, options).run({ next: 'endorse', afterMs: 0 });
}

/** Follows an envelope from an earlier life of the process: asks for it first, then sends it. */
export function resume(
  steps: SubmissionSteps,
  envelope: SignedEnvelope,
  options: SubmissionOptions = {},
): Promise<SubmitOutcome> {
  return new Submission(steps, options, envelope).run({ next: 'status', afterMs: 0 });
}

class Submission {
  readonly #steps: SubmissionSteps;
  readonly #options: SubmissionOptions;
  #envelope: SignedEnvelope | undefined;
  #transactionId = '';
  #blockNumber = 0n;
  #endorsements = 0;
  #submissions = 0;
  #statusRequests = 0;
  #isOrdered = false;

  constructor(steps: SubmissionSteps, options: SubmissionOptions, envelope?: SignedEnvelope) {
    this.#steps = steps;
    this.#options = options;
    this.#envelope = envelope;
    if (envelope) {
      this.#transactionId = envelope.transactionId;
      this.#endorsements = 1;
      this.#submissions = 1;
    }
  }

  /** Ends because the rule bounds every way of going on. */
  async run(first: Action): Promise<SubmitOutcome> {
    let action = first;
    for (;;) {
      if (action.next === 'end') throw new Error('a submission cannot begin with its end');
      await this.#pause(action.afterMs);
      const happening = await this.#step(action.next);
      action = happening ? nextAction(happening, this.#progress()) : { next: 'status', afterMs: 0 };
      if (happening && action.next === 'end') return this.#end(action, happening);
    }
  }

  #step(next: 'endorse' | 'submit' | 'status'): Promise<Happening | undefined> {
    if (next === 'endorse') return this.#endorseAndSubmit();
    return next === 'submit' ? this.#submit() : this.#status();
  }

  async #endorseAndSubmit(): Promise<Happening | undefined> {
    this.#endorsements += 1;
    this.#submissions = 0;
    this.#isOrdered = false;
    this.#envelope = undefined;
    const proposed = this.#steps.propose();
    this.#transactionId = proposed.transactionId;
    try {
      this.#envelope = await proposed.endorse();
    } catch (error) {
      return { stage: 'endorse', fault: faultOf(error) };
    }
    await this.#options.persist?.(this.#envelope);
    return this.#submit();
  }

  async #submit(): Promise<Happening | undefined> {
    if (!this.#envelope) throw new Error('there is no envelope to send');
    this.#submissions += 1;
    this.#statusRequests = 0;
    try {
      await this.#steps.submit(this.#envelope);
      this.#isOrdered = true;
      return undefined;
    } catch (error) {
      const fault = faultOf(error);
      if (kindOf(fault) === 'alreadyOrdered') this.#isOrdered = true;
      return { stage: 'submit', fault };
    }
  }

  async #status(): Promise<Happening> {
    // Without an envelope a peer has said that it knows this id already.
    if (!this.#envelope) this.#isOrdered = true;
    this.#statusRequests += 1;
    try {
      const patience = this.#isOrdered ? 'long' : 'short';
      const validated = await this.#steps.status(this.#transactionId, patience);
      this.#blockNumber = validated.blockNumber;
      return { stage: 'commit', validation: validated.validation };
    } catch (error) {
      return { stage: 'status', fault: faultOf(error) };
    }
  }

  #progress(): Progress {
    const { neededSinceMs } = this.#options;
    return {
      endorsements: this.#endorsements,
      submissions: this.#submissions,
      statusRequests: this.#statusRequests,
      isOrdered: this.#isOrdered,
      msSinceNeeded: neededSinceMs === undefined ? undefined : Date.now() - neededSinceMs,
    };
  }

  /** Spread by half either way, so that two that collided do not collide again. */
  async #pause(ms: number): Promise<void> {
    if (ms === 0) return;
    await (this.#options.wait ?? sleep)(ms * (0.5 + Math.random()));
  }

  #end({ as }: Action & { next: 'end' }, happening: Happening): SubmitOutcome {
    const transactionId = this.#transactionId;
    if (as === 'committed') {
      const result = this.#envelope && { result: this.#envelope.result };
      return { status: 'committed', transactionId, blockNumber: this.#blockNumber, ...result };
    }
    if (as === 'refused') {
      return { status: 'refused', transactionId, reason: reasonOf(happening) };
    }
    const fault =
      happening.stage === 'commit'
        ? { code: 0, message: happening.validation, nodes: [] }
        : happening.fault;
    return { status: 'unknown', transactionId, fault };
  }
}
