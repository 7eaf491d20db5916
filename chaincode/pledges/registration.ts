/** What a registration enters into the register, by the kind of the application. */
import type { Bin } from '../kernel/bin.ts';
import { accepted, andThen, type Outcome, refused } from '../kernel/outcome.ts';
import type { PublicLedger } from '../ledger/public-ledger.ts';
import type { Application } from './application.ts';
import { awaitedOn } from './awaiting.ts';
import type { Encumbrance } from './encumbrance.ts';
import { refuse } from './refusals.ts';
import * as rules from './register-rules.ts';
import { changePledge, encumbranceOn, enterAgreement, enterPledge, registerOf } from './store.ts';

/**
 * Enters what an application asks for, property by property, each record sealed by the State
 * Corporation. The holders whose consent counts are those who signed the application.
 */
export async function entered(
  ledger: PublicLedger,
  application: Application,
  entry: rules.Entry,
  consenting: readonly Bin[],
): Promise<Outcome<null>> {
  if (application.kind === 'RANK_AGREEMENT') return agreed(ledger, application, consenting);
  if (application.kind === 'REPLEDGE') {
    const follows = await followsAnother(ledger, application);
    if (!follows.ok) return follows;
  }
  for (const target of application.targets) {
    const done = await enteredAt(ledger, application, target, entry, consenting);
    if (!done.ok) return done;
  }
  return accepted(null);
}

/** Whether a re-pledge has a pledge before it, of one of its properties at least. */
async function followsAnother(
  ledger: PublicLedger,
  { targets, acceptance }: Application,
): Promise<Outcome<null>> {
  if (acceptance === undefined) throw new Error('a registration before the acceptance');
  const registers: (readonly Encumbrance[])[] = [];
  for (const { property } of targets) {
    const register = await registerOf(ledger, property);
    if (!register.ok) return register;
    registers.push(register.value.pledges);
  }
  return rules.repledges(registers, acceptance);
}

async function enteredAt(
  ledger: PublicLedger,
  application: Application,
  target: Application['targets'][number],
  entry: rules.Entry,
  consenting: readonly Bin[],
): Promise<Outcome<Encumbrance>> {
  const { kind } = application;
  const { property } = target;
  if (kind === 'PLEDGE' || kind === 'REPLEDGE') {
    const candidate = newEncumbrance(application, kind, target, entry);
    const register = await registerOf(ledger, property);
    if (!register.ok) return register;
    const awaited = await awaitedOn(ledger, property);
    if (!awaited.ok) return awaited;
    const { pledges } = register.value;
    const entered = rules.entered(pledges, awaited.value, candidate, consenting);
    return entered.ok ? enterPledge(ledger, entered.value) : entered;
  }
  const { encumbrance: named } = target;
  const found = rules.live(
    named === undefined ? undefined : await encumbranceOn(ledger, property, named),
  );
  const changed = andThen(found, (earlier) => changedBy(application, earlier, entry));
  if (!found.ok || !changed.ok) return changed;
  return accepted(await changePledge(ledger, found.value, changed.value));
}

function changedBy(
  application: Application,
  encumbrance: Encumbrance,
  entry: rules.Entry,
): Outcome<Encumbrance> {
  const { kind } = application;
  if (kind === 'CESSION') {
    return application.cedent === undefined
      ? refused(refuse('CEDENT_REFERENCE', { norm: 'PL-1' }))
      : rules.ceded(encumbrance, application.cedent, application.pledgee, entry);
  }
  return andThen(rules.heldBy(encumbrance, application.pledgee), (held) =>
    kind === 'AMENDMENT'
      ? rules.amended(held, documentsOf(application), application, entry)
      : accepted(rules.terminated(held, entry)),
  );
}

function newEncumbrance(
  application: Application,
  kind: Encumbrance['kind'],
  { property, share }: Application['targets'][number],
  { at }: rules.Entry,
): Encumbrance {
  const { id, platform, pledgee, consentToRepledge, acceptance } = application;
  if (acceptance === undefined) throw new Error('a registration before the acceptance');
  return {
    id,
    property,
    kind,
    ...(share === undefined ? {} : { share }),
    acceptance,
    registeredAt: at,
    platform,
    holders: [{ bin: pledgee, application: id, since: at }],
    terms: [{ ...documentsOf(application), application: id, since: at }],
    consentToRepledge,
    state: 'LIVE',
  };
}

function documentsOf({ titleDocument, dossier }: Application) {
  return { titleDocument, dossier };
}

/** An agreement on rank is about one property; its targets stand in the order agreed on. */
async function agreed(
  ledger: PublicLedger,
  { id, targets, acceptance }: Application,
  consenting: readonly Bin[],
): Promise<Outcome<null>> {
  const [first] = targets;
  if (first === undefined || acceptance === undefined) {
    throw new Error('a registration without a target or before the acceptance');
  }
  const order = targets.flatMap(({ encumbrance }) =>
    encumbrance === undefined ? [] : [encumbrance],
  );
  const agreement = { property: first.property, application: id, acceptance, order };
  const register = await registerOf(ledger, first.property);
  const agreed = andThen(register, ({ pledges }) =>
    rules.agreedOnRank(pledges, agreement, consenting),
  );
  if (!agreed.ok) return agreed;
  const entered = await enterAgreement(ledger, agreed.value);
  return entered.ok ? accepted(null) : entered;
}
