import { refusalTable } from '../kernel/refusal.ts';

/** Codes of refusals that concern pledges and their register. */
export const { texts: pledgeTexts, refuse } = refusalTable({
  ENCUMBRANCE_UNKNOWN: {
    kk: 'Бұл мүлік бойынша мұндай тіркелген кепіл жоқ.',
    ru: 'По этому имуществу нет такого зарегистрированного залога.',
    en: 'There is no such registered pledge of this property.',
  },
  EGKN_ENTRY_REGISTERED_ALREADY: {
    kk: 'ЖМБК-нің бұл жазбасы осы мүліктің тізілімінде бар.',
    ru: 'Эта запись ЕГКН уже стоит в реестре этого имущества.',
    en: 'This entry of EGKN stands in the register of this property already.',
  },
  REGISTER_ALTERED: {
    kk: 'Бұл мүліктің тізілімі Мемлекеттік корпорациясыз өзгертілген: оған сенуге болмайды. Желі операторына хабарлаңыз.',
    ru: 'Реестр этого имущества изменён без Государственной корпорации: полагаться на него нельзя. Сообщите оператору сети.',
    en: 'The register of this property was altered without the State Corporation and cannot be relied on. Tell the operator of the network.',
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
  EARLIER_APPLICATION_UNDECIDED: {
    kk: 'ЕГКН бұрын қабылдаған {application} өтініші бойынша шешім жоқ. Алдымен ол шешіледі немесе оның кепіл ұстаушысы келісім береді, БСН: {bin}.',
    ru: 'Нет решения по заявлению {application}, которое ЕГКН принял раньше. Сначала решается оно, либо согласие даёт его залогодержатель, БИН: {bin}.',
    en: 'The application {application}, which EGKN accepted earlier, is not decided. It is decided first, or its pledgee with the BIN {bin} consents.',
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
  PLEDGEE_NOT_THE_HOLDER: {
    kk: 'Өтініште аталған кепіл ұстаушы бұл кепілді ұстамайды.',
    ru: 'Названный в заявлении залогодержатель не держит этот залог.',
    en: 'The pledgee that the application names does not hold this pledge.',
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
  RANK_TARGETS: {
    kk: 'Кезектілік туралы келісім бір мүліктің кемінде екі кепілін атайды.',
    ru: 'Соглашение об очерёдности называет не менее двух залогов одного имущества.',
    en: 'An agreement on rank names two pledges at least, all of one property.',
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
  GROUND_UNKNOWN: {
    kk: 'Заңның {article}-бабы бойынша мұндай негіз тізімде жоқ.',
    ru: 'Такого основания по статье {article} закона в перечне нет.',
    en: 'No ground of article {article} of the law has this mark.',
  },
  GROUNDS_NOT_HELD: {
    kk: 'Сіздің ұйымыңызда бұл шешімнің себептері жоқ немесе олар тазаланған.',
    ru: 'У вашей организации нет причин этого решения, или они удалены.',
    en: 'Your organisation does not hold the reasons of this decision, or they were purged.',
  },
  GROUNDS_LACKING: {
    kk: 'Сіздің ұйымыңыздың торабында бұл шешімнің себептері жоғалған. Операторға айтыңыз: kepil network heal.',
    ru: 'Узел вашей организации утратил причины этого решения. Сообщите оператору: kepil network heal.',
    en: "Your organisation's peer has lost the reasons of this decision. Tell its operator: kepil network heal.",
  },
  DECISION_REPLACED: {
    kk: 'Осы шешім тексерілгеннен кейін басқа шешім тексерілді немесе орындалды. Оны қайта тексертіңіз.',
    ru: 'После проверки этого решения проверено или исполнено другое. Передайте его на проверку заново.',
    en: 'Another decision was verified or carried out since this one was verified. Have it verified anew.',
  },
  CHECK_NOT_MET: {
    kk: 'Тексеру орындалмаған: {name}, дереккөз: {source}.',
    ru: 'Проверка не выполнена: {name}, источник: {source}.',
    en: 'The check {name} of the source {source} is not met.',
  },
  CHECK_OUTDATED: {
    kk: '{name} тексеруінің жауабы ({source}, {at}) өтініш қайта жалғастырылғанға дейін берілген. Қайта тексеру қажет.',
    ru: 'Ответ на проверку {name} ({source}, {at}) дан до возобновления заявления. Нужна новая проверка.',
    en: 'The answer of {source} to the check {name} is of {at}, before the resumption. It has to be checked anew.',
  },
  CHECK_OF_ANOTHER_SOURCE: {
    kk: '{name} тексеруін {source} бермейді; күтілетін дереккөз: {expected}.',
    ru: 'Проверку {name} источник {source} не даёт; её дают: {expected}.',
    en: 'The check {name} is not given by {source}, but by {expected}.',
  },
  CHECK_BEFORE_ACCEPTANCE: {
    kk: '{name} тексеруі ЖМБК өтінішті қабылдаған минуттан ({minute}) бұрын жасалған: {at}.',
    ru: 'Проверка {name} датирована {at}, раньше минуты приёма в ЕГКН ({minute}).',
    en: 'The check {name} is of {at}, before the minute {minute} at which EGKN took the application.',
  },
  ENCUMBRANCES_NOT_REPORTED: {
    kk: 'ЖМБК бұл мүліктің ауыртпалықтары туралы мәлімет бермеген: {property}.',
    ru: 'ЕГКН не сообщил об обременениях этого имущества: {property}.',
    en: 'EGKN has not reported the encumbrances of the property {property}.',
  },
  EXCLUDING_ENCUMBRANCE: {
    kk: '{property} мүлкіне {code} ({name}) ауыртпалығы салынған, ол тіркеуге кедергі.',
    ru: 'На имуществе {property} обременение {code} ({name}), которое исключает регистрацию.',
    en: 'The encumbrance {code} ({name}) of the property {property} excludes the registration.',
  },
  ENCUMBRANCE_NOT_CONSIDERED: {
    kk: '{property} мүлкінің {code} ({name}) ауыртпалығын тіркеуші қарамаған: шешімде ол көрсетілмеген.',
    ru: 'Обременение {code} ({name}) имущества {property} требует рассмотрения: в решении регистратора оно не названо.',
    en: 'The encumbrance {code} ({name}) of the property {property} is for the officer to consider, and the decision does not name it.',
  },
  DOCUMENT_MISSING: {
    kk: 'Мына құжат тіркелмеген: {kind}.',
    ru: 'Не приложен документ: {kind}.',
    en: 'The document {kind} is not attached.',
  },
  PROPERTY_NOT_DESCRIBED: {
    kk: 'Бұл кадастрлық нөмірдегі мүлік өтініште сипатталмаған.',
    ru: 'Имущество с этим кадастровым номером в заявлении не описано.',
    en: 'The property of this cadastral number is not described in the application.',
  },
  ENCUMBRANCE_REFERENCE: {
    kk: 'Жаңа кепіл бұрынғысына сілтемейді, ал өзгерту мен тоқтату тіркелген кепілге сілтеуі керек.',
    ru: 'Новый залог не ссылается на прежний, а изменение и прекращение ссылаются на зарегистрированный.',
    en: 'A new pledge refers to none; a change or a termination refers to the registered one.',
  },
  SHARE_DIFFERS: {
    kk: 'Кепілге берілетін үлес мүлік сипаттамасындағы үлестен өзгеше.',
    ru: 'Закладываемая доля не та, что в описании имущества.',
    en: 'The share that is pledged is not the one in the description of the property.',
  },
  TARGET_NAMED_TWICE: {
    kk: 'Өтініште бір мүлік немесе бір кепіл екі рет аталған.',
    ru: 'Заявление называет одно имущество или один залог дважды.',
    en: 'The application names one property or one pledge twice.',
  },
  PAYMENT_DOCUMENT_DIFFERS: {
    kk: 'Төлем барлығы қол қойған құжатпен расталмаған.',
    ru: 'Оплата подтверждена не тем документом, который все подписали.',
    en: 'The payment is not proved by the document that everyone has signed.',
  },
  REPRESENTATION_OF_NOBODY: {
    kk: 'Заңды өкіл өтінішке қатысатын бір жеке тұлғаның атынан ғана әрекет етеді, өз атынан емес.',
    ru: 'Законный представитель действует за одно физическое лицо из участников и не за себя.',
    en: 'A lawful representative acts for one natural person among the participants, and not for themselves.',
  },
  REPRESENTATION_UNPROVED: {
    kk: 'Заңды өкілдіктің негізі туралы құжат тіркелмеген.',
    ru: 'Не приложен документ о законном представительстве.',
    en: 'The document that proves the representation is not attached.',
  },
  PAYMENT_USED_ALREADY: {
    kk: 'Бұл төлем басқа өтініш үшін жасалған. Әр өтінішке өз төлемі керек.',
    ru: 'Этой оплатой уже оплачено другое заявление. Каждое заявление оплачивается отдельно.',
    en: 'This payment has paid for another application. Each application takes a payment of its own.',
  },
  PLEDGOR_NOT_OWNER: {
    kk: 'Кепіл беруші кадастр бойынша мүліктің иесі емес.',
    ru: 'Залогодатель не является собственником имущества по данным кадастра.',
    en: 'The pledgor does not own the property by the data of the cadastre.',
  },
  FACTS_UNANSWERED: {
    kk: '{source} әр мүлік немесе әр иесі туралы жауап берген жоқ.',
    ru: 'Нет ответа {source} о каждом имуществе или каждом собственнике.',
    en: '{source} has not answered for every property or every owner.',
  },
  MARRIAGE_OF_NOBODY: {
    kk: 'Неке туралы жазба кепіл берушілер мен меншік иелерінің ешқайсысына қатысты емес.',
    ru: 'Запись о браке не касается никого из залогодателей и собственников.',
    en: 'The record of marriage is about nobody among the pledgors and owners.',
  },
  MARRIAGE_DATES: {
    kk: 'Неке мен оны бұзу күндері мүмкін емес: неке бұзудан бұрын қиылады, екеуі де АХАЖ жауабынан кейін болмайды.',
    ru: 'Таких дат брака и развода быть не может: брак раньше развода, и оба не позже ответа ЗАГС.',
    en: 'These dates of marriage and divorce cannot be: the marriage comes first, and neither is after the answer of ZAGS.',
  },
  PLEDGORS_DIFFER: {
    kk: '{encumbrance} кепілінің кепіл берушілері тіркелгендермен бірдей емес немесе олардың тұзы берілмеген.',
    ru: 'Залогодатели залога {encumbrance} не те, что зарегистрированы, либо не дана их соль.',
    en: 'The pledgors of the pledge {encumbrance} are not those registered, or their salt was not given.',
  },
  OWNER_TAKES_NO_PART: {
    kk: 'ЕГКН бойынша меншік иесі өтінішке қатыспайды: {who}.',
    ru: 'Собственник по данным ЕГКН не участвует в заявлении: {who}.',
    en: 'An owner by the data of EGKN takes no part in the application: {who}.',
  },
  SPOUSE_TAKES_NO_PART: {
    kk: 'АХАЖ бойынша некедегі адам өтінішке қатыспайды: {who}.',
    ru: 'Состоящий в браке по данным ЗАГС не участвует в заявлении: {who}.',
    en: 'Somebody who is married by the records of ZAGS takes no part in the application: {who}.',
  },
  EGKN_HAS_OTHER_PLEDGORS: {
    kk: 'Кепіл берушілер ЕГКН тіркеген кепілдегілермен бірдей емес.',
    ru: 'Залогодатели не те, что в зарегистрированном в ЕГКН залоге.',
    en: 'The pledgors are not those of the pledge that EGKN has registered.',
  },
  EGKN_HAS_ANOTHER_CONTRACT: {
    kk: 'Шарттың нөмірі немесе күні ЕГКН тіркеген кепілдегідей емес.',
    ru: 'Номер или дата договора не те, что в зарегистрированном в ЕГКН залоге.',
    en: 'The number or date of the contract is not that of the pledge that EGKN has registered.',
  },
  OWNER_LEFT_OUT: {
    kk: '{encumbrance} кепіліне қатысқан меншік иесі немесе жұбай көрсетілмеген.',
    ru: 'Не назван собственник или супруг, участвовавший в залоге {encumbrance}.',
    en: 'An owner or spouse who took part in the pledge {encumbrance} is not named.',
  },
  FORMER_OWNER_MISPLACED: {
    kk: 'Бұрынғы меншік иесі тек тіркелген кепіл өзгергенде, ЕГКН жауабынан бұрынғы күнмен көрсетіледі және қазір меншік иесі емес.',
    ru: 'Прежний собственник указывается только при изменении зарегистрированного залога, с днём не позже ответа ЕГКН, и собственником уже не является.',
    en: 'A former owner is named for a change of a registered pledge alone, with a day not after the answer of EGKN, and owns no more.',
  },
  CONTRACT_DIFFERS: {
    kk: 'Шарттың нөмірі немесе күні {encumbrance} кепілінде тіркелгенмен бірдей емес.',
    ru: 'Номер или дата договора не те, что зарегистрированы в залоге {encumbrance}.',
    en: 'The number or date of the contract is not the one registered in the pledge {encumbrance}.',
  },
  CEDENT_REFERENCE: {
    kk: 'Талапты беретін тұлға тек цессияда және міндетті түрде көрсетіледі.',
    ru: 'Уступающее лицо указывается при цессии, и только при ней.',
    en: 'The one who cedes is named for a cession, and for nothing else.',
  },
  PARTICIPANT_UNKNOWN: {
    kk: 'Өтініште {number} нөмірлі қатысушы жоқ.',
    ru: 'В заявлении нет участника с номером {number}.',
    en: 'The application has no participant of the number {number}.',
  },
  DOSSIER_DIFFERS: {
    kk: 'Берілген деректер жиыны тізілімдегі хэшке сәйкес келмейді.',
    ru: 'Переданное досье не соответствует хэшу в реестре.',
    en: 'The dossier that was given does not have the hash on the ledger.',
  },
  APPLICATION_UNKNOWN: {
    kk: 'Мұндай өтініш жоқ.',
    ru: 'Такого заявления нет.',
    en: 'There is no such application.',
  },
  APPLICATION_EXISTS_ALREADY: {
    kk: 'Бұл идентификатормен өтініш дайындалған. Өзгерту үшін келесі редакцияны тапсырыңыз.',
    ru: 'Заявление с этим идентификатором уже подготовлено. Для изменения внесите следующую редакцию.',
    en: 'An application of this id is prepared already. Deposit the next revision to change it.',
  },
  REVISION_OUT_OF_TURN: {
    kk: 'Күтілген редакция: {expected}.',
    ru: 'Ожидается редакция {expected}.',
    en: 'The revision {expected} is expected.',
  },
  APPLICATION_UNSEALED: {
    kk: 'Өтініштің бұл күйін Мемлекеттік корпорация бермеген: оның мөрі жоқ.',
    ru: 'Это состояние заявления дано не Госкорпорацией: её печати нет.',
    en: 'The State Corporation has not given this state of the application: its seal is missing.',
  },
  SLOT_TAKEN: {
    kk: 'Бұл орын басқа өтініштің деректерімен бос емес. Басқа орын таңдаңыз немесе аяқталғанын тазалаңыз.',
    ru: 'Это место занято досье другого заявления. Возьмите другое или очистите завершённое.',
    en: 'This slot holds the dossier of another application. Take another one or purge what has ended.',
  },
  MANIFEST_NOT_OF_DOSSIER: {
    kk: 'Қол қойылған манифест осы деректер жиыны мен құжаттарға қатысты емес немесе басқа мәліметтер көрсетеді.',
    ru: 'Подписанный манифест относится не к этому досье и не к этим документам либо показывает другие сведения.',
    en: 'The signed manifest is not about this dossier and its documents, or shows something else.',
  },
  SERVICE_NOT_ENDED: {
    kk: 'Қызмет аяқталмаған. Өтініштің күйі: {state}. Деректер қызмет аяқталғаннан кейін тазаланады.',
    ru: 'Услуга не завершена. Состояние заявления: {state}. Данные удаляются после её завершения.',
    en: 'The service has not ended. The application is in the state {state}. Data are purged after it.',
  },
  DOSSIER_NOT_HELD: {
    kk: 'Сіздің ұйымыңызда бұл өтініштің деректер жиыны жоқ немесе ол тазаланған.',
    ru: 'У вашей организации нет досье этого заявления, или оно удалено.',
    en: 'Your organisation does not hold the dossier of this application, or it was purged.',
  },
  DOSSIER_NOT_DEPOSITED: {
    kk: 'Мемлекеттік корпорацияда бұл тексеру нәтижесінің деректер жиыны жоқ: кейін басқасы енгізілген немесе ол тазаланған. Оны қайта енгізіңіз.',
    ru: 'У Госкорпорации нет досье этого результата проверки: позже внесено другое, или оно удалено. Внесите его снова.',
    en: 'The State Corporation does not hold the dossier of this verdict: another was deposited since, or it was purged. Deposit it again.',
  },
  DOSSIER_LACKING: {
    kk: 'Сіздің ұйымыңыздың торабында бұл деректер жиыны жоғалған. Операторға айтыңыз: kepil network heal.',
    ru: 'Узел вашей организации утратил это досье. Сообщите оператору: kepil network heal.',
    en: "Your organisation's peer has lost this dossier. Tell its operator: kepil network heal.",
  },
  STORAGE_TERM_RUNS: {
    kk: 'Сақтау мерзімі аяқталмаған: {until} дейін. Деректер содан кейін тазаланады.',
    ru: 'Срок хранения ещё не истёк: до {until}. Данные удаляются после него.',
    en: 'The term of storage runs until {until}. Data are purged after it.',
  },
  RECORD_NOT_HELD: {
    kk: 'Сіздің ұйымыңыздың торабында бұл жеке жазба жоқ.',
    ru: 'На узле вашей организации нет этой закрытой записи.',
    en: "Your organisation's peer does not have this private record.",
  },
  RECORD_DIFFERS: {
    kk: 'Бұл байттардың хеші тізілімдегі хешке сәйкес емес немесе жазба тазаланған.',
    ru: 'Хеш этих байтов не совпадает с хешем в реестре, или запись удалена.',
    en: 'These bytes do not have the hash that stands on the ledger, or the record was purged.',
  },
  EVIDENCE_NOT_HELD: {
    kk: 'Сіздің ұйымыңызда бұл қолдың дәлелі жоқ немесе ол тазаланған.',
    ru: 'У вашей организации нет доказательств этой подписи, или они удалены.',
    en: 'Your organisation does not hold the evidence of this signature, or it was purged.',
  },
  EVIDENCE_LACKING: {
    kk: 'Сіздің ұйымыңыздың торабында бұл қолдың дәлелі жоғалған. Операторға айтыңыз: kepil network heal.',
    ru: 'Узел вашей организации утратил доказательства этой подписи. Сообщите оператору: kepil network heal.',
    en: "Your organisation's peer has lost the evidence of this signature. Tell its operator: kepil network heal.",
  },
  DECISION_DIFFERS: {
    kk: 'Қызметкер қол қойған мәтін осы шешімге сәйкес келмейді.',
    ru: 'Подписанный сотрудником текст не соответствует этому решению.',
    en: 'What the officer signed is not this decision.',
  },
  MANDATE_MISSING: {
    kk: 'Қол қоюшы басшы емес: ұйымның қолданыстағы өкілеттігі керек.',
    ru: 'Подписавший не руководитель: нужно действующее полномочие организации.',
    en: 'The signer is not the head: a live mandate of the organisation is needed.',
  },
  REFUSAL_DIFFERS: {
    kk: 'Басшы қол қойған мәтін осы бас тартуға және оның себептеріне сәйкес келмейді.',
    ru: 'Подписанный руководителем текст не соответствует этому отказу и его причинам.',
    en: 'What the head signed is not this refusal with these reasons.',
  },
  WITHDRAWAL_UNSIGNED: {
    kk: 'Берілген өтінішті оны берген тұлға ЭЦҚ қойып қана қайтарып алады. Күйі: {state}.',
    ru: 'Поданное заявление отзывает только тот, кто его подал, своей ЭЦП. Состояние: {state}.',
    en: 'What was filed is taken back by who applied alone, by EDS. Its state: {state}.',
  },
  WITHDRAWAL_BEFORE_FILING: {
    kk: 'Қайтарып алуға {signedAt} қол қойылған, өтінішке кейін: {lastSigned}. Жаңа қол керек.',
    ru: 'Отзыв подписан {signedAt}, а заявление позже: {lastSigned}. Нужна новая подпись.',
    en: 'The withdrawal was signed at {signedAt}, the application later, {lastSigned}. Sign anew.',
  },
  CLOSURE_UNFOUNDED: {
    kk: 'Бұл өтінішті {reason} себебімен аяқтауға болмайды: тізбек ондайды білмейді.',
    ru: 'Это заявление нельзя прекратить по причине {reason}: реестру такое не известно.',
    en: 'This application cannot be ended for {reason}: the ledger knows of no such thing.',
  },
  SUPPLEMENT_CHANGES: {
    kk: 'Толықтыру құжаттар ғана қосады: тараптар, мүлік, шарттар мен бұрынғы құжаттар өзгермейді.',
    ru: 'Дополнение только прилагает документы: стороны, имущество, условия и прежние документы не меняются.',
    en: 'A supplement only adds documents: parties, property, terms and earlier documents stay.',
  },
  TIME_AHEAD: {
    kk: 'Көрсетілген уақыт әлі келген жоқ: {time}. Болған уақытын көрсетіңіз.',
    ru: 'Указанное время ещё не наступило: {time}. Укажите, когда это произошло.',
    en: 'The stated time has not come yet: {time}. State when it happened.',
  },
  PAYMENT_REACHED_TOO_EARLY: {
    kk: 'Төлем растауы ЖМБК-ге {reachedAt} жетуі мүмкін емес: төлем кейін расталған, {confirmedAt}.',
    ru: 'Подтверждение оплаты не могло поступить в ЕГКН {reachedAt}: оплата подтверждена позже, {confirmedAt}.',
    en: 'The payment cannot have reached EGKN at {reachedAt}: it was confirmed later, {confirmedAt}.',
  },
  PAYMENT_REACHED_TOO_LATE: {
    kk: 'Төлем растауы ЖМБК-ге қабылдаудан кейін жеткен: {reachedAt}, қабылдау минуты {minute}.',
    ru: 'Подтверждение оплаты поступило в ЕГКН после приёма: {reachedAt}, минута приёма {minute}.',
    en: 'The payment reached EGKN after the acceptance: {reachedAt}, the minute of acceptance {minute}.',
  },
  ACCEPTANCE_BEFORE_SIGNATURES: {
    kk: 'ЖМБК өтінішті қол қойылғанға дейін қабылдай алмайды: минут {minute}, соңғы қол {signedAt}.',
    ru: 'ЕГКН не мог принять заявление до подписей: минута {minute}, последняя подпись {signedAt}.',
    en: 'EGKN cannot have accepted before all had signed: minute {minute}, last signature {signedAt}.',
  },
  DECISION_BEFORE_ACCEPTANCE: {
    kk: 'Шешімге {decidedAt} қол қойылған, өтініш кейін қабылданған: {acceptedAt}. Жаңа қол керек.',
    ru: 'Решение подписано {decidedAt}, а заявление принято позже: {acceptedAt}. Нужна новая подпись.',
    en: 'The decision was signed at {decidedAt}, the application accepted later, {acceptedAt}. Sign anew.',
  },
  DECISION_OUTDATED: {
    kk: 'Бұл шешім орындалып қойған немесе одан кейінгі шешім орындалған.',
    ru: 'Это решение уже исполнено, либо исполнено более позднее.',
    en: 'This decision was carried out already, or a later one was.',
  },
  CONSENT_BEFORE_REGISTRATION: {
    kk: '{participant}-қатысушының келісімі кепіл тіркелгенге дейін берілген. Тоқтату үшін жаңа келісім қажет.',
    ru: 'Согласие участника {participant} дано до регистрации залога. Для прекращения нужно новое согласие.',
    en: 'Participant {participant} consented before the pledge was registered. Its termination takes a new consent.',
  },
  CONSENT_REVOKED: {
    kk: '{participant}-қатысушы келісімін кері алды, тіркеу мүмкін емес.',
    ru: 'Участник {participant} отозвал согласие, регистрация невозможна.',
    en: 'Participant {participant} took the consent back, so that nothing can be registered.',
  },
  BATCH_UNKNOWN: {
    kk: 'Мұндай ашылған топтама жоқ.',
    ru: 'Такого открытого пакета нет.',
    en: 'There is no such opened batch.',
  },
  BATCH_OPENED_ALREADY: {
    kk: 'Бұл топтама ашылып қойған.',
    ru: 'Этот пакет уже открыт.',
    en: 'This batch has been opened already.',
  },
  BATCH_NOT_A_CESSION: {
    kk: 'Бұл топтама талапты беру емес.',
    ru: 'Этот пакет не является уступкой.',
    en: 'This batch is not a cession.',
  },
  BATCH_NOT_AN_IMPORT: {
    kk: 'Бұл топтама ЖМБК жазбаларын енгізбейді.',
    ru: 'Этот пакет не вносит записей ЕГКН.',
    en: 'This batch enters nothing from EGKN.',
  },
  BATCH_SIGNATURE_MISSING: {
    kk: 'Топтаманың осы мазмұнына мына тарап ЭЦҚ қоймаған: {by}.',
    ru: 'Под этим содержанием пакета нет ЭЦП стороны: {by}.',
    en: 'This content of the batch lacks the signature of: {by}.',
  },
  BATCH_DECIDED_TOO_EARLY: {
    kk: 'Шешімге {decidedAt} қол қойылған, топтама кейін берілген: {filedAt}. Жаңа қол керек.',
    ru: 'Решение подписано {decidedAt}, а пакет подан позже: {filedAt}. Нужна новая подпись.',
    en: 'The decision was signed at {decidedAt}, the batch filed later, {filedAt}. Sign anew.',
  },
  BATCH_SIGNED_DIFFERS: {
    kk: 'Қол қойылған мәтін осы топтамаға сәйкес келмейді.',
    ru: 'Подписанный текст не соответствует этому пакету.',
    en: 'What was signed is not this batch.',
  },
  BATCH_SIGNATURE_DROPPED: {
    kk: 'Топтаманың бұл қолтаңбасы жойылған. Жаңа қол қойылады.',
    ru: 'Эта подпись под пакетом удалена. Нужна новая.',
    en: 'This signature under the batch was removed. A new one is needed.',
  },
  BATCH_RESTS_ON_SIGNATURE: {
    kk: 'Топтама осы қолтаңбамен ашылған. Ол топтама орындалғаннан кейін жойылады.',
    ru: 'Пакет открыт с этой подписью. Она удаляется, когда пакет исполнен.',
    en: 'The batch was opened with this signature. It is removed once the batch is carried out.',
  },
  BATCH_NOT_CARRIED_OUT: {
    kk: 'Пакеттің {parts} бөлігінің {done} орындалды. Қолтаңбалар бәрі орындалғаннан кейін тазаланады.',
    ru: 'Выполнено частей пакета: {done} из {parts}. Подписи удаляются после выполнения всех.',
    en: 'Of the {parts} parts of the batch {done} are carried out. Signatures are purged after all.',
  },
  BATCH_PART_DIFFERS: {
    kk: 'Бұл жолдар қол қойылған топтаманың {part}-бөлігі емес.',
    ru: 'Эти строки не являются частью {part} подписанного пакета.',
    en: 'These lines are not part {part} of the batch that was signed.',
  },
  BATCH_PART_DONE: {
    kk: 'Топтаманың {part}-бөлігі орындалып қойған.',
    ru: 'Часть {part} пакета уже исполнена.',
    en: 'Part {part} of the batch has been carried out already.',
  },
  IMPORT_DIFFERS: {
    kk: 'Бұл нөмірдегі ауыртпалық тізілімде басқа мазмұнмен тұр.',
    ru: 'Обременение с этим номером стоит в реестре с другим содержанием.',
    en: 'The encumbrance of this number stands in the register with another content.',
  },
  IMPORT_OF_UNREGISTERED_APPLICATION: {
    kk: 'Бұл жазба платформа арқылы берілген өтініш бойынша, ал ол мұнда тіркелмеген.',
    ru: 'Эта запись — по заявлению, поданному через платформу, а оно здесь не зарегистрировано.',
    en: 'This entry is of an application filed on a platform, which is not registered here.',
  },
  IMPORT_CHANGES_UNKNOWN: {
    kk: 'Бұл өзгеріс жататын ауыртпалық мұнда тіркелмеген. Алдымен соны енгізіңіз.',
    ru: 'Обременение, к которому относится это изменение, здесь не стоит. Сначала внесите его.',
    en: 'The encumbrance that this changes does not stand here. Bring it in first.',
  },
  IMPORT_ENDS_UNKNOWN: {
    kk: 'Бұл тоқтату жататын ауыртпалық мұнда тіркелмеген. Алдымен соны енгізіңіз.',
    ru: 'Обременение, к которому относится это прекращение, здесь не стояло. Сначала внесите его.',
    en: 'The encumbrance that this termination ends never stood here. Bring it in first.',
  },
  NOTICE_UNKNOWN: {
    kk: 'Мұндай хабарлама жоқ: ол осы өтініш бойынша шешімнен туындамайды.',
    ru: 'Такого уведомления нет: из решений по этому заявлению оно не следует.',
    en: 'There is no such notice: it does not follow from the decisions about this application.',
  },
  NOTICE_OF_ANOTHER_DELIVERER: {
    kk: 'Бұл хабарламаны басқа ұйым жеткізеді: {deliverer}. Жеткізілгенін тек сол жазады.',
    ru: 'Это уведомление доставляет другая организация: {deliverer}. О доставке пишет только она.',
    en: 'Another organisation delivers this notice: {deliverer}. It alone records the delivery.',
  },
  NOTICE_STEP_OUT_OF_TURN: {
    kk: '{state} күйіндегі хабарлама үшін {step} қадамы мүмкін емес.',
    ru: 'Шаг {step} невозможен: уведомление в состоянии {state}.',
    en: 'The step {step} is not possible: the notice is in the state {state}.',
  },
  NOTICE_TIME_BACKWARD: {
    kk: 'Бұл уақыт хабарламаның алдыңғы оқиғасынан бұрын: {before}.',
    ru: 'Это время раньше предыдущего события уведомления: {before}.',
    en: 'This time is before what came last of the notice: {before}.',
  },
  NOTICE_ATTEMPTS_SPENT: {
    kk: 'Хабарламаны жеткізу {most} рет сәтсіз аяқталды. Себебін анықтап, басқа жолмен жеткізіңіз.',
    ru: 'Доставить уведомление не удалось {most} раз. Выясните причину и доставьте его иначе.',
    en: 'The delivery has failed {most} times. Find out why, and deliver the notice another way.',
  },
});
