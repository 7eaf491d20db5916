/** `kepil demo`: plays a procedure on the running network, each step said in a sentence. */
import { type Command, Option } from 'commander';
import * as pledgeOperations from '../../chaincode/pledges/operations.ts';
import { type ChapterName, chapters } from '../../gateway/stands/story/kinds.ts';
import { allPurged, type Played } from '../../gateway/stands/story/pledge.ts';
import { readied } from '../../gateway/stands/story/setting.ts';
import { salt, Signers } from '../../gateway/stands/story/signers.ts';
import { cast, type Stage } from '../../gateway/stands/story/stage.ts';
import { examples, print } from '../command-line.ts';
import { defaultNetwork } from '../config.ts';
import { readInfo } from '../network-info.ts';
import { RunningStage } from '../running-stage.ts';

type Options = { readonly network: string; readonly json?: boolean; readonly kind: Kind };

/** One chapter of the story, or all of them one after the other. */
type Kind = ChapterName | 'all';

/** A platform's slots for open dossiers (`pledges:deposit`), and how many a chapter may take. */
const [slotsMax, slotsEach] = [1000, 10];

export function register(program: Command): void {
  const demo = program.command('demo').description('play a procedure on the running network');
  const names = Object.keys(chapters) as ChapterName[];
  const command = demo
    .command('pledge')
    .description('one pledge from its draft to its termination and the purge of its dossier')
    .addOption(
      new Option('--kind <kind>', 'another kind of application, with the pledge that it is about')
        .choices([...names, 'all'])
        .default('pledge'),
    )
    .option('--network <place>', "the network's folder or info file", defaultNetwork())
    .option('--json', 'print JSON')
    .action(playPledge);
  examples(command, [
    ['kepil demo pledge', 'with the demonstration keys; can be played again'],
    ['kepil demo pledge --kind cession', 'the claim is ceded, and the pledge with it'],
    ['kepil demo pledge --kind all', 'every kind, one after the other'],
  ]);
}

async function playPledge({ network, json, kind }: Options): Promise<void> {
  const stage = new RunningStage(readInfo(network), json ?? false);
  try {
    const signers = new Signers();
    const mandate = await readied(stage, signers);
    const names = kind === 'all' ? (Object.keys(chapters) as ChapterName[]) : [kind];
    const shown = [];
    for (const name of names) {
      const props = { stage, signers, mandate, slot: firstSlot() };
      const played = await chapters[name](props);
      await allPurged(props, played);
      shown.push({ kind: name, ...(await shownBy(stage, played)) });
    }
    const property = shown.at(-1)?.registers[0]?.property ?? '';
    print(
      json,
      { played: shown },
      `Look for yourself, as any organisation:\n  npx kepil call pledges register '{"property":"${property}"}' --org beta`,
    );
  } finally {
    stage.close();
  }
}

/** Chance keeps what is played again from the slots of what was not purged. */
function firstSlot(): number {
  const chapter = Number.parseInt(salt().slice(0, 6), 16) % (slotsMax / slotsEach);
  return 1 + chapter * slotsEach;
}

/** The applications that were played, and the registers of the homes as the authority sees them. */
async function shownBy(stage: Stage, { applications, properties }: Played) {
  const registers = [];
  for (const property of properties) {
    const asked = { org: cast.authority };
    const shown = await stage.done(pledgeOperations.register, { property }, asked);
    registers.push({ property, ...shown });
  }
  return { applications: applications.map(({ id }) => id), registers };
}
