import { refusalTable } from '../kernel/refusal.ts';

/** Codes of refusals that concern the consortium's roster. */
export const { texts: rosterTexts, refuse } = refusalTable({
  CONSORTIUM_FOUNDED_ALREADY: {
    kk: 'Консорциум бұрын құрылған. Құрамы енді тек шешіммен өзгереді.',
    ru: 'Консорциум уже учреждён. Его состав меняется теперь только решением.',
    en: 'The consortium has been founded already. Only a decision changes it from now on.',
  },
  CONSORTIUM_NOT_FOUNDED: {
    kk: 'Консорциум әлі құрылмаған. Алдымен roster:found операциясын орындаңыз.',
    ru: 'Консорциум ещё не учреждён. Сначала выполните операцию roster:found.',
    en: 'The consortium has not been founded yet. Call roster:found first.',
  },
  NOT_A_MEMBER: {
    kk: '{mspId} ұйымы консорциумның мүшесі емес.',
    ru: 'Организация {mspId} не является участником консорциума.',
    en: 'The organisation {mspId} is not a member of the consortium.',
  },
  MEMBER_ALREADY: {
    kk: '{mspId} ұйымы консорциумның мүшесі болып тіркелген.',
    ru: 'Организация {mspId} уже является участником консорциума.',
    en: 'The organisation {mspId} is a member of the consortium already.',
  },
  MEMBER_INDISPENSABLE: {
    kk: '{mspId} ұйымына заң ерекше қызмет жүктеген, ол консорциумнан шыға алмайды. Оны басқа ұйым алмастырса, чейнкодты өзгерту керек.',
    ru: 'Закон даёт организации {mspId} собственную роль, исключить её из консорциума нельзя. Если её сменяет другая, нужен другой чейнкод.',
    en: 'The law gives {mspId} a part of its own, so it cannot leave the consortium. If another takes its place, the chaincode has to change.',
  },
  CONSORTIUM_TOO_SMALL: {
    kk: 'Консорциумда кемінде {minimum} мүше болуы керек. Алдымен жаңа мүше қабылдаңыз.',
    ru: 'В консорциуме должно быть не меньше участников, чем {minimum}. Сначала примите нового.',
    en: 'The consortium needs at least {minimum} members. Admit a new one first.',
  },
});
