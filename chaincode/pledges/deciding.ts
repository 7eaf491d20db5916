/**
 * What the State Corporation does: takes, checks, decides; everything under its seal. A decision
 * counts by its officer's signature, so that the platform may carry it too.
 */
import { localDateOf } from '../kernel/almaty.ts';
import type { Bin } from '../kernel/bin.ts';
import { andThen, type Outcome } from '../kernel/outcome.ts';
import { command } from '../ledger/contract.ts';
import type { PublicLedger } from '../ledger/public-ledger.ts';
import { givenVerdict } from '../ledger/verdict.ts';
import type { Application, OfficerDecision } from './application.ts';
import * as rules from './application-rules.ts';
import { noteAwaited } from './awaiting.ts';
import { stillConsented } from './consenting.ts';
import { dueFrom } from './due.ts';
import { stillEntitled } from './entitlement.ts';
import { groundsDeposited } from './grounds/handlers.ts';
import { announce } from './notices/standing.ts';
import { accept, decide, recordChecks } from './operations.ts';
import type { ParticipantRole } from './participants.ts';
import { entered } from './registration.ts';
import { sealed } from './saving.ts';
import { applicationOfParty, applicationOn } from './store.ts';
import { decisionVerdict } from './verdicts.ts';

export const deciding = [
  command(accept, async (ledger, { acceptance, paymentReachedAt }) => {
    const found = await applicationOn(ledger, acceptance.application);
    if (!found.ok) return found;
    const inTurn = rules.awaitingEgkn(found.value);
    if (!inTurn.ok) return inTurn;
    const consented = await stillConsented(ledger, inTurn.value);
    if (!consented.ok) return consented;
    const reachedOn = localDateOf(paymentReachedAt);
    const entitled = await stillEntitled(ledger, found.value, reachedOn);
    if (!entitled.ok) return entitled;
    const due = await dueFrom(ledger, found.value, paymentReachedAt);
    const { time: now } = ledger.circumstances;
    const taken = andThen(due, (value) =>
      rules.acceptedByEgkn(found.value, { acceptance, paymentReachedAt, due: value, now }),
    );
    const noted = taken.ok ? await noteAwaited(ledger, taken.value) : taken;
    return sealed(ledger, noted.ok ? taken : noted, 'ApplicationAccepted');
  }),

  command(recordChecks, async (ledger, { application: id, checks }) => {
    const found = await applicationOn(ledger, id);
    const { time: now } = ledger.circumstances;
    const checked = andThen(found, (application) => rules.checked(application, checks, now));
    return sealed(ledger, checked, 'ApplicationChecked');
  }),

  command(decide, async (ledger, { verdict }) => {
    const given = await givenVerdict(ledger, decisionVerdict, verdict);
    if (!given.ok) return given;
    const { application: id, revision, decision } = given.value;
    const found = await applicationOfParty(ledger, id);
    const current = andThen(found, (value) => rules.atRevision(value, revision));
    if (!current.ok) return current;
    const decided = await decidedOn(ledger, current.value, decision);
    if (!decided.ok) return decided;
    const held = await groundsDeposited(ledger, decided.value);
    if (!held.ok) return held;
    if (decision.decision === 'REGISTER') {
      const entry = await inRegister(ledger, decided.value, decision.decidedAt);
      if (!entry.ok) return entry;
    }
    await announce(ledger, decided.value);
    return sealed(ledger, decided, 'ApplicationDecided');
  }),
];

async function decidedOn(
  ledger: PublicLedger,
  application: Application,
  decision: OfficerDecision,
): Promise<Outcome<Application>> {
  if (decision.decision !== 'RESUME') return rules.decided(application, decision);
  const due = await dueFrom(ledger, application, decision.decidedAt);
  return andThen(due, (dueAnew) => rules.decided(application, decision, dueAnew));
}

/**
 * Who agrees as a holder of pledges: for these a head or a mandate has signed. What a legal entity
 * signs as an owner, whoever its certificate lets sign, is no consent to give up a place.
 */
const agreeing: readonly ParticipantRole[] = ['PLEDGEE', 'CEDENT', 'CONSENTING_PLEDGEE'];

/** Enters what was decided into the register. */
async function inRegister(
  ledger: PublicLedger,
  application: Application,
  at: Application['decisions'][number]['decidedAt'],
): Promise<Outcome<null>> {
  const consented = await stillConsented(ledger, application);
  if (!consented.ok) return consented;
  const signed = application.participants.flatMap(({ bin, role, signs }): Bin[] =>
    bin === undefined || !signs || !agreeing.includes(role) ? [] : [bin],
  );
  return entered(ledger, application, { application: application.id, at }, signed);
}
