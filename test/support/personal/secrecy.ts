/** A network on which the story was played, and what anyone is told of the people in it. */
import { expect } from 'chai';
import type { LedgerConnection } from '../../../gateway/ledger/connection.ts';
import { connect, type NetworkInfo } from '../../../scripts/network-info.ts';
import { RunningStage } from '../../../scripts/running-stage.ts';
import { answersTo, blocksOf, eventsOf } from './channels.ts';
import { privateDataOf } from './private-stream.ts';
import { type PlayedRun, playedRun } from './run.ts';
import { PersonalScanner, sightingsIn, type Written } from './scanner.ts';

/** A stranger to all that is played. */
export const stranger = { org: 'beta', user: 'User1' };

/** Who holds what the story deposits. */
export const holders = [
  ['alpha', 'AlphaMSP'],
  ['goscorp', 'GosCorpMSP'],
] as const;

/** What was played, on which network, and who looks at it. */
export class PlayedNetwork {
  readonly info: NetworkInfo;
  readonly stage: RunningStage;
  readonly run: PlayedRun;
  readonly scanner: PersonalScanner;
  /** The stranger's connection. */
  readonly beta: LedgerConnection;

  private constructor(info: NetworkInfo, stage: RunningStage, run: PlayedRun) {
    this.info = info;
    this.stage = stage;
    this.run = run;
    this.scanner = new PersonalScanner(run.values);
    this.beta = connect(info, stranger);
  }

  static async playedOn(info: NetworkInfo): Promise<PlayedNetwork> {
    const stage = new RunningStage(info, true);
    try {
      return new PlayedNetwork(info, stage, await playedRun(stage));
    } catch (error) {
      stage.close();
      throw error;
    }
  }

  found(written: AsyncIterable<Written>): ReturnType<typeof sightingsIn> {
    return sightingsIn(this.scanner, written);
  }

  /** Where who is told something that only a holder is to be told. */
  async toldTo([name, mspId]: readonly [string, string]): Promise<readonly string[]> {
    const places = {
      'private data': privateDataOf(this.info, name),
      answers: answersTo('own', this.stage, this.run, mspId),
    };
    const told: string[] = [];
    for (const [place, written] of Object.entries(places)) {
      if ((await this.found(written)).sightings.length > 0) told.push(`${name}: ${place}`);
    }
    return told;
  }

  /** The same of all holders. */
  async toldToHolders(): Promise<readonly string[]> {
    const told: string[] = [];
    for (const holder of holders) told.push(...(await this.toldTo(holder)));
    return told;
  }

  close(): void {
    this.beta.close();
    this.stage.close();
  }
}

/** Registers the tests of who is told something before the purge, on whichever network. */
export function tellsHoldersAlone(played: () => PlayedNetwork): void {
  it('is in no block and in no event', async () => {
    const blocks = await played().found(blocksOf(played().beta));
    expect(blocks.sightings).to.eql([]);
    expect(blocks.count).to.be.greaterThan(150);
    const events = await played().found(eventsOf(played().beta));
    expect(events.sightings).to.eql([]);
    expect(events.count).to.be.greaterThan(50);
  });

  it('is in no answer that anyone gets, and in nothing said of what is refused', async () => {
    const { stage, run, scanner } = played();
    const answers = await played().found(answersTo('query', stage, run, 'BetaMSP'));
    expect(answers.sightings).to.eql([]);
    expect(answers.count).to.be.greaterThan(40);
    expect(await played().toldTo(['beta', 'BetaMSP'])).to.eql([]);
    expect(run.refusals).to.have.length(8).and.to.not.include('accepted');
    expect(scanner.scan(run.refusals.join('\n'), 'refusals')).to.eql([]);
  });

  it('is told to its holders until the purge', async () => {
    expect(await played().toldToHolders()).to.eql([
      'alpha: private data',
      'alpha: answers',
      'goscorp: private data',
      'goscorp: answers',
    ]);
  });
}
