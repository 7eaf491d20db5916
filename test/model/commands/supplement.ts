/** Documents are added to a filed application before its decision (PL-13). */
import fc from 'fast-check';
import { knownInstant } from '../../../chaincode/kernel/instant.ts';
import {
  supplement,
  verifySupplement,
} from '../../../chaincode/pledges/supplementing/operations.ts';
import { type ModelApplication, type ModelSupplement, parts } from '../model/model.ts';
import { attempt, type Party } from '../scene/attempt.ts';
import { saltOf } from '../scene/numbers.ts';
import { pledgees } from '../scene/parties.ts';
import { signed } from '../scene/pens.ts';
import { contractNumber, dossierOf, manifestOf } from '../scene/plans.ts';
import { morning, trustVersion } from '../scene/setting.ts';
import { againstHead, shownSalt } from './heads.ts';
import { answerOf } from './record-checks.ts';
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

/** What a supplement may add; two, so that participants may sign different ones. */
const documents = ['certificate', 'plan'] as const;

/** What is wrong with the next revision; each has its own refusal. */
const flaws = {
  nothingAdded: 'SUPPLEMENT_CHANGES',
  documentTaken: 'SUPPLEMENT_CHANGES',
  contractChanged: 'SUPPLEMENT_CHANGES',
  skipped: 'REVISION_OUT_OF_TURN',
} as const;
type Flaw = keyof typeof flaws;

type Signing = {
  readonly which: Which;
  readonly by: Party | undefined;
  readonly participant: number;
  readonly document: string;
  readonly flaw: Flaw | undefined;
  /** What is said to be filed is not. */
  readonly otherFiled: boolean;
  readonly otherHand: boolean;
  /** The same content, but not the same manifest as the others sign. */
  readonly otherManifest: boolean;
  /** What was signed is what was filed. */
  readonly oldManifest: boolean;
  /** What was signed names the other document. */
  readonly otherDossier: boolean;
  readonly misdated: boolean;
};

export const soundSupplementSigning = {
  by: undefined,
  document: documents[0],
  flaw: undefined,
  otherFiled: false,
  otherHand: false,
  otherManifest: false,
  oldManifest: false,
  otherDossier: false,
  misdated: false,
};

/** One participant's signature under the application with a document more. */
export const signSupplement: Play<Signing> = {
  name: 'sign supplement',
  choice: fc.record({
    which,
    by: someone,
    participant: fc.integer({ min: 1, max: 5 }),
    document: fc.constantFrom(...documents),
    flaw: fc.option(fc.constantFrom<Flaw>(...(Object.keys(flaws) as Flaw[])), {
      nil: undefined,
      freq: 2,
    }),
    otherFiled: seldom,
    otherHand: seldom,
    otherManifest: seldom,
    oldManifest: seldom,
    otherDossier: seldom,
    misdated: seldom,
  }),
  attempt: (model, choice) => {
    const application = model.pick(choice.which, 'open');
    if (application === undefined) return undefined;
    const { plan, added } = application;
    const { participant, document } = choice;
    const party = choice.by ?? ofPlatform(application);
    const revision = Math.max(application.revision, 1);
    const signing = signingOf(application, choice);
    const { hand, salted, manifest } = signing;
    const { signature, ocsps } = signed(hand, manifest, morning);
    return attempt(verifySupplement, {
      what: `${hand} signs ${document} for ${called(application)}`,
      input: {
        salt: saltOf(`supplement ${plan.id} ${revision} ${participant} ${document}`),
        participant,
        headSalt: shownSalt(signing.own),
        filed: dossierOf(plan, choice.otherFiled ? revision + 1 : revision, { added }),
        dossier: nextOf(application, choice),
        evidence: { signature, ocsps: [...ocsps] },
        found: {
          signedAt: choice.misdated ? knownInstant('2026-11-20T05:00:00.000Z') : morning,
          trustVersion,
        },
      },
      by: party,
      against: [...wrongs(application, party, choice, signing), ...againstHead(model, signing.own)],
      learn: ({ verdict }) => {
        const given = { verdict, revision: revision + 1, participant, salted, added: document };
        application.supplements.push(given);
      },
    });
  },
};

/** The next revision, with a flaw or as it should be. */
function nextOf(application: ModelApplication, { document, flaw }: Signing) {
  const { plan, added } = application;
  const next = Math.max(application.revision, 1) + 1;
  const sound = dossierOf(plan, next, { added: [...added, document] });
  switch (flaw) {
    case 'nothingAdded':
      return { ...sound, documents: sound.documents.slice(0, -1) };
    case 'documentTaken':
      return { ...sound, documents: sound.documents.slice(1) };
    case 'contractChanged':
      return { ...sound, contract: { ...sound.contract, number: `${contractNumber}-2` } };
    case 'skipped':
      return { ...sound, revision: next + 1 };
    case undefined:
      return sound;
  }
}

/** Who signs what; by choice not what should be. */
function signingOf(application: ModelApplication, choice: Signing) {
  const { plan, added } = application;
  const { document, otherHand, otherManifest, oldManifest, otherDossier } = choice;
  const own = parts(application)[choice.participant - 1]?.who ?? 'pledgor';
  const salted = otherManifest ? 'another' : 'manifest';
  const revision = Math.max(application.revision, 1);
  const other = documents.find((name) => name !== document) ?? document;
  const shown = [...added, otherDossier ? other : document];
  return {
    own,
    hand: otherHand ? (pledgees.find((name) => name !== own) ?? own) : own,
    salted,
    manifest: oldManifest
      ? manifestOf(plan, revision, salted, added)
      : manifestOf(plan, revision + 1, salted, shown),
  };
}

function wrongs(
  application: ModelApplication,
  party: Party,
  { participant, flaw, otherFiled, oldManifest, otherDossier, misdated }: Signing,
  { own, hand }: ReturnType<typeof signingOf>,
) {
  return [
    notOwn(application, party),
    !isUndecided(application) && 'APPLICATION_STEP_OUT_OF_TURN',
    otherFiled && 'DOSSIER_DIFFERS',
    flaw && flaws[flaw],
    parts(application)[participant - 1] === undefined && 'PARTICIPANT_UNKNOWN',
    hand !== own && 'SIGNERS_MISMATCH',
    oldManifest && 'REVISION_MISMATCH',
    otherDossier && 'MANIFEST_NOT_OF_DOSSIER',
    misdated && 'FINDINGS_DIFFER',
  ];
}

function isUndecided({ state }: ModelApplication): boolean {
  return state === 'FILED' || state === 'ACCEPTED' || state === 'SUSPENDED';
}

type Adding = {
  readonly which: Which;
  readonly by: Party | undefined;
  /** Leaves one of the signatures out. */
  readonly omitted: boolean;
  /** Brings a signature of an earlier revision or of another application along. */
  readonly foreign: boolean;
  /** Adds the document that was signed first, though another was signed since. */
  readonly earlier: boolean;
  /** Brings everyone's signature, whichever document it is under. */
  readonly mixed: boolean;
  readonly altered: boolean;
};

export const soundAdding = {
  by: undefined,
  omitted: false,
  foreign: false,
  earlier: false,
  mixed: false,
  altered: false,
};

/** Adds what everyone who signs has signed; the application stays where it stands. */
export const addDocuments: Play<Adding> = {
  name: 'supplement',
  choice: fc.record({
    which,
    by: someone,
    omitted: seldom,
    foreign: seldom,
    earlier: fc.boolean(),
    mixed: seldom,
    altered: seldom,
  }),
  attempt: (model, choice) => {
    const application = model.pick(choice.which, 'open');
    if (application === undefined) return undefined;
    const party = choice.by ?? ofPlatform(application);
    const others = model.applications.flatMap(({ supplements }) => supplements);
    const given = signaturesFor(application, others, choice);
    const [first] = given;
    if (first === undefined) return undefined;
    const verdicts = given.map(({ verdict }) => verdict);
    if (choice.altered) verdicts.push(first.verdict.replace('"participant":', '"participant":1'));
    const next = application.revision + 1;
    const isOfNext = (each: ModelSupplement) =>
      application.supplements.includes(each) &&
      each.revision === next &&
      each.added === first.added;
    return attempt(supplement, {
      what: `adds ${first.added} to ${called(application)} with ${given.length} signatures`,
      input: { application: application.plan.id, verdicts },
      by: party,
      against: [
        notOwn(application, party),
        !isUndecided(application) && 'APPLICATION_STEP_OUT_OF_TURN',
        choice.altered && 'VERDICT_NOT_GIVEN',
        // What was altered may not even read as a verdict.
        choice.altered && 'FIELD_TOO_LARGE',
        !given.every(isOfNext) && 'REVISION_OUT_OF_TURN',
        ...missing(application, given),
        heldDocument(application) !== first.added && 'DOSSIER_NOT_DEPOSITED',
      ],
      learn: () => {
        application.revision = next;
        application.deposited = next;
        application.added.push(first.added);
        // What was checked of the documents is to be checked anew (PL-10).
        for (const name of ['FORM_COMPLETE', 'SIGNATURES'] as const) {
          application.answers.delete(answerOf(name, 'EGKN'));
        }
      },
    });
  },
};

/** The document that the next revision has as the holders keep it: the last that was verified. */
function heldDocument({ supplements, revision }: ModelApplication): string | undefined {
  return supplements.findLast((each) => each.revision === revision + 1)?.added;
}

/** The newest signature of each participant under one document, with what is wrong by choice. */
function signaturesFor(
  application: ModelApplication,
  others: readonly ModelSupplement[],
  { omitted, foreign, earlier, mixed }: Adding,
): readonly ModelSupplement[] {
  const { supplements, revision } = application;
  const own = supplements.filter((each) => each.revision === revision + 1);
  const document = own.at(earlier ? 0 : -1)?.added;
  const signatures = parts(application).flatMap(
    ({ number }) =>
      own.findLast((each) => each.participant === number && (mixed || each.added === document)) ??
      [],
  );
  const strange = foreign ? others.find((each) => !own.includes(each)) : undefined;
  return [...signatures.slice(0, omitted ? -1 : undefined), ...(strange ? [strange] : [])];
}

/** Everyone who signs has signed the same manifest. */
function missing(
  application: ModelApplication,
  given: readonly ModelSupplement[],
): readonly (string | false)[] {
  const [first] = given;
  return parts(application).flatMap(({ number, signs }) => {
    const signature = given.find(({ participant }) => participant === number);
    return [
      signs && signature === undefined && 'CONFIRMATION_MISSING',
      signs && signature?.salted !== first?.salted && 'CONFIRMATION_OF_ANOTHER_REVISION',
    ];
  });
}
