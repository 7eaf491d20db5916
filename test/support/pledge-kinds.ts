/** What must hold of each kind of application, on whichever network it is played. */
import { expect } from 'chai';
import type { z } from 'zod';
import * as pledges from '../../chaincode/pledges/operations.ts';
import { people } from '../../gateway/stands/eds/people.ts';
import { type ChapterName, chapters } from '../../gateway/stands/story/kinds.ts';
import { allPurged, type Played } from '../../gateway/stands/story/pledge.ts';
import { inSlot, type Props } from '../../gateway/stands/story/props.ts';
import type { Stage } from '../../gateway/stands/story/stage.ts';

type Register = z.output<typeof pledges.register.output>;

/** What a chapter left: the ids of its applications, the register of each of its homes. */
type Left = { readonly ids: readonly string[]; readonly registers: readonly Register[] };

const alpha = people.alphaHead.bin;
const beta = people.betaHead.bin;

/** Slots of one chapter. */
const slotsEach = 10;

/** Each chapter, what it shows in the words of a test, and what must stand in the register then. */
export const kinds: Readonly<Record<ChapterName, readonly [string, (left: Left) => void]>> = {
  pledge: ['releases a pledge (TR-3)', released],
  repledge: ['registers a re-pledge behind the pledge, with its holder’s consent (PL-1)', second],
  amendment: ['changes terms by a supplementary agreement; holder and rank stay (PL-1)', amended],
  cession: ['changes the holder by a cession; terms and rank stay (PL-1)', ceded],
  rank: ['changes the order by an agreement of both holders (PL-15)', exchanged],
  partial: ['releases one of several homes; the pledge of the other lives (TR-3)', halfReleased],
  several: ['releases several homes by one application (TR-3)', released],
  refusal: ['ends with the refusal of the pledgee’s head, and registers nothing (PL-8)', nothing],
  supplement: ['registers what was suspended and supplemented (PL-13)', single],
};

/** The names of the chapters, in order. */
export const kindNames = Object.keys(chapters) as ChapterName[];

/** Plays a chapter in slots of its own; the register keeps what it says after the purge (CN-6). */
export async function kindHolds(props: Props, name: ChapterName): Promise<void> {
  const own = inSlot(props, kindNames.indexOf(name) * slotsEach);
  const played: Played = await chapters[name](own);
  const registers = await registersOf(props.stage, played);
  const ids = played.applications.map(({ id }) => id);
  kinds[name][1]({ ids, registers });
  await allPurged(own, played);
  expect(await registersOf(props.stage, played)).to.eql(registers);
}

/** The registers as Beta sees them, which has no part in the filing. */
async function registersOf(stage: Stage, { properties }: Played): Promise<readonly Register[]> {
  const registers: Register[] = [];
  for (const property of properties) {
    registers.push(await stage.done(pledges.register, { property }, { org: 'BetaMSP' }));
  }
  return registers;
}

function released({ ids, registers }: Left): void {
  expect(registers).not.to.eql([]);
  for (const { pledges: all } of registers) {
    expect(all.map(({ encumbrance }) => encumbrance.termination?.application)).to.eql([ids[1]]);
    expect(all[0]?.rank).to.equal(undefined);
  }
}

function second({ ids, registers }: Left): void {
  const all = registers[0]?.pledges ?? [];
  expect(all.map(({ rank }) => rank)).to.eql([1, 2]);
  expect(all.map(({ encumbrance }) => encumbrance.id)).to.eql(ids);
  expect(all.map(({ encumbrance }) => encumbrance.kind)).to.eql(['PLEDGE', 'REPLEDGE']);
  expect(all[1]?.encumbrance.holders.map(({ bin }) => bin)).to.eql([beta]);
}

function amended({ ids, registers }: Left): void {
  const { encumbrance, rank } = registers[0]?.pledges[0] ?? {};
  expect(encumbrance?.terms.map(({ application }) => application)).to.eql(ids);
  const titles = encumbrance?.terms.map(({ titleDocument }) => titleDocument);
  expect(new Set(titles).size).to.equal(2);
  expect(encumbrance?.holders.map(({ bin }) => bin)).to.eql([alpha]);
  expect(rank).to.equal(1);
}

function ceded({ ids, registers }: Left): void {
  const { encumbrance, rank } = registers[0]?.pledges[0] ?? {};
  const holders = encumbrance?.holders.map(({ bin, application }) => ({ bin, application }));
  expect(holders).to.eql([
    { bin: alpha, application: ids[0] },
    { bin: beta, application: ids[1] },
  ]);
  expect(encumbrance?.terms).to.have.length(1);
  expect(rank).to.equal(1);
}

function exchanged({ ids: [first, later, agreement], registers: [register] }: Left): void {
  expect(register?.pledges.map(({ encumbrance }) => encumbrance.id)).to.eql([later, first]);
  expect(register?.pledges.map(({ rank }) => rank)).to.eql([1, 2]);
  expect(register?.agreements.map(({ application }) => application)).to.eql([agreement]);
}

function halfReleased({ ids, registers }: Left): void {
  const [gone, kept] = registers.map(({ pledges: [only] }) => only);
  expect(gone?.encumbrance.termination?.application).to.equal(ids[1]);
  expect(gone?.rank).to.equal(undefined);
  expect(kept?.encumbrance.state).to.equal('LIVE');
  expect(kept?.rank).to.equal(1);
}

function nothing({ registers }: Left): void {
  expect(registers.map(({ pledges: all }) => all)).to.eql([[]]);
}

function single({ ids, registers }: Left): void {
  expect(registers[0]?.pledges.map(({ encumbrance }) => encumbrance.id)).to.eql(ids);
}
