/** Every kind of application on the local network, over the wire. */
import { kindHolds, kindNames, kinds } from '../../support/pledge-kinds.ts';
import { localPlayground } from '../../support/playground.ts';

describe('every kind of application on the local network', function () {
  this.timeout(120_000);
  const { props } = localPlayground();

  for (const name of kindNames) it(kinds[name][0], () => kindHolds(props(), name));
});
