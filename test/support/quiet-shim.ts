/**
 * Silences the shim's own log, which tells of every refusal; mocha loads this before all tests.
 *
 * By its level alone it would still format every line that it then drops, debug lines too, which is
 * a good part of what a call costs in a test.
 */
import { createRequire } from 'node:module';

/** What the shim's loggers are made by. */
type Logging = { getLogger: (name: string) => { silent: boolean } };

// Programs that tests start get the level from the environment.
process.env.CORE_CHAINCODE_LOGGING_LEVEL ??= 'CRITICAL';

const logging = createRequire(import.meta.url)('fabric-shim/lib/logger.js') as Logging;
const { getLogger } = logging;
logging.getLogger = (name) => Object.assign(getLogger(name), { silent: true });
