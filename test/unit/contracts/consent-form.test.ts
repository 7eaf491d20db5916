import { expect } from 'chai';
import { purge } from '../../../chaincode/pledges/operations.ts';
import type { Dossier } from '../../../chaincode/pledges/dossier.ts';
import { naturalPerson } from '../../../chaincode/pledges/participants.ts';
import { people } from '../../../gateway/stands/eds/people.ts';
import { newProperty, pledgeOf } from '../../../gateway/stands/story/dossiers.ts';
import { filed, prepared } from '../../../gateway/stands/story/filing.ts';
import { carriedThrough } from '../../../gateway/stands/story/pledge.ts';
import { hashOf, id, salt, Signers } from '../../../gateway/stands/story/signers.ts';
import { cast } from '../../../gateway/stands/story/stage.ts';
import { iinSchemaOf } from '../../../chaincode/kernel/iin.ts';
import { documentHashOf } from '../../../chaincode/kernel/document-hash.ts';
import { applicationIdSchema } from '../../../chaincode/kernel/application-id.ts';
import { refusalOf } from '../../support/kepil-stage.ts';
import { unitPlayground } from '../../support/unit-playground.ts';

/** Signers of whom one puts another's hand, or other facts, under the form of a consent. */
class StrangeSigners extends Signers {
  strange: 'hand' | 'form' | undefined;

  override sign(...[name, manifest, at]: Parameters<Signers['sign']>) {
    if (manifest.purpose !== 'consent' || name !== 'coOwner') return super.sign(name, manifest, at);
    if (this.strange === 'hand') return super.sign('spouse', manifest, at);
    const facts = { ...manifest.facts, form: hashOf('another form') };
    return super.sign(name, this.strange === 'form' ? { ...manifest, facts } : manifest, at);
  }
}

const person = (name: 'coOwner' | 'spouse' | 'pledgor') => {
  const { iin, surname, givenName } = people[name];
  return naturalPerson.parse({ iin, surname, givenName });
};

describe('the form of a consent (CN-4)', function () {
  this.timeout(60_000);
  const signers = new StrangeSigners();
  const { ledger, props, next } = unitPlayground({ signers });

  afterEach(() => (signers.strange = undefined));

  it('is signed by its subject, and by nobody in their place', async () => {
    signers.strange = 'hand';
    const filing = filed(next(), pledgeOf(props().stage, newProperty()));
    expect(await refusalOf(filing)).to.contain('SIGNERS_MISMATCH');
  });

  it('is the one that the subject was asked by', async () => {
    signers.strange = 'form';
    const filing = filed(next(), pledgeOf(props().stage, newProperty()));
    expect(await refusalOf(filing)).to.contain('CONSENT_FORM_NOT_SIGNED');
  });

  it('leaves its signature with the holders until the purge, and with nobody else (CN-6)', async () => {
    const own = next();
    const { id: application } = await carriedThrough(own, pledgeOf(own.stage, newProperty()));
    const heldBy = async (org: string) => {
      const all = await ledger().ledger.allPrivateState(org, `_implicit_org_${org}`);
      return [...all.keys()].filter((key) => key.startsWith(`consent:${application}`)).length;
    };
    for (const [org, signatures] of [
      ['AlphaMSP', 3],
      ['GosCorpMSP', 3],
      ['BetaMSP', 0],
    ] as const) {
      expect(await heldBy(org), org).to.equal(signatures);
    }
    ledger().ledger.now = new Date(ledger().ledger.now.getTime() + 400 * 86_400_000);
    const input = { salt: salt(), application, slot: own.slot };
    await ledger().done(purge, input, { org: cast.platform });
    for (const org of ['AlphaMSP', 'GosCorpMSP']) expect(await heldBy(org), org).to.equal(0);
  });
});

describe('a lawful representative (CN-1; 000 cl. 3 2))', function () {
  this.timeout(60_000);
  const { props, next } = unitPlayground();

  /** The co-owner is a minor, for whom the pledgor acts by the certificate of birth. */
  const ofMinor = (changes: Partial<Dossier['representatives'][number]> = {}): Dossier => {
    const whole = pledgeOf(props().stage, newProperty());
    const basis = documentHashOf('certificate of birth');
    const proof = { kind: 'REPRESENTATION' as const, name: 'Certificate of birth', sha256: basis };
    const acting = { of: person('coOwner').iin, by: person('pledgor'), basis, ...changes };
    return {
      ...whole,
      application: applicationIdSchema.parse(id()),
      documents: [...whole.documents, proof],
      representatives: [acting],
    };
  };

  it('signs and consents for the person; everyone sees that somebody does, and not who', async () => {
    const application = await carriedThrough(
      { ...next(), signatories: { [people.coOwner.iin]: { person: 'pledgor' } } },
      ofMinor(),
    );
    expect(application.state).to.equal('REGISTERED');
    expect(application.participants.map(({ role, represented }) => [role, represented])).to.eql([
      ['PLEDGEE', undefined],
      ['PLEDGOR', undefined],
      ['CO_OWNER', true],
      ['SPOUSE', undefined],
    ]);
  });

  it('is the one who signs: the person represented does not', async () => {
    const filing = filed(next(), ofMinor());
    expect(await refusalOf(filing)).to.contain('SIGNERS_MISMATCH');
  });

  it('acts by a document that is attached, for somebody who takes part', async () => {
    const refusals = async (changes: Parameters<typeof ofMinor>[0]) =>
      refusalOf(prepared(next(), ofMinor(changes)));
    expect(await refusals({ basis: documentHashOf('nothing') })).to.contain(
      'REPRESENTATION_UNPROVED',
    );
    expect(
      await refusals({ of: iinSchemaOf('TEST_NUMBERS').parse(people.registrar.iin) }),
    ).to.contain('REPRESENTATION_OF_NOBODY');
    expect(await refusals({ by: person('coOwner') })).to.contain('REPRESENTATION_OF_NOBODY');
  });
});
