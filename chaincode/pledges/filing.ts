/** The platform's public steps: prepare, file, end by the pledgee's refusal. */
import type { z } from 'zod';
import { localDateOf } from '../kernel/almaty.ts';
import { accepted, andThen, at, type Outcome, refused } from '../kernel/outcome.ts';
import { command } from '../ledger/contract.ts';
import type { PublicLedger } from '../ledger/public-ledger.ts';
import { givenVerdict, ownVerdict } from '../ledger/verdict.ts';
import { callersOrganisation } from '../organisations/store.ts';
import type { Application, Confirmation } from './application.ts';
import * as rules from './application-rules.ts';
import { consentsToFile, useUp } from './consenting.ts';
import { entitledToFile } from './entitlement.ts';
import { holdersToTell } from './notices/holders-told.ts';
import { announce } from './notices/standing.ts';
import { file, prepare, refuseBeforeFiling } from './operations.ts';
import { notePaid, stillUnused } from './payments.ts';
import { refuse } from './refusals.ts';
import { sealed } from './saving.ts';
import { applicationOn, isDeposited, ownApplication } from './store.ts';
import { filedAt } from './time-rules.ts';
import { confirmationVerdict, dossierVerdict, pledgeeRefusalVerdict } from './verdicts.ts';

export const filing = [
  command(prepare, async (ledger, { verdict }) => {
    const given = await ownVerdict(ledger, dossierVerdict, verdict);
    if (!given.ok) return given;
    const platform = await callersOrganisation(ledger);
    if (!platform.ok) return platform;
    const { verdict: _, depositor: __, application: id, ...content } = given.value;
    const held = await isDeposited(ledger, { id, ...content });
    if (!held.ok) return held;
    const exists = await applicationOn(ledger, id);
    if (!exists.ok && exists.refusals.every(({ code }) => code === 'APPLICATION_UNKNOWN')) {
      const application: Application = {
        id,
        ...content,
        platform: platform.value.bin,
        confirmations: [],
        checks: [],
        decisions: [],
        state: 'PREPARED',
      };
      return sealed(ledger, accepted(application), 'ApplicationPrepared');
    }
    const own = await ownApplication(ledger, id);
    const revised = andThen(own, (application) =>
      content.revision === application.revision + 1
        ? rules.revised(application, content)
        : refused(refuse('APPLICATION_EXISTS_ALREADY', { norm: 'PL-7' })),
    );
    return sealed(ledger, revised, 'ApplicationRevised');
  }),

  command(file, async (ledger, { application: id, verdicts, payment }) => {
    const own = await ownApplication(ledger, id);
    const open = andThen(own, rules.stillPreparing);
    if (!open.ok) return open;
    const application = open.value;
    const confirmations = await confirmationsOf(ledger, application, verdicts);
    const signed = confirmations.flatMap((given) => (given.ok ? [given.value] : []));
    const lastAct = filedAt(signed, payment);
    const filed = rules.filed(application, {
      edition: await entitledToFile(ledger, application, localDateOf(lastAct)),
      confirmations,
      consents: await consentsToFile(ledger, application, lastAct),
      payment,
      unused: await stillUnused(ledger, payment.evidence, id),
      at: lastAct,
      now: ledger.circumstances.time,
    });
    if (!filed.ok) return filed;
    await useUp(ledger, filed.value);
    await notePaid(ledger, payment.evidence, filed.value.id);
    const holders = await holdersToTell(ledger, filed.value);
    const told = holders.length === 0 ? filed.value : { ...filed.value, holders };
    return sealed(ledger, accepted(told), 'ApplicationFiled');
  }),

  command(refuseBeforeFiling, async (ledger, { verdict }) => {
    const given = await givenVerdict(ledger, pledgeeRefusalVerdict, verdict);
    if (!given.ok) return given;
    const { application, revision, ...refusal } = given.value;
    const own = await ownApplication(ledger, application);
    const current = andThen(own, (value) => rules.atRevision(value, revision));
    const ended = andThen(current, (value) => rules.refusedByPledgee(value, refusal));
    if (ended.ok) await announce(ledger, ended.value);
    return sealed(ledger, ended, 'ApplicationRefusedByPledgee');
  }),
];

/** The signatures of this revision, each as the State Corporation's peer verified it, or did not. */
async function confirmationsOf(
  ledger: PublicLedger,
  application: Application,
  verdicts: readonly string[],
): Promise<readonly Outcome<Confirmation>[]> {
  const confirmations: Outcome<Confirmation>[] = [];
  for (const [index, text] of verdicts.entries()) {
    const given = await givenVerdict(ledger, confirmationVerdict, text);
    const own = andThen(given, (verdict) => confirmationOf(application, verdict));
    confirmations.push(at(`/verdicts/${index}`, own));
  }
  return confirmations;
}

function confirmationOf(
  { id, revision }: Application,
  given: z.output<typeof confirmationVerdict>,
): Outcome<Confirmation> {
  const { application, revision: signed, participant, manifest, cms, signedAt } = given;
  if (application === id && signed === revision) {
    return accepted({ participant, manifest, cms, signedAt });
  }
  const params = { expected: String(revision) };
  return refused(refuse('REVISION_OUT_OF_TURN', { norm: 'PL-7', params }));
}
