/** Mandates of the story: a head signs who may act for the organisation, and takes it back. */
import { localDateOf } from '../../../chaincode/kernel/almaty.ts';
import { plusDays } from '../../../chaincode/kernel/civil-date.ts';
import { personHash } from '../../../chaincode/kernel/person-hash.ts';
import * as mandates from '../../../chaincode/mandates/operations.ts';
import type { MandateFunction } from '../../../chaincode/mandates/schema.ts';
import * as trust from '../../../chaincode/trust/operations.ts';
import { people, type PersonName } from '../eds/people.ts';
import { id, salt, type Signers } from './signers.ts';
import type { Stage } from './stage.ts';

/** A mandate and what its holder knows of it. */
export type GivenMandate = { readonly id: string; readonly salt: string };

/** Those of the demonstration who belong to an organisation. */
export type Member = {
  [Name in PersonName]: (typeof people)[Name] extends { bin: string } ? Name : never;
}[PersonName];

/** Who gives a mandate to whom, for what, and who brings it to the ledger. */
type Giving = {
  readonly head: Member;
  readonly holder: PersonName;
  readonly function: MandateFunction;
  readonly org: string;
};

/** The head signs the terms; the holders verify them, and they are recorded. */
export async function mandateGiven(
  stage: Stage,
  signers: Signers,
  { head, holder, function: named, org }: Giving,
): Promise<GivenMandate> {
  const at = stage.now();
  const today = localDateOf(at);
  const holderSalt = salt();
  const holderIin = people[holder].iin;
  const facts = {
    holder: personHash(holderSalt, holderIin),
    function: named,
    from: today,
    until: plusDays(today, 30),
  };
  const terms = { id: id(), bin: people[head].bin, ...facts };
  const manifest = {
    version: 1 as const,
    purpose: 'mandate' as const,
    channel: stage.channel,
    record: terms.id,
    revision: 1,
    salt: salt(),
    facts,
  };
  const { version } = await stage.done(trust.list, {}, { org });
  const persons = { ...shownHead(signers, head), holderIin, holderSalt };
  const evidence = signers.sign(head, manifest, at);
  const found = { signedAt: at, trustVersion: String(version) };
  const input = { salt: salt(), terms, ...persons, evidence, found };
  const { verdict } = await stage.done(mandates.verify, input, { org });
  await stage.done(mandates.record, { verdict }, { org });
  return { id: terms.id, salt: holderSalt };
}

/** The head signs that a mandate is over. */
export async function mandateRevoked(
  stage: Stage,
  signers: Signers,
  { head, mandate, org }: { readonly head: Member; readonly mandate: string; readonly org: string },
): Promise<void> {
  const at = stage.now();
  const manifest = {
    version: 1 as const,
    purpose: 'revocation' as const,
    channel: stage.channel,
    record: mandate,
    revision: 1,
    salt: salt(),
  };
  const { version } = await stage.done(trust.list, {}, { org });
  const evidence = signers.sign(head, manifest, at);
  const found = { signedAt: at, trustVersion: String(version) };
  const input = { salt: salt(), mandate, ...shownHead(signers, head), evidence, found };
  const { verdict } = await stage.done(mandates.verifyRevocation, input, { org });
  await stage.done(mandates.recordRevocation, { verdict }, { org });
}

/** What shows the holders that a head is on the organisation's list. */
function shownHead(signers: Signers, head: Member) {
  return { headIin: people[head].iin, headSalt: signers.headSalt(head) };
}
