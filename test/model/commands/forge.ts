/** A majority without the State Corporation runs an altered chaincode and writes what it likes. */
import fc from 'fast-check';
import { z } from 'zod';
import { accepted } from '../../../chaincode/kernel/outcome.ts';
import { command, contractOf } from '../../../chaincode/ledger/contract.ts';
import { registrarMsp } from '../../../chaincode/ledger/institutions.ts';
import { operation } from '../../../chaincode/ledger/operation.ts';
import { encumbrance, encumbranceType } from '../../../chaincode/pledges/encumbrance.ts';
import { checkProperty } from '../invariants/register.ts';
import { ModelLedger } from '../ledger/model-ledger.ts';
import { hashOf, idOf } from '../scene/numbers.ts';
import { binOf } from '../scene/parties.ts';
import { properties } from '../scene/plans.ts';
import { morning } from '../scene/setting.ts';
import type { Step } from './steps.ts';

const forgery = operation({
  contract: 'forgery',
  name: 'write',
  summary: 'Writes a pledge that nobody decided.',
  norms: 'none',
  shape: { kind: 'public' },
  callers: {},
  input: z.strictObject({ pledge: encumbrance, sealed: z.boolean() }),
  output: z.strictObject({}),
});

/** The altered chaincode. */
export const Forgery = contractOf('forgery', [
  command(forgery, async (ledger, { pledge, sealed }) => {
    if (sealed) await ledger.putSealed(encumbranceType, pledge, registrarMsp);
    else await ledger.put(encumbranceType, pledge);
    return accepted({});
  }),
]);

/** The id under which every forged pledge stands; drafts name it too, as one that there is not. */
export const forgedId = idOf('nothing');

const accomplices = ['AlphaMSP', 'BetaMSP', 'NitMSP', 'BankMSP'];

/** Without the seal it is written and nobody reads it; with the seal it cannot be written. */
export const forge: fc.Arbitrary<Step> = fc
  .record({ property: fc.nat({ max: 1 }), sealed: fc.boolean() })
  .map(({ property: index, sealed }) => ({
    toString: () => `forge ${index} ${sealed}`,
    play: async (scene) => {
      const property = properties[index] ?? properties[0];
      const key = scene.nextKey();
      const calling = { org: 'AlphaMSP', key, endorsers: accomplices };
      const call = ModelLedger.callOf(forgery, { pledge: pledgeOf(property), sealed }, calling);
      const result = await scene.submitted(`four write a pledge, seal: ${sealed}`, call);
      if (result.isCommitted === sealed) throw new Error('the seal was forged');
      await checkProperty(scene.ledger, scene.model, property);
      scene.coverage.accepted('forgery', '');
    },
  }));

function pledgeOf(property: string) {
  const document = hashOf('forged');
  const bin = binOf('alphaHead');
  return {
    id: forgedId,
    property,
    kind: 'PLEDGE' as const,
    acceptance: { minute: '2026-11-20T05:00Z', egknNumber: '0', application: forgedId },
    registeredAt: morning,
    platform: bin,
    holders: [{ bin, application: forgedId, since: morning }],
    terms: [{ application: forgedId, titleDocument: document, dossier: document, since: morning }],
    consentToRepledge: true,
    state: 'LIVE' as const,
  };
}
