/** The sentences in which `kepil batch` says what it did, in the three languages. */
import type { Language } from '../../chaincode/kernel/refusal.ts';
import { textBook, words } from '../../chaincode/kernel/words.ts';

const sentences = {
  LINE: { kk: '{line}-жол', ru: 'строка {line}', en: 'line {line}' },
  NOT_MADE: {
    kk: 'Топтама жасалмады. Қателер саны: {count}',
    ru: 'Пакет не составлен. Число ошибок: {count}',
    en: 'No batch was made. Faults, in number: {count}',
  },
  MORE_FAULTS: {
    kk: 'көрсетілмеген қателер саны: {count}',
    ru: 'ошибок, которые не показаны: {count}',
    en: 'faults that are not shown: {count}',
  },
  NOT_ARRIVED: {
    kk: 'Қабылдау жазылмады. Қателер саны: {count}',
    ru: 'Приём не записан. Число ошибок: {count}',
    en: 'The arrival was not kept. Faults, in number: {count}',
  },
  ARRIVED: {
    kk: 'ЖМБК өтінішті {minute} қабылдады; жазылған орны: {file}',
    ru: 'ЕГКН приняла заявление {minute}; записано: {file}',
    en: 'EGKN took it at {minute}; kept in {file}',
  },
  MADE: {
    kk: '{folder}: {batch} топтамасы жасалды; жолдар: {lines}, бөліктер: {parts}',
    ru: '{folder}: составлен пакет {batch}; строк: {lines}, частей: {parts}',
    en: '{folder}: batch {batch} is made; lines: {lines}, parts: {parts}',
  },
  MADE_BEFORE: {
    kk: '{folder}: дәл осы топтама мұнда бұрыннан бар, {batch}; жолдар: {lines}, бөліктер: {parts}',
    ru: '{folder}: этот самый пакет здесь уже есть, {batch}; строк: {lines}, частей: {parts}',
    en: '{folder}: this very batch is here already, {batch}; lines: {lines}, parts: {parts}',
  },
  TO_SIGN: {
    kk: 'Осы файлдардың дәл байттарына қол қойылады: мәтіні ішінде, уақыт белгісі бар CMS (docs/manifest.md)',
    ru: 'Подписать точные байты этих файлов: CMS с текстом внутри и меткой времени (docs/manifest.md)',
    en: 'To be signed: the exact bytes of these files, as a CMS with the text inside and a time stamp (docs/manifest.md)',
  },
  SIGNED: {
    kk: '{by}: қол {at} қойылған, сақтаушылардың тораптары тексерді; қорытынды: {file}',
    ru: '{by}: подписано {at}, узлы хранителей проверили; вердикт: {file}',
    en: "{by}: signed at {at}, verified by the holders' peers; the verdict: {file}",
  },
  SIGNED_BEFORE: {
    kk: '{by}: қол бұрын тексерілген, {at}; қорытынды: {file}',
    ru: '{by}: подпись уже проверена, {at}; вердикт: {file}',
    en: '{by}: the signature was verified before, signed at {at}; the verdict: {file}',
  },
  OPENED: {
    kk: '{batch} топтамасы ашылды; шешім уақыты {at}',
    ru: 'Пакет {batch} открыт; решение от {at}',
    en: 'Batch {batch} is opened, as decided at {at}',
  },
  NOT_OPENED: {
    kk: '{batch} топтамасы тізілімде ашылған жоқ',
    ru: 'Пакет {batch} в реестре не открыт',
    en: 'Batch {batch} is not opened on the ledger',
  },
  NOT_SIGNED: {
    kk: '{by}: қол әлі жоқ',
    ru: '{by}: подписи ещё нет',
    en: '{by}: has not signed yet',
  },
  READING: {
    kk: 'Тексерілген жолдар: {count}',
    ru: 'Проверено строк: {count}',
    en: 'Lines that are checked: {count}',
  },
  PROGRESS: {
    kk: 'Орындалған бөліктер: {done} / {total}',
    ru: 'Выполнено частей: {done} из {total}',
    en: 'Parts that are through: {done} of {total}',
  },
  PART: { kk: 'бөлік', ru: 'часть', en: 'part' },
  LINES: { kk: 'жолдар', ru: 'строк', en: 'lines' },
  CARRIED_OUT: { kk: 'орындалды', ru: 'выполнено', en: 'carried out' },
  ALREADY: { kk: 'бұрыннан тұр', ru: 'стояло ранее', en: 'stood before' },
  REFUSED: { kk: 'қабылданбады', ru: 'отказано', en: 'refused' },
  STATE: { kk: 'күйі', ru: 'состояние', en: 'state' },
  TOTAL: { kk: 'барлығы', ru: 'всего', en: 'total' },
  STATE_NOW: { kk: 'қазір', ru: 'сейчас', en: 'done now' },
  STATE_BEFORE: { kk: 'бұрын', ru: 'ранее', en: 'done before' },
  STATE_REFUSED: { kk: 'қабылданбады', ru: 'отказано', en: 'refused' },
  STATE_UNKNOWN: { kk: 'белгісіз', ru: 'неизвестно', en: 'unknown' },
  STATE_WAITING: { kk: 'күтуде', ru: 'ожидает', en: 'waits' },
  REFUSED_LINES: {
    kk: '{code}, жолдар: {lines}. {text}',
    ru: '{code}, строки: {lines}. {text}',
    en: '{code}, lines: {lines}. {text}',
  },
  AND_MORE: { kk: '… (барлығы {count})', ru: '… (всего {count})', en: '… ({count} in all)' },
  OUTCOMES: {
    kk: 'Әр жолдың нәтижесі: {file}',
    ru: 'Исход каждой строки: {file}',
    en: 'The outcome of every line: {file}',
  },
  NEXT: { kk: 'Енді: {what}', ru: 'Далее: {what}', en: 'Next: {what}' },
  NEXT_AGAIN: {
    kk: 'Осы команданы қайталаңыз: орындалғаны екінші рет орындалмайды.',
    ru: 'Повторите эту команду: сделанное второй раз не делается.',
    en: 'Repeat this command: what is done is not done twice.',
  },
  NEXT_CORRECT: {
    kk: 'Қабылданбаған жолдарды түзетіп, солардан ғана жаңа топтама жасаңыз: орындалған жолдар қайта қажет емес.',
    ru: 'Исправьте отказанные строки и составьте новый пакет только из них: выполненные больше не нужны.',
    en: 'Correct the refused lines and make another batch of these alone: the others are carried out.',
  },
  NEXT_PURGE: {
    kk: 'Бәрі орындалды. Сақтау мерзімі өткенде қолтаңбалар тазаланады: {what}',
    ru: 'Всё выполнено. Когда истечёт срок хранения, подписи удаляются: {what}',
    en: 'All is carried out. When the term of storage is over, the signatures are purged: {what}',
  },
} as const;

const book = textBook(sentences);

/** One of the sentences. */
export type Sentence = keyof typeof sentences;

/** One sentence, with what it names. */
export function sentence(
  code: Sentence,
  language: Language,
  params: Readonly<Record<string, string>> = {},
): string {
  return words(book, { code, params }, language);
}
