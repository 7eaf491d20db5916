import { controlDigitOf } from '../../../chaincode/kernel/control-digit.ts';
import type { TestPerson } from './authority.ts';

/**
 * The people of demonstrations: made up, with numbers of persons who will be born in 2099 and of
 * divisions not in use, so that none of them is anybody's.
 */
export const people = {
  pledgor: {
    surname: 'АСАНОВА',
    givenName: 'АЙГЕРІМ',
    patronymic: 'БОЛАТҚЫЗЫ',
    iin: iin(1),
    role: 'person',
  },
  spouse: {
    surname: 'АСАНОВ',
    givenName: 'ЕРЛАН',
    patronymic: 'САПАРҰЛЫ',
    iin: iin(2),
    role: 'person',
  },
  coOwner: { surname: 'КИМ', givenName: 'ВИКТОР', iin: iin(3), role: 'person' },
  alphaHead: {
    surname: 'ОМАРОВ',
    givenName: 'ДАНИЯР',
    patronymic: 'МАРАТҰЛЫ',
    iin: iin(4),
    bin: bin(1),
    organisation: 'ТОО «АЛЬФА ПЛАТФОРМА»',
    role: 'head',
  },
  alphaSignatory: {
    surname: 'ПАК',
    givenName: 'СВЕТЛАНА',
    iin: iin(5),
    bin: bin(1),
    organisation: 'ТОО «АЛЬФА ПЛАТФОРМА»',
    role: 'signatory',
  },
  betaHead: {
    surname: 'ЖУМАБАЕВА',
    givenName: 'ГУЛЬНАР',
    patronymic: 'СЕРИКОВНА',
    iin: iin(6),
    bin: bin(2),
    organisation: 'АО «БЕТА ЗАЛОГ»',
    role: 'head',
  },
  registrar: {
    surname: 'ТЛЕУОВ',
    givenName: 'НҰРЛАН',
    patronymic: 'ҚАЙРАТҰЛЫ',
    iin: iin(7),
    bin: bin(3),
    organisation: 'НАО «ГОСКОРПОРАЦИЯ (ДЕМО)»',
    role: 'employee',
  },
  goscorpHead: {
    surname: 'САДЫКОВА',
    givenName: 'МАДИНА',
    iin: iin(8),
    bin: bin(3),
    organisation: 'НАО «ГОСКОРПОРАЦИЯ (ДЕМО)»',
    role: 'head',
  },
  authorityHead: {
    surname: 'ЕСЕНОВ',
    givenName: 'АРМАН',
    iin: iin(9),
    bin: bin(4),
    organisation: 'УПОЛНОМОЧЕННЫЙ ОРГАН (ДЕМО)',
    role: 'head',
  },
  /** Has a head's certificate of Alpha; Alpha has not named this head. */
  alphaSuccessor: {
    surname: 'ҚАЛИЕВА',
    givenName: 'ТОҒЖАН',
    iin: iin(10),
    bin: bin(1),
    organisation: 'ТОО «АЛЬФА ПЛАТФОРМА»',
    role: 'head',
  },
  /** Of a bank that is no party of the consortium. */
  bankHead: {
    surname: 'ИБРАЕВ',
    givenName: 'РУСТАМ',
    iin: iin(11),
    bin: bin(11),
    organisation: 'АО «БАНК ВНЕ КОНСОРЦИУМА»',
    role: 'head',
  },
} as const satisfies Readonly<Record<string, TestPerson>>;

export type PersonName = keyof typeof people;

/** The number of a person born on the last day of 2099. */
export function iin(serial: number): string {
  return withControlDigit('9912315', serial, 4);
}

/** The number of a division of 1999 that is not in use. */
export function bin(serial: number): string {
  return withControlDigit('991249', serial, 5);
}

/** The serial's next number that has a control digit: some have none. */
function withControlDigit(prefix: string, serial: number, width: number): string {
  for (let number = serial * 10; ; number += 1) {
    const eleven = prefix + String(number).padStart(width, '0');
    const digit = controlDigitOf(eleven);
    if (digit !== undefined) return `${eleven}${digit}`;
  }
}

/** The person of the demonstration with an IIN, or who signs for a BIN. */
export function nameOf(number: string): PersonName {
  const names = Object.keys(people) as PersonName[];
  const found = names.find((name) => {
    const person = people[name];
    return person.iin === number || ('bin' in person && person.bin === number);
  });
  if (found === undefined) throw new Error('nobody of the demonstration has this number');
  return found;
}
