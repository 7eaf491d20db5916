/** Private records that peers lack though their hashes stand on the ledger, as `doctor` names them. */
import type { z } from 'zod';
import type { HeldPart } from '../../chaincode/pledges/held-records.ts';
import { lacking } from '../../chaincode/pledges/healing/operations.ts';
import type { Finding } from '../../network/fabric/operations/doctor.ts';
import { asked, type Holder } from './holders.ts';

/** A private record that a peer lacks: of which application or batch, which part, on whose platform. */
export type Lacking = z.output<(typeof lacking)['output']>['lacking'][number];

/** Most findings about one peer; the healing brings back all, however many there are. */
const findingsMax = 20;

/** Everything that a peer lacks; nothing where it does not answer, which `doctor` says by itself. */
export async function lackingAt(holder: Holder): Promise<readonly Lacking[]> {
  return [...(await lackingOf(holder, 'APPLICATIONS')), ...(await lackingOf(holder, 'BATCHES'))];
}

async function lackingOf(
  holder: Holder,
  of: 'APPLICATIONS' | 'BATCHES',
): Promise<readonly Lacking[]> {
  const found: Lacking[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await asked(holder, lacking, cursor === undefined ? { of } : { of, cursor });
    found.push(...(page?.lacking ?? []));
    if (page?.next === undefined) return found;
    cursor = page.next;
  }
}

/** What all peers lack, an application or a batch each. */
export async function lackingFindings(holders: readonly Holder[]): Promise<readonly Finding[]> {
  const findings = holders.map(async (holder) => findingsOf(holder, await lackingAt(holder)));
  return (await Promise.all(findings)).flat();
}

/** Names applications, batches and parts, never persons. */
export function findingsOf(
  { host }: Pick<Holder, 'host'>,
  records: readonly Lacking[],
): readonly Finding[] {
  const code = 'PRIVATE_DATA_MISSING';
  const next = 'Bring it back from its other holder: kepil network heal';
  const wholes = [...new Set(records.map(wholeText))];
  const named = wholes.slice(0, findingsMax).map((whole) => {
    const parts = records.filter((record) => wholeText(record) === whole).map(partText);
    return { code, what: `${host} lacks of ${whole}: ${parts.join(', ')}.`, next };
  });
  const further = wholes.length - named.length;
  if (further === 0) return named;
  const what = `${host} lacks private records of ${further} further applications or batches.`;
  return [...named, { code, what, next }];
}

function wholeText({ record, part }: Lacking): string {
  return `${part.kind === 'BATCH_EVIDENCE' ? 'batch' : 'application'} ${record}`;
}

function partText({ part }: { readonly part: HeldPart }): string {
  if (part.kind === 'DOSSIER') return `the dossier of revision ${part.revision}`;
  if (part.kind === 'REASONS') return `the reasons of the refusal of revision ${part.revision}`;
  if (part.kind === 'WITHDRAWAL')
    return `the signature under the withdrawal of revision ${part.revision}`;
  if (part.kind === 'BATCH_EVIDENCE') return `the signature with the hash ${part.cms}`;
  if (part.kind === 'DECISION') return `the officer's signature under decision ${part.decision}`;
  if (part.kind === 'GROUNDS') return `the reasons of decision ${part.decision}`;
  if (part.kind === 'CONSENT') {
    return `the signature of participant ${part.participant} under the consent's form, attempt ${part.attempt}`;
  }
  const whose = part.participant === 0 ? 'who refused' : `participant ${part.participant}`;
  return `the signature of ${whose} under revision ${part.revision}`;
}
