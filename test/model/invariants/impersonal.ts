/** Nothing about a natural person, and nothing of a contract's content, where everyone can look. */
import { personalValues } from '../scene/parties.ts';
import { address, contractNumber, documentName } from '../scene/plans.ts';

const confidential = [...personalValues, address, contractNumber, documentName];
/** The values are letters, digits and blanks, and no expressions. */
const anyOfThem = new RegExp(confidential.join('|'));

/** Fails if a text holds something of a test person or of a dossier (SE-2). */
export function checkImpersonal(what: string, text: string): void {
  if (anyOfThem.test(text)) throw new Error(`${what} holds something personal`);
}
