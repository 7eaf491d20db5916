import fc from 'fast-check';
import * as consents from '../../../chaincode/consents/operations.ts';
import { formHash, formOf } from '../../../chaincode/consents/form.ts';
import { binSchema } from '../../../chaincode/kernel/bin.ts';
import { type Instant, instantOfMs, msOf } from '../../../chaincode/kernel/instant.ts';
import { channelName } from '../ledger/stub.ts';
import { type ModelApplication, type ModelConsent, parts } from '../model/model.ts';
import { attempt, type Party } from '../scene/attempt.ts';
import { hashOf, saltOf } from '../scene/numbers.ts';
import { binOf, persons, platforms, system } from '../scene/parties.ts';
import { kdpKey, signed } from '../scene/pens.ts';
import { dossierOf, type Part, type Plan } from '../scene/plans.ts';
import { minutesOn, morning, service, tokenFor, trustVersion } from '../scene/setting.ts';
import {
  called,
  notOfSystems,
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

const hour = 3_600_000;
const earlier = instantOfMs(msOf(morning) - hour);

/** Which consent the ledger knows it by: the latest of a participant, or the next. */
function named(application: ModelApplication, participant: number) {
  const { consents: known, plan, attempts } = application;
  const attempt = known.get(participant)?.attempt ?? attempts + 1;
  return { application: plan.id, participant, attempt };
}

/** One that was refused or taken back is asked for anew. */
export function isClosed(consent: ModelConsent | undefined): boolean {
  return consent?.state === 'REFUSED' || consent?.state === 'REVOKED';
}

/** What may be wrong with a request. */
export const soundRequest = {
  wrongMode: false,
  wrongForm: false,
  wrongService: false,
  otherTime: false,
};

type Wrong = Readonly<Record<keyof typeof soundRequest, boolean>>;

/** Asks a participant for consent through KDP. */
export const requestConsent: Play<Of & Wrong> = {
  name: 'request consent',
  choice: fc.record({
    ...of,
    wrongMode: seldom,
    wrongForm: seldom,
    wrongService: seldom,
    otherTime: seldom,
  }),
  attempt: (model, { which: number, participant, by, ...wrong }) => {
    const application = model.pick(number, 'open');
    if (application === undefined) return undefined;
    const { plan, consents: known, attempts } = application;
    const party = by ?? ofPlatform(application);
    const latest = known.get(participant);
    const isAnew = latest === undefined || isClosed(latest);
    const requestedAt = wrong.otherTime ? earlier : morning;
    const asked = {
      ...named(application, participant),
      ...(isAnew ? { attempt: attempts + 1 } : {}),
    };
    return attempt(consents.request, {
      what: `asks participant ${participant} of ${called(application)} for consent`,
      input: {
        ...asked,
        system,
        mode: wrong.wrongMode ? 'PROTOCOL' : 'CALL_CENTRE_1414',
        services: [service, ...(wrong.wrongService ? ['GBDUL'] : [])],
        form: wrong.wrongForm ? hashOf('another form') : formFor(plan),
        requestedAt,
      },
      by: party,
      against: [notOwn(application, party), ...unaskable(application, participant, wrong)],
      learn: () => {
        application.wasAsked = true;
        if (!isAnew) return;
        application.attempts = asked.attempt;
        const askedFor = application.revision;
        const { attempt: nth } = asked;
        known.set(participant, { state: 'REQUESTED', askedFor, attempt: nth, requestedAt });
      },
    });
  },
};

/** What is against a request, apart from who makes it. */
function unaskable(
  application: ModelApplication,
  participant: number,
  { wrongMode, wrongForm, wrongService, otherTime }: Wrong,
): readonly (string | false)[] {
  const latest = application.consents.get(participant);
  const isOther = latest?.requestedAt !== (otherTime ? earlier : morning);
  const isAnew = latest === undefined || isClosed(latest);
  const part = parts(application)[participant - 1];
  return [
    application.state !== 'PREPARED' && 'APPLICATION_STEP_OUT_OF_TURN',
    part?.natural !== true && 'CONSENT_OF_NOBODY',
    wrongMode && 'CONSENT_MODE_NOT_OF_SUBJECT',
    wrongMode && 'CONSENT_MODE_NOT_GRANTED',
    wrongForm && 'CONSENT_FORM_DIFFERS',
    wrongService && 'CONSENT_SERVICE_NOT_APPLIED_FOR',
    !isAnew && isOther && 'CONSENT_ASKED_ALREADY',
    isAnew && otherTime && 'CONSENT_NOT_ASKED_NOW',
  ];
}

function formFor({ platform, pledgee }: Plan): string {
  const bins = [platforms[platform], persons.goscorpHead.bin, binOf(pledgee)];
  const [own, stateCorporation, lender] = bins.map((bin) => binSchema.parse(bin));
  if (own === undefined || stateCorporation === undefined || lender === undefined) {
    throw new Error('three BINs were named');
  }
  return formHash(formOf({ platform: own, stateCorporation, pledgee: lender }));
}

/** What may be wrong with a token, and with the signature under the form. */
export const soundToken = {
  ofAnother: false,
  toAnother: false,
  shared: false,
  early: false,
  otherHand: false,
  otherForm: false,
};

/** The holders verify a security token; the token itself is kept nowhere. */
export const verifyConsent: Play<Of & Readonly<Record<keyof typeof soundToken, boolean>>> = {
  name: 'verify consent',
  choice: fc.record({
    ...of,
    ofAnother: seldom,
    toAnother: seldom,
    shared: seldom,
    early: seldom,
    otherHand: seldom,
    otherForm: seldom,
  }),
  attempt: (model, choice) => {
    const { which: number, participant, by, ofAnother, toAnother, shared, early } = choice;
    const application = model.pick(number, 'open');
    if (application === undefined) return undefined;
    const { plan, consents: known, added } = application;
    const party = by ?? ofPlatform(application);
    const part = parts(application)[participant - 1];
    const subject = ofAnother ? persons.registrar.iin : iinOf(part);
    const initiator = toAnother ? platforms.BankMSP : platforms[plan.platform];
    const which = named(application, participant);
    // One that somebody keeps is shown for every application of the person.
    const mark = shared ? 'kept' : `${plan.id} ${which.attempt}`;
    const issuedAt = early ? tooEarly(plan) : newest(plan);
    const token = tokenFor(subject, initiator, mark, issuedAt);
    const revision = Math.max(application.revision, 1);
    return attempt(consents.verify, {
      what: `shows a token of participant ${participant} of ${called(application)}`,
      input: {
        ...which,
        salt: saltOf(`consent ${plan.id} ${participant}`),
        dossier: dossierOf(plan, revision, { added }),
        token,
        publicKey: kdpKey,
        terms: termsOf(token, issuedAt),
        ...formSignedBy(application, participant, choice),
      },
      by: party,
      against: [
        notOwn(application, party),
        application.state !== 'PREPARED' && 'APPLICATION_STEP_OUT_OF_TURN',
        !known.has(participant) && 'CONSENT_UNKNOWN',
        part === undefined && 'PARTICIPANT_UNKNOWN',
        ...notGivenBy(part, plan, choice),
      ],
      learn: ({ verdict }) => {
        const consent = known.get(participant);
        if (consent === undefined) return;
        consent.verdict = { text: verdict, revision, attempt: which.attempt, token, early };
      },
    });
  },
};

/** What is against the token or the signature under the form. */
function notGivenBy(
  part: Part | undefined,
  { platform }: Plan,
  {
    ofAnother,
    toAnother,
    otherHand,
    otherForm,
  }: Readonly<Record<keyof typeof soundToken, boolean>>,
): readonly (string | false)[] {
  return [
    otherHand && 'SIGNERS_MISMATCH',
    otherForm && 'CONSENT_FORM_NOT_SIGNED',
    (ofAnother || part?.natural === false) && 'CONSENT_OF_ANOTHER_PERSON',
    toAnother && platform !== 'BankMSP' && 'CONSENT_TO_ANOTHER_INITIATOR',
  ];
}

/** Before it was asked for; for the end of a pledge, before that was registered. */
function tooEarly({ kind }: Plan): Instant {
  return kind === 'TERMINATION' ? morning : earlier;
}

/** What the subject signs: the annex's form, as a participant of this revision. */
function formSignedBy(
  application: ModelApplication,
  participant: number,
  { otherHand, otherForm }: { readonly otherHand: boolean; readonly otherForm: boolean },
) {
  const { plan } = application;
  const revision = Math.max(application.revision, 1);
  const part = parts(application)[participant - 1];
  const own = part?.natural === true ? part.who : 'pledgor';
  const manifest = {
    version: 1 as const,
    purpose: 'consent' as const,
    channel: channelName,
    record: plan.id,
    revision,
    salt: saltOf(`form ${plan.id} ${revision} ${participant}`),
    facts: {
      form: otherForm ? hashOf('another form') : formFor(plan),
      participant: String(participant),
    },
  };
  const { signature, ocsps } = signed(otherHand ? 'registrar' : own, manifest, morning);
  return {
    evidence: { signature, ocsps: [...ocsps] },
    found: { signedAt: morning, trustVersion },
  };
}

/** A token for the end of a pledge is newer than anything that was registered (TR-5). */
function newest({ kind }: Plan): Instant {
  return kind === 'TERMINATION' ? minutesOn(13) : morning;
}

function termsOf(token: string, issuedAt: Instant) {
  return {
    tokenHash: hashOf(token),
    key: hashOf(kdpKey),
    services: [service],
    issuedAt,
    expiresAt: instantOfMs(msOf(issuedAt) + 24 * hour),
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
        verdict.early && application.plan.kind !== 'TERMINATION' && 'TOKEN_BEFORE_REQUEST',
        model.tokens.has(verdict.token) && 'TOKEN_SERVES_ANOTHER',
      ],
      learn: () => {
        consent.state = 'GRANTED';
        consent.isEarly = verdict.early;
        model.tokens.add(verdict.token);
      },
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

/** The subject takes a consent back (CN-5), as the platform says or the operator of KDP. */
export const revokeConsent: Play<Of & { readonly tooEarly: boolean; readonly atKdp: boolean }> = {
  name: 'revoke consent',
  choice: fc.record({ ...of, tooEarly: seldom, atKdp: fc.boolean() }),
  attempt: (model, { which: number, participant, by, tooEarly, atKdp }) => {
    const application = model.pick(number, 'open');
    if (application === undefined) return undefined;
    const consent = application.consents.get(participant);
    const operator = { org: 'NitMSP', role: 'admin' as const };
    const party = by ?? (atKdp ? operator : ofPlatform(application));
    const isUnknown = application.revision === 0 && 'APPLICATION_UNKNOWN';
    return attempt(consents.revoke, {
      what: `participant ${participant} of ${called(application)} takes the consent back`,
      input: {
        ...named(application, participant),
        revokedAt: tooEarly ? instantOfMs(msOf(earlier) - hour) : minutesOn(20),
        evidence: hashOf('notice of KDP'),
      },
      by: party,
      against: [
        notOfSystems(party),
        party.org === operator.org ? isUnknown : notOwn(application, party),
        consent === undefined && 'CONSENT_UNKNOWN',
        isClosed(consent) && 'CONSENT_STEP_OUT_OF_TURN',
        tooEarly && 'CONSENT_REVOKED_BEFORE_GIVEN',
      ],
      learn: () => {
        if (consent !== undefined) consent.state = 'REVOKED';
      },
    });
  },
};
