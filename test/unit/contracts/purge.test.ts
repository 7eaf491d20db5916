import { expect } from 'chai';
import { bytesOfBase64 } from '../../../chaincode/kernel/bytes.ts';
import { ledgerPolicy } from '../../../chaincode/kernel/eds/policy.ts';
import { verify } from '../../../chaincode/kernel/eds/verify.ts';
import { documentHashOf } from '../../../chaincode/kernel/document-hash.ts';
import type { Manifest } from '../../../chaincode/kernel/eds/manifest.ts';
import { manifestBytes } from '../../../chaincode/kernel/eds/manifest.ts';
import type { Instant } from '../../../chaincode/kernel/instant.ts';
import { valueOrThrow } from '../../../chaincode/kernel/outcome.ts';
import * as trust from '../../../chaincode/trust/operations.ts';
import { trustOfList } from '../../../chaincode/trust/store.ts';
import type { Application } from '../../../chaincode/pledges/application.ts';
import type { Dossier } from '../../../chaincode/pledges/dossier.ts';
import * as pledges from '../../../chaincode/pledges/operations.ts';
import type { PersonName } from '../../../gateway/stands/eds/people.ts';
import { purged, registered } from '../../../gateway/stands/story/pledge.ts';
import { salt, Signers } from '../../../gateway/stands/story/signers.ts';
import { refusalOf, tampered, type Tampering } from '../../support/kepil-stage.ts';
import { unitPlayground } from '../../support/unit-playground.ts';

/** Signers who keep what they signed, as everyone may. */
class KeepingSigners extends Signers {
  readonly kept: { readonly manifest: Manifest; readonly evidence: ReturnType<Signers['sign']> }[] =
    [];

  override sign(name: PersonName, manifest: Manifest, at: Instant) {
    const evidence = super.sign(name, manifest, at);
    this.kept.push({ manifest, evidence });
    return evidence;
  }
}

type Sent = {
  readonly application: { readonly storageDays: number };
  readonly dossier: Dossier;
};

describe('the purge of an application', () => {
  const signers = new KeepingSigners();
  const tampering: Tampering<Sent> = ({ name }, input) =>
    name === 'applyForKdp'
      ? { ...input, application: { ...input.application, storageDays: 30 } }
      : undefined;
  const { ledger, props } = unitPlayground({ signers, tampering });

  const purge = async (org: string, application: string, slot: number) =>
    (await ledger().call(pledges.purge, { salt: salt(), application, slot }, { org })).outcome;

  /** Keys of what is personal in the holders' collections. */
  async function personalKeys(org: string): Promise<readonly string[]> {
    const all = await ledger().ledger.allPrivateState(org, `_implicit_org_${org}`);
    return [...all.keys()].filter((key) => /^(dossier|evidence|slot)/.test(key));
  }

  it('waits for the end of the service, and then for the term of storage (CN-6)', async function () {
    this.timeout(20_000);
    let refused = '';
    const stage = tampered<Sent>(props().stage, async ({ name }, input) => {
      if (name !== 'accept') return undefined;
      const { acceptance } = input as unknown as { acceptance: { application: string } };
      refused = (await purge('AlphaMSP', acceptance.application, 1)).refusal ?? '';
      return undefined;
    });
    const pledge = await registered({ ...props(), stage });
    expect(refused).to.contain('SERVICE_NOT_ENDED').and.to.contain('FILED');

    for (const org of ['AlphaMSP', 'GosCorpMSP']) {
      const { refusal } = await purge(org, pledge.id, 1);
      expect(refusal).to.contain('STORAGE_TERM_RUNS').and.to.contain('2026-12-20');
    }
    expect((await purge('BetaMSP', pledge.id, 1)).refusal).to.contain('NOT_OF_THIS_ORGANISATION');
    ledger().ledger.now = '2026-12-20T06:00:00.000Z';
    expect((await personalKeys('AlphaMSP')).length).to.equal(6);
    await purged(props(), pledge);
    for (const org of ['AlphaMSP', 'GosCorpMSP']) expect(await personalKeys(org)).to.eql([]);
    await expectProvable(pledge);
  });

  /** What signers kept still proves what the ledger says, and the register still stands. */
  async function expectProvable({ id, targets }: Application): Promise<void> {
    const { confirmations } = await ledger().done(
      pledges.get,
      { application: id },
      { org: 'BetaMSP' },
    );
    expect(confirmations.length).to.equal(4);
    const list = await ledger().done(trust.list, {}, { org: 'BetaMSP' });
    const anchors = valueOrThrow(trustOfList(list, []));
    for (const { cms, manifest, signedAt } of confirmations) {
      const own = signers.kept.find(({ evidence }) => hashOfBase64(evidence.signature) === cms);
      expect(own && documentHashOf(manifestBytes(own.manifest))).to.equal(manifest);
      const parts = {
        signature: bytesOf(own?.evidence.signature ?? ''),
        certificates: [],
        crls: [],
        ocsps: (own?.evidence.ocsps ?? []).map(bytesOf),
      };
      const verdict = verify(parts, undefined, anchors, ledgerPolicy, { now: signedAt });
      expect(verdict.reasons).to.eql([]);
    }
    // The query shows only what bears the State Corporation's seal.
    const property = targets[0]?.property ?? '';
    const { pledges: shown } = await ledger().done(
      pledges.register,
      { property },
      { org: 'BetaMSP' },
    );
    expect(shown.map(({ encumbrance }) => encumbrance.id)).to.eql([id]);
  }

  it('takes back a deposit from which nothing was prepared, by who holds its slot', async () => {
    let deposited: Dossier | undefined;
    const stage = tampered<Sent>(props().stage, ({ name }, { dossier }) => {
      if (name === 'prepare') throw new Error('the draft is given up');
      deposited ??= dossier;
      return undefined;
    });
    expect(await refusalOf(registered({ ...props(), stage, slot: 7 }))).to.contain('given up');
    const { application = '' } = deposited ?? {};
    expect(await personalKeys('GosCorpMSP')).to.have.length(2);
    for (const [org, slot] of [
      ['AlphaMSP', 8],
      ['GosCorpMSP', 7],
    ] as const) {
      expect((await purge(org, application, slot)).refusal).to.contain('APPLICATION_UNKNOWN');
    }
    expect((await purge('AlphaMSP', application, 7)).code).to.equal('VALID');
    for (const org of ['AlphaMSP', 'GosCorpMSP']) expect(await personalKeys(org)).to.eql([]);
  });
});

function bytesOf(base64: string): Uint8Array {
  return valueOrThrow(bytesOfBase64(base64));
}

function hashOfBase64(base64: string): string {
  return documentHashOf(bytesOf(base64));
}
