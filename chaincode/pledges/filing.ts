/** The platform's public steps: prepare, file, take back. */
import type { z } from 'zod';
import { localDateOf } from '../kernel/almaty.ts';
import type { Instant } from '../kernel/instant.ts';
import { accepted, andThen, type Outcome, refused } from '../kernel/outcome.ts';
import { command } from '../ledger/contract.ts';
import type { PublicLedger } from '../ledger/public-ledger.ts';
import { givenVerdict, ownVerdict } from '../ledger/verdict.ts';
import { mayFile } from '../organisations/rules.ts';
import { callersOrganisation, organisationOn, standingOf } from '../organisations/store.ts';
import { editionInForce } from '../regimes/rules.ts';
import type { Edition } from '../regimes/schema.ts';
import { editionOn, editionsOn } from '../regimes/store.ts';
import type { Application, Confirmation } from './application.ts';
import * as rules from './application-rules.ts';
import { consentsToFile, useUp } from './consenting.ts';
import { announce } from './notices/standing.ts';
import { file, prepare, refuseBeforeFiling, withdraw } from './operations.ts';
import { refuse } from './refusals.ts';
import { saved } from './saving.ts';
import { applicationOn, encumbranceOn, isDeposited, ownApplication } from './store.ts';
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
    if (!exists.ok) {
      const application: Application = {
        id,
        ...content,
        platform: platform.value.bin,
        confirmations: [],
        checks: [],
        decisions: [],
        state: 'PREPARED',
      };
      return saved(ledger, accepted(application), 'ApplicationPrepared');
    }
    const own = await ownApplication(ledger, id);
    const revised = andThen(own, (application) =>
      content.revision === application.revision + 1
        ? rules.revised(application, content)
        : refused(refuse('APPLICATION_EXISTS_ALREADY', { norm: 'PL-7' })),
    );
    return saved(ledger, revised, 'ApplicationRevised');
  }),

  command(file, async (ledger, input) => {
    const own = await ownApplication(ledger, input.application);
    if (!own.ok) return own;
    const application = own.value;
    const edition = await editionFor(ledger, application, input.payment.confirmedAt);
    if (!edition.ok) return edition;
    const entitled = await entitledToFile(ledger, application, edition.value, input.payment);
    if (!entitled.ok) return entitled;
    const confirmations = await confirmationsOf(ledger, application, input.verdicts);
    if (!confirmations.ok) return confirmations;
    const filed = rules.filed(application, {
      edition: edition.value,
      confirmations: confirmations.value,
      consents: await consentsToFile(ledger, application, lastActOf(confirmations.value, input)),
      payment: input.payment,
      manifest: confirmations.value[0]?.manifest ?? '',
    });
    if (filed.ok) await useUp(ledger, filed.value);
    return saved(ledger, filed, 'ApplicationFiled');
  }),

  command(withdraw, async (ledger, { application }) => {
    const own = await ownApplication(ledger, application);
    const { time } = ledger.circumstances;
    const withdrawn = andThen(own, (value) => rules.takenBack(value, time));
    return saved(ledger, withdrawn, 'ApplicationWithdrawn');
  }),

  command(refuseBeforeFiling, async (ledger, { verdict }) => {
    const given = await givenVerdict(ledger, pledgeeRefusalVerdict, verdict);
    if (!given.ok) return given;
    const { application, revision, ...refusal } = given.value;
    const own = await ownApplication(ledger, application);
    const current = andThen(own, (value) => rules.atRevision(value, revision));
    const ended = andThen(current, (value) => rules.refusedByPledgee(value, refusal));
    if (ended.ok) await announce(ledger, ended.value);
    return saved(ledger, ended, 'ApplicationRefusedByPledgee');
  }),
];

/**
 * The edition under which an application is filed on the day of its payment (RG-2). A termination is
 * the end of what was begun: it goes on under the edition of the registered pledge (RG-4, TR-4).
 */
async function editionFor(
  ledger: PublicLedger,
  { kind, targets }: Application,
  paidAt: z.output<typeof file.input>['payment']['confirmedAt'],
): Promise<Outcome<Edition>> {
  const [target] = targets;
  const inForce = async () =>
    editionInForce(await editionsOn(ledger, 'PLEDGE'), 'PLEDGE', localDateOf(paidAt));
  if (kind !== 'TERMINATION' || target?.encumbrance === undefined) return inForce();
  const registered = await encumbranceOn(ledger, target.property, target.encumbrance);
  if (registered === undefined) {
    return refused(refuse('ENCUMBRANCE_UNKNOWN', { norm: 'TR-2' }));
  }
  // What EGKN registered elsewhere was begun under no edition of ours.
  if (registered.importedBy !== undefined) return inForce();
  const begun = await applicationOn(ledger, registered.id);
  if (!begun.ok) return begun;
  return editionOn(ledger, 'PLEDGE', begun.value.edition ?? '');
}

/** Whether the platform may file (OR-2); who ends a pledge need not be admitted any more (TR-4). */
async function entitledToFile(
  ledger: PublicLedger,
  { kind, platform }: Application,
  edition: Edition,
  { confirmedAt }: Pick<z.output<typeof file.input>['payment'], 'confirmedAt'>,
): Promise<Outcome<unknown>> {
  const organisation = await organisationOn(ledger, platform);
  if (!organisation.ok || kind === 'TERMINATION') return organisation;
  const standing = await standingOf(ledger, organisation.value);
  return mayFile(standing, edition, localDateOf(confirmedAt));
}

/** The signatures that the State Corporation's peer verified, of this revision. */
async function confirmationsOf(
  ledger: PublicLedger,
  { id, revision }: Application,
  verdicts: readonly string[],
): Promise<Outcome<readonly Confirmation[]>> {
  const confirmations: Confirmation[] = [];
  for (const text of verdicts) {
    const given = await givenVerdict(ledger, confirmationVerdict, text);
    if (!given.ok) return given;
    const { application, revision: signed, participant, manifest, cms, signedAt } = given.value;
    if (application !== id || signed !== revision) {
      const params = { expected: String(revision) };
      return refused(refuse('REVISION_OUT_OF_TURN', { norm: 'PL-7', field: '/verdicts', params }));
    }
    confirmations.push({ participant, manifest, cms, signedAt });
  }
  return accepted(confirmations);
}

/**
 * When the last of what a filing takes was done: signatures by their verified time stamps, the
 * payment. Until then a consent has to hold; the transaction's time is its client's word.
 */
function lastActOf(
  confirmations: readonly Confirmation[],
  { payment }: Pick<z.output<typeof file.input>, 'payment'>,
): Instant {
  const signed = confirmations.map(({ signedAt }) => signedAt);
  return signed.reduce((last, each) => (each > last ? each : last), payment.confirmedAt);
}
