import { refusalTable } from '../kernel/refusal.ts';

/** Codes of refusals that concern mandates. */
export const { texts: mandateTexts, refuse } = refusalTable({
  MANDATE_UNKNOWN: {
    kk: 'Мұндай өкілеттік тіркелмеген.',
    ru: 'Такое полномочие не записано.',
    en: 'No such mandate is recorded.',
  },
  MANDATE_ALTERED: {
    kk: 'Өкілеттік жазбасы Мемлекеттік корпорация мөр басқан мәтіннен өзгеше. Ол ешқандай құқық бермейді, жаңа өкілеттік беріңіз.',
    ru: 'Запись полномочия не та, которую опечатала Государственная корпорация. Она не даёт никаких прав, выдайте новое полномочие.',
    en: 'The record of the mandate is not the one that the State Corporation sealed. It gives no right; give a new mandate.',
  },
  MANDATE_RECORDED_ALREADY: {
    kk: 'Бұл өкілеттік бұрын тіркелген.',
    ru: 'Это полномочие уже записано.',
    en: 'This mandate is recorded already.',
  },
  MANDATE_NOT_LIVE: {
    kk: 'Өкілеттік {on} күні жарамсыз: мерзімі басталмаған, өткен, өкілеттікке кейін қол қойылған немесе ол кері алынған.',
    ru: 'Полномочие на {on} не действует: срок не начался, истёк, оно подписано позже или отозвано.',
    en: 'The mandate is not live on {on}: its term has not begun or is over, it was signed later, or revoked.',
  },
  MANDATE_OF_ANOTHER_FUNCTION: {
    kk: 'Бұл өкілеттік мұндай шешімге жатпайды. Қажетті қызмет: {function}.',
    ru: 'Полномочие не на такое решение. Нужна функция: {function}.',
    en: 'The mandate is not for this. The function {function} is needed.',
  },
  MANDATE_OF_ANOTHER_ORGANISATION: {
    kk: 'Өкілеттік басқа ұйымның атынан берілген.',
    ru: 'Полномочие выдано другой организацией.',
    en: 'The mandate is of another organisation.',
  },
  MANDATE_HOLDER_DIFFERS: {
    kk: 'Қол қоюшы бұл өкілеттіктің иесі емес.',
    ru: 'Подписавший не является держателем этого полномочия.',
    en: 'The signer is not the holder of this mandate.',
  },
  MANDATE_TERMS_DIFFER: {
    kk: 'Басшы қол қойған мәтін осы өкілеттікке сәйкес келмейді.',
    ru: 'Подписанный руководителем текст не соответствует этому полномочию.',
    en: 'What the head signed is not this mandate.',
  },
  MANDATE_TERM_REVERSED: {
    kk: 'Өкілеттіктің соңғы күні бірінші күнінен бұрын.',
    ru: 'Последний день полномочия раньше первого.',
    en: 'The last day of the mandate is before its first.',
  },
  MANDATE_REVOKED_ALREADY: {
    kk: 'Бұл өкілеттік бұрын кері алынған.',
    ru: 'Это полномочие уже отозвано.',
    en: 'This mandate was revoked already.',
  },
});
