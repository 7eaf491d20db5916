/** What the consortium can decide about its own members. */
import { z } from 'zod';
import { subject } from '../decisions/subject.ts';
import { mspIdSchema } from '../kernel/msp-id.ts';
import { accepted } from '../kernel/outcome.ts';
import { institutions } from '../ledger/institutions.ts';
import { admission, removal } from './rules.ts';
import { candidate, memberType } from './schema.ts';
import { membersOn } from './store.ts';

/** A new member joins. The channel's configuration follows by the operators' own signatures. */
export const admitMember = subject({
  schema: z.strictObject({ kind: z.literal('roster.admission'), member: candidate }),
  effect: async (ledger, { member }, decision) => {
    const admitted = admission(await membersOn(ledger), member);
    if (!admitted.ok) return admitted;
    return accepted((writer) =>
      writer.put(memberType, { ...member, peers: [], admittedBy: decision }),
    );
  },
});

/** A member leaves; its record stays. */
export const removeMember = subject({
  schema: z.strictObject({ kind: z.literal('roster.removal'), mspId: mspIdSchema }),
  effect: async (ledger, { mspId: leaving }, decision) => {
    const member = removal(await membersOn(ledger), leaving, institutions);
    if (!member.ok) return member;
    return accepted((writer) => writer.put(memberType, { ...member.value, removedBy: decision }));
  },
});
