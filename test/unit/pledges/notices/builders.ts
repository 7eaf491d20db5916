/** Decided applications for tests: a pledgee, a pledgor and a spouse. */
import { documentHashOf } from '../../../../chaincode/kernel/document-hash.ts';
import { knownInstant } from '../../../../chaincode/kernel/instant.ts';
import {
  type Application,
  application,
  type OfficerDecision,
} from '../../../../chaincode/pledges/application.ts';
import { applicationNumber, banks, property } from '../builders.ts';

/** An officer's decision at seven of the day. */
export function decisionOf(
  decision: OfficerDecision['decision'],
  decidedAt = knownInstant('2026-03-10T07:00:00.000Z'),
): OfficerDecision {
  return {
    decision,
    grounds: [],
    reasons: documentHashOf('reasons'),
    decidedAt,
    cms: documentHashOf(decision),
    mandate: 'mandate',
  };
}

/** An application on the first bank's platform, as the State Corporation left it. */
export function decidedApplication(changes: Partial<Application> = {}): Application {
  const hash = documentHashOf('contract');
  return application.parse({
    id: applicationNumber(1),
    kind: 'PLEDGE',
    platform: banks[0],
    pledgee: banks[0],
    consentToRepledge: false,
    targets: [{ property }],
    revision: 1,
    dossier: hash,
    titleDocument: hash,
    contract: hash,
    participants: [
      { number: 1, role: 'PLEDGEE', bin: banks[0], natural: false, signs: true },
      { number: 2, role: 'PLEDGOR', natural: true, signs: true },
      { number: 3, role: 'SPOUSE', natural: true, signs: true },
    ],
    confirmations: [],
    checks: [],
    decisions: [],
    state: 'REGISTERED',
    ...changes,
  });
}
