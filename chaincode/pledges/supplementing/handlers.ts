/** A supplement before the decision: verified by the holders, then for everyone to see. */
import { z } from 'zod';
import { applicationIdSchema } from '../../kernel/application-id.ts';
import { documentHashOf, documentHashSchema } from '../../kernel/document-hash.ts';
import { accepted, andThen, type Outcome, refused } from '../../kernel/outcome.ts';
import { command, privateCommand } from '../../ledger/contract.ts';
import type { PublicLedger } from '../../ledger/public-ledger.ts';
import { givenVerdict, verdictText } from '../../ledger/verdict.ts';
import { cmsHash, signedManifestHash } from '../../trust/evidence.ts';
import { type Application, confirmation } from '../application.ts';
import * as rules from '../application-rules.ts';
import { contentSigned } from '../content-signed.ts';
import { dossierText, participantNumbered } from '../dossier.ts';
import { evidenceText } from '../evidence.ts';
import { heldKey } from '../held-records.ts';
import { refuse } from '../refusals.ts';
import { sealed } from '../saving.ts';
import { isDeposited, isDossierOf, ownApplication } from '../store.ts';
import { supplement, verifySupplement } from './operations.ts';
import { supplements } from './supplement-rules.ts';

type Given = z.output<typeof verifySupplement.input>;

/** A participant has signed the application with the documents added. */
const supplementVerdict = confirmation.extend({
  verdict: z.literal('SUPPLEMENT'),
  application: applicationIdSchema,
  revision: z.int().min(2).max(100),
  dossier: documentHashSchema,
  trustVersion: z.string(),
});
type SupplementVerdict = z.output<typeof supplementVerdict>;

export const supplementing = [
  privateCommand(
    verifySupplement,
    async (ledger, input) => {
      const { filed, dossier, participant } = input;
      const own = await ownApplication(ledger, dossier.application);
      const open = andThen(own, rules.stillUndecided);
      if (!open.ok) return open;
      const { id, revision } = open.value;
      const known = isDossierOf(open.value, filed);
      const added = andThen(known, (value) => supplements(value, dossier));
      const who = andThen(added, (value) => participantNumbered(value, participant));
      if (!who.ok) return who;
      const text = dossierText(dossier);
      const next = { ...open.value, revision: revision + 1, dossier: documentHashOf(text) };
      const signature = await contentSigned(ledger, who.value, input, next);
      if (!signature.ok) return signature;
      const part = { kind: 'EVIDENCE', revision: next.revision, participant } as const;
      ledger.deposit(heldKey(id, { kind: 'DOSSIER', revision: next.revision }), text);
      ledger.deposit(heldKey(id, part), evidenceText(signature.value.kept));
      ledger.giveVerdict(verdictOn(input));
      return accepted(null);
    },
    (input) => ({ verdict: verdictOn(input) }),
  ),

  command(supplement, async (ledger, { application: id, verdicts }) => {
    const own = await ownApplication(ledger, id);
    if (!own.ok) return own;
    const given = await verdictsOf(ledger, own.value, verdicts);
    const supplemented = andThen(given, (signed) => rules.supplemented(own.value, signed));
    if (!supplemented.ok) return supplemented;
    const held = await isDeposited(ledger, supplemented.value);
    if (!held.ok) return held;
    // What the State Corporation has accepted stays so: its peer has verified the new revision.
    return sealed(ledger, supplemented, 'ApplicationSupplemented');
  }),
];

/** What was verified of the next revision, all of one dossier. */
async function verdictsOf(
  ledger: PublicLedger,
  { id, revision }: Application,
  texts: readonly string[],
): Promise<Outcome<readonly SupplementVerdict[]>> {
  const signed: SupplementVerdict[] = [];
  for (const text of texts) {
    const given = await givenVerdict(ledger, supplementVerdict, text);
    if (!given.ok) return given;
    signed.push(given.value);
  }
  const [first] = signed;
  const isOfNext = signed.every(
    (each) =>
      each.application === id && each.revision === revision + 1 && each.dossier === first?.dossier,
  );
  const params = { expected: String(revision + 1) };
  return isOfNext
    ? accepted(signed)
    : refused(refuse('REVISION_OUT_OF_TURN', { norm: 'PL-7', field: '/verdicts', params }));
}

function verdictOn({ dossier, participant, evidence, found }: Given): string {
  return verdictText({
    verdict: 'SUPPLEMENT',
    application: dossier.application,
    revision: dossier.revision,
    dossier: documentHashOf(dossierText(dossier)),
    participant,
    manifest: signedManifestHash(evidence),
    cms: cmsHash(evidence),
    ...found,
  });
}
