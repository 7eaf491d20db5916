import { programPlaces } from '../../network/fabric/config.ts';
import { findPrograms, ProgramsError, type Programs } from '../../network/fabric/programs.ts';
import { skip } from '../support/skip.ts';
import { onFabric } from './config.ts';
import { startOnFabric } from './fabric.ts';
import { startOnLocal } from './local.ts';
import { conformance } from './suite.ts';

if (onFabric) {
  conformance('Fabric', async (context) => startOnFabric(await programsOr(context)));
} else {
  conformance('the local network', startOnLocal);
}

/** Fabric's programs, or the reason why the suite is skipped. */
async function programsOr(context: Mocha.Context): Promise<Programs> {
  try {
    return await findPrograms(programPlaces());
  } catch (error) {
    if (error instanceof ProgramsError) skip(context, error.message);
    throw error;
  }
}
