/** The roster of the consortium: by it majorities are counted. */
import { accepted, refused } from '../kernel/outcome.ts';
import { command, contractOf, query } from '../ledger/contract.ts';
import { founders } from './founders.ts';
import { found, members, statePeers } from './operations.ts';
import { refuse } from './refusals.ts';
import { majorityOf, memberOf } from './rules.ts';
import { memberType } from './schema.ts';
import { membersOn } from './store.ts';

export const RosterContract = contractOf('roster', [
  command(found, async (ledger) => {
    if ((await membersOn(ledger)).length > 0) return refused(refuse('CONSORTIUM_FOUNDED_ALREADY'));
    for (const founder of founders) await ledger.put(memberType, { ...founder, peers: [] });
    const mspIds = founders.map(({ mspId }) => mspId);
    ledger.emit({ name: 'ConsortiumFounded', members: mspIds });
    return accepted({ members: mspIds });
  }),

  command(statePeers, async (ledger, { peers }) => {
    const own = memberOf(await membersOn(ledger), ledger.caller.mspId);
    if (!own.ok) return own;
    const stated = { ...own.value, peers };
    await ledger.put(memberType, stated);
    ledger.emit({ name: 'PeersStated', mspId: stated.mspId, peers });
    return accepted(stated);
  }),

  query(members, async (ledger) => {
    const all = await membersOn(ledger);
    return accepted({ members: [...all], majority: majorityOf(all.length) });
  }),
]);
