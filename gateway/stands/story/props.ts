/** What a chapter of the story plays with. */
import type { Stage } from './stage.ts';
import type { RegistrarMandate } from './setting.ts';
import type { Signers } from './signers.ts';

export type Props = {
  readonly stage: Stage;
  readonly signers: Signers;
  readonly mandate: RegistrarMandate;
  /** Which of the platform's slots holds the dossier. */
  readonly slot: number;
};

/** The same with the nth slot after the first: each open dossier of a chapter takes one. */
export function inSlot(props: Props, nth: number): Props {
  return { ...props, slot: props.slot + nth };
}
