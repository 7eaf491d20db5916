import type { Certainty } from './certainty.ts';

/**
 * Kinds of encumbrances and changes in the state cadastre, and what each means for a pledge (`PL-10`:
 * no encumbrance that excludes registration).
 *
 * The codes were read in a published copy of the cadastre's dictionary (112 entries, 76 in use; a
 * newer edition may exist). What a kind means for us is printed nowhere and is assumed throughout:
 * regimes may hold another table, of the same shape.
 */
export type EncumbranceKind = {
  /** The cadastre's code, `BurdenType`. */
  readonly code: string;
  /** In Russian as the dictionary has it where it was quoted; else our short gloss. */
  readonly name: string;
  readonly meaning: EncumbranceMeaning;
  /** How sure the meaning is; the codes themselves are confirmed. */
  readonly certainty: Certainty;
};

/**
 * `PLEDGE`: a pledge itself. `CHANGE`: a change of what is registered. `BLOCKS`: excludes the
 * registration. `SUSPENDS`: an officer suspends or looks closer. `REVIEW`: an officer decides on the
 * person's side. `WARNS`: the pledgee is told. `SHOWN`: appears in the extract, no more.
 */
export type EncumbranceMeaning =
  'PLEDGE' | 'CHANGE' | 'BLOCKS' | 'SUSPENDS' | 'REVIEW' | 'WARNS' | 'SHOWN';

export const encumbranceKinds: readonly EncumbranceKind[] = [
  confirmed('5010', 'Залог', 'PLEDGE'),
  confirmed('5020', 'Ипотека', 'PLEDGE'),
  confirmed('5030', 'Ипотечное свидетельство', 'PLEDGE'),
  confirmed('5040', 'Перезалог', 'PLEDGE'),
  confirmed('3300', 'Изменение условий договора обременения', 'CHANGE'),
  assumed('1211', 'изменение данных правообладателя', 'CHANGE'),
  assumed('1212', 'изменение идентификационных данных', 'CHANGE'),
  assumed('1230', 'изменение условий договора', 'CHANGE'),
  assumed('1240', 'изменение записей', 'CHANGE'),
  assumed('7010', 'Арест', 'BLOCKS'),
  assumed('7020', 'Запрет', 'BLOCKS'),
  assumed('7030', 'Ограничение', 'BLOCKS'),
  assumed('7040', 'ограничение распоряжения в счёт налоговой задолженности', 'BLOCKS'),
  assumed('6030', 'ограничение отчуждения', 'BLOCKS'),
  assumed('6050', 'ограничение распоряжения', 'BLOCKS'),
  assumed('6060', 'ограничение регистрации', 'BLOCKS'),
  assumed('3030', 'временная остановка регистрации', 'BLOCKS'),
  assumed('3051', 'изъятие земельного участка', 'BLOCKS'),
  assumed('3052', 'конфискация', 'BLOCKS'),
  assumed('6010', 'судебный иск', 'SUSPENDS'),
  assumed('6070', 'определение суда', 'SUSPENDS'),
  assumed('6080', 'предупреждение', 'SUSPENDS'),
  assumed('6090', 'притязание на право собственности', 'SUSPENDS'),
  assumed('6910', 'юридическое притязание', 'SUSPENDS'),
  assumed('3150', 'уведомление', 'SUSPENDS'),
  assumed('3910', 'банкротство', 'REVIEW'),
  assumed('3110', 'реабилитация', 'REVIEW'),
  assumed('3100', 'недееспособность', 'REVIEW'),
  assumed('3070', 'опека', 'REVIEW'),
  assumed('3071', 'попечительство', 'REVIEW'),
  assumed('3041', 'ограничение', 'WARNS'),
  assumed('6020', 'ограничение работ', 'WARNS'),
  assumed('6040', 'ограничение использования', 'WARNS'),
  assumed('3040', 'запрет сноса', 'WARNS'),
  assumed('3010', 'аренда', 'SHOWN'),
  assumed('3011', 'субаренда', 'SHOWN'),
  assumed('3061', 'наём', 'SHOWN'),
  assumed('3080', 'аренда на срок более года', 'SHOWN'),
  assumed('3060', 'лизинг', 'SHOWN'),
  assumed('2010', 'сервитут', 'SHOWN'),
  assumed('3130', 'сервитут', 'SHOWN'),
  assumed('3120', 'рента', 'SHOWN'),
];

/**
 * What an encumbrance of a code means for a pledge. A code that the table lacks is for an officer to
 * judge: neither does it block by itself, nor is it passed over.
 */
export function meaningOf(code: string): EncumbranceMeaning {
  return encumbranceKinds.find((kind) => kind.code === code)?.meaning ?? 'REVIEW';
}

function confirmed(code: string, name: string, meaning: EncumbranceMeaning): EncumbranceKind {
  return { code, name, meaning, certainty: 'CONFIRMED' };
}

function assumed(code: string, name: string, meaning: EncumbranceMeaning): EncumbranceKind {
  return { code, name, meaning, certainty: 'ASSUMED' };
}
