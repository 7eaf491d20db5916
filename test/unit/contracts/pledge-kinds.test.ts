import { expect } from 'chai';
import type { CadastralNumber } from '../../../chaincode/kernel/cadastral-number.ts';
import * as pledges from '../../../chaincode/pledges/operations.ts';
import { people } from '../../../gateway/stands/eds/people.ts';
import { chapters } from '../../../gateway/stands/story/kinds.ts';
import { allPurged, type Played } from '../../../gateway/stands/story/pledge.ts';
import { inSlot, type Props } from '../../../gateway/stands/story/props.ts';
import type { KepilLedger } from '../../support/kepil-ledger.ts';
import { readyToFile } from '../../support/kepil-stage.ts';

const alpha = people.alphaHead.bin;
const beta = people.betaHead.bin;

describe('every kind of application, from its dossier to the register', function () {
  this.timeout(60_000);
  let ledger: KepilLedger;
  let props: Props;
  let played = 0;

  before(async () => {
    ({ ledger, props } = await readyToFile());
  });
  after(() => ledger.close());

  /** Plays a chapter in slots of its own; gives the register of each home after it. */
  async function play(name: keyof typeof chapters) {
    played += 10;
    const own = inSlot(props, played);
    const done: Played = await chapters[name](own);
    const registers = await Promise.all(done.properties.map(registerOf));
    await allPurged(own, done);
    // The register is what it was, when nobody keeps the dossiers any more (CN-6).
    expect(await Promise.all(done.properties.map(registerOf))).to.eql(registers);
    for (const { state } of done.applications) expect(state).to.equal('REGISTERED');
    return { ids: done.applications.map(({ id }) => id), registers };
  }

  const registerOf = (property: CadastralNumber) =>
    ledger.done(pledges.register, { property }, { org: 'BetaMSP' });

  it('registers a re-pledge behind the pledge, with the consent of its holder (PL-1)', async () => {
    const { ids, registers } = await play('repledge');
    const [first, second] = registers[0]?.pledges ?? [];
    expect([first?.rank, second?.rank]).to.eql([1, 2]);
    expect([first?.encumbrance.id, second?.encumbrance.id]).to.eql(ids);
    expect(second?.encumbrance.kind).to.equal('REPLEDGE');
    expect(second?.encumbrance.holders.map(({ bin }) => bin)).to.eql([beta]);
  });

  it('changes terms by a supplementary agreement; holder and rank stay (PL-1)', async () => {
    const { ids, registers } = await play('amendment');
    const { encumbrance, rank } = registers[0]?.pledges[0] ?? {};
    expect(encumbrance?.terms.map(({ application }) => application)).to.eql(ids);
    const titles = encumbrance?.terms.map(({ titleDocument }) => titleDocument) ?? [];
    expect(new Set(titles).size).to.equal(2);
    expect(encumbrance?.holders.map(({ bin }) => bin)).to.eql([alpha]);
    expect(rank).to.equal(1);
  });

  it('changes the holder by a cession; terms and rank stay, the record knows both (PL-1)', async () => {
    const { ids, registers } = await play('cession');
    const { encumbrance, rank } = registers[0]?.pledges[0] ?? {};
    const holders = encumbrance?.holders.map(({ bin, application }) => ({ bin, application }));
    expect(holders).to.eql([
      { bin: alpha, application: ids[0] },
      { bin: beta, application: ids[1] },
    ]);
    expect(encumbrance?.terms).to.have.length(1);
    expect(rank).to.equal(1);
  });

  it('changes the order by an agreement of both holders, and keeps it (PL-15)', async () => {
    const { ids, registers } = await play('rank');
    const [first, second, agreement] = ids;
    const register = registers[0];
    expect(register?.pledges.map(({ encumbrance }) => encumbrance.id)).to.eql([second, first]);
    expect(register?.pledges.map(({ rank }) => rank)).to.eql([1, 2]);
    expect(register?.agreements.map(({ application }) => application)).to.eql([agreement]);
  });

  it('releases one of several homes; the pledge of the other lives (TR-3)', async () => {
    const { ids, registers } = await play('partial');
    const [released, kept] = registers.map(({ pledges: [only] }) => only);
    expect(released?.encumbrance.state).to.equal('TERMINATED');
    expect(released?.encumbrance.termination?.application).to.equal(ids[1]);
    expect(released?.rank).to.equal(undefined);
    expect(kept?.encumbrance.state).to.equal('LIVE');
    expect(kept?.rank).to.equal(1);
  });

  it('releases several homes by one application (TR-3)', async () => {
    const { ids, registers } = await play('several');
    const ended = registers.map(
      ({ pledges: [only] }) => only?.encumbrance.termination?.application,
    );
    expect(ended).to.eql([ids[1], ids[1]]);
  });
});
