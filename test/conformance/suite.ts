import { blockCases } from './cases/blocks.ts';
import { callCases } from './cases/chaincode-calls.ts';
import { chaincodeErrorCases } from './cases/chaincode-errors.ts';
import { conflictCases } from './cases/conflicts.ts';
import { evaluateCases } from './cases/evaluate.ts';
import { endorseCases } from './cases/endorse.ts';
import { eventCases } from './cases/events.ts';
import { identityCases } from './cases/identity.ts';
import { keyPolicyCases } from './cases/key-policies.ts';
import { offlineCases } from './cases/offline-signing.ts';
import { privateDataCases } from './cases/private-data.ts';
import { restartCases } from './cases/restart.ts';
import { shapeCases } from './cases/shapes.ts';
import { stateCases } from './cases/state.ts';
import { submitCases } from './cases/submit.ts';
import { Subject } from './client.ts';
import type { NetworkHandle } from './network-handle.ts';

/** Every subject of the suite, in the order in which a transaction meets it. */
const subjects: readonly ((subject: Subject) => void)[] = [
  evaluateCases,
  endorseCases,
  chaincodeErrorCases,
  offlineCases,
  submitCases,
  stateCases,
  conflictCases,
  keyPolicyCases,
  privateDataCases,
  callCases,
  eventCases,
  blockCases,
  identityCases,
  shapeCases,
  restartCases,
];

/** A network's start may take as long as five peers need to meet. */
const startTimeoutMs = 180_000;
const caseTimeoutMs = 60_000;

/**
 * What we rely on of a Fabric network, as cases that know a network only by its handle. Every code,
 * detail and wording in them was first seen on real peers.
 */
export function conformance(
  name: string,
  start: (context: Mocha.Context) => Promise<NetworkHandle>,
): void {
  describe(`conformance on ${name}`, function () {
    this.timeout(caseTimeoutMs);
    const subject = new Subject();

    before(async function () {
      this.timeout(startTimeoutMs);
      subject.network = await start(this);
      await ready(subject);
    });

    after(async function () {
      this.timeout(startTimeoutMs);
      await subject.stop();
    });

    for (const cases of subjects) cases(subject);
  });
}

/** Waits until every peer can have both chaincodes endorsed, and all have met over gossip. */
async function ready(subject: Subject): Promise<void> {
  const until = Date.now() + startTimeoutMs / 2;
  for (;;) {
    try {
      for (const { name } of subject.network.organisations) {
        await subject.client(name).submit([]);
        await subject.client(name).submit([], { chaincode: 'callee' });
      }
      return;
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
}
