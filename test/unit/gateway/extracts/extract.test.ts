import { expect } from 'chai';
import { canonicalJson, type Json } from '../../../../chaincode/kernel/canonical-json.ts';
import { languages } from '../../../../chaincode/kernel/refusal.ts';
import { collectExtract } from '../../../../gateway/extracts/collect.ts';
import { type Extract, extractText, qrTextOf } from '../../../../gateway/extracts/file.ts';
import { extractTexts } from '../../../../gateway/extracts/refusals.ts';
import { type Trust, type Verified, verifyExtract } from '../../../../gateway/extracts/verify.ts';
import type { Application } from '../../../../chaincode/pledges/application.ts';
import { registered, terminated } from '../../../../gateway/stands/story/pledge.ts';
import type { Props } from '../../../../gateway/stands/story/props.ts';
import { extractSourceOf } from '../../../support/extract-source.ts';
import type { KepilLedger } from '../../../support/kepil-ledger.ts';
import { readyToFile } from '../../../support/kepil-stage.ts';
import { diceOf } from '../../../support/mutations.ts';
import { unitMember } from '../../../support/unit-identities.ts';

describe('an extract', function () {
  this.timeout(60_000);
  let ledger: KepilLedger;
  let props: Props;
  let pledge: Application;
  let text: string;
  let sound: Verified;

  before(async () => {
    ({ ledger, props } = await readyToFile());
    pledge = await registered(props);
    text = await extractOf(pledge);
    sound = verified(text);
  });

  after(() => ledger.close());

  function subjectOf({ id, targets: [target] }: Application) {
    if (target === undefined) throw new Error('a pledge without a property');
    return { property: target.property, encumbrance: id };
  }

  async function extractOf(application: Application, peers?: readonly string[]): Promise<string> {
    const source = extractSourceOf(ledger.ledger, peers);
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
      by: [...ledger.ledger.organisations].sort(),
      at: props.stage.now(),
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
    const all = authorities(...ledger.ledger.organisations);
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
    const source = extractSourceOf(ledger.ledger);
    const empty = await collectExtract(source, { property });
    if (!empty.ok) throw new Error('refused');
    expect(verified(empty.value)).to.deep.include({ property, records: [] });
    const missing = await collectExtract(source, { property, encumbrance: pledge.id });
    expect(missing.ok).to.equal(false);
    const about = changed((extract) => (extract['encumbrance'] = pledge.id), empty.value);
    expect(codesOf(about)).to.eql(['EXTRACT_PLEDGE_MISSING']);
  });

  it('shows a termination as the last word', async () => {
    const ending = await registered({ ...props, slot: 2 });
    const before = await extractOf(ending);
    await terminated({ ...props, slot: 3 }, ending);
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
    const dice = diceOf('extract');
    const said = saidBy(sound);
    let refusals = 0;
    for (let count = 0; count < 1000; count += 1) {
      const mutant = count % 3 === 0 ? memberMutant(text, dice) : bitMutant(text, dice);
      if (mutant === undefined) continue;
      const verdict = verifyExtract(mutant, { fingerprint: sound.fingerprint });
      if (verdict.ok) expect(saidBy(verdict.value)).to.eql(said);
      else refusals += 1;
    }
    expect(refusals).to.be.greaterThan(850);
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
  signatures: [unknown, ...unknown[]];
};

/** What a verdict says of the pledge; who says so may be fewer. */
function saidBy({ channel, fingerprint, property, attestation, records }: Verified): unknown {
  return { channel, fingerprint, property, at: attestation.at, records };
}

function bitMutant(text: string, dice: (below: number) => number): string {
  const bytes = Buffer.from(text);
  const at = dice(bytes.length);
  bytes[at] = (bytes[at] ?? 0) ^ (1 << dice(7));
  return bytes.toString('utf8');
}

/** Changes what stands within: a byte of what base64 holds, a member that goes or comes twice. */
function memberMutant(text: string, dice: (below: number) => number): string | undefined {
  const root = JSON.parse(text) as Json;
  const places: { readonly of: Record<string, Json>; readonly name: string }[] = [];
  const walk = (value: Json): void => {
    if (value === null || typeof value !== 'object') return;
    for (const name of Object.keys(value)) {
      const of = value as Record<string, Json>;
      places.push({ of, name });
      walk(of[name] ?? null);
    }
  };
  walk(root);
  const place = places[dice(places.length)];
  const other = places[dice(places.length)];
  if (place === undefined || other === undefined) return undefined;
  const value = place.of[place.name];
  if (typeof value === 'string' && dice(2) === 0) {
    const bytes = Buffer.from(value, 'base64');
    const at = dice(Math.max(bytes.length, 1));
    if (bytes.length > 0) bytes[at] = (bytes[at] ?? 0) ^ (1 << dice(8));
    place.of[place.name] = bytes.toString('base64');
  } else if (Array.isArray(place.of) && dice(2) === 0) place.of.splice(Number(place.name), 1);
  else place.of[place.name] = other.of[other.name] ?? null;
  try {
    return `${canonicalJson(root)}\n`;
  } catch {
    return undefined;
  }
}
