/** The step of a batch whose turn it is: taken as it should be, or wrongly. */
import fc from 'fast-check';
import { type ModelBatch, signersOf } from '../model/batches.ts';
import type { Model } from '../model/model.ts';
import { carryOutPart, soundCarryingOut } from './carry-out-part.ts';
import { dropSignature } from './drop-signature.ts';
import { openBatch, soundOpening } from './open-batch.ts';
import { purgeBatch } from './purge-batch.ts';
import { signBatch, soundBatchSigning } from './sign-batch.ts';

/** What may go wrong at each step of a batch; which of it counts follows from where it stands. */
export const batchStumbling = fc.record({
  sign: signBatch.choice,
  open: openBatch.choice,
  part: carryOutPart.choice,
  purge: purgeBatch.choice,
  drop: dropSignature.choice,
  turn: fc.nat({ max: 11 }),
});

/** The wrong step for a batch, of those whose turn it is. */
export function stumbleOfBatch(
  model: Model,
  which: ModelBatch,
  {
    sign,
    open,
    part,
    purge,
    drop,
    turn,
  }: typeof batchStumbling extends fc.Arbitrary<infer T> ? T : never,
) {
  const { plan, signatures, isOpened, done } = which;
  if (isOpened) {
    const isOver = done.size === plan.parts.length;
    return turn % 3 === 0 || (isOver && turn % 3 === 1)
      ? purgeBatch.attempt(model, { ...purge, which })
      : carryOutPart.attempt(model, { ...part, which });
  }
  if (turn === 10) return dropSignature.attempt(model, { ...drop, which });
  const signers = signersOf(plan);
  const isSigned = signatures.length >= signers.length;
  const as = signers[turn % signers.length] ?? 'REGISTRAR';
  return isSigned && turn % 2 === 0
    ? openBatch.attempt(model, { ...open, which })
    : signBatch.attempt(model, { ...sign, which, as: turn === 11 ? 'CEDENT' : as });
}

/** The next right step of a batch; none once every part was carried out. */
export function nextOfBatch(model: Model, which: ModelBatch) {
  const { plan, signatures, isOpened, done } = which;
  const as = signersOf(plan).find(
    (signer) => signatures.findLast(({ by }) => by === signer)?.isOther !== false,
  );
  if (!isOpened) {
    return as === undefined
      ? openBatch.attempt(model, { ...soundOpening, which })
      : signBatch.attempt(model, { ...soundBatchSigning, which, as });
  }
  const part = plan.parts.findIndex((_, index) => !done.has(index + 1)) + 1;
  return part === 0 ? undefined : carryOutPart.attempt(model, { ...soundCarryingOut, which, part });
}
