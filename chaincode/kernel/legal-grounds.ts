import type { Certainty } from './certainty.ts';
import type { Texts } from './refusal.ts';

/**
 * Grounds on which an officer suspends (article 27) or refuses (article 31) a registration, by the
 * law on state registration of rights to immovable property, 310-III of 26.07.2007 (000 alg. 15–16).
 *
 * The texts are ours, short, to choose by; the document quotes the law. Of article 31 no text was at
 * hand: its grounds stand for what the law is known to hold, under our own marks, until a lawyer
 * fills in the subclauses.
 */
export type LegalGround = {
  /** Stable mark, which records hold. */
  readonly code: string;
  readonly article: 27 | 31;
  /** The subclause as the law numbers it; absent where it is not known. */
  readonly subclause?: string;
  readonly texts: Texts;
  readonly certainty: Certainty;
};

/** Article 27: the registration is suspended. */
export const groundsOfSuspension: readonly LegalGround[] = [
  suspension('COURT_RULING', '1', 'CONFIRMED', {
    kk: 'Сот ұйғарымы бар.',
    ru: 'Есть определение суда.',
    en: 'There is a ruling of a court.',
  }),
  suspension('PROSECUTORS_ACT', '2', 'CONFIRMED', {
    kk: 'Бұзушылық жойылғанға дейін прокурорлық акт бар.',
    ru: 'Есть акт прокурора, до устранения нарушения.',
    en: 'There is an act of a prosecutor, until the breach is removed.',
  }),
  suspension('ANTI_LAUNDERING', '2-1', 'CONFIRMED', {
    kk: 'Кірістерді заңдастыруға және терроризмді қаржыландыруға қарсы заң бойынша.',
    ru: 'По закону о противодействии легализации доходов и финансированию терроризма.',
    en: 'By the law against laundering of proceeds and financing of terrorism.',
  }),
  suspension('DOCUMENTS_OWED', '3', 'CONFIRMED', {
    kk: 'Өтініш беруші 21-бапта көзделген құжаттарды беруі керек.',
    ru: 'Заявитель должен представить документы, предусмотренные статьёй 21.',
    en: 'The applicant has to supply documents that article 21 asks for.',
  }),
  suspension('STATE_DATA_LACKING', '4', 'CONFIRMED', {
    kk: 'Мемлекеттік органдардың мәліметтері жоқ немесе қайшы.',
    ru: 'Сведения государственных органов отсутствуют или противоречивы.',
    en: 'Information from state bodies is missing or contradicts itself.',
  }),
  suspension('DATA_DIFFER', '5', 'PARTLY', {
    kk: 'Құжаттағы объект немесе сәйкестендіру деректері кадастрға сәйкес келмейді.',
    ru: 'Данные объекта или идентификационные данные в документе не совпадают с кадастром.',
    en: 'Data of the object or of identity in the document differ from the cadastre.',
  }),
];

/** Article 31: the registration is refused. */
export const groundsOfRefusal: readonly LegalGround[] = [
  refusal('NOT_SUBJECT_TO_REGISTRATION', {
    kk: 'Құқық немесе объект тіркеуге жатпайды.',
    ru: 'Право или объект не подлежит регистрации.',
    en: 'The right or the object is not subject to registration.',
  }),
  refusal('WRONG_APPLICANT', {
    kk: 'Өтініш беруші тиісті тұлға емес немесе өкілеттігі жоқ.',
    ru: 'Заявитель — ненадлежащее лицо или не имеет полномочий.',
    en: 'The applicant is not the right person or has no authority.',
  }),
  refusal('DOCUMENT_UNLAWFUL', {
    kk: 'Құжат нысаны немесе мазмұны бойынша заңға сәйкес келмейді.',
    ru: 'Документ по форме или содержанию не соответствует закону.',
    en: 'A document breaks the law in its form or content.',
  }),
  refusal('SUSPENSION_NOT_REMEDIED', {
    kk: 'Тоқтата тұру себептері мерзімінде жойылмады.',
    ru: 'Причины приостановления не устранены в срок.',
    en: 'The reasons of the suspension were not removed in time.',
  }),
  refusal('EXCLUDED_BY_ANOTHER_RIGHT', {
    kk: 'Тіркелген құқық немесе ауыртпалық тіркеуді болдырмайды.',
    ru: 'Зарегистрированное право или обременение исключает регистрацию.',
    en: 'A registered right or encumbrance excludes the registration.',
  }),
  refusal('FORBIDDEN_BY_COURT', {
    kk: 'Сот актісі тіркеуге тыйым салады.',
    ru: 'Судебный акт запрещает регистрацию.',
    en: 'An act of a court forbids the registration.',
  }),
  refusal('PERSON_LISTED', {
    kk: 'Қатысушы терроризмді және экстремизмді қаржыландыруға байланысты тізімде бар.',
    ru: 'Участник состоит в перечне, связанном с финансированием терроризма и экстремизма.',
    en: 'A participant is on the list of financing of terrorism and extremism.',
  }),
  refusal('SIGNATURE_OR_CONSENT_INVALID', {
    kk: 'Қолтаңба немесе келісім жарамсыз.',
    ru: 'Подпись или согласие недействительны.',
    en: 'A signature or a consent is not valid.',
  }),
];

function suspension(
  code: string,
  subclause: string,
  certainty: Certainty,
  texts: Texts,
): LegalGround {
  return { code, article: 27, subclause, texts, certainty };
}

function refusal(code: string, texts: Texts): LegalGround {
  return { code, article: 31, texts, certainty: 'ASSUMED' };
}
