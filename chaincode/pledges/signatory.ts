/** Who signs for a legal entity: its head, or someone of it under a mandate of the head (SE-3). */
import type { ManifestExpected } from '../kernel/eds/manifest.ts';
import type { Role } from '../kernel/eds/roles.ts';
import { type Outcome, refused, type Refusals } from '../kernel/outcome.ts';
import type { Reader } from '../ledger/reader.ts';
import { type Holding, heldMandate } from '../mandates/holding.ts';
import type { MandateFunction } from '../mandates/schema.ts';
import { byListed, signedByHead } from '../organisations/heads/signing.ts';
import { type Participant, type ParticipantRole, signingIin } from './participants.ts';
import { refuse } from './refusals.ts';
import { type Evidence, type Findings, type Verified, verified } from '../trust/evidence.ts';

/** What was signed, by whom, and under which mandate if not by the head. */
export type EntitySigned = {
  readonly signatoryIin?: string | undefined;
  /** Of the head, where the head signs: by it the organisation names its head (OR-1). */
  readonly headSalt?: string | undefined;
  readonly mandate?: Holding | undefined;
  readonly evidence: Evidence;
  readonly found: Findings;
};

/** Functions in which someone signs for a pledgee. */
export const pledgeesFunctions = ['PLEDGEE_SIGNATORY', 'STANDS_IN_FOR_HEAD'] as const;

/** Members of the organisation. A system is none of them; a mandate names a person. */
const ofStaff: readonly Role[] = ['head', 'signatory', 'financeSignatory', 'hr', 'employee'];

/** Those who own or pledge: for a legal entity among them its certificate names who may sign. */
const owning: readonly ParticipantRole[] = ['PLEDGOR', 'CO_OWNER', 'SPOUSE'];

/**
 * Whether a participant has signed: a natural person with an own key, or who represents that person
 * by law; for a legal entity that owns
 * the property whoever its certificate gives the right to sign, its head if still in force; for a
 * pledgee as `signedFor` says.
 */
export async function participantSigned(
  ledger: Reader,
  participant: Participant,
  given: EntitySigned,
  expected: Pick<ManifestExpected, 'purpose' | 'record' | 'revision'>,
): Promise<Outcome<Verified>> {
  const { evidence, found, signatoryIin, headSalt } = given;
  const { person, role } = participant;
  if ('iin' in person) {
    const signer = { iin: signingIin(participant), roles: ['person'] as const };
    return verified(ledger, evidence, found, signer, expected);
  }
  const { bin } = person;
  if (owning.includes(role)) {
    const signer = { bin, iin: signatoryIin, roles: ['head', 'signatory'] as const };
    const signature = await verified(ledger, evidence, found, signer, expected);
    if (!signature.ok || signature.value.signerRoles.includes('signatory')) return signature;
    return byListed(ledger, bin, signature.value, headSalt);
  }
  return signedFor(ledger, { bin, functions: pledgeesFunctions }, given, expected);
}

/**
 * Whether the head of an organisation has signed, or the holder of a mandate in one of these
 * functions that was live when it was signed: a certificate alone makes nobody a signatory.
 */
export async function signedFor(
  ledger: Reader,
  { bin, functions }: { readonly bin: string; readonly functions: readonly MandateFunction[] },
  { signatoryIin, headSalt, mandate, evidence, found }: EntitySigned,
  expected: Pick<ManifestExpected, 'purpose' | 'record' | 'revision'>,
): Promise<Outcome<Verified>> {
  if (mandate === undefined) {
    const signed = { headIin: signatoryIin, headSalt, evidence, found };
    const byHead = await signedByHead(ledger, bin, signed, expected);
    return byHead.ok ? byHead : withoutMandate(byHead.refusals);
  }
  const signer = { bin, iin: mandate.holderIin, roles: ofStaff };
  const signature = await verified(ledger, evidence, found, signer, expected);
  if (!signature.ok) return signature;
  const at = signature.value.signedAt;
  const held = await heldMandate(ledger, mandate, { bin, functions, at });
  return held.ok ? signature : held;
}

/** The right organisation's signature by another than the head lacks its mandate. */
function withoutMandate(refusals: Refusals): Outcome<never> {
  const others = refusals.filter(({ code }) => code !== 'ROLE_MISMATCH');
  return others.length < refusals.length
    ? refused(refuse('MANDATE_MISSING', { norm: 'SE-3; 000 alg. 8-9' }), ...others)
    : { ok: false, refusals };
}
