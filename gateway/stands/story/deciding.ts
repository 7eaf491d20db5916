/** The State Corporation's part: taken by EGKN, checked, decided by an officer, sealed. */
import { documentHashOf } from '../../../chaincode/kernel/document-hash.ts';
import {
  type Application,
  checksToRegister,
  groundsHash,
} from '../../../chaincode/pledges/application.ts';
import type { Instant } from '../../../chaincode/kernel/instant.ts';
import * as pledges from '../../../chaincode/pledges/operations.ts';
import * as trust from '../../../chaincode/trust/operations.ts';
import { people } from '../eds/people.ts';
import type { Props } from './props.ts';
import { hashOf, salt } from './signers.ts';
import { cast } from './stage.ts';

const registrar = { org: cast.registrar };

/** EGKN's code of a pledge, which excludes no other. */
const codeOfPledge = '5010';

let taken = 0;

/** EGKN numbers what it takes one after the other, and rank within a minute follows from that. */
function nextEgknNumber(at: Instant): string {
  taken += 1;
  return `EGKN-${at.slice(0, 19).replaceAll(/[^0-9]/g, '')}-${String(taken).padStart(6, '0')}`;
}

/** EGKN takes the application, everything is checked, an officer signs the registration. */
export async function decidedByRegistrar(props: Props, filed: Application): Promise<Application> {
  const { stage } = props;
  const at = stage.now();
  const acceptance = {
    minute: `${at.slice(0, 16)}Z`,
    egknNumber: nextEgknNumber(at),
    application: filed.id,
  };
  await stage.done(pledges.accept, { acceptance, paymentReachedAt: at }, registrar);
  const checks = checksToRegister.map((check) => {
    const reported = { source: 'EGKN' as const, evidence: hashOf(check), at };
    if (check !== 'NO_EXCLUDING_ENCUMBRANCE') return { check, isMet: true, ...reported };
    return { check, encumbrances: reportedBy(filed), ...reported };
  });
  await stage.done(pledges.recordChecks, { application: filed.id, checks }, registrar);
  return signedByOfficer(props, filed);
}

/** What EGKN knows of each home: pledges where there are any, and nothing that excludes another. */
function reportedBy({ kind, targets }: Application) {
  const properties = [...new Set(targets.map(({ property }) => property))];
  const codes = kind === 'PLEDGE' ? [] : [codeOfPledge];
  return properties.map((property) => ({ property, codes }));
}

/** The officer signs the decision under the mandate; its carrying out bears the seal. */
async function signedByOfficer(props: Props, filed: Application): Promise<Application> {
  const { stage, signers, mandate } = props;
  const { version } = await stage.done(trust.list, {}, registrar);
  const signedAt = stage.now();
  const { id: application, revision } = filed;
  const manifest = {
    version: 1 as const,
    purpose: 'decision' as const,
    channel: stage.channel,
    record: application,
    revision,
    salt: salt(),
    facts: { decision: 'REGISTER', grounds: groundsHash([]) },
  };
  const evidence = signers.sign('registrar', manifest, signedAt);
  const decision = {
    decision: 'REGISTER' as const,
    grounds: [],
    decidedAt: signedAt,
    cms: documentHashOf(Buffer.from(evidence.signature, 'base64')),
    mandate: mandate.id,
  };
  const officer = { officerIin: people.registrar.iin, officerSalt: mandate.salt };
  const found = { signedAt, trustVersion: String(version) };
  const { verdict } = await stage.done(
    pledges.verifyDecision,
    { salt: salt(), application, revision, decision, ...officer, evidence, found },
    registrar,
  );
  return stage.done(pledges.decide, { verdict }, registrar);
}
