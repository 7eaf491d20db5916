import { expect } from 'chai';
import * as consents from '../../../chaincode/consents/operations.ts';
import type { Refusal } from '../../../chaincode/kernel/refusal.ts';
import * as organisations from '../../../chaincode/organisations/operations.ts';
import type { Application } from '../../../chaincode/pledges/application.ts';
import { people } from '../../../gateway/stands/eds/people.ts';
import { carriedOut, signedDecision, takenByEgkn } from '../../../gateway/stands/story/deciding.ts';
import { newProperty, pledgeOf } from '../../../gateway/stands/story/dossiers.ts';
import { filed } from '../../../gateway/stands/story/filing.ts';
import { headsNamed } from '../../../gateway/stands/story/heads.ts';
import { inSlot, type Props } from '../../../gateway/stands/story/props.ts';
import {
  actFiled,
  admitted,
  extended,
  mandated,
  trusted,
} from '../../../gateway/stands/story/setting.ts';
import { hashOf, Signers } from '../../../gateway/stands/story/signers.ts';
import { cast, type Stage } from '../../../gateway/stands/story/stage.ts';
import { KepilLedger } from '../../support/kepil-ledger.ts';
import { refusalOf, stageOf, tampered, type Tampering } from '../../support/kepil-stage.ts';

const alpha = { org: cast.platform };
const { bin } = people.alphaHead;

/** The co-owner's number: the pledgee is first, the pledgor second. */
const coOwner = 3;

/** Which step was refused, and by which codes under which norms. */
type Refused = { readonly step: string; readonly faults: readonly (readonly [string, string])[] };

describe('a filing that must not succeed', function () {
  this.timeout(60_000);
  let ledger: KepilLedger;
  let props: Props;
  let slots = 0;

  /** A consortium on the day, which has not extended the pilot; Alpha is admitted as told. */
  async function ready(admit: typeof admitted = admitted): Promise<void> {
    ledger = await KepilLedger.founded('2026-11-20T06:00:00.000Z');
    const stage = stageOf(ledger);
    const signers = new Signers();
    await trusted(stage, signers);
    await headsNamed(stage, signers);
    await admit(stage, signers);
    props = { stage, signers, mandate: await mandated(stage, signers), slot: 0 };
  }

  /** Files a pledge of a home on a stage of which something is wrong. */
  const filing = (wrong: (stage: Stage) => Stage = (stage) => stage): Promise<Application> => {
    const own = inSlot(props, (slots += 1));
    return filed({ ...own, stage: wrong(own.stage) }, pledgeOf(own.stage, newProperty()));
  };
  const tampering = (change: Tampering<never>) => (stage: Stage) => tampered(stage, change);

  describe('without what the consortium decides', () => {
    before(() => ready());
    after(() => ledger.close());

    it('is refused under the lapsed pilot that nobody extended (RG-2)', async () => {
      expect(await refused(filing())).to.eql({
        step: 'pledges:file',
        faults: [['REGIME_NO_LONGER_IN_FORCE', 'RG-2']],
      });
      await extended(props.stage);
      expect((await filing()).state).to.equal('FILED');
    });
  });

  describe('by who may not file', () => {
    afterEach(() => ledger.close());

    it('is refused to a bank while the pilot rules (OR-1)', async () => {
      const categories = ['SECOND_TIER_BANK'];
      await ready((stage, signers) => admitted(asOneOf(stage, categories), signers));
      await extended(props.stage);
      expect(await refused(filing())).to.eql({
        step: 'pledges:file',
        faults: [['PARTICIPANT_EXCLUDED_BY_REGIME', 'OR-1; 000 alg. 1']],
      });
    });

    it('is refused with nine of ten answers from the test environment (OR-3, OR-5)', async () => {
      await ready(admittedWithNine);
      await extended(props.stage);
      const { integrations } = await ledger.done(organisations.get, { bin }, alpha);
      expect(integrations.map(({ state, answers }) => [state, answers.length])).to.eql([
        ['APPROVED', 9],
      ]);
      expect(await refused(actFiled(props.stage, props.signers))).to.eql({
        step: 'organisations:fileTestAct',
        faults: [['TEST_ANSWERS_TOO_FEW', 'OR-3; 002 cl. 11']],
      });

      const said: Refused[] = [];
      expect(await refused(filing((stage) => despite(stage, 'consents', said)))).to.eql({
        step: 'pledges:file',
        faults: [
          ['KDP_NOT_IN_PRODUCTION', 'OR-5; 002 cl. 3'],
          ...Array.from({ length: 3 }, () => ['CONSENT_MISSING', 'CN-1; 000 cl. 3 2)']),
        ],
      });
      expect(said[0]).to.eql({
        step: 'consents:request',
        faults: [['CONSENT_MODE_NOT_GRANTED', 'CN-2; 002 cl. 7']],
      });
    });
  });

  describe('without what its people do', () => {
    before(async () => {
      await ready();
      await extended(props.stage);
    });
    after(() => ledger.close());

    it('is refused with the consent of another person (CN-1, CN-3)', async () => {
      const said: Refused[] = [];
      const stranger = (stage: Stage) => despite(consentingInstead(stage), 'consents', said);
      expect(await refused(filing(stranger))).to.eql({
        step: 'pledges:file',
        faults: [['CONSENT_NOT_USABLE', 'CN-5']],
      });
      expect(said[0]).to.eql({
        step: 'consents:verify',
        faults: [['CONSENT_OF_ANOTHER_PERSON', 'CN-1; CN-3']],
      });
    });

    it('is refused where a co-owner of the facts is left out of its participants (PL-4)', async () => {
      const without = tampering(({ name }, { verdict }: { readonly verdict: string }) =>
        name === 'prepare' ? { verdict: withoutCoOwner(verdict) } : undefined,
      );
      expect(await refused(filing(without))).to.eql({
        step: 'pledges:prepare',
        faults: [['VERDICT_NOT_GIVEN', 'PL-7; SE-3']],
      });
    });

    it('is refused without the signature of a co-owner (PL-6)', async () => {
      const without = tampering(({ name }, input: { readonly verdicts: readonly string[] }) => {
        if (name !== 'file') return undefined;
        const signed = input.verdicts.filter((verdict) => participantOf(verdict) !== coOwner);
        expect(signed).to.have.length(input.verdicts.length - 1);
        return { ...input, verdicts: signed };
      });
      const refusal = await refused(filing(without));
      expect(refusal).to.eql({
        step: 'pledges:file',
        faults: [['CONFIRMATION_MISSING', 'PL-6; 000 alg. 8']],
      });
    });

    it('is refused once a consent was taken back (CN-5)', async () => {
      const revoked = tampering(async ({ name }, { application }: { application: string }) => {
        if (name === 'file') await takenBack(application);
      });
      expect(await refused(filing(revoked))).to.eql({
        step: 'pledges:file',
        faults: [['CONSENT_NOT_USABLE', 'CN-5']],
      });
    });

    it('is not decided on once a consent was taken back after it (CN-5)', async () => {
      const taken = await takenByEgkn(props, await filing());
      await takenBack(taken.id);
      const signed = await signedDecision(props, taken, { decision: 'REGISTER' });
      expect(await refused(carriedOut(props, signed))).to.eql({
        step: 'pledges:decide',
        faults: [['CONSENT_REVOKED', 'CN-5']],
      });
    });
  });

  function takenBack(application: string) {
    const which = { application, participant: coOwner, attempt: 1 };
    const notice = { revokedAt: props.stage.now(), evidence: hashOf('notice') };
    return props.stage.done(consents.revoke, { ...which, ...notice }, alpha);
  }

  /** The co-owner's token is of somebody else. */
  function consentingInstead(stage: Stage): Stage {
    type Verified = { readonly participant: number; readonly terms: object };
    return tampered<Verified>(stage, ({ contract, name }, input) => {
      if (contract !== 'consents' || name !== 'verify' || input.participant !== coOwner) return;
      const claims = { sub: people.registrar.iin, cbin: bin, access: ['GBDFL'] };
      const token = props.signers.token(claims, stage.now());
      return { ...input, token, terms: { ...input.terms, tokenHash: hashOf(token) } };
    });
  }
});

/** Alpha is admitted as something that the law names: a bank. */
function asOneOf(stage: Stage, categories: readonly string[]): Stage {
  type Proposed = { readonly subject: { readonly kind: string; readonly organisation: object } };
  return tampered<Proposed>(stage, ({ name }, input) => {
    if (name !== 'propose' || input.subject.kind !== 'organisation.admission') return undefined;
    const organisation = { ...input.subject.organisation, categories };
    return { ...input, subject: { ...input.subject, organisation } };
  });
}

/** Alpha is admitted, but the tenth answer of KDP's test environment never comes. */
async function admittedWithNine(stage: Stage, signers: Signers): Promise<void> {
  let answers = 0;
  const untilNine = tampered(stage, ({ name }) => {
    if (name === 'verifyTestAnswer' && (answers += 1) > 9) throw new Error('no tenth answer');
  });
  expect(await refusalOf(admitted(untilNine, signers))).to.equal('no tenth answer');
}

/** A platform that goes on whatever a contract refuses it; what was said is kept. */
function despite(stage: Stage, contract: string, said: Refused[]): Stage {
  return {
    ...tampered(stage, () => undefined),
    done: (operation, input, caller) => {
      const done = stage.done(operation, input, caller);
      if (operation.contract !== contract) return done;
      return done.catch((error: Error) => {
        said.push(refusedBy(error.message));
        return { verdict: '' } as never;
      });
    },
  };
}

async function refused(attempt: Promise<unknown>): Promise<Refused> {
  return refusedBy(await refusalOf(attempt));
}

/** The step and the faults in the message of a refusal. */
function refusedBy(message: string): Refused {
  const [, step = '', json = ''] = /^(\S+): (\{.*\})$/s.exec(message) ?? [];
  expect(json, message).to.not.equal('');
  const { refusals } = JSON.parse(json) as { readonly refusals: readonly Refusal[] };
  return { step, faults: refusals.map(({ code, norm = '' }) => [code, norm]) };
}

/** What the State Corporation's peer said of a dossier, but for the owner beside the pledgor. */
function withoutCoOwner(verdict: string): string {
  const said = JSON.parse(verdict) as { readonly participants: readonly { role: string }[] };
  const participants = said.participants.filter(({ role }) => role !== 'CO_OWNER');
  expect(participants).to.have.length(said.participants.length - 1);
  return JSON.stringify({ ...said, participants });
}

function participantOf(verdict: string): number {
  return (JSON.parse(verdict) as { readonly participant: number }).participant;
}
