import { expect } from 'chai';
import { documentHashOf } from '../../../chaincode/kernel/document-hash.ts';
import type { Manifest } from '../../../chaincode/kernel/eds/manifest.ts';
import { applicationIdSchema } from '../../../chaincode/kernel/application-id.ts';
import { type Dossier, dossierText } from '../../../chaincode/pledges/dossier.ts';
import * as pledges from '../../../chaincode/pledges/operations.ts';
import { shownFacts } from '../../../chaincode/pledges/shown-facts.ts';
import * as trust from '../../../chaincode/trust/operations.ts';
import { newProperty, pledgeOf } from '../../../gateway/stands/story/dossiers.ts';
import { prepared, shownBy } from '../../../gateway/stands/story/filing.ts';
import { carriedThrough } from '../../../gateway/stands/story/pledge.ts';
import { id, salt } from '../../../gateway/stands/story/signers.ts';
import { cast } from '../../../gateway/stands/story/stage.ts';
import { refusalOf } from '../../support/kepil-stage.ts';
import { unitPlayground } from '../../support/unit-playground.ts';

const platform = { org: cast.platform };

describe('what a participant is shown before signing (PL-7)', function () {
  this.timeout(60_000);
  const { ledger, props, next } = unitPlayground();
  let dossier: Dossier;

  before(async () => {
    dossier = pledgeOf(props().stage, newProperty());
    await prepared(next(), dossier);
  });

  /** The codes with which a signature of the pledgee's head over these facts is refused. */
  async function refusing(facts: Manifest['facts']): Promise<readonly string[]> {
    const { stage, signers } = props();
    const { version } = await stage.done(trust.list, {}, platform);
    const signedAt = stage.now();
    const { application: record, revision, documents } = dossier;
    const manifest = {
      version: 1 as const,
      purpose: 'confirmation' as const,
      channel: stage.channel,
      record,
      revision,
      salt: salt(),
      ...(facts === undefined ? {} : { facts }),
      dossier: documentHashOf(dossierText(dossier)),
      documents: documents.map(({ name, sha256 }) => ({ name, sha256 })),
    };
    const input = {
      salt: salt(),
      dossier,
      participant: 1,
      evidence: signers.sign('alphaHead', manifest, signedAt),
      found: { signedAt, trustVersion: String(version) },
      ...shownBy(signers, { person: 'alphaHead' }),
    };
    return (await ledger().call(pledges.confirm, input, platform)).codes;
  }

  it('is the kind, the contract and every property, with the pledge that it is about', () => {
    const [target] = dossier.targets;
    const { contract, pledgee } = dossier;
    const common = {
      kind: 'PLEDGE',
      pledgee: pledgee.bin,
      contractNumber: contract.number,
      contractDate: contract.date,
      sumMinor: contract.sum.amountMinor,
      currency: 'KZT',
      until: contract.until,
      property1: target?.property,
    };
    expect(shownFacts(dossier)).to.eql(common);
    const encumbrance = applicationIdSchema.parse(id());
    const targets = dossier.targets.map((each) => ({ ...each, encumbrance }));
    expect(shownFacts({ ...dossier, targets })).to.eql({ ...common, pledge1: encumbrance });
  });

  it('is the share that is pledged, which stands in the register too (PL-2, PL-15)', async () => {
    const own = next();
    const home = newProperty();
    const whole = pledgeOf(own.stage, home);
    const share = '1/2';
    const properties = whole.properties.map((each) => ({ ...each, share }));
    const targets = whole.targets.map((each) => ({ ...each, share }));
    const half = { ...whole, properties, targets };
    expect(shownFacts(half)).to.eql({ ...shownFacts(whole), share1: share });
    for (const [differing, code] of [
      [{ ...whole, properties }, 'SHARE_DIFFERS'],
      [{ ...whole, targets }, 'SHARE_DIFFERS'],
      [{ ...half, targets: targets.map((each) => ({ ...each, share: '3/2' })) }, 'FIELD_INVALID'],
    ] as const) {
      const refusal = await refusalOf(prepared(own, differing));
      expect(refusal).to.contain(code).and.to.contain('/targets/0/share');
    }
    await carriedThrough(own, half);
    const found = await ledger().done(pledges.register, { property: home }, { org: 'BetaMSP' });
    expect(found.pledges.map(({ encumbrance }) => encumbrance.share)).to.eql([share]);
  });

  it('is exactly the application: less, more or something else is refused', async () => {
    const facts = shownFacts(dossier);
    const { until: _, ...less } = facts;
    for (const shown of [
      undefined,
      less,
      { ...facts, note: 'A gift.' },
      { ...facts, sumMinor: '100' },
      { ...facts, property1: newProperty() },
    ]) {
      expect(await refusing(shown)).to.eql(['MANIFEST_NOT_OF_DOSSIER']);
    }
    expect(await refusing(facts)).to.eql([]);
  });
});
