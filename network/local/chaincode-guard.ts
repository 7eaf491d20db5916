/**
 * Loaded into a chaincode's process before anything else: ends it when the network that started it
 * is gone, even if that was killed. Standard input closes then, which nothing else does.
 */
process.stdin.once('end', () => process.exit(0));
process.stdin.once('error', () => process.exit(0));
process.stdin.resume();
