/** The State Corporation ends what nobody can carry on, under its seal. */
import { localDateOf } from '../../kernel/almaty.ts';
import { accepted, andThen, type Outcome } from '../../kernel/outcome.ts';
import { command } from '../../ledger/contract.ts';
import type { PublicLedger } from '../../ledger/public-ledger.ts';
import { organisationOn } from '../../organisations/store.ts';
import { editionOn, editionsOn } from '../../regimes/store.ts';
import { memberType } from '../../roster/schema.ts';
import type { Application } from '../application.ts';
import { announce } from '../notices/standing.ts';
import { sealed } from '../saving.ts';
import { applicationOn } from '../store.ts';
import { type Circumstances, closed } from './closing-rules.ts';
import { close } from './operations.ts';

export const closing = [
  command(close, async (ledger, { application: id, reason }) => {
    const found = await applicationOn(ledger, id);
    if (!found.ok) return found;
    const known = await circumstancesOf(ledger, found.value);
    const { time } = ledger.circumstances;
    const ended = andThen(known, (each) => closed(found.value, reason, each, time));
    if (ended.ok) await announce(ledger, ended.value);
    return sealed(ledger, ended, 'ApplicationClosed');
  }),
];

async function circumstancesOf(
  ledger: PublicLedger,
  { platform, edition: filedUnder }: Application,
): Promise<Outcome<Circumstances>> {
  const found = await organisationOn(ledger, platform);
  if (!found.ok) return found;
  const { excludedBy, mspId } = found.value;
  const member = await ledger.find(memberType, [mspId]);
  const editions =
    filedUnder === undefined
      ? accepted(await editionsOn(ledger, 'PLEDGE'))
      : andThen(await editionOn(ledger, 'PLEDGE', filedUnder), (only) => accepted([only]));
  return andThen(editions, (all) =>
    accepted({
      isExcluded: excludedBy !== undefined,
      hasLeft: member?.data.removedBy !== undefined,
      editions: all,
      today: localDateOf(ledger.circumstances.time),
    }),
  );
}
