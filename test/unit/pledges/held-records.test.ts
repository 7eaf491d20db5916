import { expect } from 'chai';
import { documentHashOf } from '../../../chaincode/kernel/document-hash.ts';
import { knownInstant } from '../../../chaincode/kernel/instant.ts';
import type { Application } from '../../../chaincode/pledges/application.ts';
import { purgeable, revised } from '../../../chaincode/pledges/application-rules.ts';
import { heldOfBatch, heldPartsOf, heldPlace } from '../../../chaincode/pledges/held-records.ts';
import type { OpenedBatch } from '../../../chaincode/pledges/portfolio/batch.ts';
import { applicationNumber, banks } from './builders.ts';

const participant = (number: number) =>
  ({ number, role: 'CO_OWNER', natural: true, signs: true }) as const;

const application = {
  id: applicationNumber(1),
  kind: 'PLEDGE',
  platform: banks[0],
  pledgee: banks[0],
  consentToRepledge: false,
  targets: [],
  revision: 1,
  dossier: documentHashOf('dossier'),
  titleDocument: documentHashOf('title'),
  participants: [1, 2, 3].map(participant),
  confirmations: [],
  checks: [],
  decisions: [],
  state: 'PREPARED',
} as unknown as Application;

const keysOf = (of: Application, consents: Parameters<typeof heldPartsOf>[1] = []) =>
  heldPartsOf(of, consents).map((part) => heldPlace('a', part, 'P'));

describe('the private records of a batch', () => {
  const held = (content: object) =>
    heldOfBatch({
      content,
      signatures: [{ cms: 'one', depositor: 'AlphaMSP' }, { cms: 'two' }],
    } as unknown as OpenedBatch);

  it('are its signatures, which the parties of a cession may hold', () => {
    const [platform, from, to] = banks;
    const { parts, parties } = held({ kind: 'CESSION', batch: 'b', platform, from, to });
    expect(parts.map((part) => heldPlace('b', part, 'P'))).to.eql([
      'batch.evidence:b:one@AlphaMSP',
      'batch.evidence:b:two',
    ]);
    expect(parties).to.eql(banks);
  });

  it('are of an import the State Corporation’s alone', () => {
    expect(held({ kind: 'IMPORT', batch: 'b' }).parties).to.eql([]);
  });
});

describe('the private records of an application', () => {
  it('are the dossier, the signatures, the reasons of a refusal, the decision to come, and what is deposited ahead', () => {
    expect(keysOf(application)).to.eql([
      'dossier:a:1@P',
      'reasons:a:1@P',
      'withdrawal:a:1@P',
      'evidence:a:1:0@P',
      'evidence:a:1:1@P',
      'evidence:a:1:2@P',
      'evidence:a:1:3@P',
      'dossier:a:2@P',
      'reasons:a:2@P',
      'withdrawal:a:2@P',
      'evidence:a:2:0@P',
      'evidence:a:2:1@P',
      'evidence:a:2:2@P',
      'evidence:a:2:3@P',
      'decision:a:1@P',
      'grounds:a:1@P',
      'decision:a:1@GosCorpMSP',
      'grounds:a:1@GosCorpMSP',
    ]);
  });

  it('are of every decision its signature and reasons, by whoever relayed it (PL-13)', () => {
    const decided = { ...application, decisions: [{}, {}] } as unknown as Application;
    const all = keysOf(decided);
    for (const nth of [1, 2, 3]) {
      for (const by of ['P', 'GosCorpMSP']) {
        expect(all).to.include.members([`decision:a:${nth}@${by}`, `grounds:a:${nth}@${by}`]);
      }
    }
  });

  it('are those of earlier revisions too, which may have had more participants (CN-6)', () => {
    const { dossier, titleDocument } = application;
    const next = revised(application, { dossier, titleDocument, participants: [participant(1)] });
    expect(next.ok && keysOf(next.value)).to.include.members([
      'evidence:a:1:3@P',
      'evidence:a:2:1@P',
      'dossier:a:3@P',
    ]);
  });

  it('may go from the very instant at which the term of storage is over', () => {
    const ended = { ...application, endedAt: knownInstant('2026-03-10T06:00:00.000Z') };
    const at = (instant: string) => purgeable(ended, 30, knownInstant(instant)).ok;
    expect(at('2026-04-09T05:59:59.999Z')).to.equal(false);
    expect(at('2026-04-09T06:00:00.000Z')).to.equal(true);
  });
});
