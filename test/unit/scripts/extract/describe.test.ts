import { expect } from 'chai';
import { accepted, refused } from '../../../../chaincode/kernel/outcome.ts';
import { languages } from '../../../../chaincode/kernel/refusal.ts';
import { refuse } from '../../../../gateway/extracts/refusals.ts';
import type { Verified } from '../../../../gateway/extracts/verify.ts';
import {
  exitCodeOf,
  shownText,
  verdictData,
  verdictText,
} from '../../../../scripts/extract/describe.ts';
import { acceptanceAt, applicationNumber, pledge, property } from '../../pledges/builders.ts';

const proof = { sentBy: 'A', sentAt: '', endorsedBy: ['B', 'C'], block: 7, orderedBy: ['D'] };
const said = { revision: 1, transactionId: 'f00d' };
const ended = {
  application: applicationNumber(3),
  registeredAt: pledge(2).registeredAt,
};

/** A verdict on a register of a live pledge, an ended one and an agreement. */
function verdict(changes: Partial<Verified> = {}): Verified {
  return {
    id: '1',
    channel: 'kepil',
    fingerprint: 'abc',
    trust: 'fingerprint',
    property,
    attestation: { by: ['GosCorpMSP'], at: '2026-03-10T06:00:00.000Z' },
    organisations: ['GosCorpMSP'],
    records: [
      { ...said, record: { type: 'encumbrance', data: pledge(1), rank: 1 }, proof },
      {
        ...said,
        record: {
          type: 'encumbrance',
          data: pledge(2, { state: 'TERMINATED', termination: ended }),
        },
      },
      {
        ...said,
        record: {
          type: 'rank.agreement',
          data: {
            property,
            application: applicationNumber(4),
            acceptance: acceptanceAt(4, 4),
            order: [],
          },
        },
      },
    ],
    ...changes,
  };
}

describe('an extract in words', () => {
  it('says rank, holder, block and who stands behind it, in each language', () => {
    for (const language of languages) {
      const text = verdictText(accepted(verdict()), language);
      expect(text).to.contain(applicationNumber(1)).and.to.contain('B, C').and.to.contain(' 7');
      expect(text).to.not.contain('…').and.not.match(/[{}]/);
    }
    expect(verdictText(accepted(verdict()), 'en')).to.match(/^VALID: .*\n.*\nRank 1: pledge/);
  });

  it('never calls an extract valid that only itself vouches for', () => {
    const text = verdictText(accepted(verdict({ trust: 'file' })), 'en');
    expect(text)
      .to.match(/^OF ONE PIECE, BUT/)
      .and.to.not.contain('VALID');
  });

  it('ends with a code of its own for each verdict', () => {
    expect(exitCodeOf(accepted(verdict()))).to.equal(0);
    expect(exitCodeOf(accepted(verdict({ trust: 'certificates' })))).to.equal(0);
    expect(exitCodeOf(accepted(verdict({ trust: 'file' })))).to.equal(3);
    expect(exitCodeOf(refused(refuse('EXTRACT_PLEDGE_MISSING')))).to.equal(1);
  });

  it('says which part a block of its own proves, and which is attested alone', () => {
    const lines = verdictText(accepted(verdict()), 'en').split('\n');
    expect(lines.filter((line) => line.includes('sealed by'))).to.have.length(1);
    expect(lines.filter((line) => line.includes('attested by the organisations'))).to.have.length(
      2,
    );
  });

  it('says that a register is empty', () => {
    expect(verdictText(accepted(verdict({ records: [] })), 'en')).to.contain('holds no pledge');
  });

  it('gives each reason with its code, to people and to programs', () => {
    const no = refused(refuse('EXTRACT_PLEDGE_MISSING'));
    expect(verdictText(no, 'ru')).to.match(/^НЕДЕЙСТВИТЕЛЬНА.*\n.*EXTRACT_PLEDGE_MISSING: /);
    expect(verdictData(no, 'en')).to.have.nested.property('reasons[0].text');
    expect(verdictData(accepted(verdict()), 'en')).to.include({ ok: true });
  });

  it('shows what a file says as not verified, with what stands in its QR code', () => {
    const text = shownText(verdict(), 'the file', 'en');
    expect(text)
      .to.contain('not verified')
      .and.to.match(/kepil-extract:1:[0-9a-f]{64}/);
    expect(text).to.not.contain('VALID').and.not.contain('sealed by');
  });
});
