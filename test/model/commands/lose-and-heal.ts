/**
 * A holder's peer loses a private record, as by a restore from an older backup, and gets the same
 * bytes back; somebody may try to give it others before, or may not be one to give anything.
 */
import { expect } from 'chai';
import fc from 'fast-check';
import { heal, lacking, readHeld } from '../../../chaincode/pledges/healing/operations.ts';
import type { HeldPart } from '../../../chaincode/pledges/held-records.ts';
import { readDossier } from '../../../chaincode/pledges/operations.ts';
import type { World } from '../ledger/world.ts';
import type { ModelApplication } from '../model/model.ts';
import { attempt, type Party } from '../scene/attempt.ts';
import { saltOf } from '../scene/numbers.ts';
import { registrar } from '../scene/parties.ts';
import type { Scene } from '../scene/scene.ts';
import { called, seldom, someone, which } from './play.ts';
import type { Step } from './steps.ts';

type Drawn = {
  readonly which: number;
  /** Which of the two holders loses it. */
  readonly atRegistrar: boolean;
  /** Which of the records. */
  readonly record: number;
  /** Who tries first, and with other bytes perhaps. */
  readonly by: Party | undefined;
  readonly otherText: boolean;
  readonly otherPart: boolean;
};

type Lost = {
  readonly application: ModelApplication;
  readonly org: string;
  readonly other: string;
  readonly key: string;
  readonly part: HeldPart;
  readonly text: string;
};

export const loseAndHeal: fc.Arbitrary<Step> = fc
  .record({
    which,
    atRegistrar: fc.boolean(),
    record: fc.nat({ max: 20 }),
    by: someone,
    otherText: seldom,
    otherPart: seldom,
  })
  .map((choice) => {
    const drawn = choice as Drawn;
    return {
      toString: () => `lose and heal ${JSON.stringify(drawn)}`,
      isBeyondEngine: true as const,
      play: async (scene: Scene) => {
        const lost = losing(scene, drawn);
        if (lost === undefined) return;
        await noticed(scene, lost);
        const by = drawn.by ?? { org: lost.other, role: 'admin' as const };
        await healing(scene, lost, by, drawn);
        await healing(scene, lost, { org: lost.other, role: 'admin' }, sound);
        await listed(scene, lost, []);
      },
    };
  });

const sound = { otherText: false, otherPart: false };

/** Takes one of an application's records from one of its holders. */
function losing({ model, ledger, story }: Scene, drawn: Drawn): Lost | undefined {
  const application = model.pick(drawn.which);
  if (application === undefined || application.revision === 0) return undefined;
  const { id, platform } = application.plan;
  const [org, other] = drawn.atRegistrar ? [registrar, platform] : [platform, registrar];
  const keys = keysOf(ledger.world, org, id, platform);
  const key = keys[drawn.record % Math.max(keys.length, 1)];
  const text = key === undefined ? undefined : valueAt(ledger.world, org, key);
  if (key === undefined || text === undefined) return undefined;
  story.push(`${org} loses ${key.split(':')[0]} of ${called(application)}`);
  ledger.world.lose(`_implicit_org_${org}`, key);
  return { application, org, other, key, part: partOf(key), text };
}

/** The records that are personal, as the platform or the State Corporation deposited them. */
function keysOf(world: World, org: string, id: string, platform: string): readonly string[] {
  return world
    .privateKeys(`_implicit_org_${org}`)
    .filter((key) => {
      const [place = '', depositor = ''] = key.split('@');
      const [kind = '', record] = place.split(':');
      return kinds.includes(kind) && record === id && [platform, registrar].includes(depositor);
    })
    .toSorted();
}

const kinds: readonly string[] = [
  'dossier',
  'evidence',
  'consent',
  'reasons',
  'withdrawal',
  'decision',
  'grounds',
];

function valueAt(world: World, org: string, key: string): string | undefined {
  return world.privateValue(`_implicit_org_${org}`, key)?.toString();
}

/** The part of an application that stands under a key. */
function partOf(key: string): HeldPart {
  const [place = '', depositor] = key.split('@');
  const [kind, , first, participant] = place.split(':');
  const number = Number(first);
  switch (kind) {
    case 'dossier':
      return { kind: 'DOSSIER', revision: number };
    case 'reasons':
      return { kind: 'REASONS', revision: number };
    case 'consent':
      return { kind: 'CONSENT', participant: number, attempt: Number(participant) };
    case 'withdrawal':
      return { kind: 'WITHDRAWAL', revision: number };
    case 'evidence':
      return { kind: 'EVIDENCE', revision: number, participant: Number(participant) };
    default: {
      const of = kind === 'grounds' ? ('GROUNDS' as const) : ('DECISION' as const);
      const by = depositor === registrar ? { byRegistrar: true as const } : {};
      return { kind: of, decision: number, ...by };
    }
  }
}

/** The same of a number that nothing has. */
function otherThan(part: HeldPart): HeldPart {
  if ('revision' in part) return { ...part, revision: part.revision + 7 };
  if (part.kind === 'CONSENT') return { ...part, attempt: part.attempt + 7 };
  return 'decision' in part ? { ...part, decision: part.decision + 7 } : part;
}

/** Who lost it finds out by the hash, and has nothing to read. */
async function noticed(scene: Scene, lost: Lost): Promise<void> {
  const { application, org, part, key } = lost;
  const { id, platform } = application.plan;
  const { world } = scene.ledger;
  const hashAt = (mspId: string) =>
    world.privateHash(`_implicit_org_${mspId}`, key)?.toString('hex');
  const isShared = hashAt(platform) === hashAt(registrar);
  const from = org === platform || isShared ? platform : registrar;
  await listed(scene, lost, [{ record: id, platform: from, part }]);
  const by = { org, role: 'admin' as const };
  const what = `looks for what it has lost of ${called(application)}`;
  await scene.try(
    attempt(readHeld, { what, input: { record: id, part }, by, against: ['RECORD_NOT_HELD'] }),
  );
  if (part.kind !== 'DOSSIER' || part.revision !== application.revision) return;
  await scene.try(
    attempt(readDossier, { what, input: { application: id }, by, against: ['DOSSIER_LACKING'] }),
  );
}

async function listed(scene: Scene, { org }: Lost, expected: readonly unknown[]): Promise<void> {
  await scene.try(
    attempt(lacking, {
      what: 'lists what its peer lacks',
      input: {},
      by: { org, role: 'admin' },
      against: [],
      learn: ({ lacking: found }) => expect(found, 'what is lacking').to.eql(expected),
    }),
  );
}

/** Somebody gives bytes: they come back where their hash stands, and nowhere else. */
async function healing(
  scene: Scene,
  lost: Lost,
  by: Party,
  { otherText, otherPart }: Pick<Drawn, 'otherText' | 'otherPart'>,
): Promise<void> {
  const { application, org, other, part, text, key } = lost;
  const { id, platform } = application.plan;
  const { world } = scene.ledger;
  const before = valueAt(world, other, key);
  await scene.try(
    attempt(heal, {
      what: `gives back ${part.kind} of ${called(application)}`,
      input: {
        salt: saltOf(`heal ${key} ${scene.coverage.steps}`),
        record: id,
        part: otherPart ? otherThan(part) : part,
        text: otherText ? `${text} ` : text,
      },
      by,
      platform,
      against: [
        by.role !== 'admin' && 'ROLE_MISSING',
        ![platform, registrar].includes(by.org) && 'NOT_ALLOWED',
        (otherText || otherPart) && 'RECORD_DIFFERS',
      ],
      learn: () => {
        expect(valueAt(world, org, key), 'what was given back').to.equal(text);
        expect(valueAt(world, other, key), 'what the other holder has').to.equal(before);
      },
    }),
  );
}
