import { expect } from 'chai';
import { instantSchema } from '../../../chaincode/kernel/instant.ts';
import * as pledges from '../../../chaincode/pledges/operations.ts';
import {
  purged,
  registered,
  terminated,
  type Props,
} from '../../../gateway/stands/story/pledge.ts';
import { people } from '../../../gateway/stands/eds/people.ts';
import { admitted, extended, mandated, trusted } from '../../../gateway/stands/story/setting.ts';
import { Signers } from '../../../gateway/stands/story/signers.ts';
import type { Stage } from '../../../gateway/stands/story/stage.ts';
import { KepilLedger } from '../../support/kepil-ledger.ts';

/** The unit tests' ledger as a stage. */
function stageOf(ledger: KepilLedger): Stage {
  return {
    channel: 'kepil',
    now: () => instantSchema.parse(ledger.ledger.now.toISOString()),
    done: (operation, input, caller) => ledger.done(operation, input, caller),
    say: () => undefined,
  };
}

describe('a pledge from its draft to its termination', () => {
  let ledger: KepilLedger;
  let props: Props;

  before(async function () {
    this.timeout(60_000);
    ledger = await KepilLedger.founded('2026-11-20T06:00:00.000Z');
    const stage = stageOf(ledger);
    const signers = new Signers();
    await extended(stage);
    await trusted(stage, signers);
    await admitted(stage, signers);
    props = { stage, signers, mandate: await mandated(stage, signers), slot: 1 };
  });

  after(() => ledger.close());

  it('is registered, ranked, released and purged', async function () {
    this.timeout(60_000);
    const pledge = await registered(props);
    expect(pledge).to.include({ state: 'REGISTERED', edition: 'pilot-2025', isLate: false });
    const [target] = pledge.targets;
    const question = { property: target?.property ?? '' };
    const before = await ledger.done(pledges.register, question, { org: 'BetaMSP' });
    expect(before.pledges.map(({ rank }) => rank)).to.eql([1]);

    const ended = await terminated({ ...props, slot: 2 }, pledge);
    expect(ended.state).to.equal('REGISTERED');
    const after = await ledger.done(pledges.register, question, { org: 'BetaMSP' });
    expect(after.pledges[0]?.encumbrance.state).to.equal('TERMINATED');

    const held = await ledger.done(
      pledges.readDossier,
      { application: pledge.id },
      { org: 'AlphaMSP' },
    );
    expect(held.pledgors).to.have.length(1);
    await purged(props, pledge);
    for (const org of ['AlphaMSP', 'GosCorpMSP']) {
      const gone = await ledger.call(pledges.readDossier, { application: pledge.id }, { org });
      expect(gone.codes).to.eql(['DOSSIER_NOT_HELD']);
    }
    const still = await ledger.done(pledges.register, question, { org: 'BetaMSP' });
    expect(still.pledges).to.eql(after.pledges);
  });

  it('leaves no personal value in any block or event', async function () {
    this.timeout(60_000);
    const personal = Object.values(people).flatMap(({ iin, surname }) => [iin, surname]);
    for (let number = 0n; number < ledger.ledger.channel.height(); number += 1n) {
      const block = await ledger.ledger.channel.block(number);
      const bytes = Buffer.from(block?.serializeBinary() ?? []);
      for (const value of personal) {
        expect(bytes.includes(Buffer.from(value)), `${number}: ${value.length}`).to.equal(false);
      }
    }
  });
});
