/** Every kind of application on real Fabric: what must hold is what holds on the local network. */
import { kindHolds, kindNames, kinds } from '../support/pledge-kinds.ts';
import { fabricPlayground } from './support/playground.ts';

describe('every kind of application on a Fabric network', function () {
  this.timeout(300_000);
  const { props } = fabricPlayground();

  for (const name of kindNames) it(kinds[name][0], () => kindHolds(props(), name));
});
