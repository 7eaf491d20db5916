import { refusalTable } from '../kernel/refusal.ts';

/** Codes of refusals that concern consents through KDP. */
export const { texts: consentTexts, refuse } = refusalTable({
  CONSENT_UNKNOWN: {
    kk: 'Мұндай келісім сұралмаған.',
    ru: 'Такое согласие не запрашивалось.',
    en: 'No such consent was asked for.',
  },
  CONSENT_ASKED_ALREADY: {
    kk: 'Осы нөмірмен басқа келісім сұралған. Жаңа әрекетпен сұраңыз.',
    ru: 'Под этим номером запрошено другое согласие. Запросите новой попыткой.',
    en: 'Another consent was asked for under this number. Ask as a new attempt.',
  },
  CONSENT_OF_NOBODY: {
    kk: 'Өтініште {participant} нөмірлі жеке тұлға жоқ.',
    ru: 'В заявлении нет физического лица с номером {participant}.',
    en: 'The application has no natural person with the number {participant}.',
  },
  CONSENT_FORM_DIFFERS: {
    kk: 'Келісім нысаны бұйрықтың қосымшасына сәйкес емес. Күтілген хэш: {expected}.',
    ru: 'Форма согласия не та, что в приложении к приказу. Ожидался хэш {expected}.',
    en: "The form is not that of the order's annex. Expected hash: {expected}.",
  },
  CONSENT_SERVICE_NOT_APPLIED_FOR: {
    kk: 'КДП-ға берілген өтінімде {service} сервисі жоқ.',
    ru: 'В заявке на КДП нет сервиса {service}.',
    en: 'The application for KDP does not name the service {service}.',
  },
  CONSENT_REVOKED_BEFORE_GIVEN: {
    kk: 'Келісім {givenAt} берілген, одан бұрын кері алына алмайды.',
    ru: 'Согласие дано {givenAt}, раньше его отозвать нельзя.',
    en: 'The consent was given at {givenAt} and cannot be taken back before that.',
  },
  CONSENT_STEP_OUT_OF_TURN: {
    kk: 'Бұл қадам қазір мүмкін емес. Келісімнің күйі: {state}.',
    ru: 'Этот шаг сейчас невозможен. Состояние согласия: {state}.',
    en: 'This step is not possible now. The consent is in the state {state}.',
  },
  CONSENT_OF_ANOTHER_REVISION: {
    kk: 'Келісім өтініштің басқа редакциясына сұралған. Оны жаңа әрекетпен қайта сұраңыз.',
    ru: 'Согласие запрошено для другой редакции заявления. Запросите его новой попыткой.',
    en: 'The consent was asked for another revision of the application. Ask again, as a new attempt.',
  },
  CONSENT_MODE_NOT_GRANTED: {
    kk: 'Жүйеге КДП-ның {mode} тәсілі берілмеген.',
    ru: 'Системе не предоставлен способ КДП {mode}.',
    en: 'The system was not granted the KDP mode {mode}.',
  },
  CONSENT_MODE_NOT_OF_SUBJECT: {
    kk: '{mode} тәсілі субъектінің келісімін алмастырмайды. Басқа тәсілмен келісім алыңыз.',
    ru: 'Способ {mode} не заменяет согласия субъекта. Получите согласие иным способом.',
    en: 'The mode {mode} does not stand for the consent of the subject. Get it in another mode.',
  },
  CONSENT_OF_ANOTHER_PERSON: {
    kk: 'Қауіпсіздік токені басқа адамға берілген.',
    ru: 'Токен безопасности выдан на другое лицо.',
    en: 'The security token is of another person.',
  },
  CONSENT_TO_ANOTHER_INITIATOR: {
    kk: 'Қауіпсіздік токені басқа бастамашыға берілген.',
    ru: 'Токен безопасности выдан другому инициатору.',
    en: 'The security token was given to another initiator.',
  },
  CONSENT_SCOPE_TOO_NARROW: {
    kk: 'Келісім мына сервисті қамтымайды: {service}.',
    ru: 'Согласие не охватывает сервис {service}.',
    en: 'The consent does not cover the service {service}.',
  },
  TOKEN_SERVES_ANOTHER: {
    kk: 'Бұл қауіпсіздік токені басқа келісім үшін тіркелген. Жаңа келісім алыңыз.',
    ru: 'Этот токен безопасности записан за другим согласием. Получите новое согласие.',
    en: 'This security token was recorded for another consent. Get a new one.',
  },
  CONSENT_ALTERED: {
    kk: 'Келісім жазбасы Мемлекеттік корпорацияның мөрімен расталмаған.',
    ru: 'Запись согласия не подтверждена печатью Госкорпорации.',
    en: 'The record of the consent is not what the State Corporation has sealed.',
  },
  CONSENT_NOT_ASKED_NOW: {
    kk: 'Келісім {requestedAt} сұралған делінген, бірақ қазір сұралып отыр.',
    ru: 'Указано, что согласие запрошено {requestedAt}, но оно запрашивается сейчас.',
    en: 'The consent is said to be asked for at {requestedAt}, and is asked for now.',
  },
  CONSENT_FORM_NOT_SIGNED: {
    kk: 'Субъектінің ЭЦҚ осы қатысушының келісім нысанына қойылмаған.',
    ru: 'ЭЦП субъекта стоит не под этой формой согласия этого участника.',
    en: "The subject's signature is not under this form of this participant's consent.",
  },
  TOKEN_BEFORE_REQUEST: {
    kk: 'Қауіпсіздік токені келісім сұралғанға дейін берілген: {requestedAt}.',
    ru: 'Токен безопасности выдан раньше, чем согласие запрошено: {requestedAt}.',
    en: 'The security token was issued before the consent was asked for at {requestedAt}.',
  },
  TOKEN_EXPIRED: {
    kk: 'Қауіпсіздік токенінің мерзімі өткен: {expiresAt}.',
    ru: 'Срок токена безопасности истёк: {expiresAt}.',
    en: 'The security token expired at {expiresAt}.',
  },
  TOKEN_TERMS_UNREADABLE: {
    kk: 'Токенде иесі, бастамашысы, сервистері немесе мерзімі жоқ.',
    ru: 'В токене нет субъекта, инициатора, сервисов или срока.',
    en: 'The token does not state its subject, initiator, services or term.',
  },
  TOKEN_TERMS_DIFFER: {
    kk: 'Көрсетілген шарттар токеннің шарттарына сәйкес келмейді.',
    ru: 'Указанные условия не совпадают с условиями токена.',
    en: 'The terms that were stated are not those of the token.',
  },
});
