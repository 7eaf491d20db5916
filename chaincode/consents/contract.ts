/** Consents through KDP: asked for, verified where the token may be seen, recorded by their terms. */
import { z } from 'zod';
import { applicationIdSchema } from '../kernel/application-id.ts';
import { binSchema } from '../kernel/bin.ts';
import { canonicalJson } from '../kernel/canonical-json.ts';
import { documentHashOf, documentHashSchema } from '../kernel/document-hash.ts';
import { identityOfJwt } from '../kernel/jwt/verify-jwt.ts';
import { accepted, andThen, type Outcome, refused } from '../kernel/outcome.ts';
import { command, contractOf, privateCommand, query } from '../ledger/contract.ts';
import { operatorMsp, registrarMsp } from '../ledger/institutions.ts';
import type { PublicLedger } from '../ledger/public-ledger.ts';
import type { Reader } from '../ledger/reader.ts';
import { givenVerdict, verdictText } from '../ledger/verdict.ts';
import { integrationType } from '../organisations/schema.ts';
import type { Application } from '../pledges/application.ts';
import { stillPreparing } from '../pledges/application-rules.ts';
import { participantNumbered } from '../pledges/dossier.ts';
import { applicationOn, isDossierOf, ownApplication } from '../pledges/store.ts';
import { memberType } from '../roster/schema.ts';
import { signedByKdp } from '../trust/kdp-token.ts';
import { answer, form, grant, list, request, revoke, verify } from './operations.ts';
import { type ConsentForm, formHash, formOf } from './form.ts';
import { refuse } from './refusals.ts';
import * as rules from './rules.ts';
import {
  attemptsMax,
  type Consent,
  consentTokenType,
  consentType,
  type TokenTerms,
  tokenTerms,
} from './schema.ts';
import { consentOn, consentsOf, type Which } from './store.ts';
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
    const integration = await ledger.find(integrationType, [platform, asked.system]);
    const askable = rules.askable(asked, {
      participants,
      integration: integration?.data,
      form: formHash(await formFor(ledger, open.value)),
    });
    if (!askable.ok) return askable;
    const consent: Consent = {
      ...asked,
      platform,
      revision,
      purpose: kind === 'TERMINATION' ? 'TERMINATION' : 'REGISTRATION',
      state: 'REQUESTED',
    };
    const earlier = await consentOn(ledger, asked);
    if (earlier.ok) return rules.askedAlready(earlier.value, consent);
    return saved(ledger, accepted(consent), 'ConsentRequested');
  }),

  command(answer, (ledger, input) =>
    step(ledger, input, 'ConsentAnswered', (consent) => rules.answered(consent, input.answer)),
  ),

  privateCommand(
    verify,
    async (ledger, input) => {
      const terms = await verifiedTerms(ledger, input);
      if (!terms.ok) return terms;
      if (canonicalJson(terms.value) !== canonicalJson(input.terms)) {
        return refused(refuse('TOKEN_TERMS_DIFFER', { norm: 'CN-3', field: '/terms' }));
      }
      ledger.giveVerdict(verdictOf(input, input.terms));
      return accepted(null);
    },
    (input) => ({ verdict: verdictOf(input, input.terms) }),
  ),

  command(grant, async (ledger, { verdict }) => {
    const given = await givenVerdict(ledger, consentVerdict, verdict);
    if (!given.ok) return given;
    const { terms, revision, identity, application, participant, attempt } = given.value;
    const which = { application, participant, attempt };
    const earlier = await ledger.find(consentTokenType, [identity]);
    const granted = await step(ledger, which, 'ConsentGranted', (consent) =>
      andThen(rules.granted(consent, terms, revision), (value) =>
        rules.unlessServing(value, earlier?.data),
      ),
    );
    if (granted.ok) await ledger.put(consentTokenType, { identity, ...which });
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

/** The terms of a token that a trusted key of KDP signed, for the participant of the dossier. */
async function verifiedTerms(
  ledger: Reader,
  input: z.output<typeof verify.input>,
): Promise<Outcome<TokenTerms>> {
  const application = await applicationOn(ledger, input.application);
  if (!application.ok) return application;
  const consent = await consentOn(ledger, input);
  if (!consent.ok) return consent;
  const dossier = isDossierOf(application.value, input.dossier);
  const participant = andThen(dossier, (value) => participantNumbered(value, input.participant));
  if (!participant.ok) return participant;
  const claims = await signedByKdp(ledger, input.token, input.publicKey);
  const hashes = {
    tokenHash: documentHashOf(input.token),
    key: documentHashOf(input.publicKey),
  };
  const { person } = participant.value;
  return andThen(claims, (value) =>
    termsOf(value, hashes, {
      iin: 'iin' in person ? person.iin : '',
      initiator: application.value.platform,
      services: consent.value.services,
      now: ledger.circumstances.time,
    }),
  );
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
  await ledger.put(consentType, outcome.value);
  ledger.emit({ name: event, application, participant, attempt, state });
  return outcome;
}

function verdictOf(
  { application, participant, attempt, dossier, token }: z.output<typeof verify.input>,
  terms: TokenTerms,
): string {
  const { revision } = dossier;
  const which = { application, participant, attempt };
  const identity = identityOfJwt(token);
  return verdictText({ verdict: 'CONSENT', ...which, revision, terms, identity });
}
