/** The pledgee refuses before anything is filed (PL-8). */
import type { z } from 'zod';
import type { Application } from '../../../chaincode/pledges/application.ts';
import * as pledges from '../../../chaincode/pledges/operations.ts';
import { verifyRefusal } from '../../../chaincode/pledges/refusing/operations.ts';
import { reasonsHash } from '../../../chaincode/pledges/refusing/reasons.ts';
import * as trust from '../../../chaincode/trust/operations.ts';
import { shownBy } from './filing.ts';
import type { Props, Signatory } from './props.ts';
import { salt } from './signers.ts';
import { cast } from './stage.ts';

const platform = { org: cast.platform };
const reasons = [{ clause: '6', reason: 'The spouse has not confirmed the application.' }];

/** A refusal that someone signs for the pledgee: its head, or who stands in. */
export async function signedRefusal(
  { stage, signers }: Props,
  { id: application, revision }: Application,
  signatory: Signatory = { person: 'alphaHead' },
): Promise<z.input<typeof verifyRefusal.input>> {
  const { version } = await stage.done(trust.list, {}, platform);
  const signedAt = stage.now();
  const ofReasons = salt();
  const manifest = {
    version: 1 as const,
    purpose: 'refusal' as const,
    channel: stage.channel,
    record: application,
    revision,
    salt: salt(),
    facts: { reasons: reasonsHash(ofReasons, reasons) },
  };
  return {
    salt: ofReasons,
    application,
    revision,
    reasons,
    evidence: signers.sign(signatory.person, manifest, signedAt),
    found: { signedAt, trustVersion: String(version) },
    ...shownBy(signers, signatory),
  };
}

/** The holders verify the refusal; the application ends with it. */
export async function refusedByPledgee(
  { stage }: Props,
  signed: z.input<typeof verifyRefusal.input>,
): Promise<Application> {
  const { verdict } = await stage.done(verifyRefusal, signed, platform);
  return stage.done(pledges.refuseBeforeFiling, { verdict }, platform);
}
