import fc from 'fast-check';
import { endHead } from '../../../chaincode/organisations/heads/operations.ts';
import { attempt, type Party } from '../scene/attempt.ts';
import { hashOf } from '../scene/numbers.ts';
import { binOf, headsOf, type Pledgee, pledgees } from '../scene/parties.ts';
import { headHash } from '../scene/setting.ts';
import { type Play, seldom, someone } from './play.ts';

type Choice = {
  readonly head: Pledgee;
  readonly by: Party | undefined;
  readonly really: boolean;
};

/** An organisation ends its head's term, by a day that is past: nobody signs for it any more. */
export const dismissHead: Play<Choice> = {
  name: 'dismiss head',
  choice: fc.record({ head: fc.constantFrom(...pledgees), by: someone, really: seldom }),
  attempt: (model, { head, by, really }) => {
    // Seldom, since nothing is confirmed for this pledgee in the rest of the sequence.
    if (by === undefined && !really) return undefined;
    const party = by ?? { org: headsOf[head], role: 'admin' as const };
    const dismissal = { number: '2', date: '2026-11-19', hash: hashOf(`dismissal ${head}`) };
    return attempt(endHead, {
      what: `ends the term of ${head}`,
      input: { bin: binOf(head), person: headHash(head), until: '2026-11-19', dismissal },
      by: party,
      against: [
        party.role !== 'admin' && 'ROLE_MISSING',
        party.org !== headsOf[head] && 'NOT_OF_THIS_ORGANISATION',
        model.dismissed.has(head) && 'HEAD_ENDED_ALREADY',
      ],
      learn: () => model.dismissed.add(head),
    });
  },
};
