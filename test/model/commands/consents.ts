import fc from 'fast-check';
import * as consents from '../../../chaincode/consents/operations.ts';
import { instantOfMs, msOf } from '../../../chaincode/kernel/instant.ts';
import {
  type ModelApplication,
  type ModelConsent,
  parts,
  preparedRevision,
} from '../model/model.ts';
import { attempt, type Party } from '../scene/attempt.ts';
import { hashOf, saltOf } from '../scene/numbers.ts';
import { persons, platforms, system } from '../scene/parties.ts';
import { kdpKey } from '../scene/pens.ts';
import { dossierOf, type Part } from '../scene/plans.ts';
import { morning, service, tokenFor } from '../scene/setting.ts';
import {
  called,
  notOwn,
  ofPlatform,
  type Play,
  seldom,
  someone,
  type Which,
  which,
} from './play.ts';

type Of = { readonly which: Which; readonly participant: number; readonly by: Party | undefined };

const of = { which, participant: fc.integer({ min: 1, max: 4 }), by: someone };

/** Which consent the ledger knows it by. */
function named(application: ModelApplication, participant: number) {
  const { id } = application.plan;
  return { application: id, participant, attempt: preparedRevision(application) };
}

/** Asks a participant for consent through KDP. */
export const requestConsent: Play<Of & { readonly wrongMode: boolean }> = {
  name: 'request consent',
  choice: fc.record({ ...of, wrongMode: seldom }),
  attempt: (model, { which: number, participant, by, wrongMode }) => {
    const application = model.pick(number, 'open');
    if (application === undefined) return undefined;
    const party = by ?? ofPlatform(application);
    return attempt(consents.request, {
      what: `asks participant ${participant} of ${called(application)} for consent`,
      input: {
        ...named(application, participant),
        system,
        mode: wrongMode ? 'PROTOCOL' : 'CALL_CENTRE_1414',
        services: [service],
        form: hashOf('the form of the annex'),
        requestedAt: morning,
      },
      by: party,
      against: [
        notOwn(application, party),
        wrongMode && 'CONSENT_MODE_NOT_OF_SUBJECT',
        wrongMode && 'CONSENT_MODE_NOT_GRANTED',
      ],
      learn: () => {
        application.wasAsked = true;
        if (application.consents.has(participant)) return;
        const askedFor = application.revision;
        application.consents.set(participant, { state: 'REQUESTED', askedFor });
      },
    });
  },
};

/** The holders verify a security token; the token itself is kept nowhere. */
export const verifyConsent: Play<
  Of & { readonly ofAnother: boolean; readonly toAnother: boolean }
> = {
  name: 'verify consent',
  choice: fc.record({ ...of, ofAnother: seldom, toAnother: seldom }),
  attempt: (model, { which: number, participant, by, ofAnother, toAnother }) => {
    const application = model.pick(number, 'open');
    if (application === undefined) return undefined;
    const { plan, consents: known, added } = application;
    const party = by ?? ofPlatform(application);
    const part = parts(application)[participant - 1];
    const subject = ofAnother ? persons.registrar.iin : iinOf(part);
    const initiator = toAnother ? platforms.BankMSP : platforms[plan.platform];
    const token = tokenFor(subject, initiator, plan.id);
    const revision = Math.max(application.revision, 1);
    return attempt(consents.verify, {
      what: `shows a token of participant ${participant} of ${called(application)}`,
      input: {
        ...named(application, participant),
        salt: saltOf(`consent ${plan.id} ${participant}`),
        dossier: dossierOf(plan, revision, { added }),
        token,
        publicKey: kdpKey,
        terms: termsOf(token),
      },
      by: party,
      against: [
        application.revision === 0 && 'APPLICATION_UNKNOWN',
        !known.has(participant) && 'CONSENT_UNKNOWN',
        part === undefined && 'PARTICIPANT_UNKNOWN',
        (ofAnother || part?.natural === false) && 'CONSENT_OF_ANOTHER_PERSON',
        toAnother && plan.platform !== 'BankMSP' && 'CONSENT_TO_ANOTHER_INITIATOR',
      ],
      learn: ({ verdict }) => {
        const consent = known.get(participant);
        if (consent !== undefined) consent.verdict = { text: verdict, revision };
      },
    });
  },
};

function termsOf(token: string) {
  const issued = msOf(morning);
  return {
    tokenHash: hashOf(token),
    key: hashOf(kdpKey),
    services: [service],
    issuedAt: instantOfMs(issued),
    expiresAt: instantOfMs(issued + 86_400_000),
  };
}

/** A legal entity has no IIN, and no token is of it. */
function iinOf(part: Part | undefined): string {
  return part?.natural === true ? persons[part.who].iin : persons.pledgor.iin;
}

/** Records that a consent was given. */
export const grantConsent: Play<Of> = {
  name: 'grant consent',
  choice: fc.record(of),
  attempt: (model, { which: number, participant, by }) => {
    const application = model.pick(number, 'open');
    const consent = application?.consents.get(participant);
    if (application === undefined || consent?.verdict === undefined) return undefined;
    const party = by ?? ofPlatform(application);
    const { askedFor, verdict } = consent;
    return attempt(consents.grant, {
      what: `records the consent of participant ${participant} of ${called(application)}`,
      input: { verdict: verdict.text },
      by: party,
      against: [
        notOwn(application, party),
        !isOpen(consent) && 'CONSENT_STEP_OUT_OF_TURN',
        verdict.revision !== askedFor && 'CONSENT_OF_ANOTHER_REVISION',
      ],
      learn: () => (consent.state = 'GRANTED'),
    });
  },
};

/** KDP answers without a token (CN-5). */
export const answerConsent: Play<Of & { readonly answer: 'PENDING' | 'REFUSED' }> = {
  name: 'answer consent',
  choice: fc.record({ ...of, answer: fc.constantFrom('PENDING', 'REFUSED') }),
  attempt: (model, { which: number, participant, by, answer }) => {
    const application = model.pick(number, 'open');
    if (application === undefined) return undefined;
    const consent = application.consents.get(participant);
    const party = by ?? ofPlatform(application);
    return attempt(consents.answer, {
      what: `KDP answers ${answer} for participant ${participant} of ${called(application)}`,
      input: { ...named(application, participant), answer },
      by: party,
      against: [
        notOwn(application, party),
        consent === undefined && 'CONSENT_UNKNOWN',
        !isOpen(consent) && 'CONSENT_STEP_OUT_OF_TURN',
      ],
      learn: () => {
        if (consent !== undefined) consent.state = answer;
      },
    });
  },
};

function isOpen(consent: ModelConsent | undefined): boolean {
  return consent?.state === 'REQUESTED' || consent?.state === 'PENDING';
}

/** The subject takes a consent back (CN-5). */
export const revokeConsent: Play<Of> = {
  name: 'revoke consent',
  choice: fc.record(of),
  attempt: (model, { which: number, participant, by }) => {
    const application = model.pick(number, 'open');
    if (application === undefined) return undefined;
    const consent = application.consents.get(participant);
    const party = by ?? ofPlatform(application);
    return attempt(consents.revoke, {
      what: `participant ${participant} of ${called(application)} takes the consent back`,
      input: { ...named(application, participant), revokedAt: morning },
      by: party,
      against: [
        notOwn(application, party),
        consent === undefined && 'CONSENT_UNKNOWN',
        (consent?.state === 'REVOKED' || consent?.state === 'REFUSED') &&
          'CONSENT_STEP_OUT_OF_TURN',
      ],
      learn: () => {
        if (consent !== undefined) consent.state = 'REVOKED';
      },
    });
  },
};
