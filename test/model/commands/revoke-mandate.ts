import fc from 'fast-check';
import * as mandates from '../../../chaincode/mandates/operations.ts';
import { attempt, type Party } from '../scene/attempt.ts';
import { mandate, morning } from '../scene/setting.ts';
import { type Play, seldom, someone } from './play.ts';

/** The State Corporation takes the officer's mandate back: nothing is decided under it any more. */
export const revokeMandate: Play<{ readonly by: Party | undefined; readonly really: boolean }> = {
  name: 'revoke mandate',
  choice: fc.record({ by: someone, really: seldom }),
  attempt: (model, { by, really }) => {
    // Seldom, since the rest of the sequence registers nothing.
    if (by === undefined && !really) return undefined;
    const party = by ?? { org: 'GosCorpMSP', role: 'admin' as const };
    const isMember = party.org !== 'BankMSP';
    return attempt(mandates.revoke, {
      what: "takes the officer's mandate back",
      input: { id: mandate.id, revokedAt: morning },
      by: party,
      against: [
        party.role !== 'admin' && 'ROLE_MISSING',
        !isMember && 'NOT_A_MEMBER',
        isMember && party.org !== 'GosCorpMSP' && 'MANDATE_OF_ANOTHER_ORGANISATION',
        !model.mandateIsLive && 'MANDATE_REVOKED_ALREADY',
      ],
      learn: () => (model.mandateIsLive = false),
    });
  },
};
