/** The list of trust, by which every organisation verifies signatures. */
import { accepted } from '../kernel/outcome.ts';
import { command, contractOf, query } from '../ledger/contract.ts';
import { anchorCrl, list } from './operations.ts';
import { anchoredCrlType } from './schema.ts';
import { trustListOfVersion, trustListOn } from './store.ts';

export const TrustContract = contractOf('trust', [
  query(list, (ledger, { version }) =>
    version === undefined ? trustListOn(ledger) : trustListOfVersion(ledger, version),
  ),

  command(anchorCrl, async (ledger, anchor) => {
    await ledger.put(anchoredCrlType, anchor);
    ledger.emit({ name: 'CrlAnchored', hash: anchor.hash, issuer: anchor.issuer });
    return accepted(anchor);
  }),
]);
