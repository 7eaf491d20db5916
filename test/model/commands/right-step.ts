/** The next right step of an application, as an orderly platform and registrar would take it. */
import type { ModelAcceptance, Model, ModelApplication } from '../model/model.ts';
import { parts } from '../model/model.ts';
import type { Attempt } from '../scene/attempt.ts';
import { accept, soundAccept } from './accept.ts';
import { confirm, soundConfirm } from './confirm.ts';
import {
  grantConsent,
  isClosed,
  requestConsent,
  soundRequest,
  soundToken,
  verifyConsent,
} from './consents.ts';
import { decide, signDecision, soundCarrying, soundSigning } from './decide.ts';
import { deposit, soundDeposit } from './deposit.ts';
import { file, soundFile } from './file.ts';
import { prepare, soundPrepare } from './prepare.ts';
import {
  missingAnswers,
  pastAnswers,
  recordChecks,
  soundChecks,
  toConsider,
} from './record-checks.ts';

/** The step that is next; none once the service has ended. */
export function rightStep(
  model: Model,
  which: ModelApplication,
  acceptance: ModelAcceptance,
): Attempt | undefined {
  switch (which.state) {
    case 'DEPOSITED':
      return which.deposited === 0
        ? deposit.attempt(model, { ...soundDeposit, which })
        : prepare.attempt(model, { ...soundPrepare, which });
    case 'PREPARED':
      return beforeFiling(model, which);
    case 'FILED':
      return accept.attempt(model, { ...soundAccept, which, acceptance });
    case 'ACCEPTED':
      return missingAnswers(which).length > 0 || pastAnswers(which).length > 0
        ? recordChecks.attempt(model, { ...soundChecks, which })
        : decided(model, which, 'REGISTER');
    case 'SUSPENDED':
      return decided(model, which, 'RESUME');
    default:
      return undefined;
  }
}

/** A consent of every natural person, a signature of everyone who signs; then the filing. */
function beforeFiling(model: Model, which: ModelApplication): Attempt | undefined {
  const { consents, confirmations, revision } = which;
  for (const { number: participant, natural, signs } of parts(which)) {
    const consent = consents.get(participant);
    const of = { which, participant, by: undefined };
    if (natural && (consent === undefined || isClosed(consent))) {
      return requestConsent.attempt(model, { ...of, ...soundRequest });
    }
    if (natural && (consent?.state === 'REQUESTED' || consent?.state === 'PENDING')) {
      return consent.verdict === undefined
        ? verifyConsent.attempt(model, { ...of, ...soundToken })
        : grantConsent.attempt(model, of);
    }
    const confirmed = confirmations.findLast(
      (each) => each.participant === participant && each.revision === revision,
    );
    if (signs && confirmed?.salted !== 'manifest') {
      return confirm.attempt(model, { ...soundConfirm, which, participant });
    }
  }
  return file.attempt(model, { ...soundFile, which });
}

function decided(
  model: Model,
  which: ModelApplication,
  decision: 'REGISTER' | 'RESUME',
): Attempt | undefined {
  const { decisions, carriedOut, revision } = which;
  const newest = decisions.at(-1);
  const isReady =
    newest?.decision === decision &&
    newest.revision === revision &&
    newest.considered === toConsider(which) &&
    !carriedOut.has(newest.verdict);
  return isReady
    ? decide.attempt(model, { ...soundCarrying, which })
    : signDecision.attempt(model, { ...soundSigning, which, decision });
}
