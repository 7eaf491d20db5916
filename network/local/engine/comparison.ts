/** Compares what organisations answered to one proposal: deterministic chaincode answers alike. */
import { peer } from '@hyperledger/fabric-protos';
import { sameBytes, utf8 } from './bytes.ts';
import type { Endorsement } from './endorser.ts';
import { writeSetLines } from './write-set-text.ts';

/** A difference between two organisations' answers to one proposal. */
export type Difference = {
  readonly mspIds: readonly [string, string];
  /** Both answers, decoded to words; what they share is left out of neither. */
  readonly text: string;
};

/** The first difference from the first answer; none where all agree. */
export function differenceOf(endorsements: readonly Endorsement[]): Difference | undefined {
  const [first, ...others] = endorsements;
  const other = first && others.find((each) => !agree(first, each));
  if (first === undefined || other === undefined) return undefined;
  return { mspIds: [first.mspId, other.mspId], text: differenceText(first, other) };
}

function agree(a: Endorsement, b: Endorsement): boolean {
  if (!sameBytes(a.response.getPayload_asU8(), b.response.getPayload_asU8())) return false;
  const ofA = a.response.getResponse();
  const ofB = b.response.getResponse();
  return ofA?.getStatus() === ofB?.getStatus() && ofA?.getMessage() === ofB?.getMessage();
}

function differenceText(a: Endorsement, b: Endorsement): string {
  const linesOfA = lines(a);
  const linesOfB = lines(b);
  const only = (own: readonly string[], others: readonly string[]) =>
    own.map((line) => `  ${others.includes(line) ? ' ' : '>'} ${line}`);
  return [
    `${a.mspId} and ${b.mspId} answered differently (> marks what only one has).`,
    `${a.mspId}:`,
    ...only(linesOfA, linesOfB),
    `${b.mspId}:`,
    ...only(linesOfB, linesOfA),
  ].join('\n');
}

function lines({ response, results }: Endorsement): readonly string[] {
  const answer = response.getResponse();
  const event = eventOf(response);
  return [
    `status ${answer?.getStatus() ?? 0} ${answer?.getMessage() ?? ''}`.trimEnd(),
    `payload ${utf8(answer?.getPayload_asU8() ?? new Uint8Array())}`.trimEnd(),
    ...(event ? [`event ${event.getEventName()} ${utf8(event.getPayload_asU8())}`] : []),
    ...(results ? writeSetLines(results.set) : []),
  ];
}

function eventOf(response: peer.ProposalResponse): peer.ChaincodeEvent | undefined {
  if (response.getPayload_asU8().length === 0) return undefined;
  const payload = peer.ProposalResponsePayload.deserializeBinary(response.getPayload_asU8());
  const action = peer.ChaincodeAction.deserializeBinary(payload.getExtension_asU8());
  const bytes = action.getEvents_asU8();
  return bytes.length === 0 ? undefined : peer.ChaincodeEvent.deserializeBinary(bytes);
}
