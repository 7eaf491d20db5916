/** The pledgee's refusal before filing, verified where its reasons may be seen (PL-8). */
import type { z } from 'zod';
import { accepted, andThen, type Outcome, refused } from '../../kernel/outcome.ts';
import { privateCommand } from '../../ledger/contract.ts';
import { verdictText } from '../../ledger/verdict.ts';
import { cmsHash, signedManifestHash, type Verified } from '../../trust/evidence.ts';
import { atRevision, stillPreparing } from '../application-rules.ts';
import { evidenceText, whoDecides } from '../evidence.ts';
import { heldKey } from '../held-records.ts';
import { refuse } from '../refusals.ts';
import { signedFor } from '../signatory.ts';
import { ownApplication } from '../store.ts';
import { verifyRefusal } from './operations.ts';
import { reasonsHash, reasonsText } from './reasons.ts';

type Given = z.output<typeof verifyRefusal.input>;

export const refusing = [
  privateCommand(
    verifyRefusal,
    async (ledger, input) => {
      const { application: id, revision, salt, reasons } = input;
      const open = andThen(await ownApplication(ledger, id), stillPreparing);
      // What is personal lies under a revision that there is, where the purge finds it (CN-6).
      const own = andThen(open, (value) => atRevision(value, revision));
      if (!own.ok) return own;
      const head = { bin: own.value.pledgee, functions: ['STANDS_IN_FOR_HEAD'] as const };
      const expected = { purpose: 'refusal', record: id, revision } as const;
      const signature = await signedFor(ledger, head, input, expected);
      if (!signature.ok) return signature;
      const same = statesReasons(signature.value, input);
      if (!same.ok) return same;
      const part = { kind: 'EVIDENCE', revision, participant: whoDecides } as const;
      ledger.deposit(heldKey(id, part), evidenceText(signature.value.kept));
      ledger.deposit(heldKey(id, { kind: 'REASONS', revision }), reasonsText(salt, reasons));
      ledger.giveVerdict(verdictOn(input));
      return accepted(null);
    },
    (input) => ({ verdict: verdictOn(input) }),
  ),
];

/** What the head signed names exactly these reasons. */
function statesReasons({ manifest }: Verified, { salt, reasons }: Given): Outcome<null> {
  return manifest.facts?.['reasons'] === reasonsHash(salt, reasons)
    ? accepted(null)
    : refused(refuse('REFUSAL_DIFFERS', { norm: 'PL-8', field: '/reasons' }));
}

function verdictOn({ application, revision, salt, reasons, evidence, found }: Given): string {
  return verdictText({
    verdict: 'PLEDGEE_REFUSAL',
    application,
    revision,
    reasons: reasonsHash(salt, reasons),
    manifest: signedManifestHash(evidence),
    cms: cmsHash(evidence),
    ...found,
  });
}
