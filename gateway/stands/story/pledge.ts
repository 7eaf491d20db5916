/**
 * One pledge from its draft to its termination, each step said in a sentence.
 */
import type { CadastralNumber } from '../../../chaincode/kernel/cadastral-number.ts';
import type { Application } from '../../../chaincode/pledges/application.ts';
import type { Dossier } from '../../../chaincode/pledges/dossier.ts';
import * as pledges from '../../../chaincode/pledges/operations.ts';
import { decidedByRegistrar } from './deciding.ts';
import { newProperty, pledgeOf, terminationOf } from './dossiers.ts';
import { confirmedAndFiled, filed, prepared } from './filing.ts';
import { inSlot, type Props } from './props.ts';
import { salt } from './signers.ts';
import { cast } from './stage.ts';

export type { Props } from './props.ts';

/** What a chapter leaves behind: its applications in the order of their slots, its homes. */
export type Played = {
  readonly applications: readonly Application[];
  readonly properties: readonly CadastralNumber[];
};

/** A pledge of homes: the pledgor is married, and the homes have a second owner. */
export async function registered(
  props: Props,
  properties: readonly CadastralNumber[] = [newProperty()],
): Promise<Application> {
  const { stage } = props;
  const dossier = pledgeOf(stage, ...properties);
  await prepared(props, dossier);
  stage.say(
    "Alpha deposits the dossier: its own peer and the State Corporation's endorse and hold it; the others see its hash. Owners and spouse become participants of themselves.",
  );
  const application = await confirmedAndFiled(props, dossier);
  stage.say(
    "Pledgee, pledgor, co-owner and spouse sign with their keys, the three persons consent through KDP: the same two peers verify that. Alpha files under the pilot: a majority of the organisations endorses, the State Corporation's peer among it; all see who takes part by role, and hashes.",
  );
  const decided = await decidedByRegistrar(props, application);
  stage.say(
    `The registrar signs the decision under the mandate; a majority endorses, the State Corporation's peer among it, which seals the record: ${decided.state}, first in rank, for all to see.`,
  );
  return decided;
}

/** The obligation is fulfilled: all homes of a pledge are released, or some (TR-1 to TR-5). */
export function terminated(
  props: Props,
  pledge: Application,
  properties?: readonly CadastralNumber[],
): Promise<Application> {
  return carriedThrough(props, terminationOf(props.stage, pledge, properties));
}

/** An application of any kind, from its dossier to the officer's registration. */
export async function carriedThrough(props: Props, dossier: Dossier): Promise<Application> {
  return decidedByRegistrar(props, await filed(props, dossier));
}

/** The service has ended: nobody keeps the personal data; the record and its proofs stay (CN-6). */
export async function purged(
  { stage, slot }: Props,
  { id: application }: Application,
): Promise<void> {
  await stage.done(pledges.purge, { salt: salt(), application, slot }, { org: cast.platform });
}

/** Purges what a chapter has left. */
export async function allPurged(props: Props, { applications }: Played): Promise<void> {
  for (const [nth, application] of applications.entries()) {
    await purged(inSlot(props, nth), application);
  }
  props.stage.say('Dossiers and signatures are purged from every peer; the register stays.');
}
