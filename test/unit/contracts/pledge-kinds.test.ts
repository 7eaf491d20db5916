import type { Props } from '../../../gateway/stands/story/props.ts';
import type { KepilLedger } from '../../support/kepil-ledger.ts';
import { readyToFile } from '../../support/kepil-stage.ts';
import { kindHolds, kindNames, kinds } from '../../support/pledge-kinds.ts';

describe('every kind of application, from its dossier to the register', function () {
  this.timeout(60_000);
  let ledger: KepilLedger;
  let props: Props;

  before(async () => {
    ({ ledger, props } = await readyToFile());
  });
  after(() => ledger.close());

  for (const name of kindNames) it(kinds[name][0], () => kindHolds(props, name));
});
