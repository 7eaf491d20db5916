import { common } from '@hyperledger/fabric-protos';
import { expect } from 'chai';
import { canonicalJson } from '../../../../chaincode/kernel/canonical-json.ts';
import { languages } from '../../../../chaincode/kernel/refusal.ts';
import { collectExtract, partsOf } from '../../../../gateway/extracts/collect.ts';
import { type Extract, extractText, qrTextOf } from '../../../../gateway/extracts/file.ts';
import { extractTexts } from '../../../../gateway/extracts/refusals.ts';
import { type Trust, type Verified, verifyExtract } from '../../../../gateway/extracts/verify.ts';
import type { Application } from '../../../../chaincode/pledges/application.ts';
import { registered, terminated } from '../../../../gateway/stands/story/pledge.ts';
import { extractSourceOf } from '../../../support/extract-source.ts';
import { unitPlayground } from '../../../support/unit-playground.ts';
import { mutantsRefused } from '../../../support/extract-mutants.ts';
import { newBlock } from '../../../../network/local/engine/block.ts';
import { signBlock } from '../../../../network/local/engine/block-signing.ts';
import { unitConsenter, unitMember } from '../../../support/unit-identities.ts';

describe('an extract', function () {
  this.timeout(60_000);
  const { ledger, props, next } = unitPlayground();
  let pledge: Application;
  let text: string;
  let sound: Verified;

  before(async () => {
    pledge = await registered(props());
    text = await extractOf(pledge);
    sound = verified(text);
  });

  function subjectOf({ id, targets: [target] }: Application) {
    if (target === undefined) throw new Error('a pledge without a property');
    return { property: target.property, encumbrance: id };
  }

  async function extractOf(application: Application, peers?: readonly string[]): Promise<string> {
    const source = extractSourceOf(ledger().ledger, peers);
    const made = await collectExtract(source, subjectOf(application));
    if (!made.ok) throw new Error(canonicalJson({ refusals: [...made.refusals] }));
    return made.value;
  }

  function verified(of: string, trust?: Trust): Verified {
    const verdict = verifyExtract(of, trust);
    if (!verdict.ok) throw new Error(canonicalJson({ refusals: [...verdict.refusals] }));
    return verdict.value;
  }

  const codesOf = (of: string, trust?: Trust): readonly string[] => {
    const verdict = verifyExtract(of, trust);
    return verdict.ok ? ['proved'] : verdict.refusals.map(({ code }) => code);
  };

  /** The extract with something changed in it, in its own form. */
  function changed(change: (extract: Mutable) => void, of = text): string {
    const extract = JSON.parse(of) as Mutable;
    change(extract);
    return extractText(extract as unknown as Extract);
  }

  it('says the pledge, its rank, its block, and who stands behind each', () => {
    const [first] = sound.records;
    expect(first?.record).to.deep.include({ type: 'encumbrance', rank: 1 });
    expect(first?.record.data).to.include({ state: 'LIVE', property: sound.property });
    expect(first?.proof?.endorsedBy).to.include('GosCorpMSP').and.have.length.at.least(3);
    expect(first?.proof?.orderedBy).to.have.length(3);
    expect(sound.attestation).to.eql({
      by: [...ledger().ledger.organisations].sort(),
      at: props().stage.now(),
    });
    expect(sound.trust).to.equal('file');
    expect(qrTextOf(text)).to.equal(`kepil-extract:1:${sound.id}`);
  });

  it('is of its channel for who knows the fingerprint, and for who knows the authorities', () => {
    const { fingerprint } = sound;
    expect(verified(text, { fingerprint }).trust).to.equal('fingerprint');
    expect(codesOf(text, { fingerprint: '0'.repeat(64) })).to.eql(['EXTRACT_CHANNEL_DIFFERS']);
    const authorities = (...mspIds: readonly string[]) =>
      new Map(mspIds.map((mspId) => [mspId, unitMember(mspId).rootCertificatesPem]));
    const all = authorities(...ledger().ledger.organisations);
    expect(verified(text, { authorities: all }).trust).to.equal('certificates');
    const three = authorities('GosCorpMSP', 'AuthorityMSP', 'NitMSP');
    expect(verified(text, { authorities: three }).attestation.by).to.have.length(3);
    const tooFew = ['EXTRACT_ANSWERS_TOO_FEW'];
    expect(codesOf(text, { authorities: authorities('GosCorpMSP', 'AlphaMSP') })).to.eql(tooFew);
    all.delete('GosCorpMSP');
    expect(codesOf(text, { authorities: all })).to.eql(tooFew);
    // Whoever makes a channel of their own cannot pass one authority off as another's.
    all.set('GosCorpMSP', unitMember('AlphaMSP').rootCertificatesPem);
    expect(codesOf(text, { authorities: all })).to.eql(['EXTRACT_ANSWER_BROKEN']);
  });

  it('needs a majority of peers with the State Corporation', async () => {
    const few = await extractOf(pledge, ['GosCorpMSP', 'AlphaMSP']);
    expect(codesOf(few)).to.eql(['EXTRACT_ANSWERS_TOO_FEW']);
    const without = await extractOf(pledge, ['AlphaMSP', 'BetaMSP', 'NitMSP', 'AuthorityMSP']);
    expect(codesOf(without)).to.eql(['EXTRACT_ANSWERS_TOO_FEW']);
    const three = await extractOf(pledge, ['GosCorpMSP', 'AlphaMSP', 'BetaMSP']);
    expect(verified(three).records).to.eql(sound.records);
  });

  it('proves an empty register, and refuses a pledge that is not there', async () => {
    const property = subjectOf(pledge).property.replace(
      /\d+$/,
      '9999',
    ) as (typeof pledge.targets)[number]['property'];
    const source = extractSourceOf(ledger().ledger);
    const empty = await collectExtract(source, { property });
    if (!empty.ok) throw new Error('refused');
    expect(verified(empty.value)).to.deep.include({ property, records: [] });
    const missing = await collectExtract(source, { property, encumbrance: pledge.id });
    expect(missing.ok).to.equal(false);
    const about = changed((extract) => (extract['encumbrance'] = pledge.id), empty.value);
    expect(codesOf(about)).to.eql(['EXTRACT_PLEDGE_MISSING']);
  });

  it('shows a termination as the last word', async () => {
    const ending = await registered(next());
    const before = await extractOf(ending);
    await terminated(next(), ending);
    const after = verified(await extractOf(ending));
    expect(after.records[0]?.record.data).to.include({ state: 'TERMINATED' });
    expect(after.records[0]).to.include({ revision: 2 });
    // What stood before is still proved as of then.
    expect(verified(before).records[0]?.record.data).to.include({ state: 'LIVE' });
  });

  type Tampering = readonly [string, (extract: Mutable) => void, string];
  const tamperings: readonly Tampering[] = [
    ['the register', (extract) => (extract.register.records[0].rank = 2), 'EXTRACT_ANSWER_BROKEN'],
    ['its records', (extract) => extract.register.records.pop(), 'EXTRACT_ANSWER_BROKEN'],
    [
      'an answer',
      (extract) => (extract.answers[1].signature = extract.answers[0].signature),
      'EXTRACT_ANSWER_BROKEN',
    ],
    [
      'the property',
      (extract) => (extract['property'] = '20:315:033:105:1'),
      'EXTRACT_QUESTION_DIFFERS',
    ],
    [
      'the question',
      (extract) => (extract.question.payload = extract.question.channelHeader),
      'EXTRACT_QUESTION_DIFFERS',
    ],
    ['the chaincode', (extract) => (extract['chaincode'] = 'other'), 'EXTRACT_QUESTION_DIFFERS'],
    ['the channel', (extract) => (extract['channel'] = 'other'), 'EXTRACT_CONFIG_BROKEN'],
    ['the first block', (extract) => (extract.configs[0].number = 1), 'EXTRACT_CONFIG_BROKEN'],
    [
      'the configuration',
      (extract) => (extract.configs[0].data = extract.blocks[0].data),
      'EXTRACT_CONFIG_BROKEN',
    ],
    [
      'a further configuration',
      (extract) => extract.configs.push(extract.configs[0]),
      'EXTRACT_CONFIG_BROKEN',
    ],
    ["the block's number", (extract) => (extract.blocks[0].number += 1), 'EXTRACT_BLOCK_UNSIGNED'],
    [
      'where a transaction ends',
      ({ blocks: [{ data }] }) => {
        const bytes = Buffer.from(data.pop() ?? '', 'base64');
        const parts = [bytes.subarray(0, 99), bytes.subarray(99)];
        data.push(...parts.map((part) => part.toString('base64')));
      },
      'EXTRACT_TRANSACTION_MISSING',
    ],
    [
      "an orderer's signature",
      (extract) => extract.blocks[0].signatures.pop(),
      'EXTRACT_BLOCK_UNSIGNED',
    ],
    [
      'one orderer thrice',
      (extract) => extract.blocks[0].signatures.fill(extract.blocks[0].signatures[0]),
      'EXTRACT_BLOCK_UNSIGNED',
    ],
    ['the block', (extract) => extract.blocks.pop(), 'EXTRACT_TRANSACTION_MISSING'],
    [
      "the block's configuration",
      (extract) => (extract.blocks[0].signedValue = ''),
      'EXTRACT_CONFIG_BROKEN',
    ],
  ];
  for (const [what, change, code] of tamperings) {
    it(`is refused when somebody changes ${what}`, () => {
      expect(codesOf(changed(change))).to.eql([code]);
    });
  }

  describe('of a channel whose configuration changed', () => {
    const orderers = (...mspIds: readonly string[]) => mspIds.map(unitConsenter);
    const all = orderers('GosCorpMSP', 'AuthorityMSP', 'NitMSP', 'AlphaMSP');

    /** The extract with a second configuration, signed by some orderers. */
    const grown = (sequence: number, consenters = all, lastConfig = 900) =>
      changed((extract) => {
        const { data } = extract.configs[0];
        const block = newBlock(900, new Uint8Array(32), [nextConfig(data[0] ?? '', sequence)]);
        signBlock(block, consenters, lastConfig);
        extract.configs.push(partsOf(block));
      });

    it('is proved by each change, signed by the orderers before it', () => {
      const { fingerprint } = sound;
      expect(verified(grown(1), { fingerprint }).records).to.eql(sound.records);
    });

    it('is refused with a change left out, or one that the orderers did not make', () => {
      expect(codesOf(grown(2))).to.eql(['EXTRACT_CONFIG_BROKEN']);
      expect(codesOf(grown(1, all, 0))).to.eql(['EXTRACT_CONFIG_BROKEN']);
      const one = orderers('AlphaMSP');
      expect(codesOf(grown(1, one))).to.eql(['EXTRACT_BLOCK_UNSIGNED']);
      const strangers = orderers('GammaMSP', 'DeltaMSP', 'EpsilonMSP', 'ZetaMSP');
      expect(codesOf(grown(1, strangers))).to.eql(['EXTRACT_BLOCK_UNSIGNED']);
    });
  });

  it('is refused as what is no extract, or as one in another form', () => {
    expect(codesOf('')).to.eql(['BODY_NOT_JSON']);
    expect(codesOf('{}')).to.include('FIELD_REQUIRED');
    expect(codesOf(JSON.stringify(JSON.parse(text), undefined, 1))).to.eql([
      'EXTRACT_NOT_CANONICAL',
    ]);
    expect(codesOf(text.replace(/=+"/, '"'))).to.eql(['BASE64_FORMAT']);
    expect(codesOf(`"${'x'.repeat(33 * 1024 * 1024)}"`)).to.eql(['BODY_TOO_LARGE']);
  });

  it('never says anything else when a bit or a member of it is changed', () => {
    expect(mutantsRefused(text, sound, 600)).to.be.greaterThan(500);
  });

  it('has words for every refusal in each language', () => {
    for (const texts of Object.values(extractTexts)) {
      for (const language of languages) expect(texts[language]).to.not.equal('');
    }
  });
});

type Mutable = {
  [member: string]: unknown;
  register: { records: { rank?: number }[] & [{ rank?: number }] };
  configs: [MutableBlock, ...MutableBlock[]];
  blocks: [MutableBlock, ...MutableBlock[]];
  question: { payload: string; channelHeader: string };
  answers: [{ signature: string }, { signature: string }];
};
type MutableBlock = {
  number: number;
  data: string[];
  signedValue: string;
  signatures: unknown[];
};

/** The same configuration as the next one of a sequence. */
function nextConfig(first: string, sequence: number): Uint8Array {
  const envelope = common.Envelope.deserializeBinary(Buffer.from(first, 'base64'));
  const payload = common.Payload.deserializeBinary(envelope.getPayload_asU8());
  const content = common.ConfigEnvelope.deserializeBinary(payload.getData_asU8());
  content.getConfig()?.setSequence(sequence);
  payload.setData(content.serializeBinary());
  envelope.setPayload(payload.serializeBinary());
  return envelope.serializeBinary();
}
