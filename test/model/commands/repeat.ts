/** The same call again, and another call under a key that was used. */
import fc from 'fast-check';
import { checkRefused } from '../invariants/outcome.ts';
import { ModelLedger } from '../ledger/model-ledger.ts';
import { World } from '../ledger/world.ts';
import type { Sent } from '../scene/scene.ts';
import type { Step } from './steps.ts';

const index = fc.nat({ max: 200 });

/** A call that was carried out arrives a second time: the same answer, and nothing changes. */
export const repeat: fc.Arbitrary<Step> = index.map((drawn) => ({
  toString: () => `repeat ${drawn}`,
  play: async (scene) => {
    const sent = scene.sent[drawn % Math.max(scene.sent.length, 1)];
    if (sent === undefined) return;
    const { operation, call, by } = sent;
    const before = new World(scene.ledger.world);
    const result = await scene.submitted(`${by.org} repeats ${operation.name}`, call);
    if (result.answer !== sent.answer) {
      throw new Error(`a repetition was answered otherwise: ${result.error ?? result.answer}`);
    }
    if (!scene.ledger.world.equals(before)) throw new Error('a repetition changed the ledger');
    if (result.event !== undefined) throw new Error('a repetition told its event again');
    scene.coverage.accepted('repeat', '');
  },
}));

/** Another body under a key that was used is refused, and changes nothing. */
export const reuse: fc.Arbitrary<Step> = fc.tuple(index, index).map(([first, second]) => ({
  toString: () => `reuse the key of ${first} for ${second}`,
  play: async (scene) => {
    const { sent } = scene;
    const [earlier, other] = [first, second].map((each) => sent[each % Math.max(sent.length, 1)]);
    if (earlier === undefined || other === undefined || !isUnequal(earlier, other)) return;
    const { key } = earlier.call.calling;
    const call = ModelLedger.callOf(other.operation, other.input, { ...other.by, key });
    const result = await scene.submitted(`${other.by.org} reuses a key`, call);
    const codes = result.answer === undefined ? checkRefused(result) : [];
    if (!codes.includes('KEY_REUSED_WITH_ANOTHER_BODY')) throw new Error('a key was reused');
    scene.coverage.refused('KEY_REUSED_WITH_ANOTHER_BODY');
  },
}));

/** Two calls that one organisation could confuse: keys of public and private commands never meet. */
function isUnequal(one: Sent, other: Sent): boolean {
  const isPrivate = ({ operation }: Sent) => operation.shape.kind === 'private';
  return (
    one.by.org === other.by.org &&
    isPrivate(one) === isPrivate(other) &&
    (one.operation !== other.operation || JSON.stringify(one.input) !== JSON.stringify(other.input))
  );
}
