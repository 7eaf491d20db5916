/**
 * The founding members of the default consortium.
 *
 * It is data of the package, so that the organisations that run the same package found the same
 * consortium; from then on it changes by decision alone. The BINs are made up for demonstration, with
 * a valid check digit; a real consortium puts its own here before the first block.
 */
import { z } from 'zod';
import { candidate } from './schema.ts';

export const founders = z.array(candidate).parse([
  {
    mspId: 'GosCorpMSP',
    bin: '991249000307',
    name: 'State Corporation (demonstration)',
    kind: 'STATE_LEGAL_ENTITY',
  },
  {
    mspId: 'AuthorityMSP',
    bin: '991249000409',
    name: 'Authority for digital assets (demonstration)',
    kind: 'STATE_LEGAL_ENTITY',
  },
  {
    mspId: 'NitMSP',
    bin: '991249000508',
    name: 'Operator of e-government (demonstration)',
    kind: 'QUASI_STATE_ENTITY',
  },
  {
    mspId: 'AlphaMSP',
    bin: '991249000101',
    name: 'Platform Alpha (demonstration)',
    kind: 'NON_STATE_SYSTEM_OWNER',
  },
  {
    mspId: 'BetaMSP',
    bin: '991249000200',
    name: 'Platform Beta (demonstration)',
    kind: 'CRITICAL_INFRASTRUCTURE_OWNER',
  },
]);
