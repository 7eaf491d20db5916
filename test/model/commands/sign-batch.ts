/** A batch is signed by whom it concerns, and the peers of the holders verify each signature. */
import fc from 'fast-check';
import { canonicalJson } from '../../../chaincode/kernel/canonical-json.ts';
import { knownInstant } from '../../../chaincode/kernel/instant.ts';
import * as portfolio from '../../../chaincode/pledges/portfolio/batch-operations.ts';
import { channelName } from '../ledger/stub.ts';
import { type BatchSignature, contentOf, type ModelBatch, type Signer } from '../model/batches.ts';
import type { Model } from '../model/model.ts';
import { attempt, type Party } from '../scene/attempt.ts';
import { hashOf, idOf, saltOf } from '../scene/numbers.ts';
import { binOf, type PersonName, persons, pledgees } from '../scene/parties.ts';
import { signed } from '../scene/pens.ts';
import { mandate, morning, trustVersion } from '../scene/setting.ts';
import { againstHead, shownSalt } from './heads.ts';
import { notRegistrar, ofRegistrar, type Play, rarely, someone } from './play.ts';
import { called, isParty, picked, type WhichBatch, whichBatch } from './which-batch.ts';

type Signing = {
  readonly which: WhichBatch;
  readonly by: Party | undefined;
  readonly as: Signer;
  readonly otherHand: boolean;
  /** What was signed is not what is sent. */
  readonly differs: boolean;
  /** What is sent and signed is not what the others sign. */
  readonly otherContent: boolean;
  /** What was signed is of another batch. */
  readonly otherRecord: boolean;
  readonly misdated: boolean;
  readonly noMandate: boolean;
  readonly otherHolder: boolean;
};

export const soundBatchSigning = {
  by: undefined,
  otherHand: false,
  differs: false,
  otherContent: false,
  otherRecord: false,
  misdated: false,
  noMandate: false,
  otherHolder: false,
};

/** A party's head or an officer signs a batch, and the peers of the holders verify it. */
export const signBatch: Play<Signing> = {
  name: 'sign batch',
  choice: fc.record({
    which: whichBatch,
    by: someone,
    as: fc.constantFrom<Signer>('CEDENT', 'PLEDGEE', 'REGISTRAR'),
    otherHand: rarely,
    differs: rarely,
    otherContent: rarely,
    otherRecord: rarely,
    misdated: rarely,
    noMandate: rarely,
    otherHolder: rarely,
  }),
  attempt: (model, choice) => {
    const batch = picked(model, choice.which);
    if (batch === undefined) return undefined;
    return choice.as === 'REGISTRAR'
      ? signedByOfficer(model, batch, choice)
      : signedByParty(model, batch, choice, choice.as);
  },
};

/** Any party may bring it: a signature counts by who gave it (PL-6). */
function signedByParty(model: Model, batch: ModelBatch, choice: Signing, as: 'CEDENT' | 'PLEDGEE') {
  const { plan } = batch;
  const own = as === 'CEDENT' ? plan.from : plan.to;
  const party = choice.by ?? { org: plan.platform, role: 'client' as const };
  const hand = choice.otherHand ? (pledgees.find((name) => name !== own) ?? own) : own;
  return attempt(portfolio.confirmBatch, {
    what: `${hand} signs ${called(batch)} as ${as}`,
    input: {
      salt: saltOf(`batch ${plan.id} ${as}`),
      content: contentOf(plan, choice.otherContent),
      by: as,
      headSalt: shownSalt(own),
      ...evidenceBy(hand, batch, choice, 'confirmation'),
    },
    by: party,
    against: [
      plan.kind === 'IMPORT' && 'BATCH_NOT_A_CESSION',
      !isParty(batch, party) && 'NOT_ALLOWED',
      batch.isOpened && 'BATCH_OPENED_ALREADY',
      hand !== own && 'SIGNERS_MISMATCH',
      ...againstHead(model, own),
      ...wrongs(choice),
    ],
    learn: ({ verdict }) => keep(batch, { by: as, verdict, isOther: choice.otherContent }, party),
  });
}

function signedByOfficer(model: Model, batch: ModelBatch, choice: Signing) {
  const { plan } = batch;
  const { by = ofRegistrar, otherHand, otherContent } = choice;
  const hand = otherHand ? 'goscorpHead' : 'registrar';
  return attempt(portfolio.verifyBatch, {
    what: `${hand} signs ${called(batch)}`,
    input: {
      salt: saltOf(`batch ${plan.id} officer`),
      content: contentOf(plan, otherContent),
      mandate: choice.noMandate ? idOf('no mandate') : mandate.id,
      officerIin: persons.registrar.iin,
      officerSalt: choice.otherHolder ? saltOf('another') : mandate.salt,
      ...evidenceBy(hand, batch, choice, 'decision'),
    },
    by,
    against: [
      notRegistrar(by),
      batch.isOpened && 'BATCH_OPENED_ALREADY',
      otherHand && 'SIGNERS_MISMATCH',
      choice.noMandate && 'MANDATE_UNKNOWN',
      !model.mandateIsLive && 'MANDATE_NOT_LIVE',
      choice.otherHolder && 'MANDATE_HOLDER_DIFFERS',
      ...wrongs(choice),
    ],
    learn: ({ verdict }) => keep(batch, { by: 'REGISTRAR', verdict, isOther: otherContent }, by),
  });
}

function wrongs({ otherRecord, differs, misdated }: Signing) {
  return [
    otherRecord && 'RECORD_MISMATCH',
    differs && 'BATCH_SIGNED_DIFFERS',
    misdated && 'FINDINGS_DIFFER',
  ];
}

/** Signed anew, what was dropped counts again: the same hand makes the same signature. */
function keep(
  { signatures, dropped }: ModelBatch,
  signature: Omit<BatchSignature, 'depositor' | 'cms'>,
  { org: depositor }: Party,
): void {
  const { cms } = JSON.parse(signature.verdict) as { readonly cms: string };
  dropped.delete(signature.verdict);
  signatures.push({ ...signature, depositor, cms });
}

/** What a signer is shown and signs, and what speaks for the signature. */
function evidenceBy(
  hand: PersonName,
  { plan }: ModelBatch,
  { otherRecord, differs, otherContent, misdated }: Signing,
  purpose: 'confirmation' | 'decision',
) {
  const shown = contentOf(plan, differs !== otherContent);
  const records = plan.parts.reduce((sum, { length }) => sum + length, 0);
  const manifest = {
    version: 1 as const,
    purpose,
    channel: channelName,
    record: otherRecord ? idOf('another batch') : plan.id,
    revision: 1,
    salt: saltOf(`batch manifest ${plan.id} ${hand}`),
    facts: {
      kind: plan.kind,
      content: hashOf(canonicalJson(shown)),
      records: String(records),
      ...(plan.kind === 'CESSION' ? { from: binOf(plan.from), to: binOf(plan.to) } : {}),
    },
  };
  const { signature, ocsps } = signed(hand, manifest, morning);
  const signedAt = misdated ? knownInstant('2026-11-20T05:00:00.000Z') : morning;
  return { evidence: { signature, ocsps: [...ocsps] }, found: { signedAt, trustVersion } };
}
