import { refusalTable } from '../refusal.ts';

/** Codes of refusals that concern security tokens. */
export const { texts: jwtTexts, refuse } = refusalTable({
  TOKEN_MALFORMED: {
    kk: 'Қауіпсіздік токені JWT пішімінде емес. Оны қайта сұратыңыз.',
    ru: 'Токен безопасности не является JWT. Запросите его заново.',
    en: 'The security token is not a JWT. Ask for it again.',
  },
  TOKEN_ALGORITHM: {
    kk: 'Токеннің алгоритмі кілттің алгоритміне сәйкес келмейді.',
    ru: 'Алгоритм токена не соответствует алгоритму ключа.',
    en: 'The algorithm of the token is not that of the key.',
  },
  TOKEN_KEY_UNFIT: {
    kk: 'Токенді тексеретін кілт оқылмайды немесе жарамсыз.',
    ru: 'Ключ для проверки токена не читается или не годится.',
    en: 'The key to verify the token cannot be read or is not fit.',
  },
  TOKEN_SIGNATURE: {
    kk: 'Токеннің қолтаңбасы дұрыс емес.',
    ru: 'Подпись токена неверна.',
    en: 'The signature of the token is not right.',
  },
});
