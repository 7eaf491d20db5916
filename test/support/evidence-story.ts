/** What must hold of the evidence of a pledge's signatures, on whichever network it is played. */
import { expect } from 'chai';
import { utf8Of } from '../../chaincode/kernel/bytes.ts';
import { evidenceOf, evidenceText } from '../../chaincode/kernel/eds/evidence-file.ts';
import { ledgerVerdict, recordedFaults } from '../../chaincode/kernel/eds/evidence-verdict.ts';
import { trustOf } from '../../chaincode/kernel/eds/trust.ts';
import type { Verdict } from '../../chaincode/kernel/eds/verdict.ts';
import { valueOrThrow } from '../../chaincode/kernel/outcome.ts';
import type { Application } from '../../chaincode/pledges/application.ts';
import { readEvidence } from '../../chaincode/pledges/evidence-operations.ts';
import * as pledges from '../../chaincode/pledges/operations.ts';
import * as trust from '../../chaincode/trust/operations.ts';
import { purged, type Props, registered } from '../../gateway/stands/story/pledge.ts';
import { cast, type Stage } from '../../gateway/stands/story/stage.ts';
import {
  evidenceFileOf,
  type LedgerEvidence,
  recordedOf,
} from '../../scripts/eds/ledger-evidence.ts';

/** The officer who decided, in the place of a participant: the State Corporation's own affair. */
const officer = 0;

function holdersOf(participant: number): readonly string[] {
  return participant === officer ? [cast.registrar] : [cast.registrar, cast.platform];
}

/**
 * Registers a pledge. While its evidence is held, every holder comes to the ledger's own verdict and
 * nobody else has it; after the purge whoever kept the file does.
 */
export async function evidenceHolds(props: Props): Promise<void> {
  const { stage } = props;
  const pledge = await registered(props);
  const signers = [...pledge.confirmations.map(({ participant }) => participant), officer];
  const files: string[] = [];
  for (const participant of signers) {
    const holders = holdersOf(participant);
    const held: LedgerEvidence[] = [];
    for (const org of holders) held.push(await evidenceAt(stage, org, pledge, participant));
    const [file = expect.fail('nobody holds it'), ...others] = held;
    const verdict = verdictOn(file);
    for (const other of others) expect(verdictOn(other)).to.deep.equal(verdict);
    expectRecorded(verdict, file, pledge);
    for (const org of Object.values(cast).filter((each) => !holders.includes(each))) {
      expect(await refusalTo(stage, org, pledge, participant)).to.match(notHeld);
    }
    files.push(evidenceText(file));
  }
  await purged(props, pledge);
  for (const participant of signers) {
    for (const org of holdersOf(participant)) {
      expect(await refusalTo(stage, org, pledge, participant)).to.match(notHeld);
    }
  }
  const after = await stage.done(pledges.get, { application: pledge.id }, { org: 'BetaMSP' });
  for (const file of files) expectStillProves(file, after);
}

const notHeld = /EVIDENCE_NOT_HELD/;

async function evidenceAt(
  stage: Stage,
  org: string,
  { id: application }: Application,
  participant: number,
): Promise<LedgerEvidence> {
  const kept = await stage.done(readEvidence, { application, participant }, { org });
  const list = await stage.done(trust.list, { version: Number(kept.trustVersion) }, { org });
  return evidenceFileOf(kept, list, await stage.done(pledges.get, { application }, { org }));
}

async function refusalTo(
  stage: Stage,
  org: string,
  pledge: Application,
  participant: number,
): Promise<string> {
  return evidenceAt(stage, org, pledge, participant).then(
    () => 'held',
    (error: Error) => error.message,
  );
}

/** The verdict by the pure verifier, from the file alone. */
function verdictOn(file: LedgerEvidence): Verdict {
  const list = valueOrThrow(trustOf(file.trust ?? expect.fail('no list of trust')));
  const { demand = expect.fail('no demand'), verifiedAt = expect.fail('no time') } = file;
  return ledgerVerdict(file, list, demand, verifiedAt);
}

/** The ledger wrote down what the verdict says: when it was signed, and the hashes of what. */
function expectRecorded(verdict: Verdict, file: LedgerEvidence, pledge: Application): void {
  expect(verdict.reasons).to.deep.equal([]);
  const { cms } = file.recorded ?? expect.fail('the ledger does not know this signature');
  const signedAt =
    pledge.confirmations.find((each) => each.cms === cms)?.signedAt ??
    pledge.decisions.find((each) => each.cms === cms)?.decidedAt;
  expect(verdict.signers.map(({ timeStamp }) => timeStamp?.time)).to.deep.equal([signedAt]);
  expect(recordedFaults(file, file.recorded ?? {})).to.deep.equal([]);
}

/** The kept file alone, beside a record in which nothing personal ever stood. */
function expectStillProves(text: string, record: Application): void {
  const file = evidenceOf(utf8Of(text)) as LedgerEvidence;
  expect(evidenceText(file), 'read back').to.equal(text);
  expect(verdictOn(file).reasons).to.deep.equal([]);
  const recorded =
    recordedOf(record, file.recorded?.cms ?? '') ?? expect.fail('the ledger knows no such hash');
  expect(recordedFaults(file, recorded)).to.deep.equal([]);
  for (const part of [0, 1, 2, 3]) {
    const at = Math.floor(((part + 0.5) * file.signature.length) / 4);
    const changed = { ...file, signature: flipped(file.signature, at) };
    expect(recordedFaults(changed, recorded).map(({ code }) => code)).to.include(
      'EVIDENCE_DIFFERS',
    );
  }
  const stranger = { ...file, signature: flipped(file.signature, file.signature.length >> 1) };
  expect(verdictOn(stranger).ok).to.equal(false);
}

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  return bytes.map((octet, index) => (index === at ? octet ^ 1 : octet));
}
