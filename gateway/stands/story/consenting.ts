/** A natural person consents through KDP: asked for, token verified by its holders, recorded. */
import { formFacts } from '../../../chaincode/consents/form.ts';
import * as consents from '../../../chaincode/consents/operations.ts';
import type { Consent } from '../../../chaincode/consents/schema.ts';
import { instantOfMs, type Instant, msOf } from '../../../chaincode/kernel/instant.ts';
import type { Dossier } from '../../../chaincode/pledges/dossier.ts';
import * as trust from '../../../chaincode/trust/operations.ts';
import { nameOf, people } from '../eds/people.ts';
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
  const proof = await formSigned({ stage, signers }, who);
  const input = { ...whichOf(who), salt: salt(), dossier, token, publicKey, terms, ...proof };
  const { verdict } = await stage.done(consents.verify, input, platform);
  return stage.done(consents.grant, { verdict }, platform);
}

/** The subject, or who represents the subject by law, signs the annex's form (CN-4). */
async function formSigned({ stage, signers }: Pick<Props, 'stage' | 'signers'>, who: Consenting) {
  const { dossier, participant, iin } = who;
  const { application, revision } = dossier;
  const { hash } = await stage.done(consents.form, { application }, platform);
  const { version } = await stage.done(trust.list, {}, platform);
  const signedAt = stage.now();
  const manifest = {
    version: 1 as const,
    purpose: 'consent' as const,
    channel: stage.channel,
    record: application,
    revision,
    salt: salt(),
    facts: formFacts(participant, hash),
  };
  const by = dossier.representatives.find(({ of }) => of === iin)?.by.iin ?? iin;
  const evidence = signers.sign(nameOf(by), manifest, signedAt);
  return { evidence, found: { signedAt, trustVersion: String(version) } };
}

/** Which consent it is. */
export function whichOf({ dossier, participant, attempt = 1 }: Consenting) {
  return { application: dossier.application, participant, attempt };
}
