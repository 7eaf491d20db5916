/**
 * Portfolios as they should go: what is signed, what was opened, and what becomes of each line. It
 * shares no rule with the chaincode, only the words of its transactions.
 */
import { canonicalJson } from '../../../chaincode/kernel/canonical-json.ts';
import { hashOf } from '../scene/numbers.ts';
import { binOf, type Pledgee, type PlatformMsp } from '../scene/parties.ts';
import type { ModelAcceptance } from './model.ts';

/** A pledge that is ceded. */
export type CededLine = {
  readonly property: string;
  readonly encumbrance: string;
  readonly titleDocument: string;
};

/** An encumbrance as EGKN has it. */
export type EnteredLine = {
  readonly property: string;
  readonly kind: 'PLEDGE' | 'REPLEDGE';
  readonly acceptance: ModelAcceptance;
  readonly application?: string;
  readonly registeredAt: string;
  readonly holder: string;
  readonly titleDocument: string;
  readonly consentToRepledge: boolean;
};

/** What EGKN registered about an encumbrance, and which one that is. */
type About = {
  readonly property: string;
  readonly acceptance: { readonly egknNumber: string };
  /** Of the encumbrance, where EGKN had it from a platform. */
  readonly application?: string;
};
type Registration = {
  readonly egknNumber: string;
  readonly registeredAt: string;
  readonly application?: string;
};

/** The end of an encumbrance as EGKN has it. */
export type EndedLine = About & {
  readonly kind: 'TERMINATION';
  readonly termination: Registration;
};

/** Another holder, or other terms, as EGKN has them. */
export type ChangedLine = About & { readonly change: Registration } & (
    | { readonly kind: 'CESSION'; readonly holder: string; readonly titleDocument: string }
    | {
        readonly kind: 'AMENDMENT';
        readonly titleDocument: string;
        readonly consentToRepledge: boolean;
      }
  );

export type ImportedLine = EnteredLine | ChangedLine | EndedLine;
export type Line = CededLine | ImportedLine;

/** What lies on a property, by the cadastre's code. */
export type FoundAt = { readonly property: string; readonly code: string };

/** What a batch is about; the kind of its lines may be another than its own, by mistake. */
export type BatchPlan = {
  readonly id: string;
  readonly kind: 'CESSION' | 'IMPORT';
  readonly platform: PlatformMsp;
  readonly from: Pledgee;
  readonly to: Pledgee;
  readonly paidAt: string;
  /** What EGKN finds on a property when it takes the portfolio. */
  readonly found: FoundAt | undefined;
  readonly parts: readonly (readonly Line[])[];
};

export type Signer = 'CEDENT' | 'PLEDGEE' | 'REGISTRAR';

/** A signature that was verified: under the batch's content, or under another one of its id. */
export type BatchSignature = {
  readonly by: Signer;
  readonly verdict: string;
  readonly isOther: boolean;
  /** Who had it verified. */
  readonly depositor: string;
  readonly cms: string;
};

/** A batch as the model knows it. */
export type ModelBatch = {
  readonly plan: BatchPlan;
  readonly signatures: BatchSignature[];
  isOpened: boolean;
  /** The signatures with which it was opened: the hash of the message, and who had it verified. */
  openedWith: readonly { readonly cms: string; readonly depositor?: string | undefined }[];
  /** Signatures that were removed, by the State Corporation or with it: they open nothing. */
  readonly dropped: Map<string, BatchSignature>;
  readonly done: Set<number>;
  /** Who removed the signatures from the own peers, and with that from the State Corporation's. */
  readonly purgedBy: Set<string>;
};

/** A batch that nobody has signed. */
export function newBatch(plan: BatchPlan): ModelBatch {
  const signatures: BatchSignature[] = [];
  const gone = { dropped: new Map(), purgedBy: new Set<string>() };
  return { plan, signatures, isOpened: false, openedWith: [], done: new Set(), ...gone };
}

/** The same, to go another way from here. */
export function copyOfBatch(batch: ModelBatch): ModelBatch {
  const { signatures, dropped, done, purgedBy } = batch;
  return {
    ...batch,
    signatures: [...signatures],
    dropped: new Map(dropped),
    done: new Set(done),
    purgedBy: new Set(purgedBy),
  };
}

/** Who has to sign: a cession both parties and an officer, an import the officer alone. */
export function signersOf({ kind }: BatchPlan): readonly Signer[] {
  return kind === 'CESSION' ? ['CEDENT', 'PLEDGEE', 'REGISTRAR'] : ['REGISTRAR'];
}

/** Whose lines they are: those of a cession name a pledge. */
export function isCession(lines: readonly Line[]): lines is readonly CededLine[] {
  return lines.every((line) => 'encumbrance' in line);
}

/** Whether a line is an entry of EGKN. */
export function isImported(line: Line): line is ImportedLine {
  return !('encumbrance' in line);
}

/** What everyone signs; the other one of two differs in the payment alone. */
export function contentOf(plan: BatchPlan, isOther = false) {
  const parts = plan.parts.map((lines) => ({
    lines: lines.length,
    hash: hashOf(canonicalJson(lines)),
  }));
  const paper = hashOf(`${isOther ? 'another paper' : 'paper'} of ${plan.id}`);
  if (plan.kind === 'IMPORT') {
    return { kind: plan.kind, batch: plan.id, parts, extract: paper };
  }
  return {
    kind: plan.kind,
    batch: plan.id,
    parts,
    platform: binOf(headOf[plan.platform]),
    from: binOf(plan.from),
    to: binOf(plan.to),
    payment: { evidence: paper, confirmedAt: plan.paidAt },
  };
}

const headOf = { AlphaMSP: 'alphaHead', BetaMSP: 'betaHead', BankMSP: 'bankHead' } as const;
