import { instantOfMs, msOf, type Instant } from '../../../chaincode/kernel/instant.ts';
import { issueTo, makeAuthority, type TestAuthority } from './authority.ts';
import type { Holder } from './certificates.ts';
import { gostSigningKey } from './keys.ts';
import { people, type PersonName } from './people.ts';
import { signMessage, stamp } from './signed-messages.ts';

/**
 * The authority and the people of demonstrations. Their keys follow from a word that anyone can
 * read here, so a signature by them proves nothing but that the machinery works.
 */
const seed = 'kepil demonstration';

let made: TestAuthority | undefined;

export function demoAuthority(): TestAuthority {
  made ??= makeAuthority({ seed });
  return made;
}

const holders = new Map<PersonName, Holder>();

/** A person's certificate and key. */
export function demoHolder(name: PersonName): Holder {
  const known = holders.get(name);
  if (known) return known;
  const key = gostSigningKey(`${seed} ${name}`);
  const holder = issueTo(people[name], demoAuthority().issuer, key);
  holders.set(name, holder);
  return holder;
}

export type DemoSigning = {
  readonly signers: readonly Holder[];
  readonly at: Instant;
  readonly detached?: boolean;
  readonly stamped?: boolean;
};

/** Signs as demonstrations do: at a stated moment, stamped by the authority's own service. */
export function demoSign(content: Uint8Array, options: DemoSigning): Uint8Array {
  const { at, detached = false, stamped = true } = options;
  const signingTime = instantOfMs(Math.floor(msOf(at) / 1000) * 1000);
  const service = demoAuthority().timeStamper;
  return signMessage({
    content,
    detached,
    signers: options.signers.map((holder) => ({
      holder,
      signingTime,
      ...(stamped
        ? { stamp: (signature: Uint8Array) => stamp(signature, { service, at: signingTime }) }
        : {}),
    })),
  });
}
