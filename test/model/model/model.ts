/**
 * What should be, told in plain words: the applications, consents and pledges that there are, and
 * what each of them allows next. It shares no rule with the chaincode.
 */
import type { Instant } from '../../../chaincode/kernel/instant.ts';
import type { Pledgee, PlatformMsp } from '../scene/parties.ts';
import { type Part, partsOf, type Plan } from '../scene/plans.ts';
import { copyOfBatch, type ModelBatch } from './batches.ts';
import { Register } from './register.ts';

/** Where an application stands; `DEPOSITED` is known to its holders alone. */
export type State =
  | 'DEPOSITED'
  | 'PREPARED'
  | 'FILED'
  | 'ACCEPTED'
  | 'SUSPENDED'
  | 'REGISTERED'
  | 'REFUSED'
  | 'WITHDRAWN'
  | 'CLOSED'
  | 'REFUSED_BY_PLEDGEE';

/** After these the service has ended (CN-6). */
export const ended: readonly State[] = [
  'REGISTERED',
  'REFUSED',
  'WITHDRAWN',
  'CLOSED',
  'REFUSED_BY_PLEDGEE',
];

/** Which state may follow which on the ledger; from nothing an application is prepared. */
export const following: Readonly<Record<State, readonly State[]>> = {
  DEPOSITED: ['PREPARED'],
  PREPARED: ['PREPARED', 'FILED', 'WITHDRAWN', 'REFUSED_BY_PLEDGEE'],
  FILED: ['FILED', 'ACCEPTED', 'WITHDRAWN'],
  ACCEPTED: ['ACCEPTED', 'REGISTERED', 'REFUSED', 'SUSPENDED', 'WITHDRAWN'],
  SUSPENDED: ['SUSPENDED', 'ACCEPTED', 'REFUSED', 'WITHDRAWN'],
  REGISTERED: [],
  REFUSED: [],
  WITHDRAWN: [],
  CLOSED: [],
  REFUSED_BY_PLEDGEE: [],
};

export type ConsentState = 'REQUESTED' | 'REFUSED' | 'PENDING' | 'GRANTED' | 'USED' | 'REVOKED';

/** A consent: of a person, given for one revision's list of participants. */
export type ModelConsent = {
  state: ConsentState;
  /** The revision for which it was asked. */
  readonly askedFor: number;
  /** Verified by the holders and not yet granted: the verdict's text, and on which revision. */
  verdict?: {
    readonly text: string;
    readonly revision: number;
    readonly attempt: number;
    readonly token: string;
    /** The token was issued before anything was registered. */
    readonly early: boolean;
  };
  /** Granted by such a token. */
  isEarly?: boolean;
  readonly attempt: number;
  readonly requestedAt: string;
  /** The application was filed with it. */
  isUsed?: boolean;
};

/** A verified signature: what the ledger was told of it. */
export type ModelConfirmation = {
  readonly verdict: string;
  readonly revision: number;
  readonly participant: number;
  readonly salted: string;
};

/** A verified signature under the next revision, in which a document is added (PL-13). */
export type ModelSupplement = ModelConfirmation & { readonly added: string };

/** A refusal or a withdrawal that the pledgee's head signed (PL-8, PL-13). */
export type ModelRefusal = { readonly verdict: string; readonly revision: number };

export type DecisionName = 'REGISTER' | 'SUSPEND' | 'RESUME' | 'REFUSE';

/** A decision that an officer signed, carried out or not. */
export type ModelDecision = {
  readonly verdict: string;
  readonly decision: DecisionName;
  readonly revision: number;
  readonly hasGround: boolean;
  /** The encumbrance that the officer has looked at. */
  readonly considered: string | undefined;
  readonly at: string;
  /** Who had it verified, and for which place among the decisions: there its reasons lie. */
  readonly place: string;
  readonly nth: number;
};

/** What a source answered last, by the time of its answer; of one time the worse counts. */
export type ModelAnswer = {
  readonly at: Instant;
  readonly isMet: boolean;
  /** An encumbrance that an officer has to look at. */
  readonly toConsider?: string | undefined;
};

export type NoticeStep = 'SENT' | 'DELIVERED' | 'FAILED';

export type NoticeProof = {
  readonly step: NoticeStep;
  readonly at: string;
  readonly receipt: string;
};

/** What became of a notice, and in how many steps. */
export type ModelNotice = {
  readonly state: 'DUE' | NoticeStep;
  readonly steps: number;
  /** What was said of it last. */
  readonly last?: NoticeProof;
};

export type ModelAcceptance = { readonly minute: string; readonly egknNumber: string };

/** An application as the model knows it. */
export type ModelApplication = {
  readonly plan: Plan;
  state: State;
  /** On the ledger; none before it is prepared. */
  revision: number;
  /** The newest revision whose dossier its holders have, as it is planned. */
  deposited: number;
  readonly dossierVerdicts: string[];
  readonly confirmations: ModelConfirmation[];
  /** What supplements have added since the filing: each is a revision more. */
  readonly added: string[];
  readonly supplements: ModelSupplement[];
  readonly refusals: ModelRefusal[];
  readonly withdrawals: ModelRefusal[];
  /** By a signature, after the filing: everyone is told. */
  isTakenBack: boolean;
  /** The latest of each participant. */
  readonly consents: Map<number, ModelConsent>;
  /** How many consents were asked for. */
  attempts: number;
  /** The latest answer of each source to each check. */
  readonly answers: Map<string, ModelAnswer>;
  /** When the latest answer of all was made. */
  checkedAt: Instant | undefined;
  readonly decisions: ModelDecision[];
  readonly carriedOut: Set<string>;
  /** The decisions that were carried out, in order. */
  readonly told: Pick<ModelDecision, 'decision' | 'at'>[];
  /** By the decision and the recipient; none before somebody has sent it. */
  readonly notices: Map<string, ModelNotice>;
  /** The payment that it was filed with. */
  paidBy: string | undefined;
  acceptance: ModelAcceptance | undefined;
  /** It is said to have been paid long ago: then nothing of this morning comes before. */
  isPaidEarly?: boolean;
  slot: number;
  /** Whether anybody's consent was ever asked for: then a term of storage runs. */
  wasAsked: boolean;
  /** By its platform, from both holders. */
  isPurged: boolean;
  /** Whoever removed it from the own peers alone. */
  readonly purgedBy: Set<string>;
};

/** Everything that the model knows. */
export class Model {
  readonly applications: ModelApplication[] = [];
  readonly batches: ModelBatch[] = [];
  readonly register = new Register();
  /** Which slots of which platform hold the dossier of which application. */
  readonly slots = new Map<string, string>();
  readonly excluded = new Set<PlatformMsp>();
  /** The security tokens by which consents were granted. */
  readonly tokens = new Set<string>();
  mandateIsLive = true;
  /** Heads whose term was ended: they sign nothing more. */
  readonly dismissed = new Set<Pledgee>();

  /** An application of these, by any number: open ones more often than not are what is wanted. */
  pick(
    which: number | ModelApplication,
    from: 'open' | 'any' = 'any',
  ): ModelApplication | undefined {
    if (typeof which !== 'number') return which;
    const open = this.applications.filter(({ state }) => !ended.includes(state));
    const among = from === 'open' && open.length > 0 ? open : this.applications;
    return among[which % Math.max(among.length, 1)];
  }

  /** The same, to go another way from here. */
  copy(): Model {
    const copy = new Model();
    for (const application of this.applications) copy.applications.push(copyOf(application));
    copy.batches.push(...this.batches.map(copyOfBatch));
    for (const [place, id] of this.slots) copy.slots.set(place, id);
    for (const pledge of this.register.pledges) {
      copy.register.pledges.push({ ...pledge, changes: [...pledge.changes] });
    }
    for (const token of this.tokens) copy.tokens.add(token);
    copy.mandateIsLive = this.mandateIsLive;
    for (const head of this.dismissed) copy.dismissed.add(head);
    for (const platform of this.excluded) copy.excluded.add(platform);
    copy.register.agreements.push(...this.register.agreements);
    return copy;
  }

  planned(plan: Plan): ModelApplication {
    const application: ModelApplication = {
      plan,
      state: 'DEPOSITED',
      revision: 0,
      deposited: 0,
      dossierVerdicts: [],
      confirmations: [],
      added: [],
      supplements: [],
      refusals: [],
      withdrawals: [],
      isTakenBack: false,
      consents: new Map(),
      attempts: 0,
      answers: new Map(),
      checkedAt: undefined,
      decisions: [],
      carriedOut: new Set(),
      told: [],
      notices: new Map(),
      paidBy: undefined,
      acceptance: undefined,
      slot: this.applications.length + 1,
      wasAsked: false,
      isPurged: false,
      purgedBy: new Set(),
    };
    this.applications.push(application);
    return application;
  }
}

function copyOf(application: ModelApplication): ModelApplication {
  const consents = [...application.consents].map(([number, consent]): [number, ModelConsent] => [
    number,
    { ...consent },
  ]);
  return {
    ...application,
    dossierVerdicts: [...application.dossierVerdicts],
    confirmations: [...application.confirmations],
    added: [...application.added],
    supplements: [...application.supplements],
    refusals: [...application.refusals],
    withdrawals: [...application.withdrawals],
    consents: new Map(consents),
    answers: new Map(application.answers),
    decisions: [...application.decisions],
    carriedOut: new Set(application.carriedOut),
    told: [...application.told],
    notices: new Map(application.notices),
    purgedBy: new Set(application.purgedBy),
  };
}

/** The revision that was prepared last: who takes part follows from it, whatever was added since. */
export function preparedRevision({ revision, added }: ModelApplication): number {
  return Math.max(revision - added.length, 1);
}

/** The participants of the revision that stands on the ledger. */
export function parts(application: ModelApplication): readonly Part[] {
  return partsOf(application.plan, preparedRevision(application));
}

/** When it was last resumed, if ever. */
export function resumedAt({ told }: ModelApplication): string | undefined {
  return told.findLast(({ decision }) => decision === 'RESUME')?.at;
}

/** Whether somebody has taken back a consent that the application was filed with (CN-5). */
export function tookBack({ consents }: ModelApplication): boolean {
  return [...consents.values()].some(({ isUsed, state }) => isUsed === true && state === 'REVOKED');
}

/** Those who signed for a legal entity: whose consent a registration may count on. */
export function consentingHolders(application: ModelApplication): readonly Pledgee[] {
  return parts(application).flatMap(({ who, natural, signs }) =>
    natural || !signs ? [] : [who as Pledgee],
  );
}
