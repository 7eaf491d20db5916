/** What only the platform and the State Corporation may see: dossiers and signatures. */
import type { z } from 'zod';
import { documentHashOf } from '../kernel/document-hash.ts';
import {
  accepted,
  andThen,
  type Outcome,
  refusalsOf,
  refused,
  unlessRefused,
} from '../kernel/outcome.ts';
import type { Caller } from '../ledger/caller.ts';
import { privateCommand, query } from '../ledger/contract.ts';
import type { PrivateLedger } from '../ledger/private-ledger.ts';
import { verdictText } from '../ledger/verdict.ts';
import { callersOrganisation } from '../organisations/store.ts';
import { cmsHash, signedManifestHash, type Verified } from '../trust/evidence.ts';
import { type Application, consideredHash } from './application.ts';
import { awaitingDecision, stillPreparing } from './application-rules.ts';
import { contentSigned } from './content-signed.ts';
import {
  contractHash,
  dossier as dossierSchema,
  type Dossier,
  dossierText,
  entriesOf,
  mainDocumentOf,
  participantNumbered,
  paymentDocumentOf,
  whole,
} from './dossier.ts';
import { evidenceText } from './evidence.ts';
import { answersAhead } from './facts-rules.ts';
import { unknownGrounds } from './grounds/ground-rules.ts';
import { groundsHash, groundsText, withoutReasons } from './grounds/grounds.ts';
import { heldKey, heldPlace } from './held-records.ts';
import { signedByOfficer } from './officer.ts';
import { confirm, deposit, readDossier, verifyDecision } from './operations.ts';
import { heldToRegistered, isHeldToRegistered, type RegisteredPledge } from './parties-rules.ts';
import { refuse } from './refusals.ts';
import { slotKey, slotText } from './slots.ts';
import {
  applicationOfParty,
  applicationOn,
  encumbranceOn,
  isDossierOf,
  ownApplication,
  platformMspOf,
} from './store.ts';

export const depositing = [
  privateCommand(
    deposit,
    async (ledger, { slot, dossier }) => {
      const platform = await callersOrganisation(ledger);
      if (!platform.ok) return platform;
      const turn = await nextRevision(ledger, dossier);
      if (!turn.ok) return turn;
      const ahead = answersAhead(dossier, ledger.circumstances.time);
      const complete = unlessRefused([...refusalsOf(whole(dossier)), ...ahead], dossier);
      if (!complete.ok) return complete;
      const registered = await registeredPledges(ledger, dossier);
      const held = andThen(registered, (pledges) => heldToRegistered(dossier, pledges));
      if (!held.ok) return held;
      const taken = await takeSlot(ledger, slot, dossier.application);
      if (!taken.ok) return taken;
      ledger.deposit(dossierKey(dossier.application, dossier.revision), dossierText(dossier));
      ledger.giveVerdict(verdictOnDossier(dossier, ledger.caller));
      return accepted(null);
    },
    ({ dossier }, caller) => ({ verdict: verdictOnDossier(dossier, caller) }),
  ),

  privateCommand(
    confirm,
    async (ledger, input) => {
      const { dossier, participant } = input;
      // Elsewhere the signature would lie where no purge of the application finds it (CN-6).
      const application = await ownApplication(ledger, dossier.application);
      if (!application.ok) return application;
      const open = stillPreparing(application.value);
      if (!open.ok) return open;
      const known = isDossierOf(application.value, dossier);
      if (!known.ok) return known;
      const who = participantNumbered(dossier, participant);
      if (!who.ok) return who;
      const { id, revision } = application.value;
      const signature = await contentSigned(ledger, who.value, input, application.value);
      if (!signature.ok) return signature;
      const { kept } = signature.value;
      ledger.deposit(evidenceKey(id, revision, participant), evidenceText(kept));
      ledger.giveVerdict(verdictOnConfirmation(input));
      return accepted(null);
    },
    (input) => ({ verdict: verdictOnConfirmation(input) }),
  ),

  privateCommand(
    verifyDecision,
    async (ledger, input) => {
      const application = await applicationOfParty(ledger, input.application);
      if (!application.ok) return application;
      const open = awaitingDecision(application.value);
      if (!open.ok) return open;
      // A ground of nobody's list could be a name, and the verdict shows it to everyone.
      const [unknown, ...more] = unknownGrounds(input.decision.grounds);
      if (unknown !== undefined) return refused(unknown, ...more);
      const signed = await decisionSigned(ledger, application.value, input);
      if (!signed.ok) return signed;
      depositDecision(ledger, application.value, input, signed.value);
      ledger.giveVerdict(verdictOnDecision(input));
      return accepted(null);
    },
    (input) => ({ verdict: verdictOnDecision(input) }),
  ),

  query(readDossier, async (ledger, { application: id }) => {
    const found = await applicationOn(ledger, id);
    if (!found.ok) return found;
    const platform = await platformMspOf(ledger, found.value);
    if (!platform.ok) return platform;
    const part = { kind: 'DOSSIER', revision: found.value.revision } as const;
    const own = await ledger.findOwn(heldPlace(id, part, platform.value));
    if (own.state === 'HELD') return accepted(dossierSchema.parse(JSON.parse(own.text)));
    const code = own.state === 'LACKING' ? 'DOSSIER_LACKING' : 'DOSSIER_NOT_HELD';
    return refused(refuse(code, { norm: 'SE-2; CN-6' }));
  }),
];

/** A first dossier, or the next one of an application of one's own. */
async function nextRevision(ledger: PrivateLedger, dossier: Dossier): Promise<Outcome<Dossier>> {
  const exists = await applicationOn(ledger, dossier.application);
  const own = exists.ok
    ? andThen(await ownApplication(ledger, dossier.application), stillPreparing)
    : undefined;
  if (own !== undefined && !own.ok) return own;
  const expected = own === undefined ? 1 : own.value.revision + 1;
  if (dossier.revision === expected) return accepted(dossier);
  const params = { expected: String(expected) };
  return refused(
    refuse('REVISION_OUT_OF_TURN', { norm: 'PL-7', field: '/dossier/revision', params }),
  );
}

/**
 * The registered pledges that a dossier changes or ends, by the shares that it names. One that is not registered yet has no
 * parties to be held to, so nothing is prepared about it; of one that EGKN registered elsewhere the
 * ledger never knew the parties, and EGKN's own check is all there is (PL-10, TR-2).
 */
async function registeredPledges(
  ledger: PrivateLedger,
  dossier: Dossier,
): Promise<Outcome<readonly RegisteredPledge[]>> {
  const pledges = new Map<string, RegisteredPledge>();
  const targets = isHeldToRegistered(dossier) ? dossier.targets : [];
  for (const [index, { property, encumbrance, share }] of targets.entries()) {
    const found = await encumbranceOn(ledger, property, encumbrance ?? '');
    if (found === undefined) return refused(refuse('ENCUMBRANCE_UNKNOWN', { norm: 'PL-1; TR-2' }));
    if (found.share !== share) {
      const field = `/targets/${index}/share`;
      return refused(refuse('SHARE_DIFFERS', { norm: 'PL-2; PL-15', field }));
    }
    if (found.importedBy !== undefined) continue;
    const begun = await applicationOn(ledger, found.id);
    if (!begun.ok) return begun;
    pledges.set(found.id, begun.value);
  }
  return accepted([...pledges.values()]);
}

/** Takes one of the platform's slots for an application, or keeps the one that it has. */
async function takeSlot(
  ledger: PrivateLedger,
  slot: number,
  application: string,
): Promise<Outcome<null>> {
  const key = slotKey(slot);
  const hash = await ledger.hashOf(key);
  if (hash !== undefined && hash !== documentHashOf(slotText(application))) {
    return refused(refuse('SLOT_TAKEN', { norm: 'SE-1', field: '/slot' }));
  }
  ledger.deposit(key, slotText(application));
  return accepted(null);
}

/** An officer's own key, a live mandate of the State Corporation, and this very decision. */
async function decisionSigned(
  ledger: PrivateLedger,
  { id, revision }: Application,
  input: z.output<typeof verifyDecision.input>,
): Promise<Outcome<Verified>> {
  const { salt, decision, evidence } = input;
  const by = { ...input, mandate: decision.mandate };
  const signature = await signedByOfficer(ledger, by, { record: id, revision });
  if (!signature.ok) return signature;
  const { facts } = signature.value.manifest;
  const isSame =
    facts?.['decision'] === decision.decision &&
    facts['grounds'] === groundsHash(salt, decision.grounds) &&
    facts['considered'] ===
      (decision.considered === undefined ? undefined : consideredHash(decision.considered)) &&
    decision.decidedAt === signature.value.signedAt &&
    decision.cms === cmsHash(evidence);
  return isSame ? signature : refused(refuse('DECISION_DIFFERS', { norm: 'PL-11' }));
}

/**
 * Deposits the signature and the reasons of what is to be the next decision, in the place of one that
 * was verified for it and not carried out; those that were carried out stay as they are.
 */
function depositDecision(
  ledger: PrivateLedger,
  { id, decisions }: Application,
  { salt, decision: { grounds } }: z.output<typeof verifyDecision.input>,
  { kept }: Verified,
): void {
  const next = decisions.length + 1;
  ledger.deposit(heldKey(id, { kind: 'DECISION', decision: next }), evidenceText(kept));
  ledger.deposit(heldKey(id, { kind: 'GROUNDS', decision: next }), groundsText(salt, grounds));
}

function verdictOnDossier(dossier: Dossier, { mspId: depositor }: Caller): string {
  const { application, revision, kind, pledgee, cedent, targets, contract } = dossier;
  return verdictText({
    verdict: 'DOSSIER',
    application,
    revision,
    depositor,
    dossier: documentHashOf(dossierText(dossier)),
    kind,
    pledgee: pledgee.bin,
    cedent: cedent?.bin,
    targets,
    titleDocument: mainDocumentOf(dossier),
    paymentDocument: paymentDocumentOf(dossier),
    contract: contractHash(dossier, dossier.personSalt),
    participants: entriesOf(dossier),
    consentToRepledge: contract.consentToRepledge,
  });
}

function verdictOnConfirmation({
  dossier,
  participant,
  evidence,
  found,
}: z.output<typeof confirm.input>): string {
  return verdictText({
    verdict: 'CONFIRMATION',
    application: dossier.application,
    revision: dossier.revision,
    participant,
    manifest: signedManifestHash(evidence),
    cms: cmsHash(evidence),
    ...found,
  });
}

function verdictOnDecision(input: z.output<typeof verifyDecision.input>): string {
  const { salt, application, revision, decision, found } = input;
  const { trustVersion } = found;
  return verdictText({
    verdict: 'DECISION',
    application,
    revision,
    decision: withoutReasons(salt, decision),
    trustVersion,
  });
}

function dossierKey(application: string, revision: number): string {
  return heldKey(application, { kind: 'DOSSIER', revision });
}

function evidenceKey(application: string, revision: number, participant: number): string {
  return heldKey(application, { kind: 'EVIDENCE', revision, participant });
}
