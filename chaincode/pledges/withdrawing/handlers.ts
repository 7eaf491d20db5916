/** A withdrawal: verified where who applied may be seen, then for everyone to see. */
import type { z } from 'zod';
import { accepted, andThen, type Outcome, refused } from '../../kernel/outcome.ts';
import { command, privateCommand } from '../../ledger/contract.ts';
import type { PublicLedger } from '../../ledger/public-ledger.ts';
import { givenVerdict, verdictText } from '../../ledger/verdict.ts';
import { cmsHash, signedManifestHash } from '../../trust/evidence.ts';
import type { Application } from '../application.ts';
import { atRevision, stillUndecided } from '../application-rules.ts';
import { evidenceText } from '../evidence.ts';
import { heldKey } from '../held-records.ts';
import { announce } from '../notices/standing.ts';
import { withdraw } from '../operations.ts';
import { refuse } from '../refusals.ts';
import { sealed } from '../saving.ts';
import { participantSigned } from '../signatory.ts';
import { isDossierOf, ownApplication } from '../store.ts';
import { withdrawalVerdict } from '../verdicts.ts';
import { verifyWithdrawal } from './operations.ts';
import { applicantOf, dropped, takenBack } from './withdrawal-rules.ts';

export const withdrawing = [
  privateCommand(
    verifyWithdrawal,
    async (ledger, input) => {
      const { dossier } = input;
      const open = andThen(await ownApplication(ledger, dossier.application), stillUndecided);
      if (!open.ok) return open;
      const known = isDossierOf(open.value, dossier);
      if (!known.ok) return known;
      const { id, revision } = open.value;
      const expected = { purpose: 'withdrawal', record: id, revision } as const;
      const signature = await participantSigned(ledger, applicantOf(dossier), input, expected);
      if (!signature.ok) return signature;
      const key = heldKey(id, { kind: 'WITHDRAWAL', revision });
      ledger.deposit(key, evidenceText(signature.value.kept));
      ledger.giveVerdict(verdictOn(input));
      return accepted(null);
    },
    (input) => ({ verdict: verdictOn(input) }),
  ),

  command(withdraw, async (ledger, { application: id, verdict }) => {
    const own = await ownApplication(ledger, id);
    if (!own.ok) return own;
    const withdrawn =
      verdict === undefined
        ? dropped(own.value, ledger.circumstances.time)
        : await bySignature(ledger, own.value, verdict);
    if (withdrawn.ok) await announce(ledger, withdrawn.value);
    return sealed(ledger, withdrawn, 'ApplicationWithdrawn');
  }),
];

/** Taken back as the State Corporation's peer has verified it, of this very content. */
async function bySignature(
  ledger: PublicLedger,
  application: Application,
  text: string,
): Promise<Outcome<Application>> {
  const given = await givenVerdict(ledger, withdrawalVerdict, text);
  if (!given.ok) return given;
  const { application: of, revision, ...withdrawal } = given.value;
  if (of !== application.id) {
    const params = { expected: String(application.revision) };
    return refused(refuse('REVISION_OUT_OF_TURN', { norm: 'PL-7', field: '/verdict', params }));
  }
  return andThen(atRevision(application, revision), (value) => takenBack(value, withdrawal));
}

function verdictOn({ dossier, evidence, found }: z.output<typeof verifyWithdrawal.input>): string {
  return verdictText({
    verdict: 'WITHDRAWAL',
    application: dossier.application,
    revision: dossier.revision,
    manifest: signedManifestHash(evidence),
    cms: cmsHash(evidence),
    ...found,
  });
}
