/**
 * Keeps the shim from writing down what nobody reads.
 *
 * It hands every message to its log's debug level, and the log makes a line of it, with time and
 * colour, before it sees that the level is off: an eighth of what a busy chaincode computes.
 */
import shim from 'fabric-shim';

/** The shim's logs that speak with every message. */
const busyLogs = ['lib/handler.js', 'lib/chaincode.js', 'lib/stub.js', 'lib/iterators.js'];

/** Silences their debug level, unless the operator has turned it on. */
export function quietShim(): void {
  for (const name of busyLogs) {
    const log = shim.Shim.newLogger(name);
    if (log.level !== 'debug') log.debug = () => log;
  }
}
