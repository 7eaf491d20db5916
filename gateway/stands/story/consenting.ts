/** A natural person consents through KDP: asked for, token verified by its holders, recorded. */
import * as consents from '../../../chaincode/consents/operations.ts';
import type { Consent } from '../../../chaincode/consents/schema.ts';
import { instantOfMs, type Instant, msOf } from '../../../chaincode/kernel/instant.ts';
import type { Dossier } from '../../../chaincode/pledges/dossier.ts';
import { people } from '../eds/people.ts';
import type { Props } from './props.ts';
import { system } from './setting.ts';
import { hashOf, salt } from './signers.ts';
import { cast } from './stage.ts';

const platform = { org: cast.platform };
const service = 'GBDFL';

/** Who consents: a participant of a dossier, by an IIN, for the first time or anew. */
export type Consenting = {
  readonly dossier: Dossier;
  readonly participant: number;
  readonly iin: string;
  readonly attempt?: number;
};

/** Asks for a consent, and records the one that KDP brings. */
export async function consented(props: Props, who: Consenting): Promise<Consent> {
  const requestedAt = props.stage.now();
  await requested(props, who, requestedAt);
  const claims = { sub: who.iin, cbin: people.alphaHead.bin, access: [service] };
  return granted(props, who, props.signers.token(claims, requestedAt), requestedAt);
}

/** Asks a participant for consent by the annex's form, in the way that Alpha was granted. */
export async function requested(
  { stage }: Props,
  who: Consenting,
  requestedAt: Instant,
): Promise<Consent> {
  const { application } = who.dossier;
  const { hash } = await stage.done(consents.form, { application }, platform);
  const input = {
    ...whichOf(who),
    system,
    mode: 'CALL_CENTRE_1414' as const,
    services: [service],
    form: hash,
    requestedAt,
  };
  return stage.done(consents.request, input, platform);
}

/** Has the holders verify a token that was issued at an instant, and records the consent. */
export async function granted(
  { stage, signers }: Props,
  who: Consenting,
  token: string,
  issuedAt: Instant,
): Promise<Consent> {
  const seconds = Math.floor(msOf(issuedAt) / 1000);
  const publicKey = signers.kdpKey;
  const terms = {
    tokenHash: hashOf(token),
    key: hashOf(publicKey),
    services: [service],
    issuedAt: instantOfMs(seconds * 1000),
    expiresAt: instantOfMs((seconds + 86_400) * 1000),
  };
  const { dossier } = who;
  const input = { ...whichOf(who), salt: salt(), dossier, token, publicKey, terms };
  const { verdict } = await stage.done(consents.verify, input, platform);
  return stage.done(consents.grant, { verdict }, platform);
}

/** Which consent it is. */
export function whichOf({ dossier, participant, attempt = 1 }: Consenting) {
  return { application: dossier.application, participant, attempt };
}
