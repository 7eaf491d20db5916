import { refusalTable } from '../../../chaincode/kernel/refusal.ts';

/** Codes of what can be wrong with signed XML beyond what any signature can suffer from. */
export const { texts: xmlTexts, refuse: refuseXml } = refusalTable({
  XML_MALFORMED: {
    kk: 'XML құжаты дұрыс құрылмаған.',
    ru: 'Документ XML составлен с ошибками.',
    en: 'The XML document is not well formed.',
  },
  XML_DOCTYPE: {
    kk: 'DOCTYPE бар XML құжаты қабылданбайды.',
    ru: 'Документ XML с объявлением DOCTYPE не принимается.',
    en: 'An XML document with a DOCTYPE is not accepted.',
  },
  XML_NOT_COVERED: {
    kk: 'Қолтаңба хабарламаның қол қойылуға тиіс бөлігін қамтымайды.',
    ru: 'Подпись не охватывает ту часть сообщения, которая должна быть подписана.',
    en: 'The signature does not cover the part of the message that must be signed.',
  },
});
