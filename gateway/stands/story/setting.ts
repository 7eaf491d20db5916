/**
 * What has to be on the ledger before a pledge can be filed: the consortium, the regimes, trust, an
 * admitted platform that is integrated with KDP, heads that are named, a registrar with a mandate.
 */
import type { z } from 'zod';
import * as decisions from '../../../chaincode/decisions/operations.ts';
import { base64Of } from '../../../chaincode/kernel/bytes.ts';
import { plusDays } from '../../../chaincode/kernel/civil-date.ts';
import { localDateOf } from '../../../chaincode/kernel/almaty.ts';
import * as organisations from '../../../chaincode/organisations/operations.ts';
import { checklistItemName } from '../../../chaincode/organisations/schema.ts';
import * as testing from '../../../chaincode/organisations/testing/operations.ts';
import * as regimes from '../../../chaincode/regimes/operations.ts';
import * as roster from '../../../chaincode/roster/operations.ts';
import * as trust from '../../../chaincode/trust/operations.ts';
import { people } from '../eds/people.ts';
import { headsNamed } from './heads.ts';
import { type GivenMandate, mandateGiven } from './mandates.ts';
import { hashOf, salt, type Signers } from './signers.ts';
import { cast, type Stage } from './stage.ts';

export const system = 'pledges';
const { bin } = people.alphaHead;

/** Everything that has to stand before the first filing; what stands already is left as it is. */
export async function readied(stage: Stage, signers: Signers): Promise<GivenMandate> {
  await founded(stage);
  await extended(stage);
  await trusted(stage, signers);
  await headsNamed(stage, signers);
  await admitted(stage, signers);
  return mandated(stage, signers);
}

/** Founds what is missing; every act of it is a decision or a record that anyone can look up. */
export async function founded(stage: Stage): Promise<void> {
  const { members } = await stage.done(roster.members, {}, { org: cast.platform });
  if (members.length > 0) return;
  await stage.done(roster.found, {}, { org: cast.registrar });
  await stage.done(regimes.found, {}, { org: cast.registrar });
  stage.say('The five organisations found the consortium and record the regimes of the law.');
}

/** Has the consortium decide: Alpha proposes; the State Corporation, the authority, NIT approve. */
export async function decided(
  stage: Stage,
  subject: z.input<typeof decisions.propose.input>['subject'],
  reason: string,
): Promise<string> {
  const org = cast.platform;
  const { id: decision } = await stage.done(decisions.propose, { subject, reason }, { org });
  for (const voter of [cast.registrar, cast.authority, cast.operator]) {
    await stage.done(decisions.approve, { id: decision }, { org: voter });
  }
  return decision;
}

/**
 * The pilot, the permits and the mining rules have lapsed: for the demonstration the consortium's
 * first act extends them, by decisions that anyone can look up (RG-3).
 */
export async function extended(stage: Stage): Promise<void> {
  for (const procedure of ['PLEDGE', 'PERMIT', 'MINING'] as const) {
    await extendedIfLapsed(stage, procedure);
  }
}

async function extendedIfLapsed(
  stage: Stage,
  procedure: 'PLEDGE' | 'PERMIT' | 'MINING',
): Promise<void> {
  const today = localDateOf(stage.now());
  const org = cast.platform;
  const { editions } = await stage.done(regimes.editions, { procedure, on: today }, { org });
  if (editions.some(({ standing }) => standing === 'IN_FORCE')) return;
  const last = editions.toSorted((one, other) => (one.lastDay < other.lastDay ? -1 : 1)).at(-1);
  if (last === undefined) throw new Error(`no edition of ${procedure} is recorded`);
  const { edition } = last.edition;
  const subject = {
    kind: 'regime.extension' as const,
    procedure,
    edition,
    until: plusDays(today, 365),
    basis: 'Demonstration',
  };
  const reason = 'It has lapsed; a demonstration needs it in force.';
  const decision = await decided(stage, subject, reason);
  stage.say(
    `${edition} lapsed on ${last.lastDay}: the consortium extends it by decision ${decision}.`,
  );
}

/** The list of trust names the demonstration's own authority, time stamps and KDP key. */
export async function trusted(stage: Stage, signers: Signers): Promise<void> {
  const { issuer, timeStamper } = signers.authority;
  const list = {
    environment: 'TEST' as const,
    authorities: [{ certificate: base64Of(issuer.certificate), note: 'Demonstration authority' }],
    timeStampers: [
      { certificate: base64Of(timeStamper.certificate), note: 'Demonstration time stamps' },
    ],
    kdpKeys: [
      { algorithm: 'ES256' as const, publicKey: signers.kdpKey, note: 'Demonstration KDP' },
    ],
  };
  await decided(stage, { kind: 'trust.list', list }, 'Keys of the demonstration.');
  stage.say("The consortium trusts the demonstration's own authority, and no other.");
}

/** Alpha becomes a party, proves its checklist, and is integrated with KDP. */
export async function admitted(stage: Stage, signers: Signers): Promise<void> {
  const known = await stage.done(organisations.list, {}, { org: cast.platform });
  if (known.organisations.some((each) => each.bin === bin)) return;
  await decided(
    stage,
    {
      kind: 'organisation.admission',
      organisation: {
        bin,
        name: people.alphaHead.organisation,
        kind: 'NON_STATE_SYSTEM_OWNER',
        mspId: cast.platform,
        categories: [],
        systems: [{ id: system, name: 'Pledges' }],
      },
    },
    'Alpha takes part.',
  );
  for (const item of checklistItemName.options) await itemProved(stage, item);
  await integrated(stage, signers);
  stage.say('Alpha is admitted: five items of the checklist, ten answers of KDP, production.');
}

async function itemProved(
  stage: Stage,
  item: (typeof checklistItemName.options)[number],
): Promise<void> {
  const today = localDateOf(stage.now());
  const proofs = [{ number: '1', date: today, hash: hashOf(item) }];
  const validUntil = plusDays(today, 365);
  await stage.done(
    organisations.stateItem,
    { bin, item, proofs, validFrom: today, validUntil },
    { org: cast.platform },
  );
  const { items } = await stage.done(organisations.get, { bin }, { org: cast.operator });
  const seen = items.find((each) => each.item === item);
  if (seen === undefined) throw new Error(`${item} was not stated`);
  const judged = { bin, item, stated: seen.stated };
  await stage.done(organisations.judgeItem, judged, { org: cast.operator });
}

/** Alpha applies for the integration of a system of its own, and the operator approves it. */
export async function approved(stage: Stage, of = { bin, system }): Promise<void> {
  const application = {
    services: ['Registration of pledges of real estate'],
    needed: [{ service: 'GBDFL', businessProcess: 'Identity of the participants' }],
    servicePeriod: 'until the registration',
    storageTime: 'until the service has ended',
    storageDays: 0,
    processingTime: 'one working day',
    storageBasis: 'orders 165/НҚ and 276',
    mode: 'CALL_CENTRE_1414' as const,
    part: 'INITIATOR' as const,
    testProtocols: [hashOf('protocol')],
  };
  await stage.done(
    organisations.applyForKdp,
    { ...of, application, submittedAt: stage.now() },
    { org: cast.platform },
  );
  const decision = { ...of, decidedAt: stage.now() };
  await stage.done(organisations.decideOnKdp, decision, { org: cast.operator });
}

async function integrated(stage: Stage, signers: Signers): Promise<void> {
  await approved(stage);
  await answered(stage, signers);
  await actFiled(stage, signers);
  await stage.done(organisations.reviewTestAct, { bin, system }, { org: cast.operator });
}

/** Ten answers of the test environment, each with a token of its own. */
export async function answered(stage: Stage, signers: Signers): Promise<void> {
  const [of, own] = [{ bin, system }, { org: cast.platform }];
  for (let answer = 1; answer <= 10; answer += 1) {
    const answeredAt = stage.now();
    const claims = { sub: people.coOwner.iin, cbin: bin, access: ['GBDFL'] };
    const { verdict } = await stage.done(
      testing.verifyTestAnswer,
      {
        salt: salt(),
        ...of,
        token: signers.token(claims, answeredAt),
        publicKey: signers.kdpKey,
        answeredAt,
      },
      own,
    );
    await stage.done(testing.countTestAnswer, { verdict }, own);
  }
}

/** Alpha's head signs the act of the ten answers, and Alpha files it. */
export async function actFiled(stage: Stage, signers: Signers): Promise<void> {
  const own = { org: cast.platform };
  const at = stage.now();
  const { record, facts } = await stage.done(testing.testAct, { bin, system }, own);
  const manifest = {
    version: 1 as const,
    purpose: 'testAct' as const,
    channel: stage.channel,
    record,
    revision: 1,
    salt: salt(),
    facts,
  };
  const { version } = await stage.done(trust.list, {}, own);
  const input = {
    salt: salt(),
    bin,
    system,
    act: facts.act,
    headIin: people.alphaHead.iin,
    headSalt: signers.headSalt('alphaHead'),
    evidence: signers.sign('alphaHead', manifest, at),
    found: { signedAt: at, trustVersion: String(version) },
  };
  const { verdict } = await stage.done(testing.verifyTestAct, input, own);
  await stage.done(testing.fileTestAct, { verdict }, own);
}

/** The head of the State Corporation gives an officer a mandate to register. */
export async function mandated(stage: Stage, signers: Signers): Promise<GivenMandate> {
  const given = await mandateGiven(stage, signers, {
    head: 'goscorpHead',
    holder: 'registrar',
    function: 'REGISTRAR',
    org: cast.registrar,
  });
  stage.say('The head of the State Corporation signs a mandate for a registrar.');
  return given;
}
