/**
 * That peers answered the question for a register, and what they said.
 *
 * This is what a block cannot prove: that its transaction was valid, that nothing came after it, and
 * that the register holds nothing more. A peer signs the answer of a query as it signs an
 * endorsement, over the hash of the question; and it refuses a question whose time is more than
 * fifteen minutes from its own, so that the question's time is that of the answer.
 */
import { common, peer } from '@hyperledger/fabric-protos';
import { canonicalJson } from '../../chaincode/kernel/canonical-json.ts';
import { accepted, type Outcome, refused } from '../../chaincode/kernel/outcome.ts';
import { certify } from '../../chaincode/pledges/queries/operations.ts';
import { bytesOf, readable, sha256 } from './bytes.ts';
import type { ChannelConfig } from './channel-config.ts';
import { areEnough, counting, majorityOf, peerBehind } from './endorsements.ts';
import type { Extract } from './file.ts';
import { refuse } from './refusals.ts';
import { timeOf } from './transaction-proof.ts';

/** Who attests a register, and when. */
export type Attestation = { readonly by: readonly string[]; readonly at: string };

/**
 * Proves that each answer of an extract is a peer's, to this question, and says this register; and
 * that a majority of the organisations answered, the State Corporation among them.
 */
export function attested(extract: Extract, config: ChannelConfig): Outcome<Attestation> {
  const at = readable(() => timeOfQuestion(extract));
  if (at === undefined || extract.register.property !== extract.property) {
    return refused(refuse('EXTRACT_QUESTION_DIFFERS'));
  }
  const { channelHeader, signatureHeader, payload } = extract.question;
  const question = sha256(bytesOf(channelHeader), bytesOf(signatureHeader), bytesOf(payload));
  const register = canonicalJson(extract.register);
  const organisations: string[] = [];
  for (const [index, answer] of extract.answers.entries()) {
    const signed = {
      payload: bytesOf(answer.payload),
      endorser: bytesOf(answer.endorser),
      signature: bytesOf(answer.signature),
    };
    const says = readable(() => saying(signed.payload, question));
    const identity = peerBehind(config, signed);
    if (identity === undefined || says?.text !== register || says.chaincode !== extract.chaincode) {
      const params = { number: String(index + 1) };
      return refused(refuse('EXTRACT_ANSWER_BROKEN', { params }));
    }
    organisations.push(identity.mspId);
  }
  const by = counting(config, organisations);
  if (areEnough(config, by)) return accepted({ by, at });
  const params = { have: String(by.length), need: String(majorityOf(config)) };
  return refused(refuse('EXTRACT_ANSWERS_TOO_FEW', { params }));
}

/** The question's time, if it is the question for this register. */
function timeOfQuestion({ question, channel, chaincode, property }: Extract): string | undefined {
  const header = common.ChannelHeader.deserializeBinary(bytesOf(question.channelHeader));
  const extension = peer.ChaincodeHeaderExtension.deserializeBinary(header.getExtension_asU8());
  const payload = peer.ChaincodeProposalPayload.deserializeBinary(bytesOf(question.payload));
  const invocation = peer.ChaincodeInvocationSpec.deserializeBinary(payload.getInput_asU8());
  const spec = invocation.getChaincodeSpec();
  const args = spec?.getInput()?.getArgsList_asU8() ?? [];
  const asked = args.map((arg) => Buffer.from(arg).toString());
  const isOurs =
    header.getType() === common.HeaderType.ENDORSER_TRANSACTION &&
    header.getChannelId() === channel &&
    extension.getChaincodeId()?.getName() === chaincode &&
    spec?.getChaincodeId()?.getName() === chaincode &&
    asked.length === 2 &&
    asked[0] === `${certify.contract}:${certify.name}` &&
    asked[1] === canonicalJson({ input: { property } });
  return isOurs ? timeOf(header) : undefined;
}

/** What an answer to this question says, and which chaincode gave it. */
function saying(
  payload: Uint8Array,
  question: Buffer,
): { readonly text: string; readonly chaincode: string } | undefined {
  const response = peer.ProposalResponsePayload.deserializeBinary(payload);
  if (!question.equals(response.getProposalHash_asU8())) return undefined;
  const action = peer.ChaincodeAction.deserializeBinary(response.getExtension_asU8());
  const answer = action.getResponse();
  if (answer?.getStatus() !== 200) return undefined;
  return {
    text: Buffer.from(answer.getPayload_asU8()).toString(),
    chaincode: action.getChaincodeId()?.getName() ?? '',
  };
}
