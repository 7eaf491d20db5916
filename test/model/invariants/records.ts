/** What holds of records as they are written, by their text alone. */
import { createHash } from 'node:crypto';
import type { Call, Result } from '../ledger/model-ledger.ts';
import type { World } from '../ledger/world.ts';
import { following, type State } from '../model/model.ts';

type Text = {
  readonly type: string;
  readonly revision: number;
  readonly data: Readonly<Record<string, unknown>>;
};

const registrar = 'GosCorpMSP';

/** Which kinds of records count only with the State Corporation's seal. */
const alwaysSealed = [
  'application',
  'encumbrance',
  'rank.agreement',
  'register.contents',
  'payment.use',
  'pledge.batch',
  'pledge.batch.part',
  'pledge.sheet',
  'mandate',
  'organisation.head',
  'organisation.head-list',
];

/** Every record, but for the entries of indexes, that a command wrote follows from the one that it replaced. */
export function checkRecords(world: World, { call, writes }: Result): void {
  for (const [key, value] of writes.state) {
    if (key.split('\u0000')[1]?.includes('.by.') === true) continue;
    if (value === undefined) throw new Error('a record was deleted');
    const record = textOf(value);
    const history = world.history(key);
    const before = history.at(-2)?.value;
    const earlier = before && textOf(before);
    if (!isNext(call, earlier, record)) {
      throw new Error(`${record.type} went from ${earlier?.revision} to ${record.revision}`);
    }
    if (record.type === 'application') checkPath(earlier, record);
    const sealer = sealerOf(record);
    if (sealer !== undefined) checkSeal(world, key, value, sealer);
  }
}

/** Who has to seal a record: the State Corporation what it decides, a deliverer what it says. */
function sealerOf({ type, data }: Text): string | undefined {
  if (type === 'notice') return data['state'] === 'DUE' ? undefined : String(data['deliverer']);
  return alwaysSealed.includes(type) ? registrar : undefined;
}

function isNext(call: Call, earlier: Text | undefined, record: Text): boolean {
  const steps = record.revision - (earlier?.revision ?? 0);
  return steps >= 1 && steps <= stepsMax(call, record);
}

/**
 * Each line of an import, an entry, a change or an end, may change the pledge and the register of its
 * property once; every other call changes a record once.
 */
function stepsMax({ name, argument }: Call, { type, data }: Text): number {
  if (name !== 'importPart' || !['encumbrance', 'register.contents'].includes(type)) return 1;
  const { input } = JSON.parse(argument) as {
    readonly input: { readonly lines: readonly { readonly property: string }[] };
  };
  return input.lines.filter(({ property }) => property === data['property']).length;
}

function checkPath(earlier: Text | undefined, record: Text): void {
  const from = (earlier?.data['state'] ?? 'DEPOSITED') as State;
  const to = record.data['state'] as State;
  if (!following[from].includes(to)) throw new Error(`an application went from ${from} to ${to}`);
}

/** The seal stands in the collection of who has to seal it, and is of this very text. */
export function checkSeal(world: World, key: string, value: Buffer, org = registrar): void {
  const place = `seal:${sha256(key)}`;
  const seal = world.privateValue(`_implicit_org_${org}`, place)?.toString();
  if (seal !== sha256(value)) throw new Error('a record does not bear its seal');
}

function textOf(value: Buffer): Text {
  return JSON.parse(value.toString()) as Text;
}

function sha256(value: string | Buffer): string {
  return createHash('sha256').update(value).digest('hex');
}
