/** What holds of any outcome, whatever was called. */
import { languages } from '../../../chaincode/kernel/refusal.ts';
import { texts } from '../../../chaincode/texts.ts';
import type { Result } from '../ledger/model-ledger.ts';
import { checkImpersonal } from './impersonal.ts';

/** A refusal has codes that everyone can read, and leaves nothing behind. Gives the codes. */
export function checkRefused({ error, writes, event, isCommitted }: Result): readonly string[] {
  checkImpersonal('the error', error ?? '');
  const codes = codesOf(error ?? '');
  for (const code of codes) {
    for (const language of languages) {
      if ((texts.get(code)?.[language] ?? '') === '')
        throw new Error(`${code} has no ${language} text`);
    }
  }
  if (isCommitted || writes.state.size > 0 || writes.privates.size > 0 || event !== undefined) {
    throw new Error('a refused command has written');
  }
  return codes;
}

function codesOf(error: string): readonly string[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(error);
  } catch {
    throw new Error(`a refusal without a code: ${error.slice(0, 500)}`);
  }
  const { refusals } = parsed as { refusals?: readonly { readonly code: string }[] };
  const codes = (refusals ?? []).map(({ code }) => code);
  if (codes.length === 0) throw new Error(`a refusal without a code: ${error.slice(0, 500)}`);
  return codes;
}

/** What was carried out is committed, with one event at most, and says nothing personal (SE-2). */
export function checkAccepted({ call, answer, writes, event, isCommitted }: Result): void {
  if (!isCommitted) throw new Error('what was accepted could not be committed');
  checkImpersonal('the argument', call.argument);
  checkImpersonal('the answer', answer ?? '');
  checkImpersonal('the event', `${event?.name} ${event?.payload}`);
  for (const [key, value] of writes.state) {
    checkImpersonal('a public record', `${key} ${value?.toString()}`);
  }
  for (const [collection, values] of writes.privates) {
    for (const [key, value] of values) {
      checkImpersonal('the name of a private key', `${collection} ${key}`);
      // Verdicts, seals and executions are told to everyone, by their text or by their hash.
      if (/^(verdict|seal|execution):/.test(key)) checkImpersonal(key, value?.toString() ?? '');
    }
  }
}
