/** A signature under a batch by the keys of the demonstration, which prove nothing. */
import { type Manifest, parseManifest } from '../../chaincode/kernel/eds/manifest.ts';
import { valueOrThrow } from '../../chaincode/kernel/outcome.ts';
import type { BatchContent } from '../../chaincode/pledges/portfolio/batch.ts';
import { evidence as evidenceSchema } from '../../chaincode/trust/evidence.ts';
import * as trust from '../../chaincode/trust/operations.ts';
import { people } from '../../gateway/stands/eds/people.ts';
import type { Member } from '../../gateway/stands/story/mandates.ts';
import { readied } from '../../gateway/stands/story/setting.ts';
import { Signers } from '../../gateway/stands/story/signers.ts';
import { cast } from '../../gateway/stands/story/stage.ts';
import { called } from '../ledger-call.ts';
import type { NetworkInfo } from '../network-info.ts';
import { PlainError } from '../plain-error.ts';
import { RunningStage } from '../running-stage.ts';
import type { Signed } from './signed.ts';
import type { SignerName } from './signers.ts';
import { wrongBatchCall } from './wrong-call.ts';

/**
 * Has somebody of the demonstration sign. As `kepil demo` does, it first readies what a batch needs:
 * trust in these keys, named heads, an admitted platform, a mandate for the officer.
 */
export async function demoSigned(
  info: NetworkInfo,
  manifest: Uint8Array,
  { content, name }: { readonly content: BatchContent; readonly name: SignerName },
  quiet: boolean,
): Promise<Signed> {
  const stage = new RunningStage(info, quiet);
  try {
    await refuseProduction(stage);
    const signers = new Signers();
    const mandate = await readied(stage, signers);
    const text: Manifest = valueOrThrow(parseManifest(manifest));
    const sign = (person: Member) => evidenceSchema.parse(signers.sign(person, text, stage.now()));
    if (name === 'registrar') {
      return { evidence: sign('registrar'), mandate: mandate.id, salt: mandate.salt };
    }
    const head = headFor(content, name);
    return { evidence: sign(head), salt: signers.headSalt(head) };
  } finally {
    stage.close();
  }
}

/** On a ledger of production nobody is asked to trust keys that anyone can read. */
async function refuseProduction(stage: RunningStage): Promise<void> {
  const outcome = await called(stage.connection(cast.registrar), trust.list, {});
  if (outcome.status !== 'answered') return;
  const { environment } = trust.list.output.parse(JSON.parse(outcome.result));
  if (environment === 'TEST') return;
  throw new PlainError('This ledger trusts keys of production: nothing is demonstrated on it.', {
    next: 'Name the file of a signature instead of --demo.',
  });
}

const heads = ['alphaHead', 'betaHead'] as const satisfies readonly Member[];

function headFor(content: BatchContent, name: SignerName): Member {
  const parties = content.kind === 'CESSION' ? content : undefined;
  const bin = name === 'cedent' ? parties?.from : parties?.to;
  const head = heads.find((each) => people[each].bin === bin);
  if (head !== undefined) return head;
  const known = heads.map((each) => people[each].bin).join(', ');
  throw wrongBatchCall(`Nobody of the demonstration heads ${bin}; there are ${known}.`);
}
