import { expect } from 'chai';
import { mspIdSchema } from '../../../chaincode/kernel/msp-id.ts';
import { rosterFindings } from '../../../scripts/roster/findings.ts';

const alpha = {
  mspId: mspIdSchema.parse('AlphaMSP'),
  peers: [{ host: 'peer0.alpha.kepil.test', port: 7051 }],
};
const beta = { mspId: mspIdSchema.parse('BetaMSP'), peers: [] };
const seenAlpha = { mspId: 'AlphaMSP', endpoint: 'peer0.alpha.kepil.test:7051' };

describe('the roster beside the channel', () => {
  it('is well when both name the same organisations and peers', () => {
    const channel = ['AlphaMSP', 'BetaMSP'];
    const seen = [seenAlpha, { mspId: 'BetaMSP', endpoint: 'anywhere:1' }];
    expect(rosterFindings({ roster: [alpha, beta], channel, seen })).to.eql([]);
  });

  for (const [what, view, code, words] of [
    [
      'an organisation without a vote',
      { roster: [alpha], channel: ['AlphaMSP', 'BetaMSP'], seen: [seenAlpha] },
      'ROSTER_LACKS_MEMBER',
      /BetaMSP is in the channel and not in the roster/,
    ],
    [
      'a vote that nobody can cast',
      { roster: [alpha, beta], channel: ['AlphaMSP'], seen: [seenAlpha] },
      'ROSTER_HAS_LEFT_MEMBER',
      /BetaMSP is in the roster and not in the channel/,
    ],
    [
      'a stated peer that nobody sees',
      { roster: [alpha], channel: ['AlphaMSP'], seen: [] },
      'ROSTER_PEER_UNSEEN',
      /states a peer at peer0\.alpha\.kepil\.test:7051/,
    ],
    [
      'a peer that was not stated',
      {
        roster: [alpha],
        channel: ['AlphaMSP'],
        seen: [seenAlpha, { mspId: 'AlphaMSP', endpoint: 'peer1.alpha.kepil.test:7151' }],
      },
      'ROSTER_PEER_UNSTATED',
      /runs a peer at peer1\.alpha\.kepil\.test:7151/,
    ],
  ] as const) {
    it(`is found to have ${what}`, () => {
      const findings = rosterFindings(view);
      expect(findings.map((finding) => finding.code)).to.eql([code]);
      expect(findings[0]?.what).to.match(words);
    });
  }
});
