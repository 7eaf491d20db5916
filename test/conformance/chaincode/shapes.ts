/**
 * A contract with one operation for each of the five shapes, made by the same hands as ours: what
 * the shapes promise is tried here by itself, without a legal procedure around it.
 */
import { z } from 'zod';
import { accepted, type Outcome, refused } from '../../../chaincode/kernel/outcome.ts';
import { refuse } from '../../../chaincode/kernel/refusals.ts';
import {
  batch,
  command,
  contractOf,
  privateCommand,
  query,
} from '../../../chaincode/ledger/contract.ts';
import { registrarMsp } from '../../../chaincode/ledger/institutions.ts';
import { operation, type Shape } from '../../../chaincode/ledger/operation.ts';
import { recordType } from '../../../chaincode/ledger/record.ts';

const note = z.strictObject({ list: z.string().min(1), id: z.string().min(1), text: z.string() });

const noteType = recordType({
  name: 'note',
  version: 1,
  schema: note,
  keyOf: ({ list, id }) => [list, id],
});

/** What the operations have in common, which no case looks at. */
const declared = (name: string, shape: Shape) => ({
  contract: 'Shapes',
  name,
  summary: `Tries the shape "${shape.kind}".`,
  norms: 'SE-3',
  shape,
  callers: {},
});

const revision = z.strictObject({ revision: z.int() });

const write = operation({
  ...declared('write', { kind: 'public' }),
  input: note,
  output: revision,
});

const find = operation({
  ...declared('find', { kind: 'query' }),
  input: z.strictObject({ list: z.string(), id: z.string() }),
  output: z.strictObject({ text: z.string(), revision: z.int(), sealed: z.boolean() }),
});

const list = operation({
  ...declared('list', { kind: 'query' }),
  input: z.strictObject({ list: z.string(), limit: z.int(), cursor: z.string().optional() }),
  output: z.strictObject({ ids: z.array(z.string()), next: z.string().optional() }),
});

const deposit = operation({
  ...declared('deposit', { kind: 'private', holders: 'platformAndRegistrar' }),
  input: z.strictObject({ place: z.string(), text: z.string(), verdict: z.string().optional() }),
  output: z.strictObject({ place: z.string() }),
});

const own = operation({
  ...declared('own', { kind: 'own' }),
  input: z.strictObject({ place: z.string() }),
  output: z.strictObject({ text: z.string().nullable() }),
});

const purge = operation({
  ...declared('purge', { kind: 'private', holders: 'platformAndRegistrar' }),
  input: z.strictObject({ place: z.string() }),
  output: z.strictObject({ place: z.string() }),
});

const file = operation({
  ...declared('file', { kind: 'public' }),
  input: z.strictObject({ ...note.shape, verdict: z.string() }),
  output: revision,
});

const decide = operation({
  ...declared('decide', { kind: 'public', sealedBy: registrarMsp }),
  input: note,
  output: revision,
});

const writeMany = operation({
  ...declared('writeMany', { kind: 'batch', itemsMax: 500 }),
  input: z.strictObject({ list: z.string(), ids: z.array(z.string()) }),
  output: z.strictObject({ outcomes: z.array(z.string()) }),
});

/** Notes in lists: enough of a subject for every shape. */
export const ShapesContract = contractOf('Shapes', [
  command(write, async (ledger, input) => {
    const stored = await ledger.put(noteType, input);
    ledger.emit({ name: 'NoteWritten', list: input.list, id: input.id });
    return accepted({ revision: stored.revision });
  }),

  query(find, async (ledger, input) => {
    const stored = await ledger.find(noteType, [input.list, input.id]);
    if (stored === undefined) return refused(refuse('FIELD_REQUIRED', { field: '/id' }));
    const sealed = await ledger.isSealed(noteType, stored.data, registrarMsp);
    return accepted({ text: stored.data.text, revision: stored.revision, sealed });
  }),

  query(list, async (ledger, input) => {
    const { limit, cursor } = input;
    const page = await ledger.page(noteType, [input.list], { limit, cursor });
    if (!page.ok) return page;
    const { items, next } = page.value;
    const ids = items.map(({ data }) => data.id);
    return accepted(next === undefined ? { ids } : { ids, next });
  }),

  privateCommand(
    deposit,
    async (ledger, { place, text, verdict }) => {
      ledger.depositShared(place, text);
      if (verdict !== undefined) ledger.giveVerdict(verdict);
      return accepted(null);
    },
    ({ place }) => ({ place }),
  ),

  query(own, async (ledger, { place }) => {
    const held = await ledger.findOwn(place);
    return accepted({ text: held.state === 'HELD' ? held.text : null });
  }),

  privateCommand(
    purge,
    async (ledger, { place }) => {
      ledger.purge(place);
      return accepted(null);
    },
    ({ place }) => ({ place }),
  ),

  command(file, async (ledger, { verdict, ...input }) => {
    if (!(await ledger.hasVerdict(registrarMsp, verdict))) {
      return refused(refuse('FIELD_REQUIRED', { field: '/verdict' }));
    }
    return accepted({ revision: (await ledger.put(noteType, input)).revision });
  }),

  command(decide, async (ledger, input) => {
    const stored = await ledger.putSealed(noteType, input, registrarMsp);
    return accepted({ revision: stored.revision });
  }),

  batch(writeMany, (ledger, { list, ids }) =>
    Promise.resolve(
      accepted({
        items: ids,
        carryOut: async (id: string) => {
          const known = await ledger.find(noteType, [list, id]);
          await ledger.put(noteType, { list, id, text: 'from a batch' });
          // Refused after it wrote: nothing of it may remain.
          return known === undefined
            ? accepted('written')
            : refused(refuse('FIELD_UNKNOWN', { field: '/ids' }));
        },
        finish: (outcomes: readonly Outcome<string>[]) =>
          Promise.resolve({
            outcomes: outcomes.map((outcome) =>
              outcome.ok ? outcome.value : outcome.refusals.map(({ code }) => code).join(' '),
            ),
          }),
      }),
    ),
  ),
]);
