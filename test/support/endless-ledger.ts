/** Submits to a ledger on disk until it is killed, and says what was committed. */
import { ClassicLevel } from 'classic-level';
import { levelOptions } from '../../network/local/engine/level.ts';
import { NotesContract } from './notes-contract.ts';
import { UnitLedger } from './unit-ledger.ts';

const [folder = '', round = ''] = process.argv.slice(2);
const ledger = await UnitLedger.create({
  module: { contracts: [NotesContract] },
  level: new ClassicLevel<Uint8Array, Uint8Array>(folder, levelOptions),
});

/** Several at once, so that blocks hold several transactions. */
await Promise.all(
  Array.from({ length: 4 }, async (_, worker) => {
    for (let count = 0; ; count += 1) {
      const key = `r${round}-${worker}-${count}`;
      const call = { key, value: key };
      const { code } = await ledger.submit('notes', 'put', call, { org: 'AlphaMSP' });
      if (code === 'VALID') process.stdout.write(`committed ${key} ${key}\n`);
    }
  }),
);
