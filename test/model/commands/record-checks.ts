import fc from 'fast-check';
import * as pledges from '../../../chaincode/pledges/operations.ts';
import { attempt, type Party } from '../scene/attempt.ts';
import { hashOf } from '../scene/numbers.ts';
import { morning } from '../scene/setting.ts';
import {
  called,
  notOfSystems,
  notRegistrar,
  ofRegistrar,
  type Play,
  seldom,
  someone,
  type Which,
  which,
} from './play.ts';

/** What EGKN looks at before a registration (PL-10), in the words of the ledger. */
export const checkNames = [
  'FORM_COMPLETE',
  'PAYMENT',
  'MARRIAGE',
  'SIGNATURES',
  'PERSON_NUMBERS',
  'PROPERTY_EXISTS',
  'RIGHTS_AND_CHARACTERISTICS',
  'NO_EXCLUDING_ENCUMBRANCE',
  'NOT_IN_TERRORISM_LIST',
] as const;

/** What it looks at before a termination (TR-2). */
export const checksOfTermination: readonly string[] = [
  'RIGHTS_AND_CHARACTERISTICS',
  'PERSON_NUMBERS',
  'PAYMENT',
];

type Choice = {
  readonly which: Which;
  readonly by: Party | undefined;
  /** One that is not met. */
  readonly failed: number | undefined;
  readonly onlySome: boolean;
};

export const soundChecks = { by: undefined, failed: undefined, onlySome: false };

/** The checks on arrival in EGKN. */
export const recordChecks: Play<Choice> = {
  name: 'record checks',
  choice: fc.record({
    which,
    by: someone,
    failed: fc.option(fc.nat({ max: 8 }), { nil: undefined, freq: 2 }),
    onlySome: seldom,
  }),
  attempt: (model, { which: number, by = ofRegistrar, failed, onlySome }) => {
    const application = model.pick(number, 'open');
    if (application === undefined) return undefined;
    const { plan, revision, state, metChecks } = application;
    const names = checkNames.slice(0, onlySome ? 4 : undefined);
    const properties = plan.targets.map(({ property }) => property);
    const missed = failed === undefined ? undefined : names[failed];
    const checks = names.map((name) => checkOf(name, name !== missed, properties));
    return attempt(pledges.recordChecks, {
      what: `EGKN checks ${called(application)}${missed === undefined ? '' : `, not met: ${missed}`}`,
      input: { application: plan.id, checks },
      by,
      against: [
        notRegistrar(by),
        notOfSystems(by),
        revision === 0 && 'APPLICATION_UNKNOWN',
        state !== 'ACCEPTED' && state !== 'SUSPENDED' && 'APPLICATION_STEP_OUT_OF_TURN',
      ],
      learn: () => {
        for (const name of names) metChecks.add(name);
        if (missed !== undefined) metChecks.delete(missed);
      },
    });
  },
};

/** A check as EGKN reports it; of encumbrances it reports codes, and 7010 is an arrest. */
function checkOf(name: (typeof checkNames)[number], isMet: boolean, properties: readonly string[]) {
  const evidence = hashOf(name);
  const common = { source: 'EGKN' as const, evidence, at: morning };
  if (name !== 'NO_EXCLUDING_ENCUMBRANCE') return { ...common, check: name, isMet };
  const codes = isMet ? ['3010'] : ['7010'];
  return {
    ...common,
    check: name,
    encumbrances: properties.map((property) => ({ property, codes })),
  };
}
