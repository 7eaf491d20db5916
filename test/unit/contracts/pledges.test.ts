import { expect } from 'chai';
import * as pledges from '../../../chaincode/pledges/operations.ts';
import { purged, registered, terminated } from '../../../gateway/stands/story/pledge.ts';
import { people } from '../../../gateway/stands/eds/people.ts';
import { salt } from '../../../gateway/stands/story/signers.ts';
import type { Stage } from '../../../gateway/stands/story/stage.ts';
import { refusalOf, tampered } from '../../support/kepil-stage.ts';
import { unitPlayground } from '../../support/unit-playground.ts';

describe('a pledge from its draft to its termination', () => {
  const { ledger, props, next } = unitPlayground();

  it('is registered, ranked, released and purged', async function () {
    this.timeout(60_000);
    const pledge = await registered(props());
    expect(pledge).to.include({ state: 'REGISTERED', edition: 'pilot-2025', isLate: false });
    const [target] = pledge.targets;
    const question = { property: target?.property ?? '' };
    const before = await ledger().done(pledges.register, question, { org: 'BetaMSP' });
    expect(before.pledges.map(({ rank }) => rank)).to.eql([1]);

    const ended = await terminated(next(), pledge);
    expect(ended.state).to.equal('REGISTERED');
    const after = await ledger().done(pledges.register, question, { org: 'BetaMSP' });
    expect(after.pledges[0]?.encumbrance.state).to.equal('TERMINATED');

    const held = await ledger().done(
      pledges.readDossier,
      { application: pledge.id },
      { org: 'AlphaMSP' },
    );
    expect(held.pledgors).to.have.length(1);
    await purged(props(), pledge);
    for (const org of ['AlphaMSP', 'GosCorpMSP']) {
      const gone = await ledger().call(pledges.readDossier, { application: pledge.id }, { org });
      expect(gone.codes).to.eql(['DOSSIER_NOT_HELD']);
    }
    const still = await ledger().done(pledges.register, question, { org: 'BetaMSP' });
    expect(still.pledges).to.eql(after.pledges);
  });

  it('leaves no personal value in any block or event', async function () {
    this.timeout(60_000);
    const personal = Object.values(people).flatMap(({ iin, surname }) => [iin, surname]);
    for (let number = 0n; number < ledger().ledger.channel.height(); number += 1n) {
      const block = await ledger().ledger.channel.block(number);
      const bytes = Buffer.from(block?.serializeBinary() ?? []);
      for (const value of personal) {
        expect(bytes.includes(Buffer.from(value)), `${number}: ${value.length}`).to.equal(false);
      }
    }
  });
});

describe('a registration that must not succeed', function () {
  this.timeout(60_000);
  const { props, next } = unitPlayground();

  it('is refused where an officer decides without a mandate (SE-3)', async () => {
    const own = next();
    const stranger = { ...own, mandate: { ...own.mandate, salt: salt() } };
    expect(await refusalOf(registered(stranger))).to.contain('MANDATE_HOLDER_DIFFERS');
  });

  it('is refused where the platform itself registers (PL-11)', async () => {
    const asPlatform: Stage = {
      ...tampered(props().stage, () => undefined),
      done: (operation, input) => props().stage.done(operation, input, { org: 'AlphaMSP' }),
    };
    const refusal = await refusalOf(registered({ ...next(), stage: asPlatform }));
    expect(refusal).to.contain('NOT_ALLOWED');
  });
});
