import { refusalTable } from '../kernel/refusal.ts';

/** Codes of refusals that concern pledges and their register. */
export const { texts: pledgeTexts, refuse } = refusalTable({
  ENCUMBRANCE_UNKNOWN: {
    kk: 'Бұл мүлік бойынша мұндай тіркелген кепіл жоқ.',
    ru: 'По этому имуществу нет такого зарегистрированного залога.',
    en: 'There is no such registered pledge of this property.',
  },
  ENCUMBRANCE_TERMINATED: {
    kk: 'Бұл кепіл тоқтатылған.',
    ru: 'Этот залог уже прекращён.',
    en: 'This pledge has been terminated already.',
  },
  ENCUMBRANCE_REGISTERED_ALREADY: {
    kk: 'Бұл өтініш бойынша кепіл тіркеліп қойған.',
    ru: 'По этому заявлению залог уже зарегистрирован.',
    en: 'The pledge of this application is registered already.',
  },
  NOTHING_TO_REPLEDGE: {
    kk: 'Қайта кепіл үшін бұрын тіркелген қолданыстағы кепіл қажет.',
    ru: 'Для перезалога нужен ранее зарегистрированный действующий залог.',
    en: 'A re-pledge needs an earlier pledge that is registered and live.',
  },
  EARLIER_PLEDGEE_CONSENT_MISSING: {
    kk: 'Алдыңғы кепіл ұстаушының келісімі жоқ, БСН: {bin}.',
    ru: 'Нет согласия предыдущего залогодержателя, БИН: {bin}.',
    en: 'The consent of the earlier pledgee with the BIN {bin} is missing.',
  },
  NOT_THE_HOLDER: {
    kk: 'Талапты беретін тұлға бұл кепілдің ұстаушысы емес.',
    ru: 'Уступающее лицо не является держателем этого залога.',
    en: 'The one who cedes does not hold this pledge.',
  },
  HOLDER_ALREADY: {
    kk: 'Талап берілетін тұлға бұл кепілді онсыз да ұстап отыр.',
    ru: 'Лицо, которому уступают, уже держит этот залог.',
    en: 'The one to whom it is ceded holds this pledge already.',
  },
  RANK_NAMES_TWICE: {
    kk: 'Кезектілік туралы келісімде бір кепіл екі рет аталған.',
    ru: 'В соглашении об очерёдности один залог назван дважды.',
    en: 'The agreement on rank names one pledge twice.',
  },
  RANK_OF_WHAT_IS_NOT_LIVE: {
    kk: 'Кезектілік туралы келісімде бұл мүліктің қолданыстағы кепілі емес жазба бар.',
    ru: 'Соглашение об очерёдности называет то, что не является действующим залогом этого имущества.',
    en: 'The agreement on rank names something that is not a live pledge of this property.',
  },
  RANK_CONSENT_MISSING: {
    kk: 'Кезектілік туралы келісімге бұл ұстаушының келісімі жоқ, БСН: {bin}.',
    ru: 'Под соглашением об очерёдности нет согласия держателя, БИН: {bin}.',
    en: 'The agreement on rank lacks the consent of the holder with the BIN {bin}.',
  },
  APPLICATION_STEP_OUT_OF_TURN: {
    kk: 'Бұл қадам қазір мүмкін емес. Өтініштің күйі: {state}.',
    ru: 'Этот шаг сейчас невозможен. Состояние заявления: {state}.',
    en: 'This step is not possible now. The application is in the state {state}.',
  },
  CONFIRMATION_MISSING: {
    kk: '{participant}-қатысушы ({role}) өтінішке ЭЦҚ қоймаған.',
    ru: 'Участник {participant} ({role}) не подписал заявление ЭЦП.',
    en: 'Participant {participant} ({role}) has not signed the application.',
  },
  CONFIRMATION_OF_ANOTHER_REVISION: {
    kk: '{participant}-қатысушы ({role}) өтініштің басқа редакциясына қол қойған. Қайта қол қою керек.',
    ru: 'Участник {participant} ({role}) подписал другую редакцию заявления. Нужна новая подпись.',
    en: 'Participant {participant} ({role}) signed another revision. A new signature is needed.',
  },
  CONSENT_MISSING: {
    kk: '{participant}-қатысушының ({role}) КДП арқылы берілген келісімі жоқ.',
    ru: 'Нет согласия участника {participant} ({role}), данного через КДП.',
    en: 'The consent of participant {participant} ({role}) through KDP is missing.',
  },
  CONSENT_NOT_USABLE: {
    kk: '{participant}-қатысушының ({role}) келісімі берілмеген, мерзімі өткен немесе кері алынған.',
    ru: 'Согласие участника {participant} ({role}) не дано, истекло или отозвано.',
    en: 'The consent of participant {participant} ({role}) is not granted, has expired or was revoked.',
  },
  GROUND_MISSING: {
    kk: 'Заңның {article}-бабы бойынша негізін көрсетіңіз.',
    ru: 'Укажите основание по статье {article} закона.',
    en: 'Name a ground of article {article} of the law.',
  },
  CHECK_NOT_MET: {
    kk: 'Тексеру орындалмаған: {name}.',
    ru: 'Проверка не выполнена: {name}.',
    en: 'The check {name} is not met.',
  },
});
