/** A batch of the demonstration: its parties and an officer sign it, the State Corporation opens it. */
import type { Manifest } from '../../../chaincode/kernel/eds/manifest.ts';
import { minuteOf } from '../../../chaincode/kernel/minute.ts';
import { checksToRegister } from '../../../chaincode/pledges/application.ts';
import {
  type Arrival,
  arrival as arrivalSchema,
} from '../../../chaincode/pledges/portfolio/arrival.ts';
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
import { people, type PersonName } from '../eds/people.ts';
import { receiptOf } from './dossiers.ts';
import { sourcesOf } from './deciding.ts';
import type { Props } from './props.ts';
import { hashOf, id, salt } from './signers.ts';
import { cast, type Stage } from './stage.ts';

/** What a batch is signed and opened with. */
export type BatchProps = Omit<Props, 'slot'>;

/** Has a signature verified at its holders; gives the verdict. */
export type Sending = () => Promise<string>;

/** Alpha cedes a portfolio to Beta. */
export function cessionOf({ stage }: Pick<BatchProps, 'stage'>, parts: readonly Lines[]): Cession {
  const batch = id();
  const content = batchContent.parse({
    kind: 'CESSION',
    batch,
    parts: parts.map(signedPart),
    platform: people.alphaHead.bin,
    from: people.alphaHead.bin,
    to: people.betaHead.bin,
    payment: { evidence: receiptOf(batch), confirmedAt: stage.now() },
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
export async function opened(
  props: BatchProps,
  content: BatchContent,
  found: Partial<Arrival> = {},
): Promise<OpenedBatch> {
  const { sendings, arrival } = await signed(props, content);
  return openedWith(props, content, { sendings, arrival: arrival && { ...arrival, ...found } });
}

/** The signatures under a batch, and of a cession how EGKN took it. */
export type SignedBatch = {
  readonly sendings: readonly Sending[];
  readonly arrival: Arrival | undefined;
};

/** Everyone signs who has to, the officer last, as a decision follows; nothing is sent yet. */
export async function signed(props: BatchProps, content: BatchContent): Promise<SignedBatch> {
  const parties = content.kind === 'CESSION' ? (['CEDENT', 'PLEDGEE'] as const) : [];
  const confirmations = await Promise.all(parties.map((by) => confirming(props, content, by)));
  const arrival = content.kind === 'CESSION' ? arrivalOf(props, content) : undefined;
  return { sendings: [...confirmations, await deciding(props, content)], arrival };
}

/** The parties have had their signatures verified when they signed; the officer's is still to come. */
export async function confirmed({ sendings, arrival }: SignedBatch): Promise<SignedBatch> {
  const verdicts = await Promise.all(sendings.slice(0, -1).map((send) => send()));
  const given = verdicts.map((verdict) => () => Promise.resolve(verdict));
  return { sendings: [...given, ...sendings.slice(-1)], arrival };
}

/** The peers of the holders verify all signatures at a time; the State Corporation opens. */
export async function openedWith(
  { stage }: BatchProps,
  content: BatchContent,
  { sendings, arrival }: SignedBatch,
): Promise<OpenedBatch> {
  const verdicts = await Promise.all(sendings.map((send) => send()));
  const input = { content, verdicts, ...(arrival === undefined ? {} : { arrival }) };
  return stage.done(operations.openBatch, input, { org: cast.registrar });
}

/** EGKN takes a portfolio the moment it is signed and paid, and finds nothing against it. */
export function arrivalOf(
  { stage }: { readonly stage: Pick<Stage, 'now'> },
  content: Cession,
): Arrival {
  const at = stage.now();
  const ofEntities = { kind: content.kind, participants: [] };
  const answers = checksToRegister.flatMap((check) =>
    sourcesOf(ofEntities, check).map((source) => ({ check, source })),
  );
  return arrivalSchema.parse({
    acceptance: { minute: minuteOf(at), egknNumber: `P-${content.batch}` },
    paymentReachedAt: content.payment.confirmedAt,
    checks: answers.map((each) => ({ ...each, evidence: hashOf(each.check), at })),
    unmet: [],
    encumbrances: [],
  });
}

/** A party's head signs; its platform will have the signature verified. */
export async function confirming(
  props: BatchProps,
  content: BatchContent,
  by: Exclude<BatchSigner, 'REGISTRAR'>,
): Promise<Sending> {
  const org = cast.platform;
  const signer = by === 'CEDENT' ? 'alphaHead' : 'betaHead';
  const proof = await signature(props, content, { signer, purpose: 'confirmation', org });
  const headSalt = props.signers.headSalt(signer);
  const input = { salt: salt(), content, by, headSalt, ...proof };
  return async () => (await props.stage.done(operations.confirmBatch, input, { org })).verdict;
}

/** The officer decides under the mandate. */
export async function deciding(props: BatchProps, content: BatchContent): Promise<Sending> {
  const { stage, mandate } = props;
  const org = cast.registrar;
  const proof = await signature(props, content, { signer: 'registrar', purpose: 'decision', org });
  const officer = {
    mandate: mandate.id,
    officerIin: people.registrar.iin,
    officerSalt: mandate.salt,
  };
  const input = { salt: salt(), content, ...officer, ...proof };
  return async () => (await stage.done(operations.verifyBatch, input, { org })).verdict;
}

async function signature(
  { stage, signers }: BatchProps,
  content: BatchContent,
  {
    signer,
    purpose,
    org,
  }: {
    readonly signer: PersonName;
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
  const evidence = signers.sign(signer, manifest, signedAt);
  return { evidence, found: { signedAt, trustVersion: String(version) } };
}
