/**
 * The world in which every sequence begins: a consortium with regimes, trust, two admitted platforms
 * and a bank's that the regime excludes, a registrar's mandate. Made once, by real commands.
 */
import { base64Of } from '../../../chaincode/kernel/bytes.ts';
import { plusDays } from '../../../chaincode/kernel/civil-date.ts';
import { localDateOf } from '../../../chaincode/kernel/almaty.ts';
import {
  type Instant,
  knownInstant,
  msOf,
  msPerMinute,
  plusMs,
} from '../../../chaincode/kernel/instant.ts';
import { personHash } from '../../../chaincode/kernel/person-hash.ts';
import * as mandates from '../../../chaincode/mandates/operations.ts';
import * as heads from '../../../chaincode/organisations/heads/operations.ts';
import * as organisations from '../../../chaincode/organisations/operations.ts';
import { statedHash } from '../../../chaincode/organisations/rules.ts';
import { checklistItemName } from '../../../chaincode/organisations/schema.ts';
import * as testing from '../../../chaincode/organisations/testing/operations.ts';
import { decided, extended, founded } from '../../../gateway/stands/story/setting.ts';
import type { Stage } from '../../../gateway/stands/story/stage.ts';
import { ModelLedger } from '../ledger/model-ledger.ts';
import { channelName } from '../ledger/stub.ts';
import { hashOf, idOf, saltOf } from './numbers.ts';
import {
  headsOf,
  type ListedHead,
  listedHeads,
  persons,
  platformHeads,
  platformMsps,
  type PlatformMsp,
  platforms,
  registrar,
  system,
} from './parties.ts';
import { authorities, kdpKey, signed, token } from './pens.ts';

/** When everything in the sequences is signed and paid; calls follow second by second. */
export const morning = knownInstant('2026-11-20T06:00:00.000Z');

/** So many minutes later: EGKN takes within ten, officers decide after them. */
export function minutesOn(minutes: number): Instant {
  return plusMs(morning, minutes * msPerMinute);
}

/** The minute of EGKN's clock, so many after the morning's. */
export function minuteOn(minutes: number): string {
  return `${minutesOn(minutes).slice(0, 16)}Z`;
}

/** The registrar's mandate and what its holder knows of it. */
export const mandate = { id: idOf('mandate'), salt: saltOf('mandate holder') } as const;

/** The version of the list of trust by which everything is verified. */
export const trustVersion = '1';

let made: Promise<ModelLedger> | undefined;

/** A ledger with the setting on it; each call gives the same one, to be copied. */
export function setting(): Promise<ModelLedger> {
  made ??= make();
  return made;
}

async function make(): Promise<ModelLedger> {
  const ledger = new ModelLedger({ now: morning });
  await play(ledger.stage());
  return ledger;
}

/** Sets the scene on any ledger that can be a stage. */
export async function play(stage: Stage): Promise<void> {
  await founded(stage);
  await extended(stage);
  await trusted(stage);
  for (const head of listedHeads.filter((each) => each !== 'bankHead'))
    await headNamed(stage, head);
  for (const org of platformMsps) await admitted(stage, org);
  await mandated(stage);
}

async function trusted(stage: Stage): Promise<void> {
  const pins = Object.values(authorities);
  const list = {
    environment: 'TEST' as const,
    authorities: pins.map(({ issuer }) => ({
      certificate: base64Of(issuer.certificate),
      note: 'Authority of the model',
    })),
    timeStampers: pins.map(({ timeStamper }) => ({
      certificate: base64Of(timeStamper.certificate),
      note: 'Time stamps of the model',
    })),
    kdpKeys: [{ algorithm: 'ES256' as const, publicKey: kdpKey, note: 'KDP of the model' }],
  };
  await decided(stage, { kind: 'trust.list', list }, 'Keys of the model.');
}

async function admitted(stage: Stage, org: PlatformMsp): Promise<void> {
  const bin = platforms[org];
  const organisation = {
    bin,
    name: `Platform of ${org}`,
    kind: 'NON_STATE_SYSTEM_OWNER' as const,
    mspId: org,
    categories: org === 'BankMSP' ? ['SECOND_TIER_BANK'] : [],
    systems: [{ id: system, name: 'Pledges' }],
  };
  await decided(stage, { kind: 'organisation.admission', organisation }, 'It takes part.');
  const from = localDateOf(morning);
  for (const item of checklistItemName.options) {
    const proofs = [{ number: '1', date: from, hash: hashOf(item) }];
    const said = await stage.done(
      organisations.stateItem,
      { bin, item, proofs, validFrom: from },
      { org },
    );
    const judged = { bin, item, stated: statedHash(said) };
    await stage.done(organisations.judgeItem, judged, { org: 'NitMSP' });
  }
  if (org === 'BankMSP') await headNamed(stage, 'bankHead');
  await integrated(stage, org);
}

async function integrated(stage: Stage, org: PlatformMsp): Promise<void> {
  const of = { bin: platforms[org], system };
  const application = {
    services: ['Registration of pledges of real estate'],
    needed: [{ service: 'GBDFL', businessProcess: 'Identity of the participants' }],
    servicePeriod: 'until the registration',
    storageTime: 'until the service has ended',
    storageDays: org === 'BetaMSP' ? 1 : 0,
    processingTime: 'one working day',
    storageBasis: 'orders 165/НҚ and 276',
    mode: 'CALL_CENTRE_1414' as const,
    part: 'INITIATOR' as const,
    testProtocols: [hashOf('protocol')],
  };
  await stage.done(
    organisations.applyForKdp,
    { ...of, application, submittedAt: morning },
    { org },
  );
  await stage.done(organisations.decideOnKdp, { ...of, decidedAt: morning }, { org: 'NitMSP' });
  for (let answer = 1; answer <= 10; answer += 1) {
    const { verdict } = await stage.done(
      testing.verifyTestAnswer,
      {
        salt: saltOf(`answer ${org} ${answer}`),
        ...of,
        token: tokenFor(persons.coOwner.iin, of.bin, `answer ${answer}`),
        publicKey: kdpKey,
        answeredAt: morning,
      },
      { org },
    );
    await stage.done(testing.countTestAnswer, { verdict }, { org });
  }
  await actFiled(stage, org);
  await stage.done(organisations.reviewTestAct, of, { org: 'NitMSP' });
}

/** The platform's head signs the act of its answers, and the platform files it. */
async function actFiled(stage: Stage, org: PlatformMsp): Promise<void> {
  const of = { bin: platforms[org], system };
  const head = platformHeads[org];
  const { record, facts } = await stage.done(testing.testAct, of, { org });
  const manifest = {
    version: 1 as const,
    purpose: 'testAct' as const,
    channel: channelName,
    record,
    revision: 1,
    salt: saltOf(`act manifest ${org}`),
    facts,
  };
  const evidence = signed(head, manifest, morning);
  const { verdict } = await stage.done(
    testing.verifyTestAct,
    {
      salt: saltOf(`act command ${org}`),
      ...of,
      act: facts.act,
      headIin: persons[head].iin,
      headSalt: saltOf(`head ${head}`),
      evidence: { ...evidence, ocsps: [...evidence.ocsps] },
      found: { signedAt: morning, trustVersion },
    },
    { org },
  );
  await stage.done(testing.fileTestAct, { verdict }, { org });
}

/** A token of a person for an initiator, good for the day; the last word tells two of them apart. */
export function tokenFor(sub: string, cbin: string, which: string, at = morning): string {
  const iat = msOf(at) / 1000;
  return token({ sub, cbin, access: [service], iat, exp: iat + 86_400, jti: which });
}

/** The state's service whose data every consent opens. */
export const service = 'GBDFL';

/** An organisation names its head (OR-1). */
async function headNamed(stage: Stage, head: ListedHead): Promise<void> {
  const from = '2026-01-05';
  const appointment = { number: '1', date: from, hash: hashOf(`appointment ${head}`) };
  const { bin } = persons[head];
  await stage.done(
    heads.nameHead,
    { bin, person: headHash(head), from, appointment },
    { org: headsOf[head] },
  );
}

/** The hash by which the list names a head. */
export function headHash(head: ListedHead): string {
  return personHash(saltOf(`head ${head}`), persons[head].iin);
}

async function mandated(stage: Stage): Promise<void> {
  const from = localDateOf(morning);
  const terms = {
    id: mandate.id,
    bin: persons.goscorpHead.bin,
    holder: personHash(mandate.salt, persons.registrar.iin),
    function: 'REGISTRAR' as const,
    from,
    until: plusDays(from, 30),
  };
  const { holder, function: named, until } = terms;
  const manifest = {
    version: 1 as const,
    purpose: 'mandate' as const,
    channel: channelName,
    record: terms.id,
    revision: 1,
    salt: saltOf('mandate manifest'),
    facts: { holder, function: named, from, until },
  };
  const evidence = signed('goscorpHead', manifest, morning);
  const { verdict } = await stage.done(
    mandates.verify,
    {
      salt: saltOf('mandate command'),
      terms,
      headIin: persons.goscorpHead.iin,
      headSalt: saltOf('head goscorpHead'),
      holderIin: persons.registrar.iin,
      holderSalt: mandate.salt,
      evidence: { ...evidence, ocsps: [...evidence.ocsps] },
      found: { signedAt: morning, trustVersion },
    },
    { org: registrar },
  );
  await stage.done(mandates.record, { verdict }, { org: registrar });
}
