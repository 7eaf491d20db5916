import { expect } from 'chai';
import * as mandates from '../../../chaincode/mandates/operations.ts';
import type { MandateFunction } from '../../../chaincode/mandates/schema.ts';
import {
  newProperty,
  pledgees,
  pledgeOf,
  repledgeOf,
} from '../../../gateway/stands/story/dossiers.ts';
import { filed } from '../../../gateway/stands/story/filing.ts';
import {
  type GivenMandate,
  mandateGiven,
  mandateRevoked,
} from '../../../gateway/stands/story/mandates.ts';
import { carriedThrough, registered } from '../../../gateway/stands/story/pledge.ts';
import type { Props, Signatory } from '../../../gateway/stands/story/props.ts';
import { people } from '../../../gateway/stands/eds/people.ts';
import { cast } from '../../../gateway/stands/story/stage.ts';
import { refusalOf } from '../../support/kepil-stage.ts';
import { unitPlayground } from '../../support/unit-playground.ts';

const alpha = { org: cast.platform };
const person = 'alphaSignatory';

describe('who signs for a pledgee (SE-3)', function () {
  this.timeout(60_000);
  const { ledger, props, next } = unitPlayground();

  const mandate = (named: MandateFunction, org: string = cast.platform) =>
    mandateGiven(props().stage, props().signers, {
      head: 'alphaHead',
      holder: person,
      function: named,
      org,
    });
  const revoke = ({ id }: GivenMandate) =>
    mandateRevoked(props().stage, props().signers, { head: 'alphaHead', mandate: id, ...alpha });

  /** Files a pledge that someone has signed for Alpha. */
  async function filedBy(signatory: Signatory) {
    const signatories = { [people.alphaHead.bin]: signatory };
    const own = { ...next(), signatories };
    return filed(own, pledgeOf(own.stage, newProperty()));
  }

  it('is the head whom the organisation has named', async () => {
    expect((await filedBy({ person: 'alphaHead' })).state).to.equal('FILED');
  });

  it('is a signatory under a live mandate of the organisation, and not without', async () => {
    expect(await refusalOf(filedBy({ person }))).to.contain('MANDATE_MISSING');
    const given = await mandate('PLEDGEE_SIGNATORY');
    expect((await filedBy({ person, mandate: given })).state).to.equal('FILED');
  });

  it('is who stands in for the head', async () => {
    const given = await mandate('STANDS_IN_FOR_HEAD');
    expect((await filedBy({ person, mandate: given })).state).to.equal('FILED');
  });

  it('is nobody whose mandate is for something else, of another, or was revoked', async () => {
    const registrar = { person, mandate: await mandate('REGISTRAR') } as const;
    expect(await refusalOf(filedBy(registrar))).to.contain('MANDATE_OF_ANOTHER_FUNCTION');
    const given = await mandate('PLEDGEE_SIGNATORY');
    const guessed = { person, mandate: { id: given.id, salt: '0'.repeat(64) } } as const;
    expect(await refusalOf(filedBy(guessed))).to.contain('MANDATE_HOLDER_DIFFERS');
    await revoke(given);
    const over = await refusalOf(filedBy({ person, mandate: given }));
    expect(over).to.contain('MANDATE_NOT_LIVE');
  });

  it('holds for a consenting pledgee too, under a mandate of its own organisation', async () => {
    const pledge = await registered(next());
    const given = await mandate('PLEDGEE_SIGNATORY');
    const signed = async (signatories: NonNullable<Props['signatories']>) => {
      const own = { ...next(), signatories };
      return filed(own, repledgeOf(own.stage, pledge));
    };
    const ofAlpha = { person, mandate: given } as const;
    expect((await signed({ [people.alphaHead.bin]: ofAlpha })).state).to.equal('FILED');
    // Beta's pledgee signature under Alpha's mandate: another organisation's certificate.
    const strange = await refusalOf(signed({ [people.betaHead.bin]: ofAlpha }));
    expect(strange).to.contain('SIGNERS_MISMATCH');
  });

  it('is not whom a certificate lets sign for the same organisation as an owner (PL-1)', async () => {
    const pledge = await registered(next());
    const own = { ...next(), signatories: { [people.alphaHead.bin]: { person } as const } };
    const dossier = repledgeOf(own.stage, pledge, []);
    const owners = [...dossier.facts.owners, pledgees.alpha];
    const asOwner = { ...dossier, facts: { ...dossier.facts, owners } };
    expect(await refusalOf(carriedThrough(own, asOwner))).to.contain(
      'EARLIER_PLEDGEE_CONSENT_MISSING',
    );
  });

  it('is nobody whom a member below the head has named', async () => {
    const { stage, signers } = props();
    const given = mandateGiven(stage, signers, {
      head: person,
      holder: person,
      function: 'PLEDGEE_SIGNATORY',
      ...alpha,
    });
    expect(await refusalOf(given)).to.contain('ROLE_MISMATCH');
  });

  it('ends by the signature of the head, whoever brings it, once and for good', async () => {
    // Beta's platform brings Alpha's mandate: a pledgee need not be a member of the consortium.
    const given = await mandate('PLEDGEE_SIGNATORY', 'BetaMSP');
    const { stage, signers } = props();
    const byOther = mandateRevoked(stage, signers, {
      head: 'betaHead',
      mandate: given.id,
      org: 'BetaMSP',
    });
    expect(await refusalOf(byOther)).to.contain('SIGNERS_MISMATCH');
    await revoke(given);
    expect(await refusalOf(revoke(given))).to.contain('MANDATE_REVOKED_ALREADY');
    const again = { id: given.id, revokedAt: '2099-01-01T00:00:00.000Z' };
    const later = await ledger().call(mandates.revoke, again, alpha);
    expect(later.codes).to.eql(['MANDATE_REVOKED_ALREADY']);
  });
});
