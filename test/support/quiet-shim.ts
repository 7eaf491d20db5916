/**
 * Silences the shim's own log, which tells of every refusal; mocha loads this before all tests.
 *
 * It reads its level from the environment when it is loaded, and knows no other way.
 */
process.env.CORE_CHAINCODE_LOGGING_LEVEL ??= 'CRITICAL';
