/** Consents through KDP: asked for, verified where the token may be seen, recorded by their terms. */
import { z } from 'zod';
import { applicationIdSchema } from '../kernel/application-id.ts';
import { binSchema } from '../kernel/bin.ts';
import { canonicalJson } from '../kernel/canonical-json.ts';
import { documentHashOf, documentHashSchema } from '../kernel/document-hash.ts';
import { identityOfJwt } from '../kernel/jwt/verify-jwt.ts';
import { accepted, andThen, type Outcome, refused, unlessRefused } from '../kernel/outcome.ts';
import { command, contractOf, privateCommand, query } from '../ledger/contract.ts';
import { operatorMsp, registrarMsp } from '../ledger/institutions.ts';
import type { PublicLedger } from '../ledger/public-ledger.ts';
import type { Reader } from '../ledger/reader.ts';
import { givenVerdict, verdictText } from '../ledger/verdict.ts';
import { inProduction } from '../organisations/rules.ts';
import { integrationType } from '../organisations/schema.ts';
import type { Application } from '../pledges/application.ts';
import { stillPreparing } from '../pledges/application-rules.ts';
import { participantNumbered } from '../pledges/dossier.ts';
import { evidenceText } from '../pledges/evidence.ts';
import { heldKey } from '../pledges/held-records.ts';
import { participantSigned } from '../pledges/signatory.ts';
import { applicationOn, isDossierOf, ownApplication } from '../pledges/store.ts';
import { memberType } from '../roster/schema.ts';
import { cmsHash, signedManifestHash, type Verified } from '../trust/evidence.ts';
import { signedByKdp } from '../trust/kdp-token.ts';
import { answer, form, grant, list, request, revoke, verify } from './operations.ts';
import { type ConsentForm, formFacts, formHash, formOf } from './form.ts';
import { refuse } from './refusals.ts';
import * as rules from './rules.ts';
import {
  attemptsMax,
  type Consent,
  consentTokenType,
  formSignature,
  type TokenTerms,
  tokenTerms,
} from './schema.ts';
import { consentOn, consentsOf, isTokenTaken, putConsent, type Which } from './store.ts';
import { termsOf } from './token.ts';

/** A token of this participant for this application has these terms. */
const consentVerdict = z.strictObject({
  verdict: z.literal('CONSENT'),
  application: applicationIdSchema,
  participant: z.int().min(1).max(100),
  attempt: z.int().min(1).max(attemptsMax),
  revision: z.int().min(1).max(100),
  terms: tokenTerms,
  identity: documentHashSchema,
  signed: formSignature,
  trustVersion: z.string(),
});

export const ConsentsContract = contractOf('consents', [
  query(form, async (ledger, { application: id }) => {
    const application = await applicationOn(ledger, id);
    if (!application.ok) return application;
    const value = await formFor(ledger, application.value);
    return accepted({ form: value, hash: formHash(value) });
  }),

  command(request, async (ledger, asked) => {
    const application = await ownApplication(ledger, asked.application);
    const open = andThen(application, stillPreparing);
    if (!open.ok) return open;
    const { platform, kind, revision, participants } = open.value;
    const asking: Consent = {
      ...asked,
      platform,
      revision,
      purpose: kind === 'TERMINATION' ? 'TERMINATION' : 'REGISTRATION',
      state: 'REQUESTED',
    };
    const earlier = await consentOn(ledger, asked);
    const again = andThen(earlier, (first) => rules.askedAlready(first, asking));
    if (again.ok) return again;
    const integration = await ledger.find(integrationType, [platform, asked.system]);
    const applied = integration && inProduction(integration.data);
    const askable = rules.askable(asked, {
      participants,
      applied,
      form: formHash(await formFor(ledger, open.value)),
    });
    if (!askable.ok) return askable;
    if (again.refusals.some(({ code }) => code !== 'CONSENT_UNKNOWN')) return again;
    const consent = { ...asking, ...(applied && { storageDays: applied.storageDays }) };
    const now = unlessRefused(rules.askedNow(asked, ledger.circumstances.time), consent);
    return saved(ledger, now, 'ConsentRequested');
  }),

  command(answer, (ledger, input) =>
    step(ledger, input, 'ConsentAnswered', (consent) => rules.answered(consent, input.answer)),
  ),

  privateCommand(
    verify,
    async (ledger, input) => {
      // What is signed lies among an application's own, while a purge of it is still to come (CN-6).
      const application = andThen(await ownApplication(ledger, input.application), stillPreparing);
      if (!application.ok) return application;
      const terms = await verifiedTerms(ledger, input, application.value);
      if (!terms.ok) return terms;
      if (canonicalJson(terms.value) !== canonicalJson(input.terms)) {
        return refused(refuse('TOKEN_TERMS_DIFFER', { norm: 'CN-3', field: '/terms' }));
      }
      const signature = await formSigned(ledger, input, application.value);
      if (!signature.ok) return signature;
      const { application: id, participant, attempt } = input;
      const place = heldKey(id, { kind: 'CONSENT', participant, attempt });
      ledger.deposit(place, evidenceText(signature.value.kept));
      ledger.giveVerdict(verdictOf(input));
      return accepted(null);
    },
    (input) => ({ verdict: verdictOf(input) }),
  ),

  command(grant, async (ledger, { verdict }) => {
    const given = await givenVerdict(ledger, consentVerdict, verdict);
    if (!given.ok) return given;
    const { terms, signed, revision, identity, application, participant, attempt } = given.value;
    const which = { application, participant, attempt };
    const isTaken = await isTokenTaken(ledger, identity);
    const granted = await step(ledger, which, 'ConsentGranted', (consent) =>
      andThen(rules.granted(consent, { token: terms, signed, revision }), (value) =>
        rules.unlessServing(value, isTaken),
      ),
    );
    if (granted.ok) {
      await ledger.putSealed(consentTokenType, { identity, ...which }, registrarMsp);
    }
    return granted;
  }),

  command(revoke, async (ledger, { revokedAt: at, evidence, ...which }) => {
    const by = ledger.caller.mspId;
    // The subject takes it back at KDP: whoever runs that need not wait for the platform's word.
    const open = by === operatorMsp ? applicationOn : ownApplication;
    return step(
      ledger,
      which,
      'ConsentRevoked',
      (consent) => rules.revoked(consent, { at, by, evidence }),
      open,
    );
  }),

  query(list, async (ledger, { application }) =>
    accepted({ consents: [...(await consentsOf(ledger, application))] }),
  ),
]);

/** The annex's form as the subject of an application is shown it. */
async function formFor(
  ledger: Reader,
  { platform, pledgee }: Pick<Application, 'platform' | 'pledgee'>,
): Promise<ConsentForm> {
  const registrar = await ledger.find(memberType, [registrarMsp]);
  if (registrar === undefined) throw new Error('a consortium without the State Corporation');
  const stateCorporation = binSchema.parse(registrar.data.bin);
  return formOf({ platform, stateCorporation, pledgee });
}

type Given = z.output<typeof verify.input>;

/** Who has a number in the dossier that was sent, if it is the application's. */
function participantOf({ dossier, participant }: Given, application: Application) {
  return andThen(isDossierOf(application, dossier), (value) =>
    participantNumbered(value, participant),
  );
}

/** The terms of a token that a trusted key of KDP signed, for the participant of the dossier. */
async function verifiedTerms(
  ledger: Reader,
  input: Given,
  application: Application,
): Promise<Outcome<TokenTerms>> {
  const consent = await consentOn(ledger, input);
  if (!consent.ok) return consent;
  const participant = participantOf(input, application);
  if (!participant.ok) return participant;
  const claims = await signedByKdp(ledger, input.token, input.publicKey);
  const hashes = {
    tokenHash: documentHashOf(input.token),
    key: documentHashOf(input.publicKey),
  };
  const { person, representative } = participant.value;
  const iins = 'iin' in person ? [person.iin, ...(representative ? [representative.iin] : [])] : [];
  return andThen(claims, (value) =>
    termsOf(value, hashes, {
      iins,
      initiator: application.platform,
      services: consent.value.services,
      now: ledger.circumstances.time,
    }),
  );
}

/**
 * Whether the subject, or who represents the subject by law, has signed the annex's form as it was
 * asked for (CN-4), also where KDP's own answer came by another way.
 */
async function formSigned(
  ledger: Reader,
  input: Given,
  application: Application,
): Promise<Outcome<Verified>> {
  const consent = await consentOn(ledger, input);
  if (!consent.ok) return consent;
  const participant = participantOf(input, application);
  if (!participant.ok) return participant;
  const { id, revision } = application;
  const expected = { purpose: 'consent', record: id, revision } as const;
  const signature = await participantSigned(ledger, participant.value, input, expected);
  if (!signature.ok) return signature;
  const shown = formFacts(input.participant, consent.value.form);
  return canonicalJson(signature.value.manifest.facts ?? {}) === canonicalJson(shown)
    ? signature
    : refused(refuse('CONSENT_FORM_NOT_SIGNED', { norm: 'CN-4', field: '/evidence' }));
}

/** A step in the life of a consent, taken by the platform that asked for it unless told. */
async function step(
  ledger: PublicLedger,
  which: Which,
  event: string,
  take: (consent: Consent) => Outcome<Consent>,
  openTo = ownApplication,
): Promise<Outcome<Consent>> {
  const application = await openTo(ledger, which.application);
  if (!application.ok) return application;
  return saved(ledger, andThen(await consentOn(ledger, which), take), event);
}

async function saved(
  ledger: PublicLedger,
  outcome: Outcome<Consent>,
  event: string,
): Promise<Outcome<Consent>> {
  if (!outcome.ok) return outcome;
  const { application, participant, attempt, state } = outcome.value;
  await putConsent(ledger, outcome.value);
  ledger.emit({ name: event, application, participant, attempt, state });
  return outcome;
}

function verdictOf(input: Given): string {
  const { application, participant, attempt, dossier, token, terms, evidence, found } = input;
  const { signedAt, trustVersion } = found;
  return verdictText({
    verdict: 'CONSENT',
    application,
    participant,
    attempt,
    revision: dossier.revision,
    terms,
    identity: identityOfJwt(token),
    signed: { manifest: signedManifestHash(evidence), cms: cmsHash(evidence), signedAt },
    trustVersion,
  });
}
