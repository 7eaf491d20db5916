import { expect } from 'chai';
import fc from 'fast-check';
import type { Endorsement } from '../../../../../network/local/engine/channel.ts';
import { NotesContract } from '../../../../support/notes-contract.ts';
import { count } from '../../../../support/size.ts';
import { UnitLedger } from '../../../../support/unit-ledger.ts';

const alpha = { org: 'AlphaMSP', endorsers: ['AlphaMSP', 'BetaMSP', 'NitMSP'] };
const keys = ['a', 'b', 'c', 'd'] as const;

/** One call of the contract. */
type Call =
  | { readonly name: 'append' | 'put'; readonly key: string; readonly value: string }
  | { readonly name: 'delete'; readonly key: string }
  | { readonly name: 'list'; readonly start: string; readonly end: string; readonly write: string };

const key = fc.constantFrom(...keys);
const value = fc.constantFrom('1', '2', '3');
const call: fc.Arbitrary<Call> = fc.oneof(
  fc.record({ name: fc.constantFrom('append' as const, 'put' as const), key, value }),
  fc.record({ name: fc.constant('delete' as const), key }),
  fc.record({
    name: fc.constant('list' as const),
    start: key,
    end: key,
    write: fc.constantFrom('e', 'f'),
  }),
);

/** What a call does to a state when nothing else happens meanwhile. */
function apply(state: Map<string, string>, each: Call): void {
  switch (each.name) {
    case 'append':
      state.set(each.key, (state.get(each.key) ?? '') + each.value);
      break;
    case 'put':
      state.set(each.key, each.value);
      break;
    case 'delete':
      state.delete(each.key);
      break;
    case 'list': {
      const found = [...state.keys()].filter((name) => name >= each.start && name < each.end);
      state.set(each.write, String(found.length));
    }
  }
}

describe('transactions of one moment', () => {
  it('leave the state that the valid ones leave one after the other', async function () {
    this.timeout(count({ small: 30_000, full: 600_000 }));
    const ledger = await UnitLedger.create({ module: { contracts: [NotesContract] } });
    const model = new Map<string, string>();
    const rounds = fc.array(call, { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(rounds, async (calls) => {
        const proposals = calls.map(({ name, ...argument }) =>
          ledger.propose('notes', name, argument, alpha),
        );
        const endorsed: (readonly Endorsement[])[] = [];
        for (const proposal of proposals) endorsed.push(await ledger.endorse(proposal, alpha));
        const committed = await Promise.all(
          proposals.map((proposal, index) => ledger.commit(proposal, endorsed[index] ?? [])),
        );
        for (const [index, { code }] of committed.entries()) {
          const each = calls[index];
          if (code === 0 && each !== undefined) apply(model, each);
        }
        // The first of a round has nobody before it that it could conflict with.
        expect(committed[0]?.code).to.equal(0);
        const state = await ledger.allState();
        expect([...state]).to.deep.equal([...model].sort(([a], [b]) => (a < b ? -1 : 1)));
      }),
      { numRuns: count({ small: 25, full: 500 }) },
    );
    await ledger.close();
  });
});
