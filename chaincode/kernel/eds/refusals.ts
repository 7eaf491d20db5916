import { refusalTable } from '../refusal.ts';

/**
 * Codes of everything that the verifier says about a signature and what surrounds it, with texts.
 *
 * The same codes serve as reasons of a refusal and as notes beside an acceptance; which of the two
 * a code is depends on the policy. No text names a person: numbers and names stay in the verdict.
 */
export const { texts: edsTexts, refuse } = refusalTable({
  // What is wrong with the bytes.
  BAD_DER: {
    kk: 'Файл зақымдалған: {offset}-байтта DER кодтауы бұзылған.',
    ru: 'Файл повреждён: кодирование DER нарушено в байте {offset}.',
    en: 'The file is damaged: its DER encoding is broken at byte {offset}.',
  },
  BAD_STRUCTURE: {
    kk: 'Құрылымы күтілгендей емес. Сәйкес келмеген бөлігі: {part}.',
    ru: 'Строение не такое, как ожидалось. Не подходит часть: {part}.',
    en: 'The structure is not the expected one. The part that does not fit: {part}.',
  },
  INPUT_TOO_LARGE: {
    kk: 'Файл тым үлкен. Рұқсат етілген ең көп көлемі, байт: {maximum}.',
    ru: 'Файл слишком велик. Наибольший размер в байтах: {maximum}.',
    en: 'The file is too large. Largest size in bytes: {maximum}.',
  },
  INPUT_TOO_DEEP: {
    kk: 'Файлдағы қабаттар тым көп. Рұқсат етілгені: {maximum}.',
    ru: 'Слишком глубокая вложенность. Допустимо уровней: {maximum}.',
    en: 'The file is nested too deeply. Levels allowed: {maximum}.',
  },
  INPUT_TOO_COMPLEX: {
    kk: 'Файлдағы элементтер тым көп. Рұқсат етілгені: {maximum}.',
    ru: 'Слишком много элементов. Допустимо: {maximum}.',
    en: 'The file has too many elements. Allowed: {maximum}.',
  },
  INPUT_UNKNOWN: {
    kk: 'Бұл файл сертификатқа, қолтаңбаға, CRL немесе OCSP жауабына ұқсамайды.',
    ru: 'Файл не похож ни на сертификат, ни на подпись, ни на CRL, ни на ответ OCSP.',
    en: 'The file looks like no certificate, signature, CRL or OCSP response.',
  },
  TOO_COSTLY: {
    kk: 'Тексеру үшін тым көп қолтаңбаны есептеу керек. Рұқсат етілгені: {maximum}.',
    ru: 'Для проверки нужно вычислить слишком много подписей. Допустимо: {maximum}.',
    en: 'Verification would need too many signature checks. Allowed: {maximum}.',
  },

  // Algorithms and keys.
  UNSUPPORTED_ALG: {
    kk: 'Бұл алгоритмге қолдау көрсетілмейді: {oid}.',
    ru: 'Алгоритм не поддерживается: {oid}.',
    en: 'This algorithm is not supported: {oid}.',
  },
  ALG_SWITCHED_OFF: {
    kk: 'Бұл алгоритмнің тексерілуі саясатта қосылмаған: {oid}.',
    ru: 'Проверка этого алгоритма не включена политикой: {oid}.',
    en: 'The policy has not switched this algorithm on: {oid}.',
  },
  ALG_OUTDATED: {
    kk: 'Ескірген алгоритммен қойылған қолтаңба қабылданбайды: {oid}.',
    ru: 'Подпись устаревшим алгоритмом не принимается: {oid}.',
    en: 'A signature by an outdated algorithm is not accepted: {oid}.',
  },
  ALG_MISMATCH: {
    kk: 'Кілттің, хештің және қолтаңбаның алгоритмдері бір-біріне сәйкес емес.',
    ru: 'Алгоритмы ключа, хеша и подписи не подходят друг к другу.',
    en: 'The algorithms of key, digest and signature do not belong together.',
  },
  KEY_UNFIT: {
    kk: 'Ашық кілт жарамсыз: өлшемі немесе параметрлері рұқсат етілгендей емес.',
    ru: 'Открытый ключ не годится: размер или параметры вне допустимых.',
    en: 'The public key is unfit: its size or parameters are outside what is allowed.',
  },

  // The signed message.
  CONTENT_MISSING: {
    kk: 'Қол қойылған құжат берілмеген: қолтаңба құжаттан бөлек. Құжатты қоса беріңіз.',
    ru: 'Нет подписанного документа: подпись отделённая. Приложите документ.',
    en: 'The signed document is missing: the signature is detached. Give the document too.',
  },
  CONTENT_DIFFERS: {
    kk: 'Берілген құжат қолтаңбаның ішіндегі құжаттан өзгеше.',
    ru: 'Данный документ отличается от вложенного в подпись.',
    en: 'The document given differs from the one inside the signature.',
  },
  CONTENT_TYPE: {
    kk: 'Қол қойылған мазмұнның түрі күтілгендей емес: {oid}.',
    ru: 'Вид подписанного содержимого не тот, что ожидался: {oid}.',
    en: 'The signed content is not of the expected type: {oid}.',
  },
  SIGNERS_NONE: {
    kk: 'Қолтаңба жоқ: қол қоюшылардың тізімі бос.',
    ru: 'Подписи нет: список подписавших пуст.',
    en: 'There is no signature: the list of signers is empty.',
  },
  SIGNER_REPEATED: {
    kk: 'Бір қолтаңба екі рет жазылған.',
    ru: 'Одна и та же подпись вложена дважды.',
    en: 'One signature is enclosed twice.',
  },
  SIGNED_ATTRIBUTES_MISSING: {
    kk: 'Қол қойылған атрибуттар жоқ.',
    ru: 'Нет подписанных атрибутов.',
    en: 'There are no signed attributes.',
  },
  ATTRIBUTE_MISSING: {
    kk: 'Міндетті атрибут жоқ: {oid}.',
    ru: 'Нет обязательного атрибута: {oid}.',
    en: 'A required attribute is missing: {oid}.',
  },
  ATTRIBUTE_REPEATED: {
    kk: 'Атрибут қайталанған: {oid}.',
    ru: 'Атрибут повторяется: {oid}.',
    en: 'An attribute is repeated: {oid}.',
  },
  ATTRIBUTE_UNKNOWN: {
    kk: 'Қолтаңбада белгісіз қосымша атрибут бар: {oid}.',
    ru: 'В подписи есть неизвестный дополнительный атрибут: {oid}.',
    en: 'The signature carries an unknown additional attribute: {oid}.',
  },
  DIGEST_MISMATCH: {
    kk: 'Құжат қол қойылғаннан кейін өзгертілген: оның хеші сәйкес емес.',
    ru: 'Документ изменён после подписания: его хеш не совпадает.',
    en: 'The document was changed after signing: its digest does not match.',
  },
  SIG_INVALID: {
    kk: 'Қолтаңба дұрыс емес: ол қол қоюшының кілтімен тексерілмейді.',
    ru: 'Подпись неверна: она не проверяется ключом подписавшего.',
    en: 'The signature is wrong: it does not verify under the signer’s key.',
  },
  SIGNER_CERT_MISSING: {
    kk: 'Қол қоюшының сертификаты қоса берілмеген.',
    ru: 'Не приложен сертификат подписавшего.',
    en: 'The signer’s certificate is not enclosed.',
  },
  SIGNING_CERT_MISSING: {
    kk: 'Қолтаңба сертификатқа байланбаған: signingCertificateV2 атрибуты жоқ.',
    ru: 'Подпись не привязана к сертификату: нет атрибута signingCertificateV2.',
    en: 'The signature is not bound to its certificate: signingCertificateV2 is missing.',
  },
  SIGNING_CERT_MISMATCH: {
    kk: 'Қолтаңбаға байланған сертификат қоса берілгеннен өзгеше.',
    ru: 'Подпись привязана к другому сертификату, не к приложенному.',
    en: 'The signature is bound to another certificate than the one enclosed.',
  },

  // The chain of certificates.
  CHAIN_INCOMPLETE: {
    kk: 'Сертификат сенім тізіміне дейін жетпейді: берушінің сертификаты табылмады.',
    ru: 'Цепочка не доходит до списка доверия: нет сертификата издателя.',
    en: 'The chain does not reach the trust list: the issuer’s certificate was not found.',
  },
  CHAIN_TOO_LONG: {
    kk: 'Сертификаттар тізбегі тым ұзын.',
    ru: 'Цепочка сертификатов слишком длинна.',
    en: 'The chain of certificates is too long.',
  },
  CERT_SIG_INVALID: {
    kk: 'Сертификаттағы берушінің қолтаңбасы дұрыс емес.',
    ru: 'Подпись издателя на сертификате неверна.',
    en: 'The issuer’s signature on the certificate is wrong.',
  },
  CERT_EXPIRED: {
    kk: 'Сол сәтте сертификаттың мерзімі өтіп кеткен. Соңғы сәті: {notAfter}.',
    ru: 'На тот момент срок сертификата истёк. Последний момент: {notAfter}.',
    en: 'The certificate had expired at that moment. Its last moment: {notAfter}.',
  },
  CERT_NOT_YET_VALID: {
    kk: 'Сол сәтте сертификат әлі күшіне енбеген. Басталуы: {notBefore}.',
    ru: 'На тот момент сертификат ещё не действовал. Начало: {notBefore}.',
    en: 'The certificate was not yet valid at that moment. It begins: {notBefore}.',
  },
  ISSUER_NOT_CA: {
    kk: 'Беруші сертификаттың басқа сертификаттар беруге құқығы жоқ.',
    ru: 'Сертификат издателя не даёт права выпускать сертификаты.',
    en: 'The issuer’s certificate gives no right to issue certificates.',
  },
  EXTENSION_UNKNOWN: {
    kk: 'Сертификатта немесе тізімде түсініксіз маңызды кеңейтім бар: {oid}.',
    ru: 'В сертификате или списке есть неизвестное критическое расширение: {oid}.',
    en: 'The certificate or list has an unknown critical extension: {oid}.',
  },

  // What the key may be used for, and by whom.
  KEY_USAGE: {
    kk: 'Кілт қол қоюға арналмаған: «бас тартпау» белгісі жоқ.',
    ru: 'Ключ не предназначен для подписи: нет признака неотрекаемости.',
    en: 'The key is not for signing: it lacks non-repudiation.',
  },
  EKU_NOT_SIGNATURE: {
    kk: 'Бұл — аутентификация кілті, онымен құжатқа қол қойылмайды.',
    ru: 'Это ключ для аутентификации, документы им не подписывают.',
    en: 'This is a key for authentication; documents are not signed with it.',
  },
  SUBJECT_UNREADABLE: {
    kk: 'Сертификатта жарамды ЖСН немесе БСН жоқ.',
    ru: 'В сертификате нет пригодного ИИН или БИН.',
    en: 'The certificate holds no usable IIN or BIN.',
  },
  CHECK_DIGIT: {
    kk: 'Сертификаттағы ЖСН немесе БСН бақылау санына сәйкес емес.',
    ru: 'ИИН или БИН в сертификате не проходит проверку контрольной цифры.',
    en: 'The IIN or BIN in the certificate fails its check digit.',
  },
  ROLE_MISMATCH: {
    kk: 'Қол қоюшының рөлі талап етілгендей емес.',
    ru: 'У подписавшего нет требуемой роли.',
    en: 'The signer does not hold the role that is asked for.',
  },
  SIGNERS_MISMATCH: {
    kk: 'Қол қойғандар күтілген тұлғалар емес немесе саны басқа.',
    ru: 'Подписали не те, от кого ждали подпись, или число подписей иное.',
    en: 'The signers are not exactly the ones expected.',
  },

  // Time.
  TIME_UNKNOWN: {
    kk: 'Қол қойылған уақыты дәлелденбеген: сенімді уақыт белгісі жоқ, сәті де көрсетілмеген.',
    ru: 'Время подписи не доказано: нет доверенной метки времени и момент не указан.',
    en: 'The time of signing is not proved: no trusted time stamp, and no moment was given.',
  },
  SIGNING_TIME_LATER: {
    kk: 'Қол қоюшы көрсеткен уақыт тексеру сәтінен кейін.',
    ru: 'Время, указанное подписавшим, позже момента, на который проверяют.',
    en: 'The time that the signer states is later than the moment judged at.',
  },
  TST_MISSING: {
    kk: 'Уақыт белгісі жоқ.',
    ru: 'Нет метки времени.',
    en: 'There is no time stamp.',
  },
  TST_UNTRUSTED: {
    kk: 'Уақыт белгісін қойған қызмет сенім тізімінде жоқ.',
    ru: 'Служба, поставившая метку времени, не входит в список доверия.',
    en: 'The service that made the time stamp is not on the trust list.',
  },
  TST_IMPRINT: {
    kk: 'Уақыт белгісі басқа қолтаңбаға қойылған.',
    ru: 'Метка времени поставлена на другую подпись.',
    en: 'The time stamp was made over another signature.',
  },
  TST_INVALID: {
    kk: 'Уақыт белгісінің өз қолтаңбасы тексеруден өтпеді: {reason}.',
    ru: 'Собственная подпись метки времени не прошла проверку: {reason}.',
    en: 'The time stamp’s own signature failed: {reason}.',
  },
  TST_EKU: {
    kk: 'Уақыт белгісі бұған арналмаған кілтпен қойылған.',
    ru: 'Метка времени поставлена ключом, не предназначенным для этого.',
    en: 'The time stamp was made with a key that is not for time stamps.',
  },
  TST_LATER: {
    kk: 'Уақыт белгісі тексеру сәтінен кейін қойылған.',
    ru: 'Метка времени поставлена позже момента, на который проверяют.',
    en: 'The time stamp is later than the moment of verification.',
  },

  // Revocation.
  REVOCATION_NOT_CHECKED: {
    kk: 'Сертификаттың қайтарып алынбағаны тексерілмеді: дәлел берілмеген.',
    ru: 'Отзыв сертификата не проверялся: доказательств не дано.',
    en: 'Revocation was not checked: no evidence was given.',
  },
  REVOCATION_UNKNOWN: {
    kk: 'Берілген дәлелдер бұл сертификаттың қайтарып алынбағанын көрсетпейді.',
    ru: 'Данные доказательства ничего не говорят об отзыве этого сертификата.',
    en: 'The evidence given does not say whether this certificate was revoked.',
  },
  CERT_REVOKED: {
    kk: 'Сертификат қайтарып алынған: {revokedAt}. Себебі: {reason}.',
    ru: 'Сертификат отозван: {revokedAt}. Причина: {reason}.',
    en: 'The certificate was revoked: {revokedAt}. Reason: {reason}.',
  },
  REVOKED_LATER: {
    kk: 'Сертификат кейінірек қайтарып алынған, қол қойылған сәтте күшінде болған: {revokedAt}.',
    ru: 'Сертификат отозван позже, в момент подписи он действовал: {revokedAt}.',
    en: 'The certificate was revoked later and was valid when it signed: {revokedAt}.',
  },
  CERT_NOT_ISSUED: {
    kk: 'Куәландырушы орталық мұндай сертификат бермеген.',
    ru: 'Удостоверяющий центр такого сертификата не выпускал.',
    en: 'The authority never issued this certificate.',
  },
  CRL_STALE: {
    kk: 'Қайтарып алынған сертификаттар тізімі ескірген. Соңғы сәті: {until}.',
    ru: 'Список отозванных сертификатов устарел. Годен до: {until}.',
    en: 'The list of revoked certificates is stale. It served until: {until}.',
  },
  CRL_LATER: {
    kk: 'Қайтарып алынған сертификаттар тізімі тексеру сәтінен кейін шығарылған.',
    ru: 'Список отозванных сертификатов выпущен позже момента проверки.',
    en: 'The list of revoked certificates is later than the moment of verification.',
  },
  CRL_INVALID: {
    kk: 'Қайтарып алынған сертификаттар тізімінің қолтаңбасы тексеруден өтпеді: {reason}.',
    ru: 'Подпись списка отозванных сертификатов не прошла проверку: {reason}.',
    en: 'The signature of the list of revoked certificates failed: {reason}.',
  },
  CRL_NOT_ANCHORED: {
    kk: 'Бұл тізімнің хеші тізілімге енгізілмеген.',
    ru: 'Хеш этого списка не закреплён в реестре.',
    en: 'The hash of this list is not anchored on the ledger.',
  },
  CRL_DELTA_ALONE: {
    kk: 'Өзгерістер тізімі (delta) негізгі тізімсіз берілген.',
    ru: 'Список изменений (delta) дан без основного списка.',
    en: 'A list of changes (delta) was given without its complete list.',
  },
  CRL_UNSUPPORTED: {
    kk: 'Тізім сертификаттардың бір бөлігін ғана қамтиды немесе оны басқа тұлға жүргізеді.',
    ru: 'Список охватывает лишь часть сертификатов или ведётся другим лицом.',
    en: 'The list covers only a part of the certificates or is kept by another party.',
  },
  OCSP_REFUSED: {
    kk: 'OCSP қызметі жауап бермеді. Күйі: {status}.',
    ru: 'Служба OCSP не дала ответа. Состояние: {status}.',
    en: 'The OCSP service gave no answer. Its status: {status}.',
  },
  OCSP_STALE: {
    kk: 'OCSP жауабы ескірген. Берілген сәті: {since}.',
    ru: 'Ответ OCSP устарел. Он дан: {since}.',
    en: 'The OCSP response is stale. It was given: {since}.',
  },
  OCSP_LATER: {
    kk: 'OCSP жауабы тексеру сәтінен кейін берілген.',
    ru: 'Ответ OCSP дан позже момента проверки.',
    en: 'The OCSP response is later than the moment of verification.',
  },
  OCSP_INVALID: {
    kk: 'OCSP жауабының қолтаңбасы тексеруден өтпеді: {reason}.',
    ru: 'Подпись ответа OCSP не прошла проверку: {reason}.',
    en: 'The signature of the OCSP response failed: {reason}.',
  },
  OCSP_RESPONDER: {
    kk: 'OCSP жауабын беруге құқығы жоқ тұлға берген.',
    ru: 'Ответ OCSP дан тем, кто не вправе его давать.',
    en: 'The OCSP response comes from one who has no right to give it.',
  },
  OCSP_NONCE: {
    kk: 'OCSP жауабы біздің сұрауға берілмеген: nonce сәйкес емес.',
    ru: 'Ответ OCSP дан не на наш запрос: nonce не совпадает.',
    en: 'The OCSP response does not answer our request: the nonce differs.',
  },

  // The manifest that a participant signs.
  MANIFEST_MALFORMED: {
    kk: 'Қол қойылған мәтін манифест емес.',
    ru: 'Подписанный текст не является манифестом.',
    en: 'The signed text is no manifest.',
  },
  MANIFEST_NOT_CANONICAL: {
    kk: 'Манифест канондық түрде жазылмаған.',
    ru: 'Манифест записан не в каноническом виде.',
    en: 'The manifest is not written in canonical form.',
  },
  MANIFEST_VERSION: {
    kk: 'Манифестің бұл нұсқасы белгісіз: {version}.',
    ru: 'Неизвестная версия манифеста: {version}.',
    en: 'This version of the manifest is unknown: {version}.',
  },
  PURPOSE_MISMATCH: {
    kk: 'Қол басқа мақсатта қойылған: {purpose}.',
    ru: 'Подписано с другой целью: {purpose}.',
    en: 'It was signed for another purpose: {purpose}.',
  },
  CHANNEL_MISMATCH: {
    kk: 'Манифест басқа арнаға арналған.',
    ru: 'Манифест составлен для другого канала.',
    en: 'The manifest is for another channel.',
  },
  RECORD_MISMATCH: {
    kk: 'Манифест басқа жазбаға қатысты.',
    ru: 'Манифест относится к другой записи.',
    en: 'The manifest is about another record.',
  },
  REVISION_MISMATCH: {
    kk: 'Қол жазбаның басқа редакциясына қойылған: {revision}. Жаңа редакцияға қайта қол қою керек.',
    ru: 'Подписана другая редакция: {revision}. Новую редакцию нужно подписать заново.',
    en: 'Another revision was signed: {revision}. A new revision needs a new signature.',
  },

  // Evidence beside the ledger's record.
  EVIDENCE_DIFFERS: {
    kk: 'Тізілімдегі хеш басқа: бұл оған жазылған дәлел емес.',
    ru: 'Хеш в реестре другой: это не то доказательство, которое в нём записано.',
    en: 'The hash on the ledger is another: this is not the evidence that it recorded.',
  },
});
