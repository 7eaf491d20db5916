/** The words of every refusal that the chaincode can give, in the three languages. */
import { consentTexts } from './consents/refusals.ts';
import { decisionTexts } from './decisions/refusals.ts';
import { edsTexts } from './kernel/eds/refusals.ts';
import { jwtTexts } from './kernel/jwt/refusals.ts';
import { kernelTexts } from './kernel/refusals.ts';
import { textBook } from './kernel/words.ts';
import { mandateTexts } from './mandates/refusals.ts';
import { organisationTexts } from './organisations/refusals.ts';
import { pledgeTexts } from './pledges/refusals.ts';
import { regimeTexts } from './regimes/refusals.ts';
import { rosterTexts } from './roster/refusals.ts';
import { trustTexts } from './trust/refusals.ts';

export const texts = textBook(
  kernelTexts,
  edsTexts,
  jwtTexts,
  rosterTexts,
  decisionTexts,
  regimeTexts,
  organisationTexts,
  mandateTexts,
  consentTexts,
  pledgeTexts,
  trustTexts,
);
