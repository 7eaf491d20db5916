/** Mandates: verified where the head's name may be seen, recorded where everyone can look. */
import { z } from 'zod';
import { applicationIdSchema } from '../kernel/application-id.ts';
import { documentHashSchema } from '../kernel/document-hash.ts';
import { type Instant, instantSchema } from '../kernel/instant.ts';
import { accepted, type Outcome, refused } from '../kernel/outcome.ts';
import { personHash } from '../kernel/person-hash.ts';
import { command, contractOf, privateCommand, query } from '../ledger/contract.ts';
import { registrarMsp } from '../ledger/institutions.ts';
import type { PublicLedger } from '../ledger/public-ledger.ts';
import { givenVerdict, verdictText } from '../ledger/verdict.ts';
import { signedByHead } from '../organisations/heads/signing.ts';
import { memberOf } from '../roster/rules.ts';
import { membersOn } from '../roster/store.ts';
import { cmsHash } from '../trust/evidence.ts';
import { mandateOn } from './holding.ts';
import { get, record, recordRevocation, revoke, verify, verifyRevocation } from './operations.ts';
import { refuse } from './refusals.ts';
import { revoked } from './rules.ts';
import { type Mandate, mandateTerms, mandateType, type MandateTerms } from './schema.ts';

/** The head has signed these terms. */
const mandateVerdict = z.strictObject({
  verdict: z.literal('MANDATE'),
  terms: mandateTerms,
  cms: documentHashSchema,
  signedAt: instantSchema,
  trustVersion: z.string(),
});

/** The head has signed that a mandate of the organisation is over. */
const revocationVerdict = z.strictObject({
  verdict: z.literal('MANDATE_REVOCATION'),
  mandate: applicationIdSchema,
  cms: documentHashSchema,
  signedAt: instantSchema,
  trustVersion: z.string(),
});

export const MandatesContract = contractOf('mandates', [
  privateCommand(
    verify,
    async (ledger, input) => {
      const { terms, holderIin, holderSalt } = input;
      const { id: of, bin } = terms;
      const expected = { purpose: 'mandate', record: of, revision: 1 } as const;
      const signature = await signedByHead(ledger, bin, input, expected);
      if (!signature.ok) return signature;
      if (terms.holder !== personHash(holderSalt, holderIin)) {
        return refused(refuse('MANDATE_HOLDER_DIFFERS', { norm: 'SE-3', field: '/terms/holder' }));
      }
      if (!isOf(signature.value.manifest.facts, terms)) {
        return refused(refuse('MANDATE_TERMS_DIFFER', { norm: 'SE-3', field: '/terms' }));
      }
      ledger.giveVerdict(verdictOf(terms, input));
      return accepted(null);
    },
    (input) => ({ verdict: verdictOf(input.terms, input) }),
  ),

  command(record, async (ledger, { verdict }) => {
    const given = await givenVerdict(ledger, mandateVerdict, verdict);
    if (!given.ok) return given;
    const { terms, cms, signedAt, trustVersion } = given.value;
    if (terms.until < terms.from) return refused(refuse('MANDATE_TERM_REVERSED', { norm: 'SE-3' }));
    // By its seal: one that was taken away would come back from its old verdict, unrevoked.
    if (await ledger.wasSealed(mandateType, [terms.id], registrarMsp)) {
      return refused(refuse('MANDATE_RECORDED_ALREADY', { norm: 'SE-3' }));
    }
    const mandate = { ...terms, cms, signedAt, trustVersion };
    await ledger.putSealed(mandateType, mandate, registrarMsp);
    ledger.emit({ name: 'MandateRecorded', id: terms.id, bin: terms.bin });
    return accepted(mandate);
  }),

  command(revoke, async (ledger, { id: which, revokedAt }) => {
    const found = await mandateOn(ledger, which);
    if (!found.ok) return found;
    const own = memberOf(await membersOn(ledger), ledger.caller.mspId);
    if (!own.ok) return own;
    if (own.value.bin !== found.value.bin) {
      return refused(refuse('MANDATE_OF_ANOTHER_ORGANISATION', { norm: 'SE-3' }));
    }
    return ended(ledger, found.value, revokedAt);
  }),

  privateCommand(
    verifyRevocation,
    async (ledger, input) => {
      const found = await mandateOn(ledger, input.mandate);
      if (!found.ok) return found;
      const { id: which, bin } = found.value;
      const expected = { purpose: 'revocation', record: which, revision: 1 } as const;
      const signature = await signedByHead(ledger, bin, input, expected);
      if (!signature.ok) return signature;
      ledger.giveVerdict(verdictOnRevocation(input));
      return accepted(null);
    },
    (input) => ({ verdict: verdictOnRevocation(input) }),
  ),

  command(recordRevocation, async (ledger, { verdict }) => {
    const given = await givenVerdict(ledger, revocationVerdict, verdict);
    if (!given.ok) return given;
    const found = await mandateOn(ledger, given.value.mandate);
    return found.ok ? ended(ledger, found.value, given.value.signedAt) : found;
  }),

  query(get, (ledger, { id: which }) => mandateOn(ledger, which)),
]);

/** What the head saw and signed is exactly these terms. */
function isOf(facts: Readonly<Record<string, string>> | undefined, terms: MandateTerms): boolean {
  const { holder, function: named, from, until } = terms;
  const wanted = { holder, function: named, from, until };
  return Object.entries(wanted).every(([name, value]) => facts?.[name] === value);
}

/** The mandate counts no more from an instant on. */
async function ended(
  ledger: PublicLedger,
  mandate: Mandate,
  at: Instant,
): Promise<Outcome<Mandate>> {
  const over = revoked(mandate, at);
  if (!over.ok) return over;
  const { id: which, bin } = over.value;
  await ledger.putSealed(mandateType, over.value, registrarMsp);
  ledger.emit({ name: 'MandateRevoked', id: which, bin });
  return over;
}

function verdictOnRevocation({
  mandate,
  evidence,
  found,
}: z.output<typeof verifyRevocation.input>): string {
  return verdictText({ verdict: 'MANDATE_REVOCATION', mandate, cms: cmsHash(evidence), ...found });
}

function verdictOf(terms: MandateTerms, input: z.output<typeof verify.input>): string {
  return verdictText({
    verdict: 'MANDATE',
    terms,
    cms: cmsHash(input.evidence),
    ...input.found,
  });
}
