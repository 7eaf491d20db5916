/** Everything that somebody may try; a new transaction gets a file beside these and a line here. */
import { accept } from './accept.ts';
import { carryOutPart } from './carry-out-part.ts';
import { close } from './close.ts';
import { confirm } from './confirm.ts';
import {
  answerConsent,
  grantConsent,
  requestConsent,
  revokeConsent,
  verifyConsent,
} from './consents.ts';
import { decide, signDecision } from './decide.ts';
import { deliver } from './deliver.ts';
import { deposit } from './deposit.ts';
import { dismissHead } from './dismiss-head.ts';
import { dropSignature } from './drop-signature.ts';
import { file } from './file.ts';
import { openBatch } from './open-batch.ts';
import { prepare } from './prepare.ts';
import { purge } from './purge.ts';
import { purgeBatch } from './purge-batch.ts';
import { readDossier } from './read-dossier.ts';
import { recordChecks } from './record-checks.ts';
import { refuseBeforeFiling, signRefusal } from './refuse-as-pledgee.ts';
import { revokeMandate } from './revoke-mandate.ts';
import { signBatch } from './sign-batch.ts';
import { addDocuments, signSupplement } from './supplement.ts';
import { signWithdrawal, withdraw } from './withdraw.ts';

export const plays = [
  deposit,
  prepare,
  requestConsent,
  verifyConsent,
  grantConsent,
  revokeConsent,
  confirm,
  file,
  accept,
  recordChecks,
  signDecision,
  decide,
  signWithdrawal,
  withdraw,
  close,
  purge,
  readDossier,
  answerConsent,
  revokeMandate,
  signRefusal,
  refuseBeforeFiling,
  signSupplement,
  addDocuments,
  deliver,
  dismissHead,
  signBatch,
  openBatch,
  carryOutPart,
  purgeBatch,
  dropSignature,
] as const;
