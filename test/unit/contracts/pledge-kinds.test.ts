import { kindHolds, kindNames, kinds } from '../../support/pledge-kinds.ts';
import { unitPlayground } from '../../support/unit-playground.ts';

describe('every kind of application, from its dossier to the register', function () {
  this.timeout(60_000);
  const { props } = unitPlayground();

  for (const name of kindNames) it(kinds[name][0], () => kindHolds(props(), name));
});
