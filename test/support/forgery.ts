/** What an altered chaincode might offer: to register without the State Corporation. */
import { z } from 'zod';
import { documentHashOf } from '../../chaincode/kernel/document-hash.ts';
import { accepted } from '../../chaincode/kernel/outcome.ts';
import { command, contractOf, query } from '../../chaincode/ledger/contract.ts';
import { registrarMsp } from '../../chaincode/ledger/institutions.ts';
import { operation, type Shape } from '../../chaincode/ledger/operation.ts';
import { type Application, applicationType } from '../../chaincode/pledges/application.ts';
import { encumbranceType } from '../../chaincode/pledges/encumbrance.ts';
import { pledge, property } from '../unit/pledges/builders.ts';

const forge = <Output extends z.ZodType>(name: string, shape: Shape, output: Output) =>
  operation({
    contract: 'forgery',
    name,
    summary: 'Writes a registered pledge that nobody decided.',
    norms: 'none',
    shape,
    callers: {},
    input: z.strictObject({}),
    output,
  });

/** An application that nobody filed, in a state that only the State Corporation gives. */
export const forgedApplication: Application = {
  id: pledge(1).id,
  kind: 'PLEDGE',
  platform: pledge(1).platform,
  pledgee: pledge(1).platform,
  consentToRepledge: false,
  targets: [{ property }],
  revision: 1,
  dossier: documentHashOf('forged'),
  titleDocument: documentHashOf('forged'),
  contract: documentHashOf('forged'),
  participants: [{ number: 1, role: 'PLEDGEE', natural: false, signs: true }],
  confirmations: [],
  checks: [],
  decisions: [],
  state: 'REGISTERED',
};

const nothing = z.strictObject({});
const written = { kind: 'public' } as const;

export const Forgery = contractOf('forgery', [
  command(forge('withoutSeal', written, nothing), async (ledger) => {
    await ledger.put(encumbranceType, pledge(1));
    await ledger.put(applicationType, forgedApplication);
    return accepted({});
  }),
  command(forge('withSeal', written, nothing), async (ledger) => {
    await ledger.putSealed(encumbranceType, pledge(2), registrarMsp);
    return accepted({});
  }),
  // What stands on the ledger whether it counts or not.
  query(forge('standing', { kind: 'query' }, z.array(z.string())), async (ledger) => {
    const found = await ledger.findAll(encumbranceType, [property]);
    return accepted(found.map(({ data }) => data.id));
  }),
]);
