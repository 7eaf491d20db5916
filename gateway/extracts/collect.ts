/** Collects what an extract is made of: the peers' signed answers, blocks, the configuration. */
import { common, peer } from '@hyperledger/fabric-protos';
import type { ApplicationId } from '../../chaincode/kernel/application-id.ts';
import type { CadastralNumber } from '../../chaincode/kernel/cadastral-number.ts';
import { parsedJson } from '../../chaincode/kernel/json.ts';
import { accepted, type Outcome, refused } from '../../chaincode/kernel/outcome.ts';
import { certify } from '../../chaincode/pledges/queries/operations.ts';
import type { Call } from '../ledger/connection.ts';
import { callOf } from '../ledger/operation-call.ts';
import { lastConfigOf } from './block-proof.ts';
import { base64Of } from './bytes.ts';
import { type Extract, type ExtractBlock, extractBytesMax, extractText } from './file.ts';
import { refuse } from './refusals.ts';

/** A network, as far as an extract is collected from it. */
export interface ExtractSource {
  readonly channel: string;
  readonly chaincode: string;
  /** Asks every peer the same signed question, and gives what those said that answered. */
  ask(call: Call): Promise<{
    readonly proposal: peer.SignedProposal;
    readonly answers: readonly peer.ProposalResponse[];
  }>;
  /** The block that holds a transaction. */
  blockWith(transactionId: string): Promise<common.Block>;
  /** A block by its number; the newest one without. */
  block(number?: number): Promise<common.Block>;
}

/** What an extract is to be about. */
export type ExtractSubject = {
  readonly property: CadastralNumber;
  readonly encumbrance?: ApplicationId | undefined;
};

/** Collects an extract and gives its text. It is verified like any other before it is given away. */
export async function collectExtract(
  source: ExtractSource,
  { property, encumbrance }: ExtractSubject,
): Promise<Outcome<string>> {
  const question = callOf(certify, { input: { property }, key: '' }, '');
  const { proposal, answers } = await source.ask(question);
  const agreeing = agreeingOf(answers);
  const [first] = agreeing;
  if (first === undefined) {
    return refused(refuse('EXTRACT_ANSWERS_TOO_FEW', { params: { have: '0', need: '1' } }));
  }
  const register = parsedJson(certify.output, textOf(first), { maximumBytes: extractBytesMax });
  if (!register.ok) return register;
  const inQuestion = register.value.records.filter(
    ({ type, id }) => encumbrance === undefined || (type === 'encumbrance' && id === encumbrance),
  );
  if (encumbrance !== undefined && inQuestion.length === 0) {
    return refused(refuse('EXTRACT_PLEDGE_MISSING'));
  }
  const configs = await configsOf(source);
  const blocks = await blocksOf(source, new Set(inQuestion.map((each) => each.transactionId)));
  return accepted(
    extractText({
      format: 'kepil-extract',
      version: 1,
      channel: source.channel,
      chaincode: source.chaincode,
      property,
      ...(encumbrance === undefined ? {} : { encumbrance }),
      register: register.value,
      configs,
      blocks,
      question: questionOf(proposal),
      answers: agreeing.map(answerOf),
    }),
  );
}

/** The largest group of peers that say the same: one may be a block behind. */
function agreeingOf(responses: readonly peer.ProposalResponse[]): readonly peer.ProposalResponse[] {
  const given = responses.filter(
    (each) => each.getResponse()?.getStatus() === 200 && each.hasEndorsement(),
  );
  const groups = given.map((one) => given.filter((other) => textOf(other) === textOf(one)));
  return groups.sort((one, other) => other.length - one.length)[0] ?? [];
}

function textOf(response: peer.ProposalResponse): string {
  return Buffer.from(response.getResponse()?.getPayload_asU8() ?? []).toString();
}

function answerOf(response: peer.ProposalResponse): Extract['answers'][number] {
  const endorsement = response.getEndorsement() ?? new peer.Endorsement();
  return {
    payload: base64Of(response.getPayload_asU8()),
    endorser: base64Of(endorsement.getEndorser_asU8()),
    signature: base64Of(endorsement.getSignature_asU8()),
  };
}

function questionOf(signed: peer.SignedProposal): Extract['question'] {
  const proposal = peer.Proposal.deserializeBinary(signed.getProposalBytes_asU8());
  const header = common.Header.deserializeBinary(proposal.getHeader_asU8());
  return {
    channelHeader: base64Of(header.getChannelHeader_asU8()),
    signatureHeader: base64Of(header.getSignatureHeader_asU8()),
    // A query has no transient data, which the hash would leave out.
    payload: base64Of(proposal.getPayload_asU8()),
  };
}

/** The blocks of these transactions, each once, in the order of the chain. */
async function blocksOf(
  source: ExtractSource,
  transactions: ReadonlySet<string>,
): Promise<ExtractBlock[]> {
  const blocks = new Map<number, ExtractBlock>();
  for (const id of transactions) {
    const block = partsOf(await source.blockWith(id));
    blocks.set(block.number, block);
  }
  return [...blocks.values()].sort((one, other) => one.number - other.number);
}

/** Every block of configuration, from the newest one back: the block before names the one before. */
async function configsOf(source: ExtractSource): Promise<ExtractBlock[]> {
  const configs: ExtractBlock[] = [];
  let number = lastConfigOf(partsOf(await source.block())) ?? 0;
  for (;;) {
    configs.unshift(partsOf(await source.block(number)));
    if (number === 0) return configs;
    number = lastConfigOf(partsOf(await source.block(number - 1))) ?? 0;
  }
}

/** What an extract keeps of a block. */
export function partsOf(block: common.Block): ExtractBlock {
  const header = block.getHeader() ?? new common.BlockHeader();
  const places = block.getMetadata()?.getMetadataList_asU8() ?? [];
  const metadata = common.Metadata.deserializeBinary(
    places[common.BlockMetadataIndex.SIGNATURES] ?? new Uint8Array(),
  );
  return {
    number: header.getNumber(),
    previousHash: base64Of(header.getPreviousHash_asU8()),
    data: (block.getData()?.getDataList_asU8() ?? []).map(base64Of),
    signedValue: base64Of(metadata.getValue_asU8()),
    signatures: metadata.getSignaturesList().map((each) => ({
      identifierHeader: base64Of(each.getIdentifierHeader_asU8()),
      signature: base64Of(each.getSignature_asU8()),
    })),
  };
}
