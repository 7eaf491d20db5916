import { expect } from 'chai';
import type { ApplicationId } from '../../../chaincode/kernel/application-id.ts';
import {
  noticesOfApplication,
  noticesToDeliver,
} from '../../../chaincode/pledges/notices/operations.ts';
import { people } from '../../../gateway/stands/eds/people.ts';
import { notified } from '../../../gateway/stands/story/notices.ts';
import { cessionLine, egknLine, PortfolioScene } from '../../support/portfolio-scene.ts';

const { bin: alpha } = people.alphaHead;
const { bin: beta } = people.betaHead;

describe('the notices of a portfolio (PL-14)', () => {
  let scene: PortfolioScene;
  const entries = [1, 2, 3].map((n) => egknLine(n));
  const [first = [], second = []] = [entries.slice(0, 2), entries.slice(2)].map((lines) =>
    lines.map(cessionLine),
  );

  before(async () => {
    scene = await PortfolioScene.create();
    await scene.imports(entries);
  });

  after(() => scene.close());

  const noticesOf = async (application: string) => {
    const asked = { application: application as ApplicationId };
    const { notices } = await scene.ledger.done(noticesOfApplication, asked, { org: 'NitMSP' });
    return notices.map(({ decision, role, holder, cabinet, deliverer, state }) =>
      [decision, role, holder, cabinet, deliverer, state].filter(Boolean).join(' '),
    );
  };

  it('tell both holders and the pledgors of each part that was carried out, and of no other', async () => {
    const batch = await scene.opensCession(first, second);
    expect(await noticesOf(batch)).to.eql([]);
    await scene.cedes(batch, 1, first);
    const due = [
      `1 HOLDER ${beta} PLATFORM BetaMSP DUE`,
      `1 HOLDER ${alpha} PLATFORM AlphaMSP DUE`,
      '1 PLEDGEE PLATFORM AlphaMSP DUE',
      '1 PLEDGORS EGOV GosCorpMSP DUE',
    ];
    expect(await noticesOf(batch)).to.have.members(due);
    const asked = { state: 'DUE' as const };
    const { notices } = await scene.ledger.done(noticesToDeliver, asked, { org: 'AlphaMSP' });
    expect(notices.filter(({ application }) => application === batch)).to.have.lengthOf(2);

    expect(await notified(scene.props.stage, { id: batch as ApplicationId })).to.eql({
      platform: 3,
      egov: 1,
    });
    expect(await noticesOf(batch)).to.have.members(
      due.map((each) => each.replace('DUE', 'DELIVERED')),
    );
  });

  it('are none where no line had its effect', async () => {
    const batch = await scene.opensCession(first);
    const { answer } = await scene.cedes(batch, 1, first);
    expect(answer?.refused).to.have.lengthOf(2);
    expect(await noticesOf(batch)).to.eql([]);
  });

  it('are none of an import, of which EGKN told its parties', async () => {
    const [outcome] = await scene.imports([egknLine(9)]);
    expect(await noticesOf(outcome?.batch ?? '')).to.eql([]);
  });
});
