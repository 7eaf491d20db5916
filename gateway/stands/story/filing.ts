/** The platform's part: a dossier deposited, signed, consented to, filed. */
import { documentHashOf } from '../../../chaincode/kernel/document-hash.ts';
import type { Application } from '../../../chaincode/pledges/application.ts';
import {
  type Dossier,
  dossierText,
  participantsOf,
  paymentDocumentOf,
} from '../../../chaincode/pledges/dossier.ts';
import * as pledges from '../../../chaincode/pledges/operations.ts';
import { numberOf } from '../../../chaincode/pledges/participants.ts';
import { shownFacts } from '../../../chaincode/pledges/shown-facts.ts';
import * as trust from '../../../chaincode/trust/operations.ts';
import { nameOf, people } from '../eds/people.ts';
import { consented } from './consenting.ts';
import { receiptOf } from './dossiers.ts';
import type { Props, Signatory } from './props.ts';
import { salt, type Signers } from './signers.ts';
import { cast } from './stage.ts';

const platform = { org: cast.platform };

/** Deposits the dossier at its holders; owners and spouses become participants of themselves. */
export async function prepared({ stage, slot }: Props, dossier: Dossier): Promise<Application> {
  const deposited = { salt: salt(), slot, dossier };
  const { verdict } = await stage.done(pledges.deposit, deposited, platform);
  return stage.done(pledges.prepare, { verdict }, platform);
}

/** Deposited, signed by everyone who has to, and filed. */
export async function filed(props: Props, dossier: Dossier): Promise<Application> {
  await prepared(props, dossier);
  return confirmedAndFiled(props, dossier);
}

/** Everyone signs the same manifest; each natural person consents; then Alpha files. */
export async function confirmedAndFiled(props: Props, dossier: Dossier): Promise<Application> {
  const { stage } = props;
  const { application } = dossier;
  for (const [index, { person }] of participantsOf(dossier).entries()) {
    if (!('iin' in person)) continue;
    await consented(props, { dossier, participant: index + 1, iin: person.iin });
  }
  const verdicts: string[] = [];
  for (const signed of await signatures(props, dossier)) {
    const input = { salt: salt(), dossier, ...signed };
    const { verdict } = await stage.done(pledges.confirm, input, platform);
    verdicts.push(verdict);
  }
  const payment = { evidence: paidBy(dossier), confirmedAt: stage.now() };
  return stage.done(pledges.file, { application, verdicts, payment }, platform);
}

/** The document of the payment, where everyone signs it with the dossier; its own receipt elsewhere. */
function paidBy(dossier: Dossier): string {
  return paymentDocumentOf(dossier) ?? receiptOf(dossier.application);
}

/** What everyone who has to sign signs: one manifest about the dossier and its documents. */
export async function signatures({ stage, signers, signatories = {} }: Props, dossier: Dossier) {
  const manifest = {
    version: 1 as const,
    purpose: dossier.kind === 'TERMINATION' ? ('termination' as const) : ('confirmation' as const),
    channel: stage.channel,
    record: dossier.application,
    revision: dossier.revision,
    salt: salt(),
    facts: shownFacts(dossier),
    dossier: documentHashOf(dossierText(dossier)),
    documents: dossier.documents.map(({ name, sha256 }) => ({ name, sha256 })),
  };
  const { version } = await stage.done(trust.list, {}, platform);
  return participantsOf(dossier).flatMap(({ person, signs }, index) => {
    if (!signs) return [];
    const number = numberOf(person);
    const signatory = signatories[number] ?? { person: nameOf(number) };
    const at = stage.now();
    return [
      {
        participant: index + 1,
        evidence: signers.sign(signatory.person, manifest, at),
        found: { signedAt: at, trustVersion: String(version) },
        ...shownBy(signers, signatory),
      },
    ];
  });
}

/** What someone shows who signs for an organisation: the mandate, or the salt of a head. */
export function shownBy(signers: Signers, { person, mandate }: Signatory) {
  if (mandate === undefined)
    return 'bin' in people[person] ? { headSalt: signers.headSalt(person) } : {};
  const held = { mandate: mandate.id, holderIin: people[person].iin, holderSalt: mandate.salt };
  return { mandate: held };
}
