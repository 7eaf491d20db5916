import { expect } from 'chai';
import { base64Of } from '../../../chaincode/kernel/bytes.ts';
import type { Instant } from '../../../chaincode/kernel/instant.ts';
import * as organisations from '../../../chaincode/organisations/operations.ts';
import { statedHash } from '../../../chaincode/organisations/rules.ts';
import * as testing from '../../../chaincode/organisations/testing/operations.ts';
import { people } from '../../../gateway/stands/eds/people.ts';
import { headsNamed } from '../../../gateway/stands/story/heads.ts';
import {
  actFiled,
  answered,
  approved,
  extended,
  system,
  trusted,
} from '../../../gateway/stands/story/setting.ts';
import { hashOf, salt, Signers } from '../../../gateway/stands/story/signers.ts';
import { cast } from '../../../gateway/stands/story/stage.ts';
import { KepilLedger } from '../../support/kepil-ledger.ts';
import { refusalOf, stageOf, tampered } from '../../support/kepil-stage.ts';

const alpha = { org: cast.platform };
const { bin } = people.alphaHead;
const other = 'archive';
const claims = { sub: people.coOwner.iin, cbin: bin, access: ['GBDFL'] };

const admission = {
  kind: 'organisation.admission' as const,
  organisation: {
    bin,
    name: 'Alpha',
    kind: 'NON_STATE_SYSTEM_OWNER' as const,
    mspId: cast.platform,
    categories: [],
    systems: [
      { id: system, name: 'Pledges' },
      { id: other, name: 'Archive' },
    ],
  },
};

describe('answers of the test environment and their act (OR-4)', function () {
  this.timeout(60_000);
  let ledger: KepilLedger;
  const signers = new Signers();

  before(async () => {
    ledger = await KepilLedger.founded('2026-11-20T06:00:00.000Z');
    const stage = stageOf(ledger);
    await extended(stage);
    await trusted(stage, signers);
    await headsNamed(stage, signers);
    await ledger.decide(admission);
    await approved(stage);
    await approved(stage, { bin, system: other });
  });
  after(() => ledger.close());

  const now = () => stageOf(ledger).now();

  /** What comes of a token that is said to have come at a time. */
  async function sent(
    token: string,
    answeredAt: Instant = now(),
    of = system,
    publicKey = signers.kdpKey,
  ): Promise<readonly string[]> {
    const input = { salt: salt(), bin, system: of, token, publicKey, answeredAt };
    const { answer, codes } = await ledger.call(testing.verifyTestAnswer, input, alpha);
    if (answer === undefined) return codes;
    return (await ledger.call(testing.countTestAnswer, answer, alpha)).codes;
  }

  const counted = async () =>
    (await ledger.done(organisations.get, { bin }, alpha)).integrations.map(
      ({ answers }) => answers.length,
    );

  it('count with a token of this initiator, with access, in force, given during the tests', async () => {
    const stale = '2020-01-01T00:00:00.000Z' as Instant;
    const early = '2026-11-20T05:59:59.000Z' as Instant;
    expect(await sent(signers.token({ ...claims, cbin: people.betaHead.bin }, now()))).to.eql([
      'TEST_ANSWER_OF_ANOTHER_INITIATOR',
    ]);
    expect(await sent(signers.token({ ...claims, access: [] }, now()))).to.eql([
      'TEST_ANSWER_UNREADABLE',
    ]);
    expect(await sent(signers.token(claims, stale))).to.eql([
      'TEST_ANSWER_OUTSIDE_PERIOD',
      'TEST_ANSWER_EXPIRED',
    ]);
    expect(await sent(signers.token(claims, early))).to.eql(['TEST_ANSWER_OUTSIDE_PERIOD']);
    const ahead = '2026-11-20T06:15:00.001Z' as Instant;
    expect(await sent(signers.token(claims, now()), ahead)).to.eql(['TEST_ANSWER_OUTSIDE_PERIOD']);
    expect(await sent(signers.token(claims, now()), early)).to.eql(['TEST_ANSWER_OUTSIDE_PERIOD']);
    expect(await counted()).to.eql([0, 0]);
  });

  it('count once among all systems, however the signature is written', async () => {
    const token = signers.token(claims, now());
    expect(await sent(token)).to.eql([]);
    expect(await sent(token)).to.eql(['TEST_ANSWER_COUNTED_ALREADY']);
    expect(await sent(token, now(), other)).to.eql(['TEST_ANSWER_COUNTED_ALREADY']);
    expect(await sent(mirrored(token), now(), other)).to.eql(['TEST_ANSWER_COUNTED_ALREADY']);
    expect(await counted()).to.have.members([0, 1]);
  });

  it('make an act that the head signs, exactly as the ledger shows it', async () => {
    const stage = stageOf(ledger);
    const before = await ledger.done(testing.testAct, { bin, system }, alpha);
    await answered(stage, signers);
    const { text, facts } = await ledger.done(testing.testAct, { bin, system }, alpha);
    expect(hashOf(text)).to.equal(facts.act).and.not.to.equal(before.facts.act);
    expect(facts.answers).to.equal('11');

    const signedOf = (change: (input: never) => object) =>
      refusalOf(
        actFiled(
          tampered<never>(stage, ({ name }, input) =>
            name === 'verifyTestAct' ? change(input) : undefined,
          ),
          signers,
        ),
      );
    expect(await signedOf((input: object) => ({ ...input, act: before.facts.act }))).to.contain(
      'TEST_ACT_DIFFERS',
    );
    const at = now();
    const signs = (name: 'alphaHead' | 'alphaSuccessor', changed: object) => ({
      headIin: people[name].iin,
      evidence: signers.sign(
        name,
        {
          version: 1,
          purpose: 'testAct',
          channel: stage.channel,
          record: `${bin}:${system}`,
          revision: 1,
          salt: salt(),
          facts,
          ...changed,
        },
        at,
      ),
    });
    for (const [code, signed] of [
      ['TEST_ACT_FACTS_DIFFER', signs('alphaHead', { facts: before.facts })],
      ['PURPOSE_MISMATCH', signs('alphaHead', { purpose: 'confirmation' })],
      ['RECORD_MISMATCH', signs('alphaHead', { record: `${bin}:${other}` })],
      ['HEAD_UNKNOWN', signs('alphaSuccessor', {})],
    ] as const) {
      expect(await signedOf((input: object) => ({ ...input, ...signed })), code).to.contain(code);
    }

    const invented = JSON.stringify({ act: facts.act, bin, system, verdict: 'TEST_ACT' });
    const filed = await ledger.call(testing.fileTestAct, { verdict: invented }, alpha);
    expect(filed.codes).not.to.eql([]);

    await actFiled(stage, signers);
    const { integrations } = await ledger.done(organisations.get, { bin }, alpha);
    const integration = integrations.find((each) => each.system === system);
    expect(integration).to.include({ state: 'ACT_FILED', act: facts.act });
    expect(integration?.actSigned?.signedAt).to.equal(at);
  });

  it('is not filed by a verdict on an act that has grown since', async () => {
    const stage = stageOf(ledger);
    await ledger.done(
      organisations.reviewTestAct,
      { bin, system, reason: 'one more answer' },
      { org: cast.operator },
    );
    const late = tampered<never>(stage, async ({ name }) => {
      if (name === 'fileTestAct') await sent(signers.token(claims, now()));
      return undefined;
    });
    expect(await refusalOf(actFiled(late, signers))).to.contain('TEST_ACT_DIFFERS');
  });

  it('stand beside items that are judged as they are stated now (OR-2)', async () => {
    const of = { bin, item: 'KDP_CONNECTION' as const };
    const state = (number: string) =>
      ledger.done(
        organisations.stateItem,
        {
          ...of,
          proofs: [{ number, date: '2026-01-01', hash: hashOf(number) }],
          validFrom: '2026-01-01',
        },
        alpha,
      );
    const judge = async (stated: string) =>
      (await ledger.call(organisations.judgeItem, { ...of, stated }, { org: cast.operator })).codes;
    const good = statedHash(await state('good'));
    await state('bad');
    expect(await judge(good)).to.eql(['ITEM_STATED_ANEW']);
    const { items } = await ledger.done(organisations.get, { bin }, alpha);
    expect(items[0]?.state).to.equal('STATED');
    expect(await judge(items[0]?.stated ?? '')).to.eql([]);
  });
});

describe('answers of the test environment on a ledger of production (OR-4)', function () {
  this.timeout(30_000);
  const signers = new Signers();

  /** The codes for a token under this key, where the list of trust names it in one of two places. */
  async function codesBy(place: 'kdpKeys' | 'kdpTestKeys'): Promise<readonly string[]> {
    const ledger = await KepilLedger.founded('2026-11-20T06:00:00.000Z');
    const stage = stageOf(ledger);
    const key = { algorithm: 'ES256' as const, publicKey: signers.kdpKey, note: 'KDP' };
    const authorities = [
      { certificate: base64Of(signers.authority.issuer.certificate), note: 'Authority' },
    ];
    const list = {
      environment: 'PRODUCTION' as const,
      authorities,
      timeStampers: [],
      kdpKeys: [],
      [place]: [key],
    };
    await ledger.decide({ kind: 'trust.list', list });
    await ledger.decide(admission);
    await approved(stage);
    const sent = {
      salt: salt(),
      bin,
      system,
      token: signers.token(claims, stage.now()),
      publicKey: signers.kdpKey,
      answeredAt: stage.now(),
    };
    const { codes } = await ledger.call(testing.verifyTestAnswer, sent, alpha);
    await ledger.close();
    return codes;
  }

  it('are none by a key of production, and some by a key of the tests', async () => {
    expect(await codesBy('kdpKeys')).to.eql(['KDP_KEY_NOT_TRUSTED']);
    expect(await codesBy('kdpTestKeys')).to.eql([]);
  });
});

/** The same token with the other of the two signatures that anyone can make of one. */
function mirrored(token: string): string {
  const n = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
  const end = token.lastIndexOf('.');
  const bytes = Buffer.from(token.slice(end + 1), 'base64url');
  const s = n - BigInt(`0x${bytes.subarray(32).toString('hex')}`);
  const turned = Buffer.from(s.toString(16).padStart(64, '0'), 'hex');
  const signature = Buffer.concat([bytes.subarray(0, 32), turned]).toString('base64url');
  return `${token.slice(0, end)}.${signature}`;
}
