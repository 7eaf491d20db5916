/** The platform's part: a dossier deposited, signed, consented to, filed. */
import * as consents from '../../../chaincode/consents/operations.ts';
import { documentHashOf } from '../../../chaincode/kernel/document-hash.ts';
import { instantOfMs, msOf } from '../../../chaincode/kernel/instant.ts';
import type { Application } from '../../../chaincode/pledges/application.ts';
import { type Dossier, dossierText, participantsOf } from '../../../chaincode/pledges/dossier.ts';
import * as pledges from '../../../chaincode/pledges/operations.ts';
import { numberOf } from '../../../chaincode/pledges/participants.ts';
import * as trust from '../../../chaincode/trust/operations.ts';
import { people, type PersonName } from '../eds/people.ts';
import type { Props } from './props.ts';
import { system } from './setting.ts';
import { hashOf, salt } from './signers.ts';
import { cast } from './stage.ts';

const platform = { org: cast.platform };
const service = 'GBDFL';

/** Deposits the dossier at its holders; owners and spouses become participants of themselves. */
export async function prepared({ stage, slot }: Props, dossier: Dossier): Promise<Application> {
  const deposited = { salt: salt(), slot, dossier };
  const { verdict } = await stage.done(pledges.deposit, deposited, platform);
  return stage.done(pledges.prepare, { verdict }, platform);
}

/** Everyone signs the same manifest; each natural person consents; then Alpha files. */
export async function confirmedAndFiled(props: Props, dossier: Dossier): Promise<Application> {
  const { stage, signers } = props;
  const { application } = dossier;
  const { channel } = stage;
  const manifest = {
    version: 1 as const,
    purpose: dossier.kind === 'TERMINATION' ? ('termination' as const) : ('confirmation' as const),
    channel,
    record: application,
    revision: dossier.revision,
    salt: salt(),
    dossier: documentHashOf(dossierText(dossier)),
    documents: dossier.documents.map(({ name, sha256 }) => ({ name, sha256 })),
  };
  const { version } = await stage.done(trust.list, {}, platform);
  const verdicts: string[] = [];
  for (const [index, { person, signs }] of participantsOf(dossier).entries()) {
    const participant = index + 1;
    const number = numberOf(person);
    if ('iin' in person) await consented(props, dossier, participant, person.iin);
    if (!signs) continue;
    const at = stage.now();
    const { verdict } = await stage.done(
      pledges.confirm,
      {
        salt: salt(),
        participant,
        dossier,
        evidence: signers.sign(nameOf(number), manifest, at),
        found: { signedAt: at, trustVersion: String(version) },
      },
      platform,
    );
    verdicts.push(verdict);
  }
  const payment = { evidence: hashOf('receipt'), confirmedAt: stage.now() };
  return stage.done(pledges.file, { application, verdicts, payment }, platform);
}

async function consented(
  { stage, signers }: Props,
  dossier: Dossier,
  participant: number,
  iin: string,
): Promise<void> {
  const which = { application: dossier.application, participant, attempt: 1 };
  const requestedAt = stage.now();
  await stage.done(
    consents.request,
    {
      ...which,
      system,
      mode: 'CALL_CENTRE_1414',
      services: [service],
      form: hashOf('the form of the annex'),
      requestedAt,
    },
    platform,
  );
  const { bin } = people.alphaHead;
  const token = signers.token({ sub: iin, cbin: bin, access: [service] }, requestedAt);
  const seconds = Math.floor(msOf(requestedAt) / 1000);
  const terms = {
    tokenHash: hashOf(token),
    key: hashOf(signers.kdpKey),
    services: [service],
    issuedAt: instantOfMs(seconds * 1000),
    expiresAt: instantOfMs((seconds + 86_400) * 1000),
  };
  const publicKey = signers.kdpKey;
  const { verdict } = await stage.done(
    consents.verify,
    { ...which, salt: salt(), dossier, token, publicKey, terms },
    platform,
  );
  await stage.done(consents.grant, { verdict }, platform);
}

/** The person of the demonstration with an IIN, or who signs for a BIN. */
function nameOf(number: string): PersonName {
  const names = Object.keys(people) as PersonName[];
  const found = names.find((name) => {
    const person = people[name];
    return person.iin === number || ('bin' in person && person.bin === number);
  });
  if (found === undefined) throw new Error('nobody of the demonstration has this number');
  return found;
}
