import type { Certainty } from './certainty.ts';
import type { Texts } from './refusal.ts';

/**
 * The four kinds of title document of a pledge, each of which makes a kind of application (`PL-1`;
 * 000 alg. 3), and the cadastre's code that an application of it carries.
 */
export type TitleDocumentKind = {
  readonly kind: 'PLEDGE' | 'REPLEDGE' | 'AMENDMENT' | 'CESSION';
  readonly texts: Texts;
  /** Whether it refers to a registered pledge, which it then changes lawfully. */
  readonly changesRegisteredPledge: boolean;
  /** Code of the cadastre's dictionary of encumbrances. */
  readonly encumbranceCode: string;
  /** How sure the code is for this kind. */
  readonly certainty: Certainty;
};

export const titleDocumentKinds: readonly TitleDocumentKind[] = [
  {
    kind: 'PLEDGE',
    texts: { kk: 'Кепіл шарты', ru: 'Договор залога', en: 'Pledge contract' },
    changesRegisteredPledge: false,
    encumbranceCode: '5010',
    certainty: 'CONFIRMED',
  },
  {
    kind: 'REPLEDGE',
    texts: { kk: 'Қайта кепілге беру шарты', ru: 'Договор перезалога', en: 'Re-pledge contract' },
    changesRegisteredPledge: true,
    encumbranceCode: '5040',
    certainty: 'CONFIRMED',
  },
  {
    kind: 'AMENDMENT',
    texts: {
      kk: 'Кепіл шартына қосымша келісім',
      ru: 'Дополнительное соглашение к договору залога',
      en: 'Supplementary agreement to a pledge contract',
    },
    changesRegisteredPledge: true,
    encumbranceCode: '3300',
    certainty: 'CONFIRMED',
  },
  {
    kind: 'CESSION',
    texts: {
      kk: 'Талап ету құқығын беру шарты (цессия)',
      ru: 'Договор уступки права требования (цессия)',
      en: 'Assignment of claim (cession)',
    },
    changesRegisteredPledge: true,
    // 1211, a change of the holder's data, is the other candidate.
    encumbranceCode: '3300',
    certainty: 'ASSUMED',
  },
];
