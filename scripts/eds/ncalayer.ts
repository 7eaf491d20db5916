/** `kepil eds ncalayer`: the stand for NCALayer until it is stopped. */
import { once } from 'node:events';
import { instantOfMs } from '../../chaincode/kernel/instant.ts';
import { startNcaLayerStand } from '../../gateway/stands/ncalayer/stand.ts';
import { portOf } from '../network-options.ts';
import { PlainError } from '../plain-error.ts';
import { personOfText } from './sign.ts';

export type NcaLayerOptions = {
  readonly port: string;
  readonly as: string;
  readonly cancels?: boolean;
};

/** Serves until Ctrl-C. */
export async function standIn(options: NcaLayerOptions, clock: () => number): Promise<void> {
  const port = portOf(options.port);
  const user = { person: personOfText(options.as), cancels: options.cancels ?? false };
  const stand = await startNcaLayerStand({
    port,
    user,
    clock: () => instantOfMs(clock()),
  }).catch((cause: unknown) => {
    const next = 'If NCALayer runs here, close it or take another --port.';
    throw new PlainError(`Port ${port} is taken.`, { next, cause });
  });
  process.stdout.write(`${stand.address} signs as ${user.person}; ready. Ctrl-C ends it.\n`);
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  await stand.stop();
}
