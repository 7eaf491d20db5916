/**
 * The model's ledger against the local network's own engine: the same calls give the same answers,
 * refusals, events and records on both, so that what is found on the fast one holds on the other.
 */
import { expect } from 'chai';
import fc from 'fast-check';
import type { z } from 'zod';
import { contracts } from '../../chaincode/index.ts';
import { isQuery } from '../../chaincode/ledger/operation.ts';
import type { Stage } from '../../gateway/stands/story/stage.ts';
import type { CallOutcome } from '../support/call-outcome.ts';
import { type CallOptions, UnitLedger } from '../support/unit-ledger.ts';
import { attributesOf } from '../support/unit-identities.ts';
import { Forgery } from './commands/forge.ts';
import { played, sequence } from './commands/steps.ts';
import {
  type Call,
  channelOrganisations,
  ModelLedger,
  type Result,
} from './ledger/model-ledger.ts';
import type { World } from './ledger/world.ts';
import { seed } from './runs.ts';
import { Coverage } from './scene/coverage.ts';
import { morning, play, setting } from './scene/setting.ts';

/** Few, since a call takes a hundred times as long on the engine. */
const sequences = fc.sample(sequence, { seed, numRuns: 4 });

describe("the model's ledger", function () {
  this.timeout('5m');
  let engine: UnitLedger;
  let standing: ReadonlySet<string>;

  beforeEach(async () => {
    engine = await UnitLedger.create({
      module: { contracts: [...contracts, Forgery] },
      organisations: channelOrganisations,
      now: morning,
    });
    await play(stageOf(engine));
    standing = await settled(engine);
  });
  afterEach(() => engine.close());

  for (const [number, { steps }] of sequences.entries()) {
    it(`does what the engine does, sequence ${number + 1} of seed ${seed}`, async () => {
      const known = steps.filter(({ isBeyondEngine = false }) => !isBeyondEngine);
      const scene = await played({ beginning: 'nothing', steps: known }, new Coverage());
      for (const result of scene.ledger.results) await expectSame(engine, result);
      await expectSameState(engine, scene.ledger.world, standing);
    });
  }
});

/** Makes a call of the model's ledger on the engine, at the same time, and compares. */
async function expectSame(engine: UnitLedger, result: Result): Promise<void> {
  const { call, answer, error, event, isCommitted } = result;
  engine.now = result.at;
  const outcome = await (result.isSubmitted
    ? engine.submit(call.contract, call.name, call.argument, optionsOf(call))
    : engine.evaluate(call.contract, call.name, call.argument, optionsOf(call)));
  const what = `${call.contract}:${call.name}`;
  expect(outcome.refusal, what).to.equal(error);
  if (error === undefined) expect(outcome.payload, what).to.equal(answer);
  expect(outcome.code === 'VALID', what).to.equal(isCommitted);
  expect(toldBy(outcome.event?.payload), what).to.eql(toldBy(event?.payload));
}

function optionsOf({ transient, calling }: Call): CallOptions {
  const { org, role, endorsers } = calling;
  return {
    org,
    role: role ?? 'client',
    ...attributesOf(role ?? 'client'),
    ...(endorsers && { endorsers }),
    ...(transient !== undefined && { transient: { input: transient } }),
  };
}

/** An event or a record but for the transaction's id, which every ledger gives by itself. */
function toldBy(payload: string | undefined): unknown {
  return payload?.replaceAll(/"transactionId":"[0-9a-f]+"/g, '');
}

/** What the sequences write; the setting's decisions bear ids that their ledger gave. */
const comparedTypes =
  /^(application|encumbrance|rank\.agreement|consent|mandate|execution)(\.by\..*)?$/;

function isCompared(key: string): boolean {
  return comparedTypes.test(key.split('\u0000')[1] ?? '');
}

/** The private keys that stand before a sequence: the setting's act names its ledger's transactions. */
async function settled(engine: UnitLedger): Promise<ReadonlySet<string>> {
  const { world } = await setting();
  const keys = new Set<string>();
  for (const collection of world.collections()) {
    const org = collection.replace('_implicit_org_', '');
    for (const key of world.privateKeys(collection)) keys.add(`${org} ${key}`);
    const held = await engine.allPrivateState(org, collection);
    for (const key of held.keys()) keys.add(`${org} ${key}`);
  }
  return keys;
}

async function expectSameState(
  engine: UnitLedger,
  world: World,
  standing: ReadonlySet<string>,
): Promise<void> {
  const theirs = [...(await engine.allState())].filter(([key]) => isCompared(key));
  const own = world.keysFrom('').filter(isCompared);
  expect(theirs.map(([key]) => key)).to.eql(own);
  for (const [key, value] of theirs) {
    if (key.includes('setting-')) continue;
    expect(toldBy(value), key).to.equal(toldBy(world.value(key)?.toString()));
  }
  for (const collection of world.collections()) {
    const org = collection.replace('_implicit_org_', '');
    const held = await engine.allPrivateState(org, collection);
    const isNew = (key: string) => !standing.has(`${org} ${key}`);
    const own = world.privateKeys(collection).filter(isNew).toSorted();
    expect([...held.keys()].filter(isNew).toSorted()).to.eql(own);
    for (const key of own) {
      expect(held.get(key), key).to.equal(world.privateValue(collection, key)?.toString());
    }
  }
}

/** The engine as a stage, under the keys that the model's ledger gives its calls. */
function stageOf(engine: UnitLedger): Stage {
  let calls = 0;
  return {
    channel: 'kepil',
    now: () => morning,
    nextSecond: async () => undefined,
    say: () => undefined,
    done: async (operation, input, { org }) => {
      const call = ModelLedger.callOf(operation, input, {
        org,
        role: 'admin',
        key: `setting-${calls}`,
      });
      calls += 1;
      const options = optionsOf(call);
      const { contract, name, argument } = call;
      const outcome: CallOutcome = await (isQuery(operation)
        ? engine.evaluate(contract, name, argument, options)
        : engine.submit(contract, name, argument, options));
      if (outcome.refusal !== undefined) throw new Error(`${name}: ${outcome.refusal}`);
      return JSON.parse(outcome.payload) as z.output<(typeof operation)['output']>;
    },
  };
}
