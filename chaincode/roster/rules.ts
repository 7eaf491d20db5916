/** Who belongs to the consortium, and how many of its members decide. */
import { accepted, type Outcome, refused } from '../kernel/outcome.ts';
import { refuse } from './refusals.ts';
import type { Candidate, Member } from './schema.ts';

/** The law's sense asks for five organisations' peers (SE-4): fewer members cannot keep the ledger. */
export const membersMin = 5;

/** Votes that decide among so many members, one an organisation: more than half. */
export function majorityOf(memberCount: number): number {
  return Math.floor(memberCount / 2) + 1;
}

/** The member of an MSP, or the refusal of a stranger. */
export function memberOf(members: readonly Member[], mspId: string): Outcome<Member> {
  if (members.length === 0) return refused(refuse('CONSORTIUM_NOT_FOUNDED'));
  const found = members.find((member) => member.mspId === mspId);
  return found === undefined
    ? refused(refuse('NOT_A_MEMBER', { norm: 'SE-4', params: { mspId } }))
    : accepted(found);
}

/** A member that has the BIN or the MSP of somebody, and not both: one of the two is another's. */
export function otherMember(
  members: readonly Member[],
  { bin, mspId }: Pick<Member, 'bin' | 'mspId'>,
): Member | undefined {
  return members.find((member) => (member.bin === bin) !== (member.mspId === mspId));
}

/** Whether an organisation may be admitted: not twice, and under no other's BIN. */
export function admission(members: readonly Member[], candidate: Candidate): Outcome<Candidate> {
  const already = members.find(
    ({ mspId, bin }) => mspId === candidate.mspId || bin === candidate.bin,
  );
  return already !== undefined
    ? refused(refuse('MEMBER_ALREADY', { params: { mspId: already.mspId } }))
    : accepted(candidate);
}

/**
 * Whether a member may leave: five must remain, and those to whom the law gives a part of their own.
 * Without the State Corporation every decision about a lien would be a stranger's.
 */
export function removal(
  members: readonly Member[],
  mspId: string,
  institutions: readonly string[],
): Outcome<Member> {
  const leaving = memberOf(members, mspId);
  if (!leaving.ok) return leaving;
  if (institutions.includes(mspId)) {
    const norm = 'SE-4; 000 alg. 13';
    return refused(refuse('MEMBER_INDISPENSABLE', { norm, params: { mspId } }));
  }
  return members.length > membersMin
    ? leaving
    : refused(
        refuse('CONSORTIUM_TOO_SMALL', { norm: 'SE-4', params: { minimum: String(membersMin) } }),
      );
}
