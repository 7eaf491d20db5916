/** Outcomes of transactions in words, and as what a program reads. */
import type { Language } from '../chaincode/kernel/refusal.ts';
import { words } from '../chaincode/kernel/words.ts';
import { texts } from '../chaincode/texts.ts';
import type { Fault } from '../gateway/ledger/fault.ts';
import type { Outcome, Reason } from '../gateway/ledger/outcome.ts';

/** The outcome for a person, in the language that was asked for where the chaincode speaks it. */
export function textOf(outcome: Outcome, language: Language): string {
  switch (outcome.status) {
    case 'answered':
      return pretty(outcome.result);
    case 'committed': {
      const where = `Committed in block ${outcome.blockNumber}, transaction ${outcome.transactionId}.`;
      return outcome.result ? `${where}\n${pretty(outcome.result)}` : where;
    }
    case 'refused':
      return `Refused; nothing was changed.\n${reasonText(outcome.reason, language)}`;
    case 'unknown':
      return (
        `Unknown: transaction ${outcome.transactionId} may have taken effect, or may yet.\n` +
        faultText(outcome.fault)
      );
  }
}

/** The same for a program: results are JSON, not text in text. */
export function dataOf(outcome: Outcome, language: Language): unknown {
  switch (outcome.status) {
    case 'answered':
      return { ...outcome, result: parsed(outcome.result) };
    case 'committed': {
      const { result, blockNumber, ...rest } = outcome;
      return {
        ...rest,
        blockNumber: String(blockNumber),
        ...(result === undefined ? {} : { result: parsed(result) }),
      };
    }
    case 'refused':
      return { ...outcome, reason: reasonData(outcome.reason, language) };
    case 'unknown':
      return outcome;
  }
}

function reasonData(reason: Reason, language: Language): unknown {
  if (reason.kind !== 'refusals') return reason;
  const refusals = reason.refusals.map((refusal) => ({
    ...refusal,
    text: words(texts, refusal, language),
  }));
  return { ...reason, refusals };
}

const explanations = {
  conflict: 'Others kept changing what it reads. Try again in a moment.',
  invalid: 'The network found it invalid.',
  clockSkew: "This machine's clock is more than 15 minutes from the network's. Set it right.",
  mismatch: "The organisations' peers gave different answers; do they run the same version?",
  chaincode: 'The chaincode failed, which is a fault of its own.',
  unavailable: 'No peer could do it. Is the network running and ready?',
  rejected: 'The peer turned it away.',
} as const;

function reasonText(reason: Reason, language: Language): string {
  if (reason.kind === 'refusals') {
    const lines = reason.refusals.map((refusal) => {
      const where = [refusal.code, refusal.field, refusal.norm].filter((part) => part).join(', ');
      return `  ${words(texts, refusal, language)} [${where}]`;
    });
    return lines.join('\n');
  }
  const detail = 'validation' in reason ? `  ${reason.validation}` : faultText(reason.fault);
  return `  ${explanations[reason.kind]}\n${detail}`;
}

/** Several nodes tend to say the same: each thing once. */
function faultText({ message, nodes }: Fault): string {
  const said = nodes.map((node) => `${node.mspId}: ${node.message}`);
  return [...new Set([message, ...said])].map((line) => `  ${line}`).join('\n');
}

function pretty(result: string): string {
  const value = parsed(result);
  return typeof value === 'string' ? value : JSON.stringify(value, undefined, 2);
}

/** Other chaincode may answer with plain text. */
function parsed(result: string): unknown {
  try {
    return JSON.parse(result);
  } catch {
    return result;
  }
}
