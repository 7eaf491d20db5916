/** The stand for NCALayer beside `npm start`: pages sign with the demonstration keys. */
import { instantOfMs } from '../chaincode/kernel/instant.ts';
import { type NcaLayerStand, startNcaLayerStand } from '../gateway/stands/ncalayer/stand.ts';

export type Offer = {
  readonly port: number;
  /** How far the network's clock is from this machine's: what is signed must bear its time. */
  readonly clockOffsetMs: number;
  readonly say: (line: string) => void;
};

/** Starts the stand; where its port is taken, says so and does without. */
export async function offerNcaLayer({
  port,
  clockOffsetMs,
  say,
}: Offer): Promise<NcaLayerStand | undefined> {
  const user = { person: 'pledgor', cancels: false } as const;
  const clock = () => instantOfMs(Date.now() + clockOffsetMs);
  try {
    return await startNcaLayerStand({ port, user, clock });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    say(
      `Port ${port} is taken, perhaps by NCALayer itself: no stand for it was started. ` +
        'Close it, or name another with --ncalayer-port.',
    );
    return undefined;
  }
}
