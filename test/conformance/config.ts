/** On which network the suite runs: what `npm run conformance -- --fabric` says by the environment. */
export const onFabric = process.env['KEPIL_TEST_NETWORK'] === 'fabric';
