import { expect } from 'chai';
import * as chaincode from '../../../chaincode/index.ts';
import { documentHashOf } from '../../../chaincode/kernel/document-hash.ts';
import * as pledges from '../../../chaincode/pledges/operations.ts';
import {
  type BatchContent,
  type CededLine,
  type Cession,
} from '../../../chaincode/pledges/portfolio/batch.ts';
import { linesMax } from '../../../chaincode/pledges/portfolio/part.ts';
import * as operations from '../../../chaincode/pledges/portfolio/batch-operations.ts';
import { people } from '../../../gateway/stands/eds/people.ts';
import {
  arrivalOf,
  cessionOf,
  confirming,
  deciding,
  importOf,
  opened,
} from '../../../gateway/stands/story/batch.ts';
import { mandated } from '../../../gateway/stands/story/setting.ts';
import { salt } from '../../../gateway/stands/story/signers.ts';
import type { Stage } from '../../../gateway/stands/story/stage.ts';
import { carryOutParts, cutIntoParts } from '../../../gateway/ledger/batch-parts.ts';
import { countingStateCalls } from '../../support/state-calls.ts';
import { cessionLine, egknLine, PortfolioScene } from '../../support/portfolio-scene.ts';
import { connectionTo } from '../../support/unit-connection.ts';

const confirmed = async (...of: Parameters<typeof confirming>) => (await confirming(...of))();
const decided = async (...of: Parameters<typeof deciding>) => (await deciding(...of))();
const anyone = { org: 'NitMSP' };
const registrar = { org: 'GosCorpMSP' };
const { bin: alpha } = people.alphaHead;
const { bin: beta } = people.betaHead;

describe('a portfolio', () => {
  let scene: PortfolioScene;
  let lastLine = 0;

  before(async function () {
    this.timeout(60_000);
    scene = await PortfolioScene.create();
  });

  after(() => scene.close());

  /** Lines of so many pledges that Alpha holds. */
  async function held(count: number): Promise<readonly CededLine[]> {
    const lines = Array.from({ length: count }, () => egknLine((lastLine += 1)));
    await scene.imports(lines);
    return lines.map(cessionLine);
  }

  async function holdersOf({ property }: Pick<CededLine, 'property'>) {
    const found = await scene.ledger.done(pledges.register, { property }, anyone);
    return found.pledges.map(({ encumbrance, rank }) => ({
      holders: encumbrance.holders.map(({ bin }) => bin),
      rank,
    }));
  }

  describe('that is ceded', () => {
    it('changes the holder of every pledge, and the rank of none', async () => {
      const parts = cutIntoParts(await held(5), 2);
      const batch = await scene.opensCession(...parts);
      for (const [index, lines] of parts.entries()) {
        const part = index + 1;
        const { answer } = await scene.cedes(batch, part, lines);
        expect(answer).to.eql({ batch, part, lines: lines.length, already: [], refused: [] });
      }
      for (const line of parts.flat()) {
        expect(await holdersOf(line)).to.eql([{ holders: [alpha, beta], rank: 1 }]);
      }
      const shown = await scene.ledger.done(operations.getBatch, { batch }, anyone);
      expect(shown.opened).to.include({ edition: 'pilot-2025' });
      expect(shown.opened.signatures.map(({ by }) => by)).to.have.members([
        'CEDENT',
        'PLEDGEE',
        'REGISTRAR',
      ]);
      expect(shown.parts.map(({ part, lines }) => [part, lines])).to.eql([
        [1, 2],
        [2, 2],
        [3, 1],
      ]);
    });

    it('gives each line its own outcome, and a line that stands twice its effect once', async () => {
      const [one, two] = (await held(2)) as [CededLine, CededLine];
      const unknown = cessionLine(egknLine(9000));
      const parts = [
        [one, unknown, one],
        [one, two],
      ] as const;
      const batch = await scene.opensCession(...parts);
      const refused = [{ line: 2, codes: ['ENCUMBRANCE_UNKNOWN'] }];
      expect((await scene.cedes(batch, 1, parts[0])).answer).to.deep.include({
        already: [3],
        refused,
      });
      expect((await scene.cedes(batch, 2, parts[1])).answer).to.deep.include({
        already: [1],
        refused: [],
      });
      const again = await scene.opensCession([two]);
      expect((await scene.cedes(again, 1, [two])).answer?.refused).to.eql([
        { line: 1, codes: ['NOT_THE_HOLDER'] },
      ]);
      for (const line of [one, two]) {
        expect(await holdersOf(line)).to.eql([{ holders: [alpha, beta], rank: 1 }]);
      }
    });

    it('takes each part once: under its key with the first answer, under another not at all', async () => {
      const lines = await held(2);
      const batch = await scene.opensCession(lines);
      const first = await scene.cedes(batch, 1, lines, 'the-key-of-part-1');
      expect((await scene.cedes(batch, 1, lines, 'the-key-of-part-1')).answer).to.eql(first.answer);
      expect((await scene.cedes(batch, 1, lines)).codes).to.eql(['BATCH_PART_DONE']);
    });

    it('takes no lines but those that were signed, and of no batch that was not opened', async () => {
      const lines = await held(2);
      const batch = await scene.opensCession(lines);
      const others = lines.toReversed();
      expect((await scene.cedes(batch, 1, others)).codes).to.eql(['BATCH_PART_DIFFERS']);
      expect((await scene.cedes(batch, 2, lines)).codes).to.eql(['BATCH_PART_DIFFERS']);
      const { batch: unopened } = cessionOf(scene.props, [lines]);
      expect((await scene.cedes(unopened, 1, lines)).codes).to.eql(['BATCH_UNKNOWN']);
      const tooMany = Array.from({ length: linesMax + 1 }, () => lines[0] as CededLine);
      expect((await scene.cedes(batch, 1, tooMany)).codes).to.eql(['LIST_TOO_LONG']);
      const byPlatform = await scene.ledger.call(
        operations.cedePart,
        { batch, part: 1, lines: [...lines] },
        { org: 'AlphaMSP' },
      );
      expect(byPlatform.codes).to.eql(['NOT_ALLOWED']);
      const unsealed = await scene.ledger.call(
        operations.cedePart,
        { batch, part: 1, lines: [...lines] },
        { ...registrar, endorsers: ['AlphaMSP', 'BetaMSP', 'NitMSP'] },
      );
      expect(unsealed.outcome.code).to.equal('ENDORSEMENT_POLICY_FAILURE');
    });

    it('goes on where it was cut off, and nothing is done twice', async () => {
      const parts = cutIntoParts(await held(6), 1);
      const batch = await scene.opensCession(...parts);
      const whole = { batch, operation: operations.cedePart, parts };
      const connection = connectionTo(scene.ledger, 'GosCorpMSP');
      let submissions = 0;
      const killed = {
        ...connection,
        submit: async (...call: Parameters<typeof connection.submit>) => {
          submissions += 1;
          if (submissions > 3) throw new Error('killed');
          return connection.submit(...call);
        },
      };
      const death = await carryOutParts(killed, whole, { clients: 2 }).catch(String);
      expect(death).to.contain('killed');
      const before = await scene.ledger.done(operations.getBatch, { batch }, anyone);
      expect(before.parts.length).to.be.within(1, 5);

      const results = await carryOutParts(connection, whole, { clients: 2 });
      const after = await scene.ledger.done(operations.getBatch, { batch }, anyone);
      expect(results.map((each) => ('outcome' in each ? each.outcome : each))).to.eql(after.parts);
      expect(after.parts.flatMap(({ already, refused }) => [...already, ...refused])).to.eql([]);
      for (const line of parts.flat()) {
        expect(await holdersOf(line)).to.eql([{ holders: [alpha, beta], rank: 1 }]);
      }
    });

    it('enters nothing from EGKN, though its lines were signed', async () => {
      const lines = [egknLine(700)];
      const batch = await scene.opensCession(lines);
      const input = { batch, part: 1, lines };
      const { codes } = await scene.ledger.call(operations.importPart, input, registrar);
      expect(codes).to.eql(['BATCH_NOT_AN_IMPORT']);
    });

    it('has no part in the way of another that takes others of the same sheet', async () => {
      const [one, two, three, four] = (await held(4)) as [
        CededLine,
        CededLine,
        CededLine,
        CededLine,
      ];
      const parts = [
        [one, three],
        [two, four],
      ];
      const batch = await scene.opensCession(...parts);
      const ceded = parts.map((lines, index) => scene.cedes(batch, index + 1, lines));
      const done = await Promise.all(ceded);
      expect(done.map(({ outcome }) => outcome.code)).to.eql(['VALID', 'VALID']);
    });

    it('takes four state calls a record that a sheet vouches for, else five', async function () {
      this.timeout(30_000);
      const callsOf = async (lines: readonly CededLine[]) => {
        const batch = await scene.opensCession(lines);
        const { calls, ranges, answer } = await countingStateCalls(chaincode.contracts, () =>
          scene.cedes(batch, 1, lines),
        );
        expect(answer.outcome.code).to.equal('VALID');
        expect(ranges).to.equal(0);
        return calls;
      };
      const [two, thirty] = [await held(2), await held(30)];
      const listed = await callsOf(two);
      expect((await callsOf(thirty)) - listed).to.equal(28 * 4);
      expect(listed - 2 * 4).to.be.at.most(26);

      const [four, some] = [await held(4), await held(31)];
      for (const lines of [four, some]) await callsOf(lines.slice(0, 1));
      expect((await callsOf(some.slice(1))) - (await callsOf(four.slice(1)))).to.equal(27 * 5);
    });
  });

  describe('that is not opened', () => {
    let content: Cession;

    beforeEach(() => {
      content = cessionOf(scene.props, [[cessionLine(egknLine(9001))]]);
    });

    async function codesOfOpening(verdicts: readonly string[], of = content) {
      const input = {
        content: of,
        verdicts: [...verdicts],
        arrival: arrivalOf(scene.props, content),
      };
      return (await scene.ledger.call(operations.openBatch, input, registrar)).codes;
    }

    async function threeVerdicts(of = content, props = scene.props) {
      return [
        await confirmed(props, of, 'CEDENT'),
        await confirmed(props, of, 'PLEDGEE'),
        await decided(props, of),
      ];
    }

    it('unless both parties and the officer have signed this content', async () => {
      const [cedent = '', pledgee = '', officer = ''] = await threeVerdicts();
      expect(await codesOfOpening([cedent, officer])).to.eql(['BATCH_SIGNATURE_MISSING']);
      expect(await codesOfOpening([cedent, pledgee])).to.eql(['BATCH_SIGNATURE_MISSING']);
      const other = { ...content, parts: [{ lines: 1, hash: documentHashOf('another') }] };
      expect(await codesOfOpening([cedent, pledgee, officer], other)).to.eql([
        'BATCH_SIGNATURE_MISSING',
        'BATCH_SIGNATURE_MISSING',
        'BATCH_SIGNATURE_MISSING',
      ]);
      const forged = officer.replace('REGISTRAR', 'CEDENT');
      expect(await codesOfOpening([forged, pledgee, officer])).to.eql(['VERDICT_NOT_GIVEN']);
      expect(await codesOfOpening([cedent, pledgee, officer])).to.eql([]);
      expect(await codesOfOpening([cedent, pledgee, officer])).to.eql(['BATCH_OPENED_ALREADY']);
    });

    it('with a signature over another batch, by another person, or without a mandate', async () => {
      const other = { ...content, parts: [{ lines: 1, hash: documentHashOf('another') }] };
      const { props } = scene;
      const stage: Stage = {
        ...props.stage,
        done: (operation, input, caller) => {
          const sent = { ...(input as object), content: other };
          const verifies = operation.shape.kind === 'private';
          return props.stage.done(operation, verifies ? (sent as typeof input) : input, caller);
        },
      };
      const swapped = { ...props, stage };
      const ofParty = await confirmed(swapped, content, 'CEDENT').catch(String);
      const ofOfficer = await decided(swapped, content).catch(String);
      for (const refusal of [ofParty, ofOfficer]) {
        expect(refusal).to.contain('BATCH_SIGNED_DIFFERS');
      }
      const reversed = { ...content, from: beta, to: alpha } as BatchContent;
      expect(await confirmed(props, reversed, 'CEDENT').catch(String)).to.contain(
        'SIGNERS_MISMATCH',
      );
      const stranger = { ...props, mandate: { ...props.mandate, salt: salt() } };
      expect(await decided(stranger, content).catch(String)).to.contain('MANDATE_HOLDER_DIFFERS');
      const imported = importOf([[egknLine(9002)]]);
      expect(await confirmed(props, imported, 'CEDENT').catch(String)).to.contain(
        'BATCH_NOT_A_CESSION',
      );
    });

    it('takes no signature once it is opened, so that the purge takes them all (CN-6)', async () => {
      await scene.ledger.done(
        operations.openBatch,
        { content, verdicts: await threeVerdicts(), arrival: arrivalOf(scene.props, content) },
        registrar,
      );
      for (const late of [
        confirmed(scene.props, content, 'CEDENT'),
        decided(scene.props, content),
      ]) {
        expect(await late.catch(String)).to.contain('BATCH_OPENED_ALREADY');
      }
    });

    it('where the platform may not file, or what is stated of the payment cannot be', async () => {
      const byBeta = { ...content, platform: beta } as Cession;
      expect(await codesOfOpening(await threeVerdicts(byBeta), byBeta)).to.eql([
        'ORGANISATION_UNKNOWN',
      ]);
      const paidAt = (confirmedAt: string) =>
        ({
          ...content,
          payment: { evidence: documentHashOf('receipt'), confirmedAt },
        }) as Cession;
      const ahead = paidAt('2027-11-21T06:00:00.000Z');
      expect(await codesOfOpening(await threeVerdicts(ahead), ahead)).to.eql([
        'REGIME_NO_LONGER_IN_FORCE',
        'CHECKLIST_ITEM_NOT_VALID_ON',
        'CHECKLIST_ITEM_NOT_VALID_ON',
        'CHECKLIST_ITEM_NOT_VALID_ON',
        'CHECKLIST_ITEM_NOT_VALID_ON',
        'CHECKLIST_ITEM_NOT_VALID_ON',
        'TIME_AHEAD',
      ]);
    });

    it('where the officer decided before it was paid and both parties had signed (PL-11)', async () => {
      const unit = scene.ledger.ledger;
      const officer = await decided(scene.props, content);
      unit.now = new Date(unit.now.getTime() + 60_000);
      const parties = [
        await confirmed(scene.props, content, 'CEDENT'),
        await confirmed(scene.props, content, 'PLEDGEE'),
      ];
      expect(await codesOfOpening([...parties, officer])).to.eql(['BATCH_DECIDED_TOO_EARLY']);
      const again = await decided(scene.props, content);
      expect(await codesOfOpening([...parties, again])).to.eql([]);
    });

    it('under an order that had lapsed when it was signed, whatever is stated (RG-2)', async () => {
      const unit = scene.ledger.ledger;
      const present = unit.now;
      unit.now = '2027-12-20T06:00:00.000Z';
      const lapsed = {
        ...scene.props,
        mandate: await mandated(scene.props.stage, scene.props.signers),
      };
      const verdicts = await threeVerdicts(content, lapsed);
      unit.now = present;
      expect(await codesOfOpening(verdicts)).to.include('REGIME_NO_LONGER_IN_FORCE');
    });
  });

  describe('that EGKN registered elsewhere', () => {
    it('is entered by rank, once however often it comes, and refused where it differs', async () => {
      const property = egknLine(8001).property;
      const later = egknLine(8001);
      const earlier = egknLine(8000, { property });
      const [first] = await scene.imports([later, earlier]);
      expect(first).to.deep.include({ lines: 2, already: [], refused: [] });
      const { pledges: entered } = await scene.ledger.done(pledges.register, { property }, anyone);
      expect(entered.map(({ encumbrance }) => encumbrance.acceptance.egknNumber)).to.eql([
        'E-8000',
        'E-8001',
      ]);
      const filed = egknLine(8002, { application: importOf([[later]]).batch });
      const changed = egknLine(8001, { holder: later.holder, consentToRepledge: true });
      const [second] = await scene.imports([later, changed, filed, earlier]);
      expect(second).to.deep.include({
        lines: 4,
        already: [1, 4],
        refused: [
          { line: 2, codes: ['IMPORT_DIFFERS'] },
          { line: 3, codes: ['IMPORT_OF_UNREGISTERED_APPLICATION'] },
        ],
      });
      const { pledges: still } = await scene.ledger.done(pledges.register, { property }, anyone);
      expect(still).to.eql(entered);
    });

    it('is decided by an officer alone, and needs no platform', async () => {
      const { signatures, registrar: own } = await opened(
        scene.props,
        importOf([[egknLine(8100)]]),
      );
      expect(signatures.map(({ by }) => by)).to.eql(['REGISTRAR']);
      expect(own).to.match(/^\d{12}$/);
    });
  });
});
