/** A batch of the demonstration: its parties and an officer sign it, the State Corporation opens it. */
import type { z } from 'zod';
import type { Manifest } from '../../../chaincode/kernel/eds/manifest.ts';
import {
  batchContent,
  type BatchContent,
  batchFacts,
  type BatchSigner,
  type Cession,
  type Lines,
  linesHash,
  type OpenedBatch,
} from '../../../chaincode/pledges/portfolio/batch.ts';
import * as operations from '../../../chaincode/pledges/portfolio/batch-operations.ts';
import * as trust from '../../../chaincode/trust/operations.ts';
import { people } from '../eds/people.ts';
import type { RegistrarMandate } from './setting.ts';
import { hashOf, id, salt, type Signers } from './signers.ts';
import { cast, type Stage } from './stage.ts';

/** What a batch is signed and opened with. */
export type BatchProps = {
  readonly stage: Stage;
  readonly signers: Signers;
  readonly mandate: RegistrarMandate;
};

/** Alpha cedes a portfolio to Beta. */
export function cessionOf({ stage }: Pick<BatchProps, 'stage'>, parts: readonly Lines[]): Cession {
  const content = batchContent.parse({
    kind: 'CESSION',
    batch: id(),
    parts: parts.map(signedPart),
    platform: people.alphaHead.bin,
    from: people.alphaHead.bin,
    to: people.betaHead.bin,
    payment: { evidence: hashOf('receipt'), confirmedAt: stage.now() },
  });
  if (content.kind !== 'CESSION') throw new Error('a cession was asked for');
  return content;
}

/** What EGKN registered elsewhere, by an extract of it. */
export function importOf(parts: readonly Lines[]): BatchContent {
  return batchContent.parse({
    kind: 'IMPORT',
    batch: id(),
    parts: parts.map(signedPart),
    extract: hashOf('extract'),
  });
}

function signedPart(lines: Lines) {
  return { lines: lines.length, hash: linesHash(lines) };
}

/** Everyone signs who has to; the peers of the holders verify; the State Corporation opens. */
export async function opened(props: BatchProps, content: BatchContent): Promise<OpenedBatch> {
  const parties = content.kind === 'CESSION' ? (['CEDENT', 'PLEDGEE'] as const) : [];
  const verdicts = await Promise.all([
    ...parties.map((by) => confirmed(props, content, by)),
    decided(props, content),
  ]);
  return props.stage.done(operations.openBatch, { content, verdicts }, { org: cast.registrar });
}

/** A party's head signs; its platform has the signature verified. */
export async function confirmed(
  props: BatchProps,
  content: BatchContent,
  by: Exclude<BatchSigner, 'REGISTRAR'>,
): Promise<string> {
  const org = cast.platform;
  const head = by === 'CEDENT' ? 'alphaHead' : 'betaHead';
  const signed = await signature(props, content, { head, purpose: 'confirmation', org });
  const input: z.input<typeof operations.confirmBatch.input> = {
    salt: salt(),
    content,
    by,
    ...signed,
  };
  return (await props.stage.done(operations.confirmBatch, input, { org })).verdict;
}

/** The officer decides under the mandate. */
export async function decided(props: BatchProps, content: BatchContent): Promise<string> {
  const { stage, mandate } = props;
  const org = cast.registrar;
  const signed = await signature(props, content, { head: 'registrar', purpose: 'decision', org });
  const officer = {
    mandate: mandate.id,
    officerIin: people.registrar.iin,
    officerSalt: mandate.salt,
  };
  const input = { salt: salt(), content, ...officer, ...signed };
  return (await stage.done(operations.verifyBatch, input, { org })).verdict;
}

async function signature(
  { stage, signers }: BatchProps,
  content: BatchContent,
  {
    head,
    purpose,
    org,
  }: {
    readonly head: 'alphaHead' | 'betaHead' | 'registrar';
    readonly purpose: Manifest['purpose'];
    readonly org: string;
  },
) {
  const { version } = await stage.done(trust.list, {}, { org });
  const signedAt = stage.now();
  const manifest = {
    version: 1 as const,
    purpose,
    channel: stage.channel,
    record: content.batch,
    revision: 1,
    salt: salt(),
    facts: batchFacts(content),
  };
  const evidence = signers.sign(head, manifest, signedAt);
  return { evidence, found: { signedAt, trustVersion: String(version) } };
}
