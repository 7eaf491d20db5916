/** Why an extract does not prove what it says. */
import { refusalTable } from '../../chaincode/kernel/refusal.ts';

export const { texts: extractTexts, refuse } = refusalTable({
  EXTRACT_NOT_CANONICAL: {
    kk: 'Үзінді файлының мәтіні жасалған түрінде емес: ол өзгертілген.',
    ru: 'Текст файла выписки не в том виде, в каком он создаётся: его изменили.',
    en: "The extract's text is not in the one form in which it is made: it was changed.",
  },
  EXTRACT_CHANNEL_DIFFERS: {
    kk: 'Үзінді басқа арнадан: оның бірінші блогының хэші {found}.',
    ru: 'Выписка из другого канала: хэш его первого блока {found}.',
    en: 'The extract is of another channel: the hash of its first block is {found}.',
  },
  EXTRACT_CONFIG_BROKEN: {
    kk: 'Арнаның баптаулары бұзылған немесе толық емес, блок: {block}.',
    ru: 'Конфигурация канала повреждена или неполна, блок: {block}.',
    en: "The channel's configuration is broken or not whole, block: {block}.",
  },
  EXTRACT_BLOCK_UNSIGNED: {
    kk: 'Блокқа реттеушілердің қолдары жетпейді. Блок: {block}; бар: {have}; қажет: {need}.',
    ru: 'Под блоком не хватает подписей упорядочивающих узлов. Блок: {block}; есть: {have}; нужно: {need}.',
    en: "The block lacks orderers' signatures. Block: {block}; valid: {have}; needed: {need}.",
  },
  EXTRACT_TRANSACTION_MISSING: {
    kk: 'Үзіндіде бұл жазбаны жасаған транзакция жоқ: {transaction}.',
    ru: 'В выписке нет транзакции, которая сделала запись: {transaction}.',
    en: 'The extract lacks the transaction that wrote the record: {transaction}.',
  },
  EXTRACT_TRANSACTION_BROKEN: {
    kk: 'Транзакция бұзылған немесе оны жасаушының қолы дұрыс емес: {transaction}.',
    ru: 'Транзакция повреждена или подпись её отправителя неверна: {transaction}.',
    en: "The transaction is broken, or its sender's signature is not valid: {transaction}.",
  },
  EXTRACT_NOT_ENDORSED: {
    kk: 'Транзакцияны ұйымдардың көпшілігі немесе Мемлекеттік корпорация растамаған: {transaction}.',
    ru: 'Транзакцию не подтвердили большинство организаций или Госкорпорация: {transaction}.',
    en: 'A majority of the organisations with the State Corporation has not endorsed: {transaction}.',
  },
  EXTRACT_RECORD_NOT_WRITTEN: {
    kk: 'Транзакция бұл жазбаны дәл осы мәтінмен жазбаған: {record}.',
    ru: 'Транзакция не записывала запись именно с этим текстом: {record}.',
    en: 'The transaction did not write the record with exactly this text: {record}.',
  },
  EXTRACT_SEAL_MISSING: {
    kk: 'Жазбада Мемлекеттік корпорацияның мөрі жоқ: {record}.',
    ru: 'На записи нет печати Госкорпорации: {record}.',
    en: 'The record does not bear the seal of the State Corporation: {record}.',
  },
  EXTRACT_RECORD_BROKEN: {
    kk: 'Жазба тізілімнің жазбасы емес немесе басқа мүлікке қатысты: {record}.',
    ru: 'Запись не является записью реестра или касается другого имущества: {record}.',
    en: 'The record is none of the register, or is about another property: {record}.',
  },
  EXTRACT_QUESTION_DIFFERS: {
    kk: 'Түйіндер осы мүліктің тізілімі туралы сұраққа жауап бермеген.',
    ru: 'Узлы отвечали не на вопрос о реестре этого имущества.',
    en: 'What the peers answered is not the question for the register of this property.',
  },
  EXTRACT_ANSWER_BROKEN: {
    kk: 'Түйіннің жауабы бұзылған, қолы дұрыс емес немесе басқаны айтады, нөмірі: {number}.',
    ru: 'Ответ узла повреждён, неверно подписан или говорит другое, номер: {number}.',
    en: "A peer's answer is broken, not validly signed or says something else, number: {number}.",
  },
  EXTRACT_ANSWERS_TOO_FEW: {
    kk: 'Тізілімді Мемлекеттік корпорациямен бірге ұйымдардың көпшілігі растамаған. Бар: {have}; қажет: {need}.',
    ru: 'Реестр не подтвердило большинство организаций вместе с Госкорпорацией. Есть: {have}; нужно: {need}.',
    en: 'No majority of the organisations with the State Corporation attests it. Valid: {have}; needed: {need}.',
  },
  EXTRACT_PLEDGE_MISSING: {
    kk: 'Бұл мүліктің тізілімінде үзінді жасалған кепіл жоқ.',
    ru: 'В реестре этого имущества нет залога, о котором выписка.',
    en: 'The register of this property has no pledge such as the extract is about.',
  },
});
