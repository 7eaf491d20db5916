/** The heads of the story: each organisation names its own before anything is signed (OR-1). */
import { localDateOf } from '../../../chaincode/kernel/almaty.ts';
import { personHash } from '../../../chaincode/kernel/person-hash.ts';
import * as organisations from '../../../chaincode/organisations/heads/operations.ts';
import { people } from '../eds/people.ts';
import type { Member } from './mandates.ts';
import { hashOf, type Signers } from './signers.ts';
import { cast, type Stage } from './stage.ts';

/** Who heads which organisation. */
const headsOf = [
  { head: 'goscorpHead', org: cast.registrar },
  { head: 'authorityHead', org: cast.authority },
  { head: 'alphaHead', org: cast.platform },
  { head: 'betaHead', org: 'BetaMSP' },
] as const satisfies readonly { readonly head: Member; readonly org: string }[];

/** Names every head of the story whom the ledger does not know yet. */
export async function headsNamed(stage: Stage, signers: Signers): Promise<void> {
  const unnamed = [];
  for (const each of headsOf) {
    const { bin } = people[each.head];
    const { heads } = await stage.done(organisations.heads, { bin }, each);
    const person = personOf(signers, each.head);
    if (heads.every((head) => head.person !== person)) unnamed.push(each);
  }
  if (unnamed.length === 0) return;
  for (const each of unnamed) await headNamed(stage, signers, each);
  stage.say('Each organisation names its head: everyone sees a salted hash, and from which day.');
}

async function headNamed(
  stage: Stage,
  signers: Signers,
  { head, org }: (typeof headsOf)[number],
): Promise<void> {
  const from = localDateOf(stage.now());
  const appointment = { number: '1', date: from, hash: hashOf(`appointment ${head}`) };
  const person = personOf(signers, head);
  const { bin } = people[head];
  await stage.done(organisations.nameHead, { bin, person, from, appointment }, { org });
}

function personOf(signers: Signers, head: Member): string {
  return personHash(signers.headSalt(head), people[head].iin);
}
