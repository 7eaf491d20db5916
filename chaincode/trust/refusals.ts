import { refusalTable } from '../kernel/refusal.ts';

/** Codes of refusals that concern the list of trust. */
export const { texts: trustTexts, refuse } = refusalTable({
  TRUST_LIST_MISSING: {
    kk: 'Сенім тізімі әлі жазылмаған. Оны консорциум шешіммен бекітеді.',
    ru: 'Список доверия ещё не записан. Его утверждает консорциум решением.',
    en: 'No list of trust is recorded yet. The consortium sets it by a decision.',
  },
  TRUST_VERSION_UNKNOWN: {
    kk: 'Сенім тізімінің мұндай нұсқасы жоқ: {version}.',
    ru: 'Такой версии списка доверия нет: {version}.',
    en: 'There is no version {version} of the list of trust.',
  },
  TRUST_ENVIRONMENTS_MIXED: {
    kk: 'Бұл тізілім {environment} ортасына арналған. Сынақ пен өнімді орта кілттері араласпайды.',
    ru: 'Этот реестр работает в среде {environment}. Тестовые и промышленные ключи не смешиваются.',
    en: 'This ledger is of the environment {environment}. Keys of tests and of production never mix.',
  },
  TRUST_CERTIFICATE_UNREADABLE: {
    kk: 'Тізімдегі сертификат оқылмайды. DER пішіміндегі сертификатты base64 түрінде беріңіз.',
    ru: 'Сертификат в списке не читается. Дайте сертификат DER в base64.',
    en: 'A certificate of the list cannot be read. Give the DER of a certificate in base64.',
  },
  FINDINGS_DIFFER: {
    kk: 'Тексеру басқа нәтиже берді: қол қойылған уақыты {signedAt}, сенім тізімінің нұсқасы {trustVersion}.',
    ru: 'Проверка дала другое: время подписи {signedAt}, версия списка доверия {trustVersion}.',
    en: 'Verification found otherwise: signed at {signedAt}, by version {trustVersion} of the list of trust.',
  },
  KDP_KEY_NOT_TRUSTED: {
    kk: 'Токен кілті сенім тізіміндегі КДП кілттерінің арасында жоқ.',
    ru: 'Ключ токена не входит в список доверенных ключей КДП.',
    en: 'The key of the token is not among the trusted keys of KDP.',
  },
});
