import { expect } from 'chai';
import fc from 'fast-check';
import type { Fault } from '../../../../gateway/ledger/fault.ts';
import { resume, type SignedEnvelope, submitOnce } from '../../../../gateway/ledger/submit.ts';
import { errorOf, faults } from './faults.ts';

type Answer = 'ok' | Fault;

/**
 * A Fabric that answers by a script, and keeps its one promise: an envelope that was ordered commits
 * once, whatever the client is told. When a script has run out, all goes well.
 */
class ScriptedFabric {
  readonly log: string[] = [];
  /** Ids of envelopes that the orderers hold, whether the client knows or not. */
  readonly ordered = new Set<string>();
  readonly #script: {
    endorse: Answer[];
    /** What the client is told, and whether the orderers took the envelope. */
    submit: { readonly answer: Answer; readonly isTaken: boolean }[];
    validation: string[];
    status: Answer[];
  };
  readonly #validated = new Map<string, string>();
  #proposals = 0;

  constructor(script: Partial<ScriptedFabric['script']>) {
    this.#script = { endorse: [], submit: [], validation: [], status: [], ...script };
  }

  get script() {
    return this.#script;
  }

  propose() {
    const transactionId = `tx${++this.#proposals}`;
    return { transactionId, endorse: () => this.#endorse(transactionId) };
  }

  async submit({ transactionId }: SignedEnvelope): Promise<void> {
    this.log.push(`submit ${transactionId}`);
    const { answer, isTaken } = this.#script.submit.shift() ?? { answer: 'ok', isTaken: true };
    if (isTaken) this.ordered.add(transactionId);
    await answerWith(answer);
  }

  async status(transactionId: string) {
    this.log.push(`status ${transactionId}`);
    await answerWith(this.#script.status.shift() ?? 'ok');
    if (!this.ordered.has(transactionId)) throw errorOf(faults.late);
    return { validation: this.validationOf(transactionId), blockNumber: 7n };
  }

  validationOf(transactionId: string): string {
    const known = this.#validated.get(transactionId);
    if (known !== undefined) return known;
    const validation = this.#script.validation.shift() ?? 'VALID';
    this.#validated.set(transactionId, validation);
    return validation;
  }

  /** Ids of the transactions that took effect. */
  get effects(): string[] {
    return [...this.ordered].filter((id) => this.validationOf(id) === 'VALID');
  }

  async #endorse(transactionId: string): Promise<SignedEnvelope> {
    this.log.push(`endorse ${transactionId}`);
    await answerWith(this.#script.endorse.shift() ?? 'ok');
    return {
      transactionId,
      bytes: new Uint8Array([1]),
      signature: new Uint8Array([2]),
      result: '{"done":true}',
    };
  }
}

function answerWith(answer: Answer): Promise<void> {
  return answer === 'ok' ? Promise.resolve() : Promise.reject(errorOf(answer));
}

const wait = () => Promise.resolve();

describe('submitting once', () => {
  it('ends as committed, with the block and what the transaction returned', async () => {
    const fabric = new ScriptedFabric({});
    expect(await submitOnce(fabric, { wait })).to.deep.equal({
      status: 'committed',
      transactionId: 'tx1',
      blockNumber: 7n,
      result: '{"done":true}',
    });
    expect(fabric.log).to.deep.equal(['endorse tx1', 'submit tx1', 'status tx1']);
  });

  it('hands out the signed envelope before it is sent', async () => {
    const fabric = new ScriptedFabric({});
    const persist = ({ transactionId }: SignedEnvelope) => {
      fabric.log.push(`persist ${transactionId}`);
      return Promise.resolve();
    };
    await submitOnce(fabric, { persist, wait });
    expect(fabric.log.slice(0, 3)).to.deep.equal(['endorse tx1', 'persist tx1', 'submit tx1']);
  });

  it('sends nothing if the envelope could not be stored', async () => {
    const fabric = new ScriptedFabric({});
    const persist = () => Promise.reject(new Error('the disk is full'));
    const failure = await submitOnce(fabric, { persist, wait }).catch((error: Error) => error);
    expect(failure).to.be.an('error').with.property('message', 'the disk is full');
    expect(fabric.log).to.deep.equal(['endorse tx1']);
  });

  it('ends as refused with the codes of the chaincode', async () => {
    const fabric = new ScriptedFabric({ endorse: [faults.refusal('ALREADY_VOTED')] });
    expect(await submitOnce(fabric, { wait })).to.deep.equal({
      status: 'refused',
      transactionId: 'tx1',
      reason: { kind: 'refusals', refusals: [{ code: 'ALREADY_VOTED' }] },
    });
  });

  it('asks for an envelope that may have been ordered, and finds it committed', async () => {
    const submit = [{ answer: faults.noQuorum, isTaken: true }];
    const fabric = new ScriptedFabric({ submit });
    const outcome = await submitOnce(fabric, { wait });
    expect(outcome.status).to.equal('committed');
    expect(fabric.log).to.deep.equal(['endorse tx1', 'submit tx1', 'status tx1']);
  });

  it('sends the same envelope again where nobody has it', async () => {
    const submit = [{ answer: faults.unavailable, isTaken: false }];
    const fabric = new ScriptedFabric({ submit });
    await submitOnce(fabric, { wait });
    expect(fabric.log).to.deep.equal([
      'endorse tx1',
      'submit tx1',
      'status tx1',
      'submit tx1',
      'status tx1',
    ]);
  });

  it('makes a new proposal only once the last one is surely without effect', async () => {
    const fabric = new ScriptedFabric({ validation: ['MVCC_READ_CONFLICT'] });
    const outcome = await submitOnce(fabric, { wait });
    expect(outcome).to.include({ status: 'committed', transactionId: 'tx2' });
  });

  it('ends as a conflict when others are always first', async () => {
    const fabric = new ScriptedFabric({ validation: Array(20).fill('MVCC_READ_CONFLICT') });
    const outcome = await submitOnce(fabric, { wait });
    expect(outcome).to.deep.include({
      status: 'refused',
      reason: { kind: 'conflict', validation: 'MVCC_READ_CONFLICT' },
    });
  });

  it('ends as unknown when no answer can be had', async () => {
    const fabric = new ScriptedFabric({ status: Array(20).fill(faults.unavailable) });
    const outcome = await submitOnce(fabric, { wait });
    expect(outcome).to.deep.equal({
      status: 'unknown',
      transactionId: 'tx1',
      fault: faults.unavailable,
    });
  });

  it('finds out after a restart what became of a stored envelope, without sending it anew', async () => {
    const fabric = new ScriptedFabric({});
    const stored: SignedEnvelope[] = [];
    const persist = (envelope: SignedEnvelope) => Promise.resolve(void stored.push(envelope));
    await submitOnce(fabric, { persist, wait });
    fabric.log.length = 0;
    const [envelope] = stored;
    if (!envelope) throw new Error('no envelope was stored');
    expect((await resume(fabric, envelope, { wait })).status).to.equal('committed');
    expect(fabric.log).to.deep.equal(['status tx1']);
  });

  it('sends a stored envelope that had not been sent', async () => {
    const fabric = new ScriptedFabric({});
    const { transactionId, endorse } = fabric.propose();
    const envelope = await endorse();
    expect(await resume(fabric, envelope, { wait })).to.include({
      status: 'committed',
      transactionId,
    });
    expect(fabric.log.slice(1)).to.deep.equal(['status tx1', 'submit tx1', 'status tx1']);
  });

  it('takes effect at most once, and says so truly, whatever goes wrong', async () => {
    const answer = fc.constantFrom<Answer>(
      'ok',
      faults.unavailable,
      faults.late,
      faults.noQuorum,
      faults.mismatch,
    );
    const scripts = fc.record({
      endorse: fc.array(answer, { maxLength: 8 }),
      submit: fc.array(fc.record({ answer, isTaken: fc.boolean() }), { maxLength: 8 }),
      validation: fc.array(
        fc.constantFrom('VALID', 'MVCC_READ_CONFLICT', 'ENDORSEMENT_POLICY_FAILURE', 'BAD_RWSET'),
        { maxLength: 8 },
      ),
      status: fc.array(answer, { maxLength: 8 }),
    });
    await fc.assert(
      fc.asyncProperty(scripts, async (script) => {
        const fabric = new ScriptedFabric(script);
        const outcome = await submitOnce(fabric, { wait });
        expect(fabric.effects.length).to.be.at.most(1);
        if (outcome.status === 'committed') {
          expect(fabric.effects).to.deep.equal([outcome.transactionId]);
        }
        if (outcome.status === 'refused') expect(fabric.effects).to.deep.equal([]);
      }),
      { numRuns: 500 },
    );
  });
});
