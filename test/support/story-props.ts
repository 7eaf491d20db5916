/** What the story plays with on a stage of which nothing is readied yet. */
import type { Props } from '../../gateway/stands/story/props.ts';
import { readied } from '../../gateway/stands/story/setting.ts';
import { Signers } from '../../gateway/stands/story/signers.ts';
import type { Stage } from '../../gateway/stands/story/stage.ts';

/** Does what has to be on the ledger before a pledge can be filed. */
export async function readyOn(stage: Stage, signers = new Signers()): Promise<Props> {
  return { stage, signers, mandate: await readied(stage, signers), slot: 1 };
}
