/** The unit tests' ledger on which a suite plays the story: readied before its tests, closed after. */
import type { Application } from '../../chaincode/pledges/application.ts';
import type { Dossier } from '../../chaincode/pledges/dossier.ts';
import { takenByEgkn } from '../../gateway/stands/story/deciding.ts';
import { newProperty, pledgeOf } from '../../gateway/stands/story/dossiers.ts';
import { filed } from '../../gateway/stands/story/filing.ts';
import { inSlot, type Props } from '../../gateway/stands/story/props.ts';
import type { KepilLedger } from './kepil-ledger.ts';
import { type Readying, readyToFile } from './kepil-stage.ts';
import { there } from './there.ts';

/** An application with the dossier that it was filed by. */
type Taken = { readonly dossier: Dossier; readonly application: Application };

/** What the tests of a suite play with; nothing of it is there before its hooks have run. */
export type UnitPlayground = {
  readonly ledger: () => KepilLedger;
  readonly props: () => Props;
  /** The props with a slot of the platform's that no other test deposits in. */
  readonly next: () => Props;
  /** A pledge that EGKN has taken and checked: it only lacks the decision. */
  readonly taken: (own?: Props) => Promise<Taken>;
};

/** Registers the hooks that ready a ledger and close it. */
export function unitPlayground(readying: Readying = {}): UnitPlayground {
  let ready: { readonly ledger: KepilLedger; readonly props: Props } | undefined;
  let slotsTaken = 0;

  before(async function () {
    this.timeout(60_000);
    ready = await readyToFile(readying);
  });
  after(() => ready?.ledger.close());

  const props = () => there(ready).props;
  const next = () => inSlot(props(), (slotsTaken += 1));
  return {
    ledger: () => there(ready).ledger,
    props,
    next,
    taken: async (own = next()) => {
      const dossier = pledgeOf(own.stage, newProperty());
      return { dossier, application: await takenByEgkn(own, await filed(own, dossier)) };
    },
  };
}
