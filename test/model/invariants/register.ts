/** The register, as the ledger shows it, against the register as it should be. */
import { expect } from 'chai';
import type { z } from 'zod';
import * as pledges from '../../../chaincode/pledges/operations.ts';
import { ModelLedger, type Result } from '../ledger/model-ledger.ts';
import type { Model } from '../model/model.ts';
import { binOf } from '../scene/parties.ts';
import { checkSeal } from './records.ts';

type Shown = z.output<typeof pledges.register.output>;

/** What the State Corporation decides, and nothing else, changes the register (PL-11). */
const deciding: readonly string[] = ['decide', 'cedePart', 'importPart'];

/** Looks at every property that a command has touched. */
export async function checkRegister(
  ledger: ModelLedger,
  model: Model,
  { call, writes }: Result,
): Promise<void> {
  const touched = new Set<string>();
  for (const key of writes.state.keys()) {
    const [, type, property] = key.split('\u0000');
    if (type === 'encumbrance' || type === 'rank.agreement') touched.add(property ?? '');
  }
  if (touched.size > 0 && !deciding.includes(call.name)) {
    throw new Error(`${call.name} has written into the register`);
  }
  for (const property of touched) await checkProperty(ledger, model, property);
}

/** One live holder of each pledge, nothing twice, nothing ended that was not there, the right order. */
export async function checkProperty(
  ledger: ModelLedger,
  model: Model,
  property: string,
): Promise<void> {
  const calling = { org: 'AuthorityMSP', key: 'query' };
  const call = ModelLedger.callOf(pledges.register, { property }, calling);
  const { answer, error } = await ledger.evaluate(call);
  if (answer === undefined) throw new Error(`the register cannot be read: ${error}`);
  const shown = JSON.parse(answer) as Shown;
  const live = shown.pledges.filter(({ encumbrance }) => encumbrance.state === 'LIVE');
  expect(
    live.map(({ encumbrance }) => encumbrance.id),
    'the order of the live pledges',
  ).to.eql(model.register.ranked(property));
  expect(live.map(({ rank }) => rank)).to.eql(live.map((_, index) => index + 1));
  const known = model.register.of(property);
  expect(shown.pledges.map(({ encumbrance }) => encumbrance.id).toSorted()).to.eql(
    known.map(({ id }) => id).toSorted(),
  );
  for (const { encumbrance, rank } of shown.pledges) checkPledge(ledger, model, encumbrance, rank);
}

function checkPledge(
  ledger: ModelLedger,
  model: Model,
  encumbrance: Shown['pledges'][number]['encumbrance'],
  rank: number | undefined,
): void {
  const { id, property, state, holders, terms, termination, importedBy } = encumbrance;
  const known = model.register.find({ property, encumbrance: id });
  if (known === undefined) throw new Error('a pledge that was never registered');
  expect(importedBy !== undefined, 'entered by a batch').to.equal(known.isImported);
  expect(terms[0]?.titleDocument, 'its contract').to.equal(known.titleDocument);
  expect(state, 'whether it lives').to.equal(known.isLive ? 'LIVE' : 'TERMINATED');
  expect(rank === undefined, 'a rank for the living alone').to.equal(!known.isLive);
  expect(holders.at(-1)?.bin, 'its one holder').to.equal(binOf(known.holder));
  const by = (kinds: readonly string[]) =>
    known.changes.flatMap(({ by: application, kind }) =>
      kinds.includes(kind) ? [application] : [],
    );
  expect(holders.map(({ application }) => application)).to.eql(
    by(['PLEDGE', 'REPLEDGE', 'CESSION']),
  );
  expect(terms.map(({ application }) => application)).to.eql(
    by(['PLEDGE', 'REPLEDGE', 'AMENDMENT']),
  );
  expect(termination?.application).to.equal(by(['TERMINATION'])[0]);
  const key = `\u0000encumbrance\u0000${property}\u0000${id}\u0000`;
  const texts = ledger.world.history(key);
  checkSeal(ledger.world, key, texts.at(-1)?.value ?? Buffer.alloc(0));
}
