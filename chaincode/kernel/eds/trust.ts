import { parseCertificate, type Certificate } from './certificate.ts';
import { andThen, each, type Outcome } from '../outcome.ts';

/** Whom a verifier trusts: pinned certificates, each trusted for its own bytes. */
export type Trust = {
  /** The version of the list, so that a verdict can be made again by the same one. */
  readonly version: string;
  /** Roots and issuing authorities of signers. */
  readonly authorities: readonly Certificate[];
  /** Time-stamp services or the authorities that issue to them; pinned apart from signers'. */
  readonly timeStampers: readonly Certificate[];
  /** Hashes of the lists of revoked certificates that count; undefined where any signed one does. */
  readonly anchoredCrls: readonly string[] | undefined;
};

/** The same list as it is stored: certificates as DER. */
export type TrustSource = {
  readonly version: string;
  readonly authorities: readonly Uint8Array[];
  readonly timeStampers: readonly Uint8Array[];
  readonly anchoredCrls?: readonly string[];
};

/** Reads the certificates of a list once; a list with an unreadable one is no list. */
export function trustOf(source: TrustSource): Outcome<Trust> {
  return andThen(each(source.authorities.map(parseCertificate)), (authorities) =>
    andThen(each(source.timeStampers.map(parseCertificate)), (timeStampers) => ({
      ok: true,
      value: {
        version: source.version,
        authorities,
        timeStampers,
        anchoredCrls: source.anchoredCrls,
      },
    })),
  );
}
