import { expect } from 'chai';
import { localDateOf } from '../../../chaincode/kernel/almaty.ts';
import { plusDays } from '../../../chaincode/kernel/civil-date.ts';
import { msPerMinute, plusMs } from '../../../chaincode/kernel/instant.ts';
import { personHash } from '../../../chaincode/kernel/person-hash.ts';
import { compositeKey } from '../../../chaincode/ledger/keys.ts';
import * as mandates from '../../../chaincode/mandates/operations.ts';
import { type Mandate, mandateType } from '../../../chaincode/mandates/schema.ts';
import * as heads from '../../../chaincode/organisations/heads/operations.ts';
import {
  type Head,
  headListType,
  headType,
} from '../../../chaincode/organisations/heads/schema.ts';
import { legalPerson } from '../../../chaincode/pledges/participants.ts';
import { people } from '../../../gateway/stands/eds/people.ts';
import { carriedOut, signedDecision } from '../../../gateway/stands/story/deciding.ts';
import { newProperty, pledgeOf } from '../../../gateway/stands/story/dossiers.ts';
import { filed } from '../../../gateway/stands/story/filing.ts';
import { mandateGiven, type Member } from '../../../gateway/stands/story/mandates.ts';
import { hashOf, id, salt } from '../../../gateway/stands/story/signers.ts';
import { cast } from '../../../gateway/stands/story/stage.ts';
import { Altered, writtenByMajority } from '../../support/altered-peer.ts';
import { refusalOf, tampered } from '../../support/kepil-stage.ts';
import { unitPlayground } from '../../support/unit-playground.ts';

const registrar = { org: cast.registrar };
const accomplices = ['AlphaMSP', 'BetaMSP', 'NitMSP'];

type Type = { readonly name: string; readonly version: number };

describe('who may sign, altered by three organisations (SE-3, OR-1)', function () {
  this.timeout(60_000);
  const { ledger, props, next, taken } = unitPlayground({ others: [Altered] });

  /** Three organisations write a record, or take it away. */
  async function alter(type: Type, parts: readonly string[], data: object | null): Promise<void> {
    const { name, version } = type;
    const text = data && JSON.stringify({ data, revision: 9, type: name, version });
    const key = compositeKey(name, parts);
    expect((await writtenByMajority(ledger().ledger, { key, text })).code).to.equal('VALID');
  }

  describe('a mandate', () => {
    /** A registrar's mandate, the verdict that it was recorded by, and the same when it is revoked. */
    async function revoked() {
      const { stage, signers } = props();
      let verdict = '';
      const listening = tampered<{ verdict: string }>(stage, ({ name }, input) => {
        if (name === 'record') ({ verdict } = input);
        return undefined;
      });
      const given = await mandateGiven(listening, signers, {
        head: 'goscorpHead',
        holder: 'registrar',
        function: 'REGISTRAR',
        ...registrar,
      });
      const live = await ledger().done(mandates.get, { id: given.id }, registrar);
      const revokedAt = plusMs(stage.now(), -msPerMinute);
      const over = await ledger().done(mandates.revoke, { id: given.id, revokedAt }, registrar);
      return { given, verdict, live, over };
    }

    const codesOf = async (which: string) =>
      (await ledger().call(mandates.get, { id: which }, { org: 'BetaMSP' })).codes;

    it('does not come to life again where its revocation was written over', async () => {
      const { given, live } = await revoked();
      const own = { ...next(), mandate: given };
      const { application } = await taken(own);
      const registering = () =>
        refusalOf(
          signedDecision(own, application, { decision: 'REGISTER' }).then((signed) =>
            carriedOut(own, signed),
          ),
        );
      expect(await registering()).to.contain('MANDATE_NOT_LIVE');
      await alter(mandateType, [given.id], live);
      expect(await registering()).to.contain('MANDATE_ALTERED');
      expect(await codesOf(given.id)).to.eql(['MANDATE_ALTERED']);
    });

    it('does not come back where it was taken away', async () => {
      const { given, verdict } = await revoked();
      await alter(mandateType, [given.id], null);
      expect(await codesOf(given.id)).to.eql(['MANDATE_ALTERED']);
      const again = await ledger().call(mandates.record, { verdict }, registrar);
      expect(again.codes).to.eql(['MANDATE_RECORDED_ALREADY']);
    });

    it('lends its seal to no other', async () => {
      const [{ given }, { live: other }] = [await revoked(), await revoked()];
      const sealed = await ledger().done(mandates.get, { id: other.id }, registrar);
      await alter(mandateType, [given.id], sealed);
      expect(await codesOf(given.id)).to.eql(['MANDATE_ALTERED']);
    });

    it('that nobody gave is none', async () => {
      const { live } = await revoked();
      const forged: Mandate = { ...live, id: id() as Mandate['id'] };
      await alter(mandateType, [forged.id], forged);
      expect(await codesOf(forged.id)).to.eql(['MANDATE_UNKNOWN']);
    });

    it('is not revoked without the State Corporation', async () => {
      const { given, over } = await revoked();
      const revokedAt = plusMs(props().stage.now(), -2 * msPerMinute);
      const { outcome } = await ledger().call(
        mandates.revoke,
        { id: given.id, revokedAt },
        { ...registrar, endorsers: accomplices },
      );
      expect(outcome.code).to.equal('ENDORSEMENT_POLICY_FAILURE');
      expect(await ledger().done(mandates.get, { id: given.id }, registrar)).to.eql(over);
    });
  });

  describe('a head', () => {
    const person = 'alphaSuccessor' as const;
    const alpha = { org: cast.platform };
    const day = (days: number) => plusDays(localDateOf(props().stage.now()), days);
    const proof = () => ({ number: '7', date: day(0), hash: hashOf('act') });
    const partsOf = ({ bin, person: hash }: Head) => [bin, hash];

    /** A head who is named for the last thirty days, and the term's end if it ended yesterday. */
    async function named(of: Member, by: { readonly org: string } = alpha) {
      const headSalt = salt();
      const { bin, iin } = people[of];
      const which = { bin, person: personHash(headSalt, iin) };
      const given = { ...which, from: day(-30), appointment: proof() };
      const head = await ledger().done(heads.nameHead, given, by);
      const ended = () =>
        ledger().done(heads.endHead, { ...which, until: day(-1), dismissal: proof() }, by);
      return { head, headSalt, given, ended };
    }

    /** What is said to an application that this person has signed for Alpha with this salt. */
    function filedBy(of: Member, headSalt: string | undefined, pledgee?: object): Promise<string> {
      const own = next();
      const stage = tampered<object>(own.stage, (_operation, input) =>
        'headSalt' in input ? { ...input, headSalt } : undefined,
      );
      const signatories = { [people[of].bin]: { person: of } };
      const dossier = { ...pledgeOf(stage, newProperty()), ...pledgee };
      return refusalOf(filed({ ...own, stage, signatories }, dossier));
    }

    it('who was dismissed signs nothing where the dismissal was written over', async () => {
      const { head, headSalt, ended } = await named(person);
      await ended();
      expect(await filedBy(person, headSalt)).to.contain('HEAD_NOT_IN_FORCE');
      await alter(headType, partsOf(head), head);
      expect(await filedBy(person, headSalt)).to.contain('HEAD_ALTERED');
      const { heads: all } = await ledger().done(heads.heads, { bin: head.bin }, alpha);
      expect(all.map((each) => each.person)).not.to.include(head.person);
    });

    it('who was dismissed borrows no other record', async () => {
      const { head, headSalt, ended } = await named(person);
      await ended();
      const { head: other } = await named(person);
      await alter(headType, partsOf(head), other);
      expect(await filedBy(person, headSalt)).to.contain('HEAD_ALTERED');
    });

    it('who was taken away is not named again under the same salt', async () => {
      const { head, headSalt, given, ended } = await named(person);
      await ended();
      await alter(headType, partsOf(head), null);
      expect(await filedBy(person, headSalt)).to.contain('HEAD_ALTERED');
      const again = await ledger().call(heads.nameHead, given, alpha);
      expect(again.codes).to.eql(['HEAD_NAMED_ALREADY']);
    });

    it('whom nobody named is none, and may be named', async () => {
      const headSalt = salt();
      const { bin, iin } = people[person];
      const which = { bin, person: personHash(headSalt, iin) };
      const given = { ...which, from: day(0), appointment: proof() };
      await alter(headType, [bin, which.person], given);
      expect(await filedBy(person, headSalt)).to.contain('HEAD_UNKNOWN');
      await ledger().done(heads.nameHead, given, alpha);
      expect(await filedBy(person, headSalt)).to.equal('accepted');
    });

    it('is not named without the State Corporation', async () => {
      const { bin, iin } = people[person];
      const given = {
        bin,
        person: personHash(salt(), iin),
        from: day(0),
        appointment: proof(),
      };
      const calling = { ...alpha, endorsers: accomplices };
      const { outcome } = await ledger().call(heads.nameHead, given, calling);
      expect(outcome.code).to.equal('ENDORSEMENT_POLICY_FAILURE');
    });

    it('of one that is no party does not sign by the certificate where the list was taken away', async () => {
      const { bin, organisation: name } = people.bankHead;
      const pledgee = { pledgee: legalPerson.parse({ bin, name }) };
      const { head, headSalt, ended } = await named('bankHead', registrar);
      await ended();
      await alter(headType, partsOf(head), null);
      await alter(headListType, [bin], null);
      expect(await filedBy('bankHead', undefined, pledgee)).to.contain('HEAD_UNKNOWN');
      expect(await filedBy('bankHead', headSalt, pledgee)).to.contain('HEAD_ALTERED');
    });
  });
});
