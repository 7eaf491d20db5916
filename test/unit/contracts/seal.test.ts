import { expect } from 'chai';
import type { z } from 'zod';
import * as chaincode from '../../../chaincode/index.ts';
import type * as pledges from '../../../chaincode/pledges/operations.ts';
import { forgedApplication, Forgery } from '../../support/forgery.ts';
import { UnitLedger } from '../../support/unit-ledger.ts';
import { compositeKey } from '../../../chaincode/ledger/keys.ts';
import { encumbranceType, rankAgreementType } from '../../../chaincode/pledges/encumbrance.ts';
import { registerContentsType } from '../../../chaincode/pledges/register-contents.ts';
import { certify } from '../../../chaincode/pledges/queries/operations.ts';
import { applicationType } from '../../../chaincode/pledges/application.ts';
import { list, revoke } from '../../../chaincode/consents/operations.ts';
import { consentParts, consentType } from '../../../chaincode/consents/schema.ts';
import { get, register } from '../../../chaincode/pledges/operations.ts';
import { newProperty, pledgeOf } from '../../../gateway/stands/story/dossiers.ts';
import { takenByEgkn } from '../../../gateway/stands/story/deciding.ts';
import { confirmedAndFiled, filed, prepared } from '../../../gateway/stands/story/filing.ts';
import { registered, terminated } from '../../../gateway/stands/story/pledge.ts';
import { Altered, writtenByMajority } from '../../support/altered-peer.ts';
import { refusalOf } from '../../support/kepil-stage.ts';
import { unitPlayground } from '../../support/unit-playground.ts';
import { property } from '../pledges/builders.ts';

describe('the seal of the State Corporation', () => {
  const accomplices = ['AlphaMSP', 'BetaMSP', 'NitMSP'];
  let ledger: UnitLedger;

  before(async () => {
    const contracts = [...chaincode.contracts, Forgery];
    ledger = await UnitLedger.create({ module: { contracts } });
  });

  after(() => ledger.close());

  const forged = (name: string) =>
    ledger.submit(
      'forgery',
      name,
      { key: `forgery-${name}`, input: {} },
      {
        org: 'AlphaMSP',
        endorsers: accomplices,
      },
    );

  /** The pledges of the property, as an organisation's peer shows them. */
  async function registerAt(org: string): Promise<unknown> {
    const { payload } = await ledger.evaluate(
      'pledges',
      'register',
      { input: { property } },
      { org },
    );
    return (JSON.parse(payload) as z.output<typeof pledges.register.output>).pledges;
  }

  it('is missing on what three organisations write with an altered chaincode, and nobody reads it', async () => {
    expect((await forged('withoutSeal')).code).to.equal('VALID');
    for (const org of ledger.organisations) {
      expect(await registerAt(org)).to.eql([]);
      const asked = { input: { application: forgedApplication.id } };
      const { refusal } = await ledger.evaluate('pledges', 'get', asked, { org });
      expect(refusal).to.contain('APPLICATION_UNSEALED');
    }
  });

  it('cannot be written without its own peer', async () => {
    expect((await forged('withSeal')).code).to.equal('ENDORSEMENT_POLICY_FAILURE');
    expect(await registerAt('BetaMSP')).to.eql([]);
  });
});

const alpha = { org: 'AlphaMSP' };

describe('the register of a property, altered by three organisations', () => {
  const { ledger, next } = unitPlayground({ others: [Altered] });

  /** Registers a pledge; gives its property, and the keys of what stands of it. */
  async function pledged() {
    const { id, targets } = await registered(next());
    const at = targets[0]?.property ?? '';
    return {
      property: at,
      pledge: compositeKey(encumbranceType.name, [at, id]),
      contents: compositeKey(registerContentsType.name, [at]),
    };
  }

  async function alter(key: string, text: string | null): Promise<void> {
    const { code } = await writtenByMajority(ledger().ledger, { key, text });
    expect(code).to.equal('VALID');
  }

  /** Nobody is told that the property is free: each question about its register is refused. */
  async function isRefused(of: string): Promise<void> {
    for (const operation of [register, certify]) {
      const { codes } = await ledger().call(operation, { property: of }, { org: 'BetaMSP' });
      expect(codes, operation.name).to.eql(['REGISTER_ALTERED']);
    }
  }

  it('is no register where a pledge was written over', async () => {
    const there = await pledged();
    const { pledges } = await ledger().done(
      register,
      { property: there.property },
      { org: 'BetaMSP' },
    );
    const [entry] = pledges;
    if (entry === undefined) throw new Error('nothing was registered');
    const data = { ...entry.encumbrance, state: 'TERMINATED' };
    const { name: type, version } = encumbranceType;
    await alter(there.pledge, JSON.stringify({ data, revision: 2, type, version }));
    await isRefused(there.property);
  });

  it('is no register where another pledge stands in a pledge’s place, seal and all', async () => {
    const there = await pledged();
    const own = next();
    const ended = await registered(own);
    await terminated(next(), ended);
    const [home] = ended.targets;
    const key = compositeKey(encumbranceType.name, [home?.property ?? '', ended.id]);
    const sealedText = (await ledger().ledger.allState()).get(key) ?? '';
    await alter(there.pledge, sealedText);
    await isRefused(there.property);
  });

  it('is no register where a pledge was taken away', async () => {
    const there = await pledged();
    await alter(there.pledge, null);
    await isRefused(there.property);
  });

  it('is no register where all of it was taken away', async () => {
    const there = await pledged();
    await alter(there.pledge, null);
    await alter(there.contents, null);
    await isRefused(there.property);
  });

  it('is no register where its list was cut short', async () => {
    const there = await pledged();
    const { name: type, version } = registerContentsType;
    const data = { property: there.property, pledges: [], agreements: [] };
    await alter(there.contents, JSON.stringify({ data, revision: 2, type, version }));
    await isRefused(there.property);
  });

  it('takes no application for filed that the State Corporation did not see filed', async () => {
    const own = next();
    const application = await filed(own, pledgeOf(own.stage, newProperty()));
    const key = compositeKey(applicationType.name, [application.id]);
    const { name: type, version } = applicationType;
    const forged = [
      { ...application, confirmations: [] },
      // What was sealed once does not go back to what nobody has to seal.
      { ...application, state: 'PREPARED' },
    ];
    const asked = { application: application.id };
    for (const data of forged) {
      await alter(key, JSON.stringify({ data, revision: 9, type, version }));
      const { codes } = await ledger().call(get, asked, { org: 'GosCorpMSP' });
      expect(codes).to.eql(['APPLICATION_UNSEALED']);
    }
    await alter(key, null);
    const { codes } = await ledger().call(get, asked, { org: 'GosCorpMSP' });
    expect(codes).to.eql(['APPLICATION_UNSEALED']);
  });

  it('takes no application for prepared in which others stand than its dossier names', async () => {
    const own = next();
    const dossier = pledgeOf(own.stage, newProperty());
    const application = await prepared(own, dossier);
    const key = compositeKey(applicationType.name, [application.id]);
    const { name: type, version } = applicationType;
    const alone = application.participants.slice(0, 1);
    for (const data of [
      { ...application, participants: alone },
      { ...application, targets: [{ property: newProperty() }] },
    ]) {
      await alter(key, JSON.stringify({ data, revision: 2, type, version }));
      const refusal = await refusalOf(confirmedAndFiled(own, dossier));
      expect(refusal).to.contain('APPLICATION_UNSEALED');
    }
  });

  it('does not stand for a consent that was taken back, nor for one that nobody gave (CN-5)', async () => {
    const own = next();
    const application = await filed(own, pledgeOf(own.stage, newProperty()));
    const { consents } = await own.stage.done(list, { application: application.id }, alpha);
    const [first] = consents;
    if (first === undefined) throw new Error('nobody consented');
    const { participant, attempt } = first;
    const which = { application: application.id, participant, attempt };
    const taken = { revokedAt: own.stage.now(), evidence: application.dossier };
    await own.stage.done(revoke, { ...which, ...taken }, alpha);
    const key = compositeKey(consentType.name, consentParts(application.id, participant, attempt));
    const { name: type, version } = consentType;
    for (const text of [JSON.stringify({ data: first, revision: 9, type, version }), null]) {
      await alter(key, text);
      expect(await refusalOf(takenByEgkn(own, application))).to.contain('CONSENT_ALTERED');
    }
    const { consents: left } = await own.stage.done(list, { application: application.id }, alpha);
    expect(left.map((each) => each.participant)).not.to.include(participant);
  });

  it('is whole where something stands beside it that was never sealed', async () => {
    const there = await pledged();
    const stray = compositeKey(rankAgreementType.name, [there.property, property]);
    await alter(stray, '{}');
    const { pledges } = await ledger().done(
      register,
      { property: there.property },
      { org: 'BetaMSP' },
    );
    expect(pledges.map(({ rank }) => rank)).to.eql([1]);
  });
});
