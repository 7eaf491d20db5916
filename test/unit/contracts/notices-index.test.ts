import { expect } from 'chai';
import type { z } from 'zod';
import * as chaincode from '../../../chaincode/index.ts';
import { documentHashOf } from '../../../chaincode/kernel/document-hash.ts';
import { instantOfMs } from '../../../chaincode/kernel/instant.ts';
import { accepted } from '../../../chaincode/kernel/outcome.ts';
import { command, contractOf } from '../../../chaincode/ledger/contract.ts';
import { registrarMsp } from '../../../chaincode/ledger/institutions.ts';
import type { Operation } from '../../../chaincode/ledger/operation.ts';
import {
  organisation,
  type Organisation,
  organisationType,
} from '../../../chaincode/organisations/schema.ts';
import {
  application,
  type Application,
  applicationType,
} from '../../../chaincode/pledges/application.ts';
import { type Notice, notice, noticeType } from '../../../chaincode/pledges/notices/notice.ts';
import {
  noticesOfApplication,
  noticesToDeliver,
  recordDelivery,
} from '../../../chaincode/pledges/notices/operations.ts';
import { announce } from '../../../chaincode/pledges/notices/standing.ts';
import { UnitLedger } from '../../support/unit-ledger.ts';
import { writing } from '../../support/writing.ts';
import { applicationNumber, banks } from '../pledges/builders.ts';
import { decidedApplication, decisionOf } from '../pledges/notices/builders.ts';

const admitted = writing('admitted', organisation);
const decided = writing('decided', application);
const forged = writing('forged', notice);
const sealed = writing('sealed', notice);

const Records = contractOf('records', [
  command(admitted, async (ledger, data) => {
    await ledger.put(organisationType, data as Organisation);
    return accepted({});
  }),
  command(decided, async (ledger, data) => {
    await announce(ledger, data as Application);
    await ledger.putSealed(applicationType, data as Application, registrarMsp);
    return accepted({});
  }),
  command(forged, async (ledger, data) => {
    await ledger.put(noticeType, data as Notice);
    return accepted({});
  }),
  command(sealed, async (ledger, data) => {
    await ledger.putSealed(noticeType, data as Notice, (data as Notice).deliverer);
    return accepted({});
  }),
]);

const alpha = {
  bin: banks[0],
  name: 'Alpha',
  kind: 'NON_STATE_SYSTEM_OWNER',
  mspId: 'AlphaMSP',
  categories: [],
  systems: [{ id: 'pledges', name: 'Pledges' }],
  admittedBy: 'decision',
};

/** The nth application, decided so many minutes past seven. */
function decidedNumber(n: number, minute: number): Application {
  const decidedAt = instantOfMs(Date.UTC(2026, 2, 10, 7, minute));
  const decisions = [decisionOf('REGISTER', decidedAt)];
  return decidedApplication({ id: applicationNumber(n), decisions });
}

describe('the records of notices', () => {
  let ledger: UnitLedger;
  let keys = 0;

  beforeEach(async () => {
    const contracts = [...chaincode.contracts, Records];
    ledger = await UnitLedger.create({ module: { contracts }, now: '2026-03-10T09:00:00.000Z' });
    await write(admitted, alpha);
  });

  afterEach(() => ledger.close());

  /** Has three organisations write; the State Corporation is one of them unless told. */
  async function write(
    { contract, name }: Operation,
    input: unknown,
    endorsers?: readonly string[],
  ) {
    keys += 1;
    const org = endorsers?.[0] ?? 'GosCorpMSP';
    const calling = { org, ...(endorsers && { endorsers }) };
    const { code, refusal } = await ledger.submit(
      contract,
      name,
      { key: `write-${keys}-of-test`, input },
      calling,
    );
    return refusal ?? code;
  }

  async function ask<Op extends Operation>({ name }: Op, input: z.input<Op['input']>, org: string) {
    const { payload, refusal } = await ledger.evaluate('pledges', name, { input }, { org });
    if (refusal !== undefined) throw new Error(refusal);
    return JSON.parse(payload) as z.output<Op['output']>;
  }

  const numbersOf = ({ notices }: { readonly notices: readonly Notice[] }) =>
    notices.map((each) => Number(each.application.slice(-12)));
  const noticesOn = async (n: number) =>
    (await ask(noticesOfApplication, { application: applicationNumber(n) }, 'BetaMSP')).notices;

  it('list what one has to deliver by the time of the decision, a page at a time', async () => {
    for (const [n, minute] of [
      [1, 4],
      [2, 3],
      [3, 2],
      [4, 1],
    ] as const) {
      expect(await write(decided, decidedNumber(n, minute))).to.equal('VALID');
    }
    const first = await ask(noticesToDeliver, { limit: 2 }, 'GosCorpMSP');
    expect(numbersOf(first)).to.eql([4, 3]);
    await write(decided, decidedNumber(5, 0));
    const second = await ask(noticesToDeliver, { limit: 2, cursor: first.next }, 'GosCorpMSP');
    expect(numbersOf(second)).to.eql([2, 1]);
    expect(second.next).to.equal(undefined);
    const all = await ask(noticesToDeliver, { state: 'DUE' }, 'AlphaMSP');
    expect(numbersOf(all)).to.eql([5, 4, 3, 2, 1]);
    expect(new Set(all.notices.map(({ cabinet }) => cabinet))).to.eql(new Set(['PLATFORM']));
  });

  it('of an application come a page at a time', async () => {
    await write(decided, decidedNumber(1, 0));
    const of = { application: applicationNumber(1), limit: 1 };
    const { notices, next } = await ask(noticesOfApplication, of, 'BetaMSP');
    expect(notices.map(({ role }) => role)).to.eql(['PLEDGOR']);
    const rest = await ask(noticesOfApplication, { ...of, cursor: next }, 'BetaMSP');
    expect(rest.notices.map(({ role }) => role)).to.eql(['PLEDGEE']);
  });

  const accomplices = ['AlphaMSP', 'BetaMSP', 'NitMSP'];
  const attempts = [
    {
      sent: { at: instantOfMs(Date.UTC(2026, 2, 10, 8)), receipt: documentHashOf('sent') },
      ended: {
        at: instantOfMs(Date.UTC(2026, 2, 10, 8)),
        receipt: documentHashOf('delivered'),
        outcome: 'DELIVERED' as const,
      },
    },
  ];

  it('deliver nothing that a majority writes past its deliverer, and stop nobody (SE-3)', async () => {
    await write(decided, decidedNumber(1, 0));
    const [onEgov] = await noticesOn(1);
    const delivered = { ...onEgov!, state: 'DELIVERED' as const, attempts };
    expect(await write(sealed, delivered, accomplices)).to.equal('ENDORSEMENT_POLICY_FAILURE');
    expect(await write(forged, delivered, accomplices)).to.equal('VALID');
    expect((await noticesOn(1))[0]).to.eql(onEgov);
    const sent = {
      application: onEgov!.application,
      decision: 1,
      participant: 2,
      step: 'SENT',
      at: attempts[0]?.sent.at,
      receipt: documentHashOf('really sent'),
    };
    expect(await write(recordDelivery, sent)).to.equal('VALID');
    const after = (await noticesOn(1))[0];
    expect([after?.state, after?.attempts.length]).to.eql(['SENT', 1]);
  });

  it('bring about no notice, and give none to another organisation', async () => {
    await write(decided, decidedNumber(1, 0));
    const [onEgov, onPlatform] = await noticesOn(1);
    // A record of what follows from no decision, sealed by who would deliver it.
    const invented = { ...onPlatform!, decision: 2 };
    expect(await write(sealed, invented, accomplices)).to.equal('VALID');
    // One of the State Corporation's, taken over by Alpha and sealed by it.
    const taken = { ...onEgov!, deliverer: onPlatform!.deliverer };
    expect(await write(sealed, { ...taken, attempts }, accomplices)).to.equal('VALID');
    expect(await noticesOn(1)).to.eql([onEgov, onPlatform]);
    expect((await ask(noticesToDeliver, {}, 'AlphaMSP')).notices).to.eql([onPlatform]);
  });
});
