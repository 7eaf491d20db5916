/** What an organisation might run instead of what it approved: our contracts, and a forgery. */
import * as chaincode from '../../../../chaincode/index.ts';
import { Forgery } from '../../../support/forgery.ts';

export const contracts = [...chaincode.contracts, Forgery];
