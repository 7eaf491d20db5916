import { localDateOf } from '../../kernel/almaty.ts';
import { accepted, andThen, type Outcome, refused } from '../../kernel/outcome.ts';
import { refuse as refuseAny } from '../../kernel/refusals.ts';
import type { PublicLedger } from '../../ledger/public-ledger.ts';
import { dueFrom } from '../due.ts';
import { entitledAsFiled } from '../entitlement.ts';
import { toldBeside } from '../notices/holders-told.ts';
import { refuse } from '../refusals.ts';
import type { Arrival } from './arrival.ts';
import { arrivedAt } from './arrival-rules.ts';
import type { Cession, OpenedBatch } from './batch.ts';

const norm = 'PL-9 to PL-12';
const field = '/arrival';

/** The batch with its arrival in EGKN: a cession has one, what EGKN registered itself has none. */
export async function withArrival(
  ledger: PublicLedger,
  opened: OpenedBatch,
  arrival: Arrival | undefined,
): Promise<Outcome<OpenedBatch>> {
  const { content } = opened;
  if (content.kind === 'CESSION') return ofCession(ledger, opened, content, arrival);
  return arrival === undefined
    ? accepted(opened)
    : refused(refuse('BATCH_NOT_A_CESSION', { norm, field }));
}

async function ofCession(
  ledger: PublicLedger,
  opened: OpenedBatch,
  content: Cession,
  arrival: Arrival | undefined,
): Promise<Outcome<OpenedBatch>> {
  if (arrival === undefined) return refused(refuseAny('FIELD_REQUIRED', { norm, field }));
  const { edition, decidedAt } = opened;
  const { platform } = content;
  const filed = {
    kind: 'CESSION',
    platform,
    ...(edition === undefined ? {} : { edition }),
  } as const;
  const reachedOn = localDateOf(arrival.paymentReachedAt);
  const entitled = await entitledAsFiled(ledger, filed, reachedOn);
  if (!entitled.ok) return entitled;
  const due = await dueFrom(ledger, filed, arrival.paymentReachedAt);
  if (!due.ok) return due;
  const signatures = opened.signatures.filter(({ by }) => by !== 'REGISTRAR');
  const { time: now } = ledger.circumstances;
  const found = arrivedAt(content, arrival, { signatures, decidedAt, due: due.value, now });
  const { from, to } = content;
  const holders = await toldBeside(ledger, { pledgee: to, platform }, [from, to]);
  return andThen(found, (value) => accepted({ ...opened, arrival: value, holders }));
}
