import { expect } from 'chai';
import * as consents from '../../../chaincode/consents/operations.ts';
import * as pledges from '../../../chaincode/pledges/operations.ts';
import {
  purged,
  registered,
  terminated,
  type Props,
} from '../../../gateway/stands/story/pledge.ts';
import { people } from '../../../gateway/stands/eds/people.ts';
import { headsNamed } from '../../../gateway/stands/story/heads.ts';
import { admitted, extended, mandated, trusted } from '../../../gateway/stands/story/setting.ts';
import { hashOf, salt, Signers } from '../../../gateway/stands/story/signers.ts';
import type { Stage } from '../../../gateway/stands/story/stage.ts';
import { KepilLedger } from '../../support/kepil-ledger.ts';
import {
  refusalOf,
  type Sent,
  stageOf,
  tampered,
  type Tampering,
} from '../../support/kepil-stage.ts';
import { unitPlayground } from '../../support/unit-playground.ts';

describe('a pledge from its draft to its termination', () => {
  const { ledger, props, next } = unitPlayground();

  it('is registered, ranked, released and purged', async function () {
    this.timeout(60_000);
    const pledge = await registered(props());
    expect(pledge).to.include({ state: 'REGISTERED', edition: 'pilot-2025', isLate: false });
    const [target] = pledge.targets;
    const question = { property: target?.property ?? '' };
    const before = await ledger().done(pledges.register, question, { org: 'BetaMSP' });
    expect(before.pledges.map(({ rank }) => rank)).to.eql([1]);

    const ended = await terminated(next(), pledge);
    expect(ended.state).to.equal('REGISTERED');
    const after = await ledger().done(pledges.register, question, { org: 'BetaMSP' });
    expect(after.pledges[0]?.encumbrance.state).to.equal('TERMINATED');

    const held = await ledger().done(
      pledges.readDossier,
      { application: pledge.id },
      { org: 'AlphaMSP' },
    );
    expect(held.pledgors).to.have.length(1);
    await purged(props(), pledge);
    for (const org of ['AlphaMSP', 'GosCorpMSP']) {
      const gone = await ledger().call(pledges.readDossier, { application: pledge.id }, { org });
      expect(gone.codes).to.eql(['DOSSIER_NOT_HELD']);
    }
    const still = await ledger().done(pledges.register, question, { org: 'BetaMSP' });
    expect(still.pledges).to.eql(after.pledges);
  });

  it('leaves no personal value in any block or event', async function () {
    this.timeout(60_000);
    const personal = Object.values(people).flatMap(({ iin, surname }) => [iin, surname]);
    for (let number = 0n; number < ledger().ledger.channel.height(); number += 1n) {
      const block = await ledger().ledger.channel.block(number);
      const bytes = Buffer.from(block?.serializeBinary() ?? []);
      for (const value of personal) {
        expect(bytes.includes(Buffer.from(value)), `${number}: ${value.length}`).to.equal(false);
      }
    }
  });
});

describe('a filing that must not succeed', () => {
  let ledger: KepilLedger;
  let props: Props;

  before(async function () {
    this.timeout(60_000);
    ledger = await KepilLedger.founded('2026-11-20T06:00:00.000Z');
    const stage = stageOf(ledger);
    const signers = new Signers();
    await trusted(stage, signers);
    await admitted(stage, signers);
    await headsNamed(stage, signers);
    props = { stage, signers, mandate: await mandated(stage, signers), slot: 1 };
  });

  after(() => ledger.close());

  /** The codes with which a pledge is refused when somebody tampers with it. */
  async function refusedWith(slot: number, tampering: Tampering): Promise<string> {
    return refusalOf(registered({ ...props, slot, stage: tampered(props.stage, tampering) }));
  }

  it('is refused under the lapsed pilot, with the order and its dates (RG-2)', async () => {
    const refusal = await refusedWith(1, () => undefined);
    expect(refusal).to.contain('REGIME_NO_LONGER_IN_FORCE').and.to.contain('2026-06-07');
  });

  describe('though the pilot was extended', () => {
    before(() => extended(props.stage));

    it('is refused without the signature of a co-owner (PL-6)', async () => {
      const refusal = await refusedWith(2, ({ name }, input) =>
        name === 'file' ? { ...input, verdicts: input.verdicts.slice(0, 2) } : undefined,
      );
      expect(refusal).to.contain('CONFIRMATION_MISSING').and.to.contain('CO_OWNER');
    });

    it('is refused with the consent of another person (CN-1)', async () => {
      const { signers, stage } = props;
      const refusal = await refusedWith(3, ({ name, contract }, input) => {
        if (contract !== 'consents' || name !== 'verify') return undefined;
        const { bin } = people.alphaHead;
        const claims = { sub: people.registrar.iin, cbin: bin, access: ['GBDFL'] };
        const token = signers.token(claims, stage.now());
        return { ...input, token, terms: { ...input.terms, tokenHash: hashOf(token) } };
      });
      expect(refusal).to.contain('CONSENT_OF_ANOTHER_PERSON');
    });

    it('is refused once a consent was taken back, before the filing and after it (CN-5)', async () => {
      const revokeBefore = (step: string, application: (input: Sent) => string): Tampering => {
        return async ({ name }, input) => {
          if (name !== step) return undefined;
          const which = { application: application(input), participant: 2, attempt: 1 };
          const notice = { revokedAt: props.stage.now(), evidence: hashOf('notice') };
          const taken = { ...which, ...notice };
          await props.stage.done(consents.revoke, taken, { org: 'AlphaMSP' });
          return undefined;
        };
      };
      const applicationOf = (verdict: string) =>
        (JSON.parse(verdict) as Pick<Sent, 'application'>).application;
      const early = revokeBefore('file', (input) => input.application);
      expect(await refusedWith(4, early)).to.contain('CONSENT_NOT_USABLE');
      const late = revokeBefore('decide', (input) => applicationOf(input.verdict));
      expect(await refusedWith(5, late)).to.contain('CONSENT_REVOKED');
    });

    it('is refused where an officer decides without a mandate (SE-3)', async () => {
      const stranger = { ...props, mandate: { ...props.mandate, salt: salt() }, slot: 6 };
      const refusal = await refusalOf(registered(stranger));
      expect(refusal).to.contain('MANDATE_HOLDER_DIFFERS');
    });

    it('is refused where the platform itself registers (PL-11)', async () => {
      const asPlatform: Stage = {
        ...tampered(props.stage, () => undefined),
        done: (operation, input) => props.stage.done(operation, input, { org: 'AlphaMSP' }),
      };
      const refusal = await refusalOf(registered({ ...props, slot: 7, stage: asPlatform }));
      expect(refusal).to.contain('NOT_ALLOWED');
    });
  });
});
