import { refusalTable } from '../../chaincode/kernel/refusal.ts';

/** What can be wrong with a file of lines beyond what the chaincode's schemas say of each line. */
export const { texts: batchFileTexts, refuse } = refusalTable({
  LINE_EMPTY: {
    kk: 'Жол бос. Оны алып тастаңыз.',
    ru: 'Строка пуста. Уберите её.',
    en: 'The line is empty. Remove it.',
  },
  LINE_NOT_JSON: {
    kk: 'Жол JSON пішімінде емес. Әр жолда бір жазба, JSON нысаны болуы керек.',
    ru: 'Строка не является JSON. В каждой строке одна запись, объект JSON.',
    en: 'The line is not JSON. Each line holds one record, a JSON object.',
  },
  LINE_NOT_UTF8: {
    kk: 'Жол UTF-8 кодтауында емес. Файлды UTF-8 түрінде сақтаңыз.',
    ru: 'Строка не в кодировке UTF-8. Сохраните файл в UTF-8.',
    en: 'The line is not UTF-8. Save the file as UTF-8.',
  },
  LINE_TOO_LONG: {
    kk: 'Жол тым ұзын. Ең көп ұзындығы, байт: {maximum}.',
    ru: 'Строка слишком длинная. Наибольшая длина в байтах: {maximum}.',
    en: 'The line is too long. Greatest length in bytes: {maximum}.',
  },
  LINE_TWICE: {
    kk: 'Бұл жазба файлда бұрын бар, жолы: {line}. Бірін ғана қалдырыңыз.',
    ru: 'Эта запись уже есть в файле, строка: {line}. Оставьте одну.',
    en: 'The file has this record already, in line: {line}. Keep one of them.',
  },
  FILE_EMPTY: {
    kk: 'Файлда бірде-бір жол жоқ.',
    ru: 'В файле нет ни одной строки.',
    en: 'The file has no lines.',
  },
  LINES_TOO_MANY: {
    kk: 'Файлда жол тым көп. Ең көп саны: {maximum}. Файлды бөліңіз; қалған жолдар тексерілген жоқ.',
    ru: 'В файле слишком много строк. Наибольшее число: {maximum}. Разделите файл; остальные строки не проверены.',
    en: 'The file has too many lines. Greatest number: {maximum}. Split it; the lines after that were not checked.',
  },
  PARTS_TOO_MANY: {
    kk: 'Жолдар {parts} бөлікке бөлінеді, рұқсат етілген ең көп саны: {maximum}. Файлды бөліңіз немесе бөлікке көбірек жол беріңіз.',
    ru: 'Строки занимают частей: {parts}, наибольшее число: {maximum}. Разделите файл или дайте части больше строк.',
    en: 'The lines take {parts} parts, of which there may be at most {maximum}. Split the file, or give a part more lines.',
  },
});
