import { refusalTable } from './refusal.ts';

/**
 * Codes of refusals that every contract shares, with their texts.
 *
 * A text says what is wrong and what to do; figures stand after a colon, where no case or number
 * has to agree with them. Codes are never renamed; a text may be bettered at any time.
 */
export const { texts: kernelTexts, refuse } = refusalTable({
  BODY_NOT_JSON: {
    kk: 'Сұраудың мәтіні JSON пішімінде емес. Пішімін тексеріп, қайта жіберіңіз.',
    ru: 'Текст запроса не является JSON. Проверьте его и отправьте снова.',
    en: 'The request is not valid JSON. Check it and send it again.',
  },
  BODY_TOO_LARGE: {
    kk: 'Сұрау тым үлкен. Рұқсат етілген ең көп көлемі, байт: {maximum}.',
    ru: 'Запрос слишком велик. Наибольший размер в байтах: {maximum}.',
    en: 'The request is too large. Largest size in bytes: {maximum}.',
  },
  FAULTS_NOT_SHOWN: {
    kk: 'Көрсетілмеген қателер де бар, саны: {count}. Алдымен көрсетілгендерін түзетіңіз.',
    ru: 'Есть и другие ошибки, их число: {count}. Сначала исправьте показанные.',
    en: 'There are more faults, in number: {count}. Correct the ones shown first.',
  },
  FIELD_REQUIRED: {
    kk: 'Өріс толтырылмаған. Мәнін енгізіңіз.',
    ru: 'Поле не заполнено. Укажите значение.',
    en: 'This field is missing. Fill it in.',
  },
  FIELD_UNKNOWN: {
    kk: 'Мұндай өріс жоқ. Оны алып тастаңыз немесе атауын тексеріңіз.',
    ru: 'Такого поля нет. Уберите его или проверьте название.',
    en: 'There is no such field. Remove it or check its name.',
  },
  FIELD_NOT_TEXT: {
    kk: 'Өрістің мәні мәтін болуы керек.',
    ru: 'Значение поля должно быть текстом.',
    en: 'This field must be text.',
  },
  FIELD_NOT_NUMBER: {
    kk: 'Өрістің мәні сан болуы керек.',
    ru: 'Значение поля должно быть числом.',
    en: 'This field must be a number.',
  },
  FIELD_NOT_INTEGER: {
    kk: 'Өрістің мәні бүтін сан болуы керек.',
    ru: 'Значение поля должно быть целым числом.',
    en: 'This field must be a whole number.',
  },
  FIELD_NOT_BOOLEAN: {
    kk: 'Өрістің мәні true немесе false болуы керек.',
    ru: 'Значение поля должно быть true или false.',
    en: 'This field must be true or false.',
  },
  FIELD_NOT_LIST: {
    kk: 'Өрістің мәні тізім болуы керек.',
    ru: 'Значение поля должно быть списком.',
    en: 'This field must be a list.',
  },
  FIELD_NOT_OBJECT: {
    kk: 'Өрістің мәні JSON нысаны болуы керек.',
    ru: 'Значение поля должно быть объектом JSON.',
    en: 'This field must be a JSON object.',
  },
  FIELD_TOO_SHORT: {
    kk: 'Мәтін тым қысқа. Ең аз ұзындығы, таңба: {minimum}.',
    ru: 'Текст слишком короткий. Наименьшая длина в знаках: {minimum}.',
    en: 'The text is too short. Least length in characters: {minimum}.',
  },
  FIELD_TOO_LONG: {
    kk: 'Мәтін тым ұзын. Ең көп ұзындығы, таңба: {maximum}.',
    ru: 'Текст слишком длинный. Наибольшая длина в знаках: {maximum}.',
    en: 'The text is too long. Greatest length in characters: {maximum}.',
  },
  FIELD_TOO_SMALL: {
    kk: 'Сан тым кіші. Ең кіші рұқсат етілген мәні: {minimum}.',
    ru: 'Число слишком мало. Наименьшее допустимое значение: {minimum}.',
    en: 'The number is too small. Least value allowed: {minimum}.',
  },
  FIELD_TOO_LARGE: {
    kk: 'Сан тым үлкен. Ең үлкен рұқсат етілген мәні: {maximum}.',
    ru: 'Число слишком велико. Наибольшее допустимое значение: {maximum}.',
    en: 'The number is too large. Greatest value allowed: {maximum}.',
  },
  FIELD_NOT_ONE_OF: {
    kk: 'Мұндай мән қабылданбайды. Мыналардың бірін көрсетіңіз: {allowed}.',
    ru: 'Такое значение не принимается. Укажите одно из: {allowed}.',
    en: 'This value is not accepted. Give one of: {allowed}.',
  },
  FIELD_FORMAT: {
    kk: 'Мәннің пішімі дұрыс емес. Сипаттамадағы үлгі бойынша жазыңыз.',
    ru: 'Значение записано не по форме. Запишите его по образцу из описания.',
    en: 'The value is not in the form expected. Write it as the description shows.',
  },
  FIELD_INVALID: {
    kk: 'Өрістің мәні дұрыс емес. Тексеріп, түзетіңіз.',
    ru: 'Значение поля неверно. Проверьте и исправьте его.',
    en: 'The value of this field is not right. Check and correct it.',
  },
  LIST_TOO_SHORT: {
    kk: 'Тізімде жазба жеткіліксіз. Ең аз саны: {minimum}.',
    ru: 'В списке недостаточно записей. Наименьшее число: {minimum}.',
    en: 'The list has too few items. Least number: {minimum}.',
  },
  LIST_TOO_LONG: {
    kk: 'Тізімде жазба тым көп. Ең көп саны: {maximum}.',
    ru: 'В списке слишком много записей. Наибольшее число: {maximum}.',
    en: 'The list has too many items. Greatest number: {maximum}.',
  },
  RECORD_FULL: {
    kk: 'Жазбаның бұл тізімі толды: {what}. Ең көп саны: {limit}. Ондағы мәліметтер сақталады; осы жазбаны аяқтап, жаңасымен жалғастырыңыз.',
    ru: 'Этот список записи заполнен: {what}. Наибольшее число: {limit}. Внесённое остаётся; завершите эту запись и продолжайте в новой.',
    en: 'This list of the record is full: {what}. Greatest number: {limit}. What stands in it stays; end this record and go on in a new one.',
  },
  KEY_REUSED_WITH_ANOTHER_BODY: {
    kk: 'Бұл қайталау кілті бұрын басқа сұрауға қолданылған. Жаңа сұрауға жаңа кілт беріңіз.',
    ru: 'Этот ключ повтора уже использован для другого запроса. Для нового запроса возьмите новый ключ.',
    en: 'This idempotency key was used for another request. Give a new request a new key.',
  },
  NOT_FOUND: {
    kk: 'Мұндай жазба табылмады. Идентификаторын тексеріңіз.',
    ru: 'Запись не найдена. Проверьте её идентификатор.',
    en: 'There is no such record. Check its identifier.',
  },
  ALREADY_EXISTS: {
    kk: 'Мұндай идентификаторы бар жазба бұрыннан бар. Басқа идентификатор беріңіз.',
    ru: 'Запись с таким идентификатором уже есть. Укажите другой идентификатор.',
    en: 'A record with this identifier exists already. Give another identifier.',
  },
  REVISION_CONFLICT: {
    kk: 'Сіз оқығаннан кейін жазба өзгерген. Күтілген нұсқасы: {expected}, қазіргісі: {actual}. Қайта оқып, қайталаңыз.',
    ru: 'Запись изменилась после того, как вы её прочли. Ожидалась редакция {expected}, сейчас {actual}. Прочтите её заново и повторите.',
    en: 'The record has changed since you read it. Expected revision {expected}, now {actual}. Read it again and repeat.',
  },
  NOT_ALLOWED: {
    kk: 'Сіздің ұйымыңызға бұл әрекетке рұқсат жоқ.',
    ru: 'Вашей организации это действие не разрешено.',
    en: 'Your organisation is not allowed to do this.',
  },
  MINUTE_FORMAT: {
    kk: 'Минут 2026-11-20T09:30Z түрінде, UTC бойынша жазылуы және болуы мүмкін уақыт болуы керек.',
    ru: 'Минута записывается по UTC в виде 2026-11-20T09:30Z и должна существовать.',
    en: 'A minute is written in UTC as 2026-11-20T09:30Z, and there has to be such a minute.',
  },
  ROLE_MISSING: {
    kk: 'Бұл әрекет үшін мына рөл қажет: {role}. Сертификатыңызда ол жоқ.',
    ru: 'Для этого действия нужна роль: {role}. В вашем сертификате её нет.',
    en: 'This needs the role {role}, which your certificate does not carry.',
  },
  DATE_FORMAT: {
    kk: 'Күн жыл-ай-күн түрінде жазылуы керек, мысалы 2026-11-20.',
    ru: 'Дату нужно записать как год-месяц-день, например 2026-11-20.',
    en: 'Write the date as year-month-day, for example 2026-11-20.',
  },
  DATE_NOT_IN_CALENDAR: {
    kk: 'Күнтізбеде мұндай күн жоқ. Айы мен күнін тексеріңіз.',
    ru: 'Такого дня в календаре нет. Проверьте месяц и число.',
    en: 'There is no such day in the calendar. Check the month and the day.',
  },
  DATE_OUT_OF_RANGE: {
    kk: 'Жылы рұқсат етілген шектен тыс: {first}–{last}. Жылды тексеріңіз.',
    ru: 'Год вне допустимых пределов: {first}–{last}. Проверьте год.',
    en: 'The year is outside {first}–{last}. Check the year.',
  },
  INSTANT_FORMAT: {
    kk: 'Уақыт UTC бойынша миллисекундпен жазылуы керек, мысалы 2026-11-20T09:30:00.000Z.',
    ru: 'Время нужно записать по UTC с миллисекундами, например 2026-11-20T09:30:00.000Z.',
    en: 'Write the time in UTC with milliseconds, for example 2026-11-20T09:30:00.000Z.',
  },
  CALENDAR_YEAR_MISSING: {
    kk: '{year} жылға жұмыс күндерінің күнтізбесі жоқ. Мерзім есептелуі үшін консорциум оны енгізуі керек.',
    ru: 'Нет календаря рабочих дней на {year} год. Чтобы срок был исчислен, консорциум должен его внести.',
    en: 'There is no calendar of working days for {year}. The consortium must record it before the term can be reckoned.',
  },
  CALENDAR_DAY_OF_ANOTHER_YEAR: {
    kk: 'Күн күнтізбенің жылына жатпайды. Күнді немесе жылды түзетіңіз.',
    ru: 'День не относится к году календаря. Исправьте день или год.',
    en: 'The day is not in the year of the calendar. Correct the day or the year.',
  },
  CALENDAR_SHIFT_WITHOUT_HOLIDAY: {
    kk: 'Ауыстырылған демалыс күніне одан бұрынғы, демалыс күніне түскен мереке көрсетілуі керек.',
    ru: 'Для перенесённого выходного нужно указать более ранний праздник, выпавший на выходной день.',
    en: 'A shifted day off must name an earlier holiday of this year that fell on a weekend.',
  },
  CALENDAR_MOVE_NOT_WEEKEND: {
    kk: 'Демалыстың орнына жұмыс істелетін күн мереке емес сенбі немесе жексенбі болуы керек.',
    ru: 'Днём, отработанным за перенесённый выходной, может быть только суббота или воскресенье, не праздник.',
    en: 'The day worked instead of a moved day off must be a Saturday or a Sunday and no holiday.',
  },
  CALENDAR_DAY_TWICE: {
    kk: '{date} күні күнтізбеде екі рет демалыс ретінде көрсетілген немесе онсыз да демалыс күні.',
    ru: 'День {date} указан в календаре выходным дважды или и без того выходной.',
    en: 'The day {date} is listed as a day off twice, or is a weekend day anyway.',
  },
  TERM_TOO_LONG: {
    kk: 'Мерзім тым ұзақ, оны жұмыс күндерімен есептеу мүмкін емес. Мерзімді тексеріңіз.',
    ru: 'Срок слишком велик, чтобы исчислить его в рабочих днях. Проверьте срок.',
    en: 'The term is too long to be reckoned in working days. Check the term.',
  },
  BODY_TOO_DEEP: {
    kk: 'Сұраудағы нысандар бірінің ішіне бірі тым терең салынған. Рұқсат етілген ең көп тереңдігі: {maximum}.',
    ru: 'Объекты в запросе вложены слишком глубоко. Наибольшая глубина: {maximum}.',
    en: 'The request is nested too deeply. Greatest depth: {maximum}.',
  },
  BODY_NAME_TWICE: {
    kk: 'Сұрауда бір өріс екі рет жазылған. Біреуін қалдырыңыз.',
    ru: 'Одно из полей запроса записано дважды. Оставьте одно.',
    en: 'A field of the request is written twice. Leave one.',
  },
  BODY_NUMBER_NOT_WHOLE: {
    kk: 'Сұрауда бүтін емес немесе тым үлкен сан бар. Ақша мен бөлшектерді мәтін ретінде жазыңыз.',
    ru: 'В запросе есть нецелое или слишком большое число. Деньги и дроби записывайте текстом.',
    en: 'The request has a number that is not whole or too large. Write money and fractions as text.',
  },
  TEXT_NOT_UTF8: {
    kk: 'Мәтін UTF-8 кодында емес. Оны UTF-8 кодында сақтап, қайта жіберіңіз.',
    ru: 'Текст не в кодировке UTF-8. Сохраните его в UTF-8 и отправьте снова.',
    en: 'The text is not in UTF-8. Save it in UTF-8 and send it again.',
  },
  TEXT_BLANK: {
    kk: 'Мәтінде бос орыннан басқа ештеңе жоқ. Мәнін енгізіңіз.',
    ru: 'В тексте нет ничего, кроме пробелов. Укажите значение.',
    en: 'The text has nothing but spaces. Fill it in.',
  },
  TEXT_UNSEEN_CHARACTER: {
    kk: 'Мәтінде көрінбейтін басқару таңбасы бар. Мәтінді қайта теріп жазыңыз.',
    ru: 'В тексте есть невидимый управляющий знак. Наберите текст заново.',
    en: 'The text holds a character that cannot be seen. Type the text anew.',
  },
  HEX_FORMAT: {
    kk: 'Мән он алтылық цифрлардың кіші әріппен жазылған жұптарынан тұруы керек.',
    ru: 'Значение должно состоять из пар шестнадцатеричных цифр строчными буквами.',
    en: 'The value must be pairs of hexadecimal digits in lower case.',
  },
  BASE64_FORMAT: {
    kk: 'Мән үзіліссіз толық base64 түрінде жазылуы керек.',
    ru: 'Значение должно быть записано в полном виде base64 без переносов.',
    en: 'The value must be base64 with its padding and without line breaks.',
  },
  AMOUNT_FORMAT: {
    kk: 'Соманы валютаның ең ұсақ бірлігімен (теңге үшін тиынмен) бүтін сан етіп жазыңыз.',
    ru: 'Укажите сумму целым числом наименьших единиц валюты (для тенге — тиынов).',
    en: 'Give the amount as a whole number of the smallest unit of the currency (tiyn for tenge).',
  },
  AMOUNT_TOO_LARGE: {
    kk: 'Сома тым үлкен. Ең көп цифр саны: {digits}.',
    ru: 'Сумма слишком велика. Наибольшее число цифр: {digits}.',
    en: 'The amount is too large. Greatest number of digits: {digits}.',
  },
  AMOUNT_DECIMALS: {
    kk: 'Соманы нүкте арқылы жазыңыз. Нүктеден кейінгі цифрлардың ең көп саны: {decimals}.',
    ru: 'Запишите сумму через точку. Наибольшее число цифр после точки: {decimals}.',
    en: 'Write the amount with a point. Greatest number of digits after it: {decimals}.',
  },
  IIN_FORMAT: {
    kk: 'ЖСН он екі цифрдан тұруы керек.',
    ru: 'ИИН должен состоять из двенадцати цифр.',
    en: 'An IIN has twelve digits.',
  },
  IIN_CENTURY: {
    kk: 'ЖСН-ның жетінші цифры 0-ден 6-ға дейін болуы керек. Нөмірді тексеріңіз.',
    ru: 'Седьмая цифра ИИН должна быть от 0 до 6. Проверьте номер.',
    en: 'The seventh digit of an IIN is from 0 to 6. Check the number.',
  },
  IIN_CENTURY_UNKNOWN: {
    kk: 'ЖСН-ның жетінші цифры туған ғасырды көрсетпейді. Туған күнді құжаттан тексеріңіз.',
    ru: 'Седьмая цифра ИИН не указывает век рождения. Сверьте дату рождения с документом.',
    en: 'The seventh digit of the IIN does not tell the century of birth. Check the birth date by a document.',
  },
  IIN_BIRTH_DATE: {
    kk: 'ЖСН-ның алғашқы алты цифры жыл, ай және күн болуы керек. Нөмірді тексеріңіз.',
    ru: 'Первые шесть цифр ИИН должны быть годом, месяцем и днём. Проверьте номер.',
    en: 'The first six digits of an IIN are a year, a month and a day. Check the number.',
  },
  IIN_CONTROL_DIGIT: {
    kk: 'ЖСН-ның бақылау цифры сәйкес келмейді. Нөмір қате терілген болуы мүмкін, тексеріңіз.',
    ru: 'Контрольная цифра ИИН не сходится. Возможно, номер набран с ошибкой, проверьте его.',
    en: 'The control digit of the IIN does not agree. The number may be mistyped: check it.',
  },
  BIN_FORMAT: {
    kk: 'БСН он екі цифрдан тұруы керек.',
    ru: 'БИН должен состоять из двенадцати цифр.',
    en: 'A BIN has twelve digits.',
  },
  BIN_MONTH: {
    kk: 'БСН-ның үшінші және төртінші цифрлары ай болуы керек. Нөмірді тексеріңіз.',
    ru: 'Третья и четвёртая цифры БИН должны быть месяцем. Проверьте номер.',
    en: 'The third and fourth digits of a BIN are a month. Check the number.',
  },
  BIN_KIND: {
    kk: 'БСН-ның бесінші цифры 4, 5 немесе 6 болуы керек. Бұл ЖСН емес пе, тексеріңіз.',
    ru: 'Пятая цифра БИН должна быть 4, 5 или 6. Проверьте, не ИИН ли это.',
    en: 'The fifth digit of a BIN is 4, 5 or 6. Check whether this is an IIN.',
  },
  BIN_CONTROL_DIGIT: {
    kk: 'БСН-ның бақылау цифры сәйкес келмейді. Нөмір қате терілген болуы мүмкін, тексеріңіз.',
    ru: 'Контрольная цифра БИН не сходится. Возможно, номер набран с ошибкой, проверьте его.',
    en: 'The control digit of the BIN does not agree. The number may be mistyped: check it.',
  },
  CADASTRAL_NUMBER_FORMAT: {
    kk: 'Кадастрлық нөмірді қос нүктемен жазыңыз, мысалы 02:036:151:1053 немесе 02:036:151:1053:1:23.',
    ru: 'Запишите кадастровый номер через двоеточия, например 02:036:151:1053 или 02:036:151:1053:1:23.',
    en: 'Write the cadastral number with colons, for example 02:036:151:1053 or 02:036:151:1053:1:23.',
  },
  RKA_FORMAT: {
    kk: 'Мекенжайдың тіркеу коды (МТК) он алты цифрдан тұруы керек.',
    ru: 'Регистрационный код адреса (РКА) должен состоять из шестнадцати цифр.',
    en: 'The registration code of an address (RKA) has sixteen digits.',
  },
  UUID_FORMAT: {
    kk: 'Идентификатор кіші әріппен жазылған, 4 немесе 7 нұсқалы UUID болуы керек.',
    ru: 'Идентификатор должен быть UUID версии 4 или 7 строчными буквами.',
    en: 'The id must be a UUID of version 4 or 7 in lower case.',
  },
  HASH_FORMAT: {
    kk: 'SHA-256 хэші кіші әріппен жазылған 64 он алтылық цифрдан тұруы керек.',
    ru: 'Хэш SHA-256 должен состоять из 64 шестнадцатеричных цифр строчными буквами.',
    en: 'A SHA-256 hash has 64 hexadecimal digits in lower case.',
  },
  MSP_ID_FORMAT: {
    kk: 'MSP идентификаторы 1–64 латын әрпінен, цифрдан, нүктеден немесе сызықшадан тұрады.',
    ru: 'Идентификатор MSP состоит из латинских букв, цифр, точек и дефисов, всего от 1 до 64.',
    en: 'An MSP id has 1 to 64 Latin letters, digits, dots and hyphens.',
  },
  CURSOR_MALFORMED: {
    kk: 'Жалғастыру белгісі жарамсыз. Тізімді басынан бастаңыз немесе алдыңғы жауаптағы белгіні өзгертпей жіберіңіз.',
    ru: 'Отметка продолжения неверна. Начните список сначала или передайте отметку из прошлого ответа без изменений.',
    en: 'The cursor is not one that a page gave. Begin the list anew, or send the cursor of the last answer unchanged.',
  },
  VERDICT_NOT_GIVEN: {
    kk: 'Мемлекеттік корпорацияның торабы мұндай тексеру нәтижесін бермеген.',
    ru: 'Узел Госкорпорации не давал такого результата проверки.',
    en: 'The peer of the State Corporation gave no such verdict.',
  },
});
