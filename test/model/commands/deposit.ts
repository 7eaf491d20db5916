import fc from 'fast-check';
import * as pledges from '../../../chaincode/pledges/operations.ts';
import { type Model, type ModelApplication } from '../model/model.ts';
import { attempt, type Party } from '../scene/attempt.ts';
import { saltOf } from '../scene/numbers.ts';
import { platforms } from '../scene/parties.ts';
import { againstFamily, dossierOf, familyOf, type Flaw, flaws, type Plan } from '../scene/plans.ts';
import { called, ofPlatform, type Play, seldom, someone, type Which, which } from './play.ts';

const codes: Readonly<Record<Flaw, readonly string[]>> = {
  noDocument: ['DOCUMENT_MISSING'],
  propertyUndescribed: ['PROPERTY_NOT_DESCRIBED'],
  wrongReference: ['ENCUMBRANCE_REFERENCE'],
  // ZAGS was asked about the owners, of whom the stranger is none.
  strangerPledges: ['PLEDGOR_NOT_OWNER', 'FACTS_UNANSWERED'],
  wrongCedent: ['CEDENT_REFERENCE'],
  targetTwice: ['TARGET_NAMED_TWICE'],
};

type Choice = {
  readonly which: Which;
  readonly by: Party | undefined;
  /** How far the revision is from the one whose turn it is. */
  readonly skip: number;
  readonly flaw: Flaw | undefined;
  readonly takenSlot: boolean;
  /** Another text of the same revision. */
  readonly otherText: boolean;
};

/** What a deposit is like when nothing is wrong. */
export const soundDeposit = {
  by: undefined,
  skip: 0,
  flaw: undefined,
  takenSlot: false,
  otherText: false,
};

/** Deposits the next dossier of an application: the first, or a new revision. */
export const deposit: Play<Choice> = {
  name: 'deposit',
  choice: fc.record({
    which,
    by: someone,
    skip: fc.constantFrom(0, 0, 0, 0, 1, -1),
    flaw: fc.oneof(
      { arbitrary: fc.constant(undefined), weight: 2 },
      { arbitrary: fc.constantFrom(...flaws), weight: 1 },
    ),
    takenSlot: seldom,
    otherText: seldom,
  }),
  attempt: (model, { which: number, by, skip, flaw, takenSlot, otherText }) => {
    const application = model.pick(number, 'any');
    if (application === undefined) return undefined;
    const { plan, revision: current } = application;
    const party = by ?? ofPlatform(application);
    const revision = Math.max(1, current + 1 + skip);
    const used = flaw !== undefined && hasFlaw(application, flaw) ? flaw : undefined;
    const slot = takenSlot ? slotOfAnother(model, application, party) : application.slot;
    const holder = model.slots.get(`${party.org} ${slot}`);
    // Who deposits under another platform's id has another dossier.
    const isOther = otherText || party.org !== plan.platform;
    const sound = dossierOf(plan, revision, { flaw: used });
    const dossier = isOther ? { ...sound, salt: saltOf(`other ${plan.id} ${party.org}`) } : sound;
    return attempt(pledges.deposit, {
      what: `deposits revision ${revision} of ${called(application)}${used ? `, ${used}` : ''}${isOther ? ', another text' : ''}`,
      input: { salt: saltOf(`deposit ${plan.id} ${revision} ${slot}`), slot, dossier },
      by: party,
      against: [
        !(party.org in platforms) && 'ORGANISATION_UNKNOWN',
        ...outOfTurn(application, party),
        revision !== current + 1 && 'REVISION_OUT_OF_TURN',
        ...(used === undefined ? [] : codes[used]),
        ...targetsOfAgreement(plan, used),
        ...partiesOfAnother(model, plan, revision, used),
        holder !== undefined && holder !== plan.id && 'SLOT_TAKEN',
      ],
      learn: ({ verdict }) => {
        model.slots.set(`${party.org} ${slot}`, plan.id);
        // What another deposits lies beside, and touches nothing.
        if (party.org !== plan.platform) return;
        application.deposited = isOther ? revision - 1 : revision;
        if (!isOther) application.dossierVerdicts.push(verdict);
      },
    });
  },
};

/** Once it is prepared, its platform may revise it until it is filed. */
function outOfTurn({ plan, revision, state }: ModelApplication, { org }: Party) {
  if (revision === 0) return [];
  return [
    plan.platform !== org && 'NOT_OF_THIS_ORGANISATION',
    state !== 'PREPARED' && 'APPLICATION_STEP_OUT_OF_TURN',
  ];
}

/** An agreement on rank is about two pledges at least; without references they are all the same. */
function targetsOfAgreement({ kind, targets }: Plan, used: Flaw | undefined) {
  if (kind !== 'RANK_AGREEMENT') return [];
  const isRepeated = used === 'wrongReference' || used === 'targetTwice';
  return [targets.length < 2 && 'RANK_TARGETS', isRepeated && 'RANK_NAMES_TWICE'];
}

/** What changes or ends a pledge names those whose pledge it is, and a pledge that there is. */
function partiesOfAnother(model: Model, plan: Plan, revision: number, used: Flaw | undefined) {
  const { kind, targets } = plan;
  const isChange = kind === 'AMENDMENT' || kind === 'CESSION' || kind === 'TERMINATION';
  if (!isChange || used === 'wrongReference') return [];
  const [pledge] = targets.map((target) => model.register.find(target));
  if (pledge === undefined) return ['ENCUMBRANCE_UNKNOWN'];
  return pledge.family === undefined
    ? []
    : againstFamily(kind, pledge.family, familyOf(plan, revision));
}

/** Whether the flaw is one, for what is applied for. */
function hasFlaw({ plan: { kind } }: ModelApplication, flaw: Flaw): boolean {
  return flaw !== 'strangerPledges' || kind === 'PLEDGE' || kind === 'REPLEDGE';
}

function slotOfAnother(model: Model, application: ModelApplication, { org }: Party): number {
  const other = model.applications.find(
    (each) => each !== application && model.slots.get(`${org} ${each.slot}`) === each.plan.id,
  );
  return (other ?? application).slot;
}
