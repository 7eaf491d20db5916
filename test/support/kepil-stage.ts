/** The unit tests' ledger as a stage, and somebody who tampers with what is played on it. */
import { instantSchema } from '../../chaincode/kernel/instant.ts';
import type { ReportedCheck } from '../../chaincode/pledges/application.ts';
import type { Operation } from '../../chaincode/ledger/operation.ts';
import type { Props } from '../../gateway/stands/story/props.ts';
import type { Signers } from '../../gateway/stands/story/signers.ts';
import type { Stage } from '../../gateway/stands/story/stage.ts';
import type { Level } from '../../network/local/engine/level.ts';
import { KepilLedger } from './kepil-ledger.ts';
import { readyOn } from './story-props.ts';

/** Changes what is sent, or does something before it; what it does not know it lets through. */
export type Tampering<S = Sent> = (operation: Operation, input: S) => unknown;

/** What the steps of the story send, as far as it is tampered with. */
export type Sent = {
  readonly application: string;
  readonly verdict: string;
  readonly verdicts: readonly string[];
  readonly terms: Readonly<Record<string, unknown>>;
  readonly checks: readonly ReportedCheck[];
};

/** A stage on which somebody tampers with what is sent. */
export function tampered<S = Sent>(stage: Stage, tampering: Tampering<S>): Stage {
  return {
    channel: stage.channel,
    now: () => stage.now(),
    nextSecond: () => stage.nextSecond(),
    say: () => undefined,
    done: async (operation, input, caller) =>
      stage.done(operation, ((await tampering(operation, input as S)) ?? input) as never, caller),
  };
}

/** The unit tests' ledger as a stage. */
export function stageOf(ledger: KepilLedger): Stage {
  return {
    channel: 'kepil',
    now: () => instantSchema.parse(ledger.ledger.now.toISOString()),
    nextSecond: async () => {
      ledger.ledger.now = new Date(ledger.ledger.now.getTime() + 1000);
    },
    done: (operation, input, caller) => ledger.done(operation, input, caller),
    say: () => undefined,
  };
}

/** How the ledger of a test differs from the others'. */
export type Readying = {
  readonly signers?: Signers;
  /** The ledger's time at the beginning. */
  readonly now?: string;
  /** Where the ledger is kept. */
  readonly level?: Level;
  /** Contracts of an altered chaincode. */
  readonly others?: Parameters<typeof KepilLedger.create>[2];
  /** What is changed of what is sent from the beginning. */
  readonly tampering?: Tampering<never>;
};

/** A ledger on which pledges can be filed, and what the story needs to play on it. */
export async function readyToFile(
  readying: Readying = {},
): Promise<{ ledger: KepilLedger; props: Props }> {
  const { signers, now = '2026-11-20T06:00:00.000Z', level, others } = readying;
  const { tampering = () => undefined } = readying;
  const ledger = await KepilLedger.founded(now, level, others);
  const stage = tampered(stageOf(ledger), tampering);
  return { ledger, props: await readyOn(stage, signers) };
}

/** The message with which something is refused; `accepted` if it is not. */
export async function refusalOf(attempt: Promise<unknown>): Promise<string> {
  return attempt.then(
    () => 'accepted',
    (error: Error) => error.message,
  );
}
