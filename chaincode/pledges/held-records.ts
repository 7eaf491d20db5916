/**
 * The private records of an application or a batch: everything personal that its holders keep of it.
 *
 * Whoever deposits another kind of personal record adds it here, so that the purge takes it (CN-6)
 * and a holder that lacks it finds out. What else lies in the collections is not personal, and is
 * only ever read by its hash, which every peer has: verdicts, seals, slots, executions.
 */
import { z } from 'zod';
import type { ApplicationId } from '../kernel/application-id.ts';
import type { Bin } from '../kernel/bin.ts';
import { documentHashSchema } from '../kernel/document-hash.ts';
import { mspIdSchema } from '../kernel/msp-id.ts';
import { registrarMsp } from '../ledger/institutions.ts';
import { depositKey } from '../ledger/keys.ts';
import { type Application, decisionsMax } from './application.ts';
import { participantsMostOf } from './application-rules.ts';
import type { BatchContent, OpenedBatch } from './portfolio/batch.ts';

const revision = z.int().min(1).max(101);

/** The place of a decision among an application's; one more than there may be, for the one to come. */
const decision = z
  .int()
  .min(1)
  .max(decisionsMax + 1);

/** What was deposited with an officer's decision. */
const ofDecision = {
  decision,
  /** What the State Corporation deposited itself, and no platform relayed. */
  byRegistrar: z.literal(true).optional(),
};

/** Which consent: at which attempt of which participant. */
const ofConsent = { participant: z.int().min(1).max(100), attempt: z.int().min(1).max(20) };
type AskedConsent = { readonly participant: number; readonly attempt: number };

/** One private record of an application or a batch; participant zero is the pledgee's head who refuses. */
export const heldPart = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('DOSSIER'), revision }),
  z.strictObject({
    kind: z.literal('EVIDENCE'),
    revision,
    participant: z.int().min(0).max(100),
  }),
  /** The subject's signature under the consent's form (CN-4). */
  z.strictObject({ kind: z.literal('CONSENT'), ...ofConsent }),
  z.strictObject({ kind: z.literal('DECISION'), ...ofDecision }),
  z.strictObject({ kind: z.literal('GROUNDS'), ...ofDecision }),
  z.strictObject({ kind: z.literal('REASONS'), revision }),
  z.strictObject({ kind: z.literal('WITHDRAWAL'), revision }),
  z.strictObject({
    kind: z.literal('BATCH_EVIDENCE'),
    cms: documentHashSchema,
    depositor: mspIdSchema.optional(),
  }),
]);
export type HeldPart = z.output<typeof heldPart>;

/**
 * Where a part stands in its holders' collections: among what the application's platform deposited,
 * or the State Corporation; what is signed under a batch, among what its depositor did.
 */
export function heldPlace(record: string, part: HeldPart, platformMsp: string): string {
  const key = heldKey(record, part);
  if (part.kind === 'BATCH_EVIDENCE') return placeOfBatch(key, part.depositor);
  const isByRegistrar = 'byRegistrar' in part && part.byRegistrar === true;
  return depositKey(key, isByRegistrar ? registrarMsp : platformMsp);
}

/** Before depositors were recorded, it lay under its own hash alone. */
function placeOfBatch(key: string, depositor: string | undefined): string {
  return depositor === undefined ? key : depositKey(key, depositor);
}

/** Where something of a decision may lie: by who relayed it, the platform or the State Corporation. */
export function decisionPlaces(
  record: string,
  kind: 'DECISION' | 'GROUNDS',
  nth: number,
  platformMsp: string,
): readonly string[] {
  const part = { kind, decision: nth };
  const parts: readonly HeldPart[] = [part, { ...part, byRegistrar: true }];
  return parts.map((each) => heldPlace(record, each, platformMsp));
}

/** The key of a part among its depositor's: opaque, as its application or batch is random. */
export function heldKey(record: string, part: HeldPart): string {
  switch (part.kind) {
    case 'DOSSIER':
      return `dossier:${record}:${part.revision}`;
    case 'REASONS':
      return `reasons:${record}:${part.revision}`;
    case 'WITHDRAWAL':
      return `withdrawal:${record}:${part.revision}`;
    case 'EVIDENCE':
      return `evidence:${record}:${part.revision}:${part.participant}`;
    case 'CONSENT':
      return `consent:${record}:${part.participant}:${part.attempt}`;
    case 'DECISION':
      return `decision:${record}:${part.decision}`;
    case 'GROUNDS':
      return `grounds:${record}:${part.decision}`;
    case 'BATCH_EVIDENCE':
      return `batch.evidence:${record}:${part.cms}`;
  }
}

/** A record of which something personal may be held. */
export type HeldRecord = {
  readonly id: ApplicationId;
  /** Who may hold it, beside the State Corporation. */
  readonly parties: readonly Bin[];
  readonly parts: readonly HeldPart[];
};

/** An application: its platform holds it. */
export function heldOfApplication(
  application: Application,
  consents: readonly AskedConsent[],
): HeldRecord {
  const { id, platform } = application;
  return { id, parties: [platform], parts: heldPartsOf(application, consents) };
}

/** A batch: who signed it holds the signature, or whose platform had it verified. */
export function heldOfBatch({ content, signatures }: OpenedBatch): HeldRecord {
  const parts = signatures.map(({ cms, depositor }) => {
    return { kind: 'BATCH_EVIDENCE' as const, cms, ...(depositor && { depositor }) };
  });
  return { id: content.batch, parties: partiesOfBatch(content), parts };
}

/** Who cedes, who takes over, and on whose platform it is filed; an import has nobody of them. */
export function partiesOfBatch(content: BatchContent): readonly Bin[] {
  return content.kind === 'CESSION' ? [content.platform, content.from, content.to] : [];
}

/**
 * Every part that may have been deposited: of each revision the dossier and the signatures of as
 * many participants as any revision had, and so much of the next one as is not public yet; of each
 * consent that was asked for the signature under its form.
 */
export function heldPartsOf(
  application: Application,
  consents: readonly AskedConsent[],
): readonly HeldPart[] {
  const parts: HeldPart[] = consents.map(({ participant, attempt }) => {
    return { kind: 'CONSENT', participant, attempt };
  });
  const participants = participantsMostOf(application);
  for (let each = 1; each <= application.revision + 1; each += 1) {
    for (const kind of ['DOSSIER', 'REASONS', 'WITHDRAWAL'] as const) {
      parts.push({ kind, revision: each });
    }
    for (let participant = 0; participant <= participants; participant += 1) {
      parts.push({ kind: 'EVIDENCE', revision: each, participant });
    }
  }
  // One more than were carried out: of what was verified and not carried out the next one may lie there.
  for (let each = 1; each <= application.decisions.length + 1; each += 1) {
    for (const by of [{}, { byRegistrar: true }] as const) {
      parts.push({ kind: 'DECISION', decision: each, ...by });
      parts.push({ kind: 'GROUNDS', decision: each, ...by });
    }
  }
  return parts;
}
