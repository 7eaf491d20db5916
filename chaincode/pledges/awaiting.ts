/**
 * What EGKN has taken and nobody has decided. Its place in the rank is taken already (PL-15), so that
 * what was accepted later and is decided earlier needs its pledgee's consent like a registered one's.
 */
import type { CadastralNumber } from '../kernel/cadastral-number.ts';
import { accepted, type Outcome } from '../kernel/outcome.ts';
import { registrarMsp } from '../ledger/institutions.ts';
import type { PublicLedger } from '../ledger/public-ledger.ts';
import type { Reader } from '../ledger/reader.ts';
import type { Application } from './application.ts';
import { type RegisterContents, registerContentsType, withAwaited } from './register-contents.ts';
import { applicationOn, contentsOn } from './store.ts';

/** Kinds that state whether a pledge may be followed by another without its holder's consent. */
const statingKinds: readonly Application['kind'][] = ['PLEDGE', 'REPLEDGE', 'AMENDMENT'];

/** Notes an application that was taken in the register of each of its properties, if it asks to be asked. */
export async function noteAwaited(
  ledger: PublicLedger,
  { id, kind, consentToRepledge, targets }: Application,
): Promise<Outcome<null>> {
  if (!consentToRepledge || !statingKinds.includes(kind)) return accepted(null);
  for (const property of new Set(targets.map((target) => target.property))) {
    const contents = await contentsOn(ledger, property);
    if (!contents.ok) return contents;
    const others = await awaitedIn(ledger, contents.value);
    if (!others.ok) return others;
    const standing = others.value.map((each) => each.id);
    const noted = withAwaited(contents.value, standing, id);
    if (!noted.ok) return noted;
    await ledger.putSealed(registerContentsType, noted.value, registrarMsp);
  }
  return accepted(null);
}

/** The applications about a property that still wait for their decision and ask to be asked. */
export async function awaitedOn(
  ledger: Reader,
  property: CadastralNumber,
): Promise<Outcome<readonly Application[]>> {
  const contents = await contentsOn(ledger, property);
  return contents.ok ? awaitedIn(ledger, contents.value) : contents;
}

async function awaitedIn(
  ledger: Reader,
  { awaited = [] }: RegisterContents,
): Promise<Outcome<readonly Application[]>> {
  const undecided: Application[] = [];
  for (const id of awaited) {
    const found = await applicationOn(ledger, id);
    if (!found.ok) return found;
    if (['ACCEPTED', 'SUSPENDED'].includes(found.value.state)) undecided.push(found.value);
  }
  return accepted(undecided);
}
