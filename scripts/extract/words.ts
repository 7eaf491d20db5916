/** The sentences in which an extract and its verdict are said, in the three languages. */
import type { Language } from '../../chaincode/kernel/refusal.ts';
import { textBook, words } from '../../chaincode/kernel/words.ts';

const sentences = {
  VALID: {
    kk: 'ЖАРАМДЫ: үзінді дәлелденді',
    ru: 'ДЕЙСТВИТЕЛЬНА: выписка доказана',
    en: 'VALID: the extract is proved',
  },
  CONSISTENT: {
    kk: 'ТҰТАС, БІРАҚ СЕНІМ ТЕК ФАЙЛДЫҢ ӨЗІНЕН: арнаның ізін (--channel-fingerprint) немесе ұйымдардың сертификаттарын (--trust) көрсетіңіз',
    ru: 'ЦЕЛА, НО ДОВЕРИЕ ТОЛЬКО ИЗ САМОГО ФАЙЛА: укажите отпечаток канала (--channel-fingerprint) или сертификаты организаций (--trust)',
    en: 'OF ONE PIECE, BUT VOUCHED FOR BY ITSELF ALONE: give the channel (--channel-fingerprint) or the authorities (--trust) that you know',
  },
  REFUSED: {
    kk: 'ЖАРАМСЫЗ: үзінді дәлелденбеді',
    ru: 'НЕДЕЙСТВИТЕЛЬНА: выписка не доказана',
    en: 'REFUSED: the extract is not proved',
  },
  NOT_JUDGED: {
    kk: 'Файлда былай делінген; тексерілген жоқ (kepil extract verify тексереді)',
    ru: 'Так сказано в файле; это не проверено (проверяет kepil extract verify)',
    en: 'What the file says; it is not verified (kepil extract verify does that)',
  },
  PROPERTY: { kk: 'Мүлік: {property}', ru: 'Имущество: {property}', en: 'Property: {property}' },
  EMPTY: {
    kk: 'Тізілімде кепіл жоқ.',
    ru: 'В реестре залогов нет.',
    en: 'The register holds no pledge.',
  },
  LIVE: {
    kk: '{rank}-кезек: {id} кепілі, ұстаушы БСН {holder}, EGKN {minute} № {number}, {at} тіркелген',
    ru: 'Очередь {rank}: залог {id}, держатель БИН {holder}, EGKN {minute} № {number}, зарегистрирован {at}',
    en: 'Rank {rank}: pledge {id}, held by BIN {holder}, EGKN {minute} no. {number}, registered {at}',
  },
  PAST: {
    kk: 'Тоқтатылған: {id} кепілі, ұстаушы БСН {holder}, {at} тоқтатылған',
    ru: 'Прекращён: залог {id}, держатель БИН {holder}, прекращён {at}',
    en: 'Ended: pledge {id}, held by BIN {holder}, terminated {at}',
  },
  AGREEMENT: {
    kk: 'Кезек туралы келісім: {id}',
    ru: 'Соглашение об очерёдности: {id}',
    en: 'Agreement on rank: {id}',
  },
  PROOF: {
    kk: '  {block}-блок, {transaction} транзакциясы; растағандар: {endorsed}; реттегендер: {ordered}; Мемлекеттік корпорацияның мөрі бар',
    ru: '  блок {block}, транзакция {transaction}; подтвердили: {endorsed}; упорядочили: {ordered}; печать Госкорпорации есть',
    en: '  block {block}, transaction {transaction}; endorsed by {endorsed}; ordered by {ordered}; sealed by the State Corporation',
  },
  ATTESTED_ALONE: {
    kk: '  ұйымдардың жауаптарымен расталған, блогы үзіндіде жоқ',
    ru: '  подтверждено ответами организаций, блока в выписке нет',
    en: "  attested by the organisations' answers; its block is not in the extract",
  },
  ATTESTED: {
    kk: 'Тізілімнің {at} жағдайын (15 минутқа дейінгі дәлдікпен) растайтындар: {by}; арнада барлығы {all} ұйым. Кейін тіркелгенін жаңа үзінді көрсетеді.',
    ru: 'Реестр на {at} (с точностью до 15 минут) подтверждают: {by}; всего в канале организаций: {all}. Что зарегистрировано позже, покажет новая выписка.',
    en: 'The register as of {at} (to 15 minutes) is attested by {by}, of {all} organisations. What was registered later, a newer extract shows.',
  },
  TRUST_FINGERPRINT: {
    kk: 'Сенім: арнаның сіз көрсеткен ізі',
    ru: 'Доверие: отпечаток канала, который вы указали',
    en: "Trust: the channel's fingerprint that you gave",
  },
  TRUST_CERTIFICATES: {
    kk: 'Сенім: сіз көрсеткен сертификаттар',
    ru: 'Доверие: сертификаты, которые вы указали',
    en: 'Trust: the certificates that you gave',
  },
  TRUST_FILE: {
    kk: 'Сенім: тек файлдың өзі',
    ru: 'Доверие: только сам файл',
    en: 'Trust: the file itself, and nothing else',
  },
  FINGERPRINT: {
    kk: 'Арна {channel}, ізі {fingerprint}',
    ru: 'Канал {channel}, отпечаток {fingerprint}',
    en: 'Channel {channel}, fingerprint {fingerprint}',
  },
  QR: { kk: 'QR: {text}', ru: 'QR: {text}', en: 'QR: {text}' },
} as const;

const book = textBook(sentences);

/** One sentence, with what it names. */
export function sentence(
  code: keyof typeof sentences,
  language: Language,
  params: Readonly<Record<string, string>> = {},
): string {
  return words(book, { code, params }, language);
}
