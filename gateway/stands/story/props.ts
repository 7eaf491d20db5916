/** What a chapter of the story plays with. */
import type { Stage } from './stage.ts';
import type { PersonName } from '../eds/people.ts';
import type { GivenMandate } from './mandates.ts';
import type { Signers } from './signers.ts';

export type Props = {
  readonly stage: Stage;
  readonly signers: Signers;
  readonly mandate: GivenMandate;
  /** Who signs for an organisation, by its BIN, where it is not the head. */
  readonly signatories?: Readonly<Record<string, Signatory>>;
  /** Which of the platform's slots holds the dossier. */
  readonly slot: number;
};

/** Someone who signs for an organisation, under a mandate if there is one. */
export type Signatory = { readonly person: PersonName; readonly mandate?: GivenMandate };

/** The same with the nth slot after the first: each open dossier of a chapter takes one. */
export function inSlot(props: Props, nth: number): Props {
  return { ...props, slot: props.slot + nth };
}
