import { refusalTable } from '../kernel/refusal.ts';

/** Codes of refusals that concern legal regimes and the calendar. */
export const { texts: regimeTexts, refuse } = refusalTable({
  REGIME_UNKNOWN: {
    kk: '{procedure} рәсімі бойынша мұндай редакция тіркелмеген.',
    ru: 'Для процедуры {procedure} такая редакция не записана.',
    en: 'No such edition is recorded for the procedure {procedure}.',
  },
  REGIME_NOT_YET_IN_FORCE: {
    kk: '{order} бұйрығы {on} күні әлі қолданысқа енгізілмеген. Ол {from} бастап қолданылады.',
    ru: 'Приказ {order} на {on} ещё не введён в действие. Он действует с {from}.',
    en: 'The order {order} is not yet in force on {on}. It is in force from {from}.',
  },
  REGIME_NO_LONGER_IN_FORCE: {
    kk: '{order} бұйрығы {on} күні қолданыста емес. Ол {from} бастап {until} дейін қолданылды. Консорциум мерзімін ұзарта алады.',
    ru: 'Приказ {order} на {on} уже не действует. Он действовал с {from} по {until}. Консорциум может его продлить.',
    en: 'The order {order} is no longer in force on {on}. It was in force from {from} until {until}. The consortium can extend it.',
  },
  EDITION_RECORDED_ALREADY: {
    kk: 'Бұл редакция бұрын тіркелген. Жаңа редакцияға жаңа белгі беріңіз.',
    ru: 'Эта редакция уже записана. Дайте новой редакции новое обозначение.',
    en: 'This edition is recorded already. Give a new edition a new name.',
  },
  EDITION_STARTS_TOGETHER: {
    kk: '{edition} редакциясы да {from} күні басталады. Бір күні екі редакция басталмайды.',
    ru: 'Редакция {edition} тоже начинается {from}. Две редакции не начинаются в один день.',
    en: 'The edition {edition} begins on {from} too. Two editions cannot begin on one day.',
  },
  EDITION_ENDS_BEFORE_START: {
    kk: 'Редакцияның соңғы күні бірінші күнінен бұрын болмауы керек.',
    ru: 'Последний день редакции не может быть раньше первого.',
    en: 'The last day of an edition cannot be earlier than its first.',
  },
  EDITION_LACKS_TERM: {
    kk: '{procedure} рәсімінің редакциясында {term} мерзімі жоқ. Онсыз бұл редакция бойынша ештеңе шешілмейді.',
    ru: 'В редакции для процедуры {procedure} нет срока {term}. Без него под ней ничего нельзя решить.',
    en: 'The edition for the procedure {procedure} lacks the term {term}. Nothing could be decided under it.',
  },
  EXTENSION_NOT_LATER: {
    kk: 'Ұзарту күні қазіргі соңғы күннен кейін болуы керек: {until}.',
    ru: 'Продлить можно только дальше нынешнего последнего дня: {until}.',
    en: 'An extension must go beyond the present last day, {until}.',
  },
  EXTENSION_OF_THE_ENDLESS: {
    kk: 'Бұл редакцияның соңғы күні жоқ, оны ұзартудың қажеті жоқ.',
    ru: 'У этой редакции нет последнего дня, продлевать её не нужно.',
    en: 'This edition has no last day, so there is nothing to extend.',
  },
  REPEALED_ALREADY: {
    kk: 'Бұл редакцияның күші жойылғаны бұрын жазылған.',
    ru: 'Утрата силы этой редакцией уже записана.',
    en: 'The repeal of this edition is recorded already.',
  },
  REGIMES_FOUNDED_ALREADY: {
    kk: 'Бастапқы редакциялар бұрын жазылған. Өзгерістер енді тек шешіммен енгізіледі.',
    ru: 'Начальные редакции уже записаны. Изменения вносятся теперь только решением.',
    en: 'The first editions are recorded already. Only a decision changes them from now on.',
  },
});
