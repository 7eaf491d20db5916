/**
 * The other kinds of application, each with the pledge that it is about; what changes in the
 * register and what stays is said in a sentence.
 */
import type { Application } from '../../../chaincode/pledges/application.ts';
import {
  carriedOut,
  checked,
  decidedByRegistrar,
  documentsOwed,
  groundsHandedOver,
  signedDecision,
  takenByEgkn,
} from './deciding.ts';
import {
  amendmentOf,
  cessionOf,
  newProperty,
  pledgeOf,
  propertiesOf,
  rankAgreementOf,
  repledgeOf,
  terminationOf,
} from './dossiers.ts';
import { confirmedAndFiled, filed, prepared } from './filing.ts';
import { notified } from './notices.ts';
import { carriedThrough, type Played, registered, terminated } from './pledge.ts';
import { inSlot, type Props } from './props.ts';
import { refusedByPledgee, signedRefusal } from './refusing.ts';
import { cast } from './stage.ts';
import { supplemented } from './supplementing.ts';

/** What can be played, by the name that the command gives it. */
export const chapters = {
  pledge: one,
  repledge,
  amendment,
  cession,
  rank,
  partial,
  several,
  refusal,
  supplement,
} as const satisfies Readonly<Record<string, (props: Props) => Promise<Played>>>;

export type ChapterName = keyof typeof chapters;

/** A pledge from its registration to its termination. */
async function one(props: Props): Promise<Played> {
  const pledge = await registered(props);
  const told = await notified(props.stage, pledge);
  props.stage.say(
    `Notices of it were delivered: ${told.platform} to the pledgee's cabinet at Alpha, under Alpha's seal, ${told.egov} to the pledgor's on egov.kz, under the State Corporation's; neither can speak for the other.`,
  );
  const ending = await ended(inSlot(props, 1), pledge);
  await notified(props.stage, ending);
  props.stage.say('Pledgee and pledgor have the notice of the termination.');
  return { applications: [pledge, ending], properties: propertiesOf(pledge) };
}

/** The debt is paid: the whole path of a termination, as that of the pledge is told. */
async function ended(props: Props, pledge: Application): Promise<Application> {
  const { stage } = props;
  const application = await filed(props, terminationOf(stage, pledge));
  stage.say(
    "The debt is paid. Alpha deposits the proof of it: its own peer and the State Corporation's endorse; Alpha's head signs the termination, the pledgor consents anew. Alpha files it; a majority of the organisations endorses, the State Corporation's peer among it; all see hashes.",
  );
  const decided = await decidedByRegistrar(props, application);
  stage.say(
    `The registrar signs the termination; a majority endorses, the State Corporation's peer among it, which seals it: ${decided.state}. All see that the pledge has ended, and when.`,
  );
  return decided;
}

/** Beta lends on a home that Alpha holds in pledge; Alpha's contract asks for its consent. */
async function repledge(props: Props): Promise<Played> {
  const pledge = await registered(props);
  const second = await carriedThrough(inSlot(props, 1), repledgeOf(props.stage, pledge));
  props.stage.say(
    "Beta takes the home in re-pledge: Alpha's head signs the consent that Alpha's contract asks for; Beta is second in rank.",
  );
  return { applications: [pledge, second], properties: propertiesOf(pledge) };
}

async function amendment(props: Props): Promise<Played> {
  const pledge = await registered(props);
  const change = await carriedThrough(inSlot(props, 1), amendmentOf(props.stage, pledge));
  props.stage.say(
    'A supplementary agreement changes the terms: the record keeps the earlier ones, holder and rank stay.',
  );
  return { applications: [pledge, change], properties: propertiesOf(pledge) };
}

async function cession(props: Props): Promise<Played> {
  const pledge = await registered(props);
  const change = await carriedThrough(inSlot(props, 1), cessionOf(props.stage, pledge));
  props.stage.say(
    'Alpha cedes its claim: Alpha signs as the one who cedes, Beta as the new holder; the rank stays.',
  );
  return { applications: [pledge, change], properties: propertiesOf(pledge) };
}

/** The holders of two pledges exchange their places; nobody else could move them. */
async function rank(props: Props): Promise<Played> {
  const earlier = await repledge(props);
  const order = earlier.applications.toReversed();
  const agreement = await carriedThrough(inSlot(props, 2), rankAgreementOf(props.stage, order));
  props.stage.say('Alpha and Beta agree on rank: Beta is first now, by the agreement of both.');
  return { ...earlier, applications: [...earlier.applications, agreement] };
}

/** One of two homes is released. */
async function partial(props: Props): Promise<Played> {
  const homes = [newProperty(), newProperty()];
  const pledge = await registered(props, homes);
  const ending = await terminated(inSlot(props, 1), pledge, homes.slice(0, 1));
  props.stage.say('Of two homes one is released; the pledge of the other lives.');
  return { applications: [pledge, ending], properties: homes };
}

/** Both homes of a pledge are released by one application. */
async function several(props: Props): Promise<Played> {
  const homes = [newProperty(), newProperty()];
  const pledge = await registered(props, homes);
  const ending = await terminated(inSlot(props, 1), pledge);
  props.stage.say('One application released both homes.');
  return { applications: [pledge, ending], properties: homes };
}

/** The application does not conform: the pledgee's head refuses, and nothing is filed. */
async function refusal(props: Props): Promise<Played> {
  const { stage } = props;
  const home = newProperty();
  const application = await prepared(props, pledgeOf(stage, home));
  const ended = await refusedByPledgee(props, await signedRefusal(props, application));
  await notified(stage, ended);
  stage.say(
    "Before the filing Alpha's head signs a refusal with its reasons: everyone sees their hash, the pledgor reads them; Alpha delivers the notice to the pledgor's cabinet on egov.kz.",
  );
  return { applications: [ended], properties: [home] };
}

/** The officer suspends for a missing document; it is added, and the platform relays the decision. */
async function supplement(props: Props): Promise<Played> {
  const { stage } = props;
  const home = newProperty();
  const dossier = pledgeOf(stage, home);
  await prepared(props, dossier);
  const taken = await takenByEgkn(props, await confirmedAndFiled(props, dossier));
  const halt = { decision: 'SUSPEND' as const, grounds: [documentsOwed] };
  const suspended = await carriedOut(props, await signedDecision(props, taken, halt));
  await groundsHandedOver(props, suspended);
  stage.say(
    'The officer suspends: everyone sees the ground of article 27 and the hash of the reasons; the State Corporation and Alpha read the reasons, until the purge.',
  );
  const added = await checked(props, await supplemented(props, dossier));
  stage.say(
    'For the missing document everyone signs the application with it anew. The fee stays paid, and no time runs until the resumption.',
  );
  const onward = await signedDecision(props, added, { decision: 'RESUME' });
  const resumed = await checked(props, await carriedOut(props, onward));
  stage.say(
    'Resumed, the home, its owners and the list of terrorists are looked up anew: meanwhile they may have changed.',
  );
  const signed = await signedDecision(props, resumed, { decision: 'REGISTER' });
  const decided = await carriedOut(props, signed, { org: cast.platform });
  stage.say(
    "Alpha relays the officer's decision: the State Corporation's peer seals it all the same.",
  );
  return { applications: [decided], properties: [home] };
}
