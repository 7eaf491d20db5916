import { refusalTable } from '../kernel/refusal.ts';

/** Codes of refusals that concern organisations and their integration with KDP. */
export const { texts: organisationTexts, refuse } = refusalTable({
  ORGANISATION_UNKNOWN: {
    kk: 'Мұндай ұйым тізілімде жоқ. Алдымен консорциум оны қабылдауы керек.',
    ru: 'Такой организации в реестре нет. Сначала её должен допустить консорциум.',
    en: 'There is no such organisation in the register. The consortium has to admit it first.',
  },
  ORGANISATION_RECORDED_ALREADY: {
    kk: 'Осы БСН немесе MSP бойынша ұйым бұрын тіркелген.',
    ru: 'Организация с этим БИН или MSP уже записана.',
    en: 'An organisation with this BIN or MSP is recorded already.',
  },
  ORGANISATION_OF_ANOTHER_MEMBER: {
    kk: 'Консорциум мүшесі {mspId} тізілімде {bin} БСН бойынша тұр: БСН мен MSP бір ұйымдікі болуы керек.',
    ru: 'Участник консорциума {mspId} записан с БИН {bin}: БИН и MSP должны быть одной организации.',
    en: 'The member {mspId} of the consortium has the BIN {bin}: both must be of one organisation.',
  },
  ORGANISATION_EXCLUDED: {
    kk: 'Ұйым консорциум шешімімен шығарылған: {decision}.',
    ru: 'Организация исключена решением консорциума: {decision}.',
    en: 'The organisation was excluded by the decision {decision}.',
  },
  ORGANISATION_NOT_EXCLUDED: {
    kk: 'Ұйым шығарылмаған, оны қайта қабылдаудың қажеті жоқ.',
    ru: 'Организация не исключена, допускать её вновь не нужно.',
    en: 'The organisation is not excluded and need not be admitted again.',
  },
  ORGANISATION_UNCHANGED: {
    kk: 'Шешім ештеңені өзгертпейді: атауы, санаттары мен жүйелері дәл осындай.',
    ru: 'Решение ничего не меняет: название, категории и системы уже таковы.',
    en: 'The decision changes nothing: the name, categories and systems are these already.',
  },
  NOT_OF_THIS_ORGANISATION: {
    kk: 'Бұл әрекетті тек ұйымның өзі жасай алады.',
    ru: 'Это может сделать только сама организация.',
    en: 'Only the organisation itself can do this.',
  },
  PARTICIPANT_EXCLUDED_BY_REGIME: {
    kk: '{category} санатындағы ұйымдар бұл тәртіп бойынша өтініш бере алмайды.',
    ru: 'Организации категории {category} не подают заявлений в этом порядке.',
    en: 'Organisations of the category {category} may not file under this regime.',
  },
  CHECKLIST_ITEM_MISSING: {
    kk: 'Қабылдау тізімінде {item} тармағы жоқ. Растайтын құжаттарды беріңіз.',
    ru: 'В перечне допуска нет пункта {item}. Представьте подтверждающие документы.',
    en: 'The admission checklist lacks the item {item}. Give the documents that prove it.',
  },
  CHECKLIST_ITEM_NOT_ACCEPTED: {
    kk: '{item} тармағы әлі қабылданбаған. Оператордың шешімін күтіңіз.',
    ru: 'Пункт {item} ещё не принят. Дождитесь решения оператора.',
    en: 'The item {item} has not been accepted yet. Wait for the decision of the operator.',
  },
  CHECKLIST_ITEM_NOT_VALID_ON: {
    kk: '{item} тармағы {on} күні жарамсыз. Жаңа құжаттарды беріңіз.',
    ru: 'Пункт {item} на {on} не действует. Представьте новые документы.',
    en: 'The item {item} is not valid on {on}. Give new documents.',
  },
  ITEM_UNKNOWN: {
    kk: 'Ұйым бұл тармақты әлі мәлімдемеген.',
    ru: 'Организация ещё не заявляла этот пункт.',
    en: 'The organisation has not stated this item yet.',
  },
  SYSTEM_UNKNOWN: {
    kk: 'Ұйымда {system} жүйесі жоқ.',
    ru: 'У организации нет системы {system}.',
    en: 'The organisation has no system {system}.',
  },
  INTEGRATION_UNKNOWN: {
    kk: 'Бұл жүйені КДП-мен интеграциялауға өтінім берілмеген.',
    ru: 'Заявка на интеграцию этой системы с КДП не подана.',
    en: 'No application for the integration of this system with KDP was made.',
  },
  INTEGRATION_STEP_OUT_OF_TURN: {
    kk: 'Қазір бұл қадамның кезегі емес. Интеграцияның күйі: {state}.',
    ru: 'Этот шаг сейчас невозможен. Состояние интеграции: {state}.',
    en: 'This step is not possible now. The integration is in the state {state}.',
  },
  MODE_NEEDS_INITIATOR: {
    kk: '{mode} тәсілі тек бастамашыларға ашық.',
    ru: 'Способ {mode} доступен только инициаторам.',
    en: 'The mode {mode} is open to initiators alone.',
  },
  MODE_NEEDS_PROOF: {
    kk: '{mode} тәсілі үшін мына құжат қажет: {proof}.',
    ru: 'Для способа {mode} нужен документ: {proof}.',
    en: 'The mode {mode} needs the document {proof}.',
  },
  TEST_ANSWERS_TOO_FEW: {
    kk: 'Сынақ ортасында сәтті жауап жеткіліксіз: {count}. Керегі: {needed}.',
    ru: 'Успешных ответов в тестовой среде: {count}. Нужно: {needed}.',
    en: 'There are {count} successful answers from the test environment; {needed} are needed.',
  },
  TEST_ANSWER_COUNTED_ALREADY: {
    kk: 'Бұл жауап бұрын есептелген.',
    ru: 'Этот ответ уже учтён.',
    en: 'This answer was counted already.',
  },
  TEST_ANSWER_UNREADABLE: {
    kk: 'Токенде бастамашы, берілген рұқсат немесе мерзім көрсетілмеген.',
    ru: 'В токене не указан инициатор, предоставленный доступ или срок.',
    en: 'The token does not state an initiator, a granted access and a term.',
  },
  TEST_ANSWER_OF_ANOTHER_INITIATOR: {
    kk: 'Токен басқа бастамашыға берілген. Өз ұйымыңыз алған жауапты жіберіңіз.',
    ru: 'Токен выдан другому инициатору. Представьте ответ, полученный своей организацией.',
    en: 'The token was given to another initiator. Send an answer that your organisation received.',
  },
  TEST_ANSWER_EXPIRED: {
    kk: 'Алмасу кезінде токеннің мерзімі өтіп кеткен: {expiresAt}.',
    ru: 'К моменту обмена срок токена истёк: {expiresAt}.',
    en: 'The token had expired by the time of the exchange: {expiresAt}.',
  },
  TEST_ANSWER_OUTSIDE_PERIOD: {
    kk: '{at} уақыты сынақ мерзіміне кірмейді: ол өтінім мақұлданғаннан басталып, қазіргі сәтте аяқталады.',
    ru: 'Время {at} вне периода испытаний: он идёт от одобрения заявки до настоящего момента.',
    en: 'The time {at} is outside the tests, which run from the approval of the application to now.',
  },
  TEST_ACT_DIFFERS: {
    kk: 'Бұл есептелген жауаптардың актісі емес. Ағымдағы актінің хэші: {act}.',
    ru: 'Это не акт учтённых ответов. Хэш нынешнего акта: {act}.',
    en: 'This is not the act of the answers counted. The hash of the present act is {act}.',
  },
  TEST_ACT_FACTS_DIFFER: {
    kk: 'Басшы басқа актіге қол қойған. Ағымдағы актіні алып, қайта қол қойғызыңыз.',
    ru: 'Руководитель подписал другой акт. Возьмите нынешний акт и подпишите его заново.',
    en: 'The head has signed another act. Take the present act and have it signed anew.',
  },
  ITEM_STATED_ANEW: {
    kk: 'Ұйым басқа құжаттарды мәлімдеді. Алдымен соларды қарап шығыңыз.',
    ru: 'Организация заявила другие документы. Сначала рассмотрите их.',
    en: 'The organisation has stated other documents. Look at those first.',
  },
  KEY_NOT_HANDED: {
    kk: 'Өз құралдарымен жұмыс істеу үшін алдымен кілттің ашық бөлігін КДП-ға беріңіз.',
    ru: 'Для собственных средств сначала передайте КДП открытую часть ключа.',
    en: 'For own means, hand the public part of the key to KDP first.',
  },
  HEAD_UNKNOWN: {
    kk: 'Қол қоюшы ұйым көрсеткен басшылардың арасында жоқ. Ұйым оны алдымен тізімге енгізуі керек.',
    ru: 'Подписавшего нет среди руководителей, которых назвала организация. Сначала она должна внести его в список.',
    en: 'The signer is not among the heads whom the organisation has named. It has to name the head first.',
  },
  HEAD_ALTERED: {
    kk: 'Басшы туралы жазба Мемлекеттік корпорация мөр басқан мәтіннен өзгеше. Ол ешқандай құқық бермейді, басшыны жаңа тұзбен қайта енгізіңіз.',
    ru: 'Запись о руководителе не та, которую опечатала Государственная корпорация. Она не даёт никаких прав, внесите руководителя заново с новой солью.',
    en: 'The record of the head is not the one that the State Corporation sealed. It gives no right; name the head anew with a new salt.',
  },
  HEAD_NOT_IN_FORCE: {
    kk: 'Басшының {on} күні қол қоюға құқығы жоқ: өкілеттік мерзімі басталмаған немесе өткен.',
    ru: 'Руководитель на {on} не вправе подписывать: срок его полномочий не начался или истёк.',
    en: "The head may not sign on {on}: the head's term has not begun or is over.",
  },
  HEAD_NAMED_ALREADY: {
    kk: 'Бұл жазба тізімде бар. Жаңа мерзім үшін жаңа тұз алыңыз.',
    ru: 'Такая запись в списке уже есть. Для нового срока возьмите новую соль.',
    en: 'The list has this record already. Take a new salt for a new term.',
  },
  HEAD_TERM_REVERSED: {
    kk: 'Басшының соңғы күні бірінші күнінен бұрын.',
    ru: 'Последний день руководителя раньше первого.',
    en: 'The last day of the head is before the first.',
  },
  HEAD_ENDED_ALREADY: {
    kk: 'Басшының мерзімі {until} күні бітеді, оны ұзартуға болмайды. Жаңа мерзімді бөлек жазыңыз.',
    ru: 'Срок руководителя кончается {until}, продлить его нельзя. Новый срок запишите отдельно.',
    en: 'The term of the head ends on {until} and cannot be extended. Record a new term by itself.',
  },
  KDP_NOT_IN_PRODUCTION: {
    kk: '{system} жүйесі КДП-мен өнімді ортада интеграцияланбаған.',
    ru: 'Система {system} не интегрирована с КДП в промышленной среде.',
    en: 'The system {system} is not integrated with KDP in production.',
  },
});
