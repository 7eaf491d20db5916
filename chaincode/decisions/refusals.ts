import { refusalTable } from '../kernel/refusal.ts';

/** Codes of refusals that concern the consortium's decisions. */
export const { texts: decisionTexts, refuse } = refusalTable({
  DECISION_UNKNOWN: {
    kk: 'Мұндай шешім жоқ. Идентификаторын тексеріңіз: decisions:list.',
    ru: 'Такого решения нет. Проверьте идентификатор: decisions:list.',
    en: 'There is no such decision. Check its identifier with decisions:list.',
  },
  DECISION_CLOSED: {
    kk: 'Бұл шешім бойынша дауыс беру аяқталған. Қазіргі күйі: {state}.',
    ru: 'Голосование по этому решению закончено. Его состояние: {state}.',
    en: 'Voting on this decision is over. Its state is {state}.',
  },
  DECISION_EXPIRED: {
    kk: 'Дауыс беру мерзімі өтіп кетті: {expiresAt}. Шешімді қайта ұсыныңыз.',
    ru: 'Срок голосования истёк: {expiresAt}. Предложите решение заново.',
    en: 'The time for voting ran out at {expiresAt}. Propose the decision anew.',
  },
  VOTED_ALREADY: {
    kk: 'Сіздің ұйымыңыз бұл шешім бойынша дауыс беріп қойған.',
    ru: 'Ваша организация уже голосовала по этому решению.',
    en: 'Your organisation has voted on this decision already.',
  },
  NOT_THE_PROPOSER: {
    kk: 'Шешімді тек оны ұсынған ұйым кері ала алады.',
    ru: 'Отозвать решение может только предложившая его организация.',
    en: 'Only the organisation that proposed a decision can withdraw it.',
  },
});
