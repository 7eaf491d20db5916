/**
 * Verdicts: what the holders' own peers found in something personal, in words that are not (the
 * third shape of a transaction). The public command takes their text; its hash in the State
 * Corporation's collection says that its peer verified.
 */
import { z } from 'zod';
import { applicationIdSchema } from '../kernel/application-id.ts';
import { binSchema } from '../kernel/bin.ts';
import { documentHashSchema } from '../kernel/document-hash.ts';
import { instantSchema } from '../kernel/instant.ts';
import { mspIdSchema } from '../kernel/msp-id.ts';
import { applicationKind, decision, participantEntry, target, withdrawal } from './application.ts';

const ofRevision = { application: applicationIdSchema, revision: z.int().min(1).max(100) };

/** A dossier is whole and its participants follow from its facts. */
export const dossierVerdict = z.strictObject({
  verdict: z.literal('DOSSIER'),
  ...ofRevision,
  /** Whose peer deposited it: nobody else prepares an application from it. */
  depositor: mspIdSchema,
  dossier: documentHashSchema,
  kind: applicationKind,
  pledgee: binSchema,
  cedent: binSchema.optional(),
  targets: z.array(target).min(1).max(20),
  titleDocument: documentHashSchema,
  paymentDocument: documentHashSchema.optional(),
  contract: documentHashSchema,
  participants: z.array(participantEntry).min(1).max(100),
  consentToRepledge: z.boolean(),
});

/** A participant has signed this revision's manifest with an own key. */
export const confirmationVerdict = z.strictObject({
  verdict: z.literal('CONFIRMATION'),
  ...ofRevision,
  participant: z.int().min(1).max(100),
  manifest: documentHashSchema,
  cms: documentHashSchema,
  signedAt: instantSchema,
  trustVersion: z.string(),
});

/** An officer of the State Corporation has signed this decision under a live mandate. */
export const decisionVerdict = z.strictObject({
  verdict: z.literal('DECISION'),
  ...ofRevision,
  decision,
  trustVersion: z.string(),
});

/** The pledgee's head has signed a refusal, with reasons (PL-8). */
export const pledgeeRefusalVerdict = z.strictObject({
  verdict: z.literal('PLEDGEE_REFUSAL'),
  ...ofRevision,
  reasons: documentHashSchema,
  manifest: documentHashSchema,
  cms: documentHashSchema,
  signedAt: instantSchema,
  trustVersion: z.string(),
});

/** Who applied has signed that a filed application is taken back. */
export const withdrawalVerdict = withdrawal.extend({
  verdict: z.literal('WITHDRAWAL'),
  ...ofRevision,
  trustVersion: z.string(),
});
