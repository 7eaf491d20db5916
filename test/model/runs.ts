/** How many sequences, and by which seed: `npm test -- model --seed 42 --runs 20000`. */
import { randomBytes } from 'node:crypto';

export const seed = Number(process.env['KEPIL_TEST_SEED'] ?? randomBytes(4).readInt32BE());
export const numRuns = Number(process.env['KEPIL_TEST_RUNS'] ?? 5000);
