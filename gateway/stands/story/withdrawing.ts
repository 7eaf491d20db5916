/** Who applied takes an application back before its decision (PL-13). */
import type { z } from 'zod';
import type { Application } from '../../../chaincode/pledges/application.ts';
import * as pledges from '../../../chaincode/pledges/operations.ts';
import { verifyWithdrawal } from '../../../chaincode/pledges/withdrawing/operations.ts';
import * as trust from '../../../chaincode/trust/operations.ts';
import { shownBy } from './filing.ts';
import type { Props, Signatory } from './props.ts';
import { salt } from './signers.ts';
import { cast } from './stage.ts';

const platform = { org: cast.platform };

/** A withdrawal that someone signs: who applied, or for the pledgee its head or who may sign for it. */
export async function signedWithdrawal(
  { stage, signers }: Props,
  { id: application, revision }: Application,
  signatory: Signatory = { person: 'alphaHead' },
): Promise<z.input<typeof verifyWithdrawal.input>> {
  const { version } = await stage.done(trust.list, {}, platform);
  const signedAt = stage.now();
  const manifest = {
    version: 1 as const,
    purpose: 'withdrawal' as const,
    channel: stage.channel,
    record: application,
    revision,
    salt: salt(),
  };
  return {
    salt: salt(),
    dossier: await stage.done(pledges.readDossier, { application }, platform),
    evidence: signers.sign(signatory.person, manifest, signedAt),
    found: { signedAt, trustVersion: String(version) },
    ...shownBy(signers, signatory),
  };
}

/** The holders verify the signature; the application ends with it. */
export async function withdrawn(
  { stage }: Props,
  signed: z.input<typeof verifyWithdrawal.input>,
): Promise<Application> {
  const { verdict } = await stage.done(verifyWithdrawal, signed, platform);
  const { application } = signed.dossier;
  return stage.done(pledges.withdraw, { application, verdict }, platform);
}

/** Taken back by Alpha's head, who applied. */
export async function takenBack(props: Props, application: Application): Promise<Application> {
  return withdrawn(props, await signedWithdrawal(props, application));
}
