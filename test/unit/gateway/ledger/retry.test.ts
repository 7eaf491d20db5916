import { expect } from 'chai';
import fc from 'fast-check';
import {
  type Action,
  endorsementsMax,
  type Happening,
  laggingPeerMs,
  lateStatusRequestsMax,
  nextAction,
  policyEndorsementsMax,
  type Progress,
  statusRequestsMax,
  submissionsMax,
} from '../../../../gateway/ledger/retry.ts';
import { faults } from './faults.ts';

/** The first time round: one proposal, sent once, asked for once. */
function progress(changes: Partial<Progress> = {}): Progress {
  return { endorsements: 1, submissions: 1, statusRequests: 1, isOrdered: false, ...changes };
}

function endorse(fault: (typeof faults)['late']): Happening {
  return { stage: 'endorse', fault };
}

function brief(action: Action): string {
  return action.next === 'end' ? `end: ${action.as}` : action.next;
}

describe('the rule of trying again', () => {
  type Row = readonly [name: string, happening: Happening, progress: Progress, action: string];
  const { refusal } = faults;
  const soon = { msSinceNeeded: laggingPeerMs };
  const rows: readonly Row[] = [
    // Endorse: nothing is ordered.
    ['a refusal', endorse(refusal('SUM_WRONG')), progress(), 'end: refused'],
    ['a failing chaincode', endorse(faults.chaincode), progress(), 'end: refused'],
    ['a malformed proposal', endorse(faults.rejected), progress(), 'end: refused'],
    ['a clock that is off', endorse(faults.clockSkew), progress(), 'end: refused'],
    ['a known transaction id', endorse(faults.duplicate), progress(), 'status'],
    ['differing answers', endorse(faults.mismatch), progress(), 'endorse'],
    ['differing answers to the end', endorse(faults.mismatch), last(), 'end: refused'],
    ['a peer that is down', endorse(faults.unavailable), progress(), 'endorse'],
    ['a peer that stays down', endorse(faults.unavailable), last(), 'end: refused'],
    ['a late endorsement', endorse(faults.late), progress(), 'endorse'],
    ['a lagging peer', endorse(refusal('X_UNKNOWN')), progress(soon), 'endorse'],
    ['a lagging verdict', endorse(refusal('X_NOT_GIVEN')), progress(soon), 'endorse'],
    ['a step that came early', endorse(refusal('X_OUT_OF_TURN')), progress(soon), 'endorse'],
    ['a peer that lags on', endorse(refusal('X_UNKNOWN')), last(soon), 'end: refused'],
    ['a record that is not there', endorse(refusal('X_UNKNOWN')), progress(), 'end: refused'],
    [
      'a record that is still not there',
      endorse(refusal('X_UNKNOWN')),
      progress({ msSinceNeeded: laggingPeerMs + 1 }),
      'end: refused',
    ],
    [
      'another refusal after our commit',
      endorse(refusal('SUM_WRONG')),
      progress(soon),
      'end: refused',
    ],
    // Submit: unknown, whatever it says.
    ['no quorum of orderers', submit(faults.noQuorum), progress(), 'status'],
    ['a late submit', submit(faults.late), progress(), 'status'],
    ['a broken connection', submit(faults.unavailable), progress(), 'status'],
    ['an envelope in the pool', submit(faults.pooled), progress(), 'status'],
    ['an envelope that was ordered', submit(faults.processed), progress(), 'status'],
    ['an envelope turned away unread', submit(faults.rejected), progress(), 'end: refused'],
    [
      'one turned away after it was sent before',
      submit(faults.rejected),
      progress({ submissions: 2 }),
      'status',
    ],
    [
      'one turned away though it is ordered',
      submit(faults.rejected),
      progress({ isOrdered: true }),
      'status',
    ],
    // Status: still unknown.
    ['no status of a doubtful one', status(faults.late), progress(), 'submit'],
    [
      'no status after the last sending',
      status(faults.late),
      progress({ submissions: submissionsMax }),
      'end: unknown',
    ],
    ['no status of an ordered one', status(faults.late), progress({ isOrdered: true }), 'status'],
    [
      'no status of an ordered one to the end',
      status(faults.late),
      progress({ isOrdered: true, statusRequests: lateStatusRequestsMax }),
      'end: unknown',
    ],
    [
      'no peer to ask of an ordered one',
      status(faults.unavailable),
      progress({ isOrdered: true, statusRequests: lateStatusRequestsMax }),
      'status',
    ],
    [
      'no peer to ask to the end',
      status(faults.unavailable),
      progress({ isOrdered: true, statusRequests: statusRequestsMax }),
      'end: unknown',
    ],
    ['no right to ask', status(faults.rejected), progress(), 'end: unknown'],
    // Commit: final for this envelope.
    ['VALID', commit('VALID'), progress(), 'end: committed'],
    ['MVCC_READ_CONFLICT', commit('MVCC_READ_CONFLICT'), progress(), 'endorse'],
    ['PHANTOM_READ_CONFLICT', commit('PHANTOM_READ_CONFLICT'), progress(), 'endorse'],
    ['MVCC_READ_CONFLICT to the end', commit('MVCC_READ_CONFLICT'), last(), 'end: refused'],
    ['DUPLICATE_TXID', commit('DUPLICATE_TXID'), progress(), 'status'],
    [
      'DUPLICATE_TXID to the end',
      commit('DUPLICATE_TXID'),
      progress({ statusRequests: statusRequestsMax }),
      'end: unknown',
    ],
    ['ENDORSEMENT_POLICY_FAILURE', commit('ENDORSEMENT_POLICY_FAILURE'), progress(), 'endorse'],
    [
      'ENDORSEMENT_POLICY_FAILURE again',
      commit('ENDORSEMENT_POLICY_FAILURE'),
      progress({ endorsements: policyEndorsementsMax }),
      'end: refused',
    ],
    ['BAD_CREATOR_SIGNATURE', commit('BAD_CREATOR_SIGNATURE'), progress(), 'end: refused'],
  ];

  for (const [name, happening, given, action] of rows) {
    it(`${happening.stage}: after ${name} comes ${action}`, () => {
      expect(brief(nextAction(happening, given))).to.equal(action);
    });
  }

  it('waits longer each time, within a bound', () => {
    const waits = [1, 2, 3, 4, 5].map((endorsements) => {
      const action = nextAction(endorse(faults.unavailable), progress({ endorsements }));
      return action.next === 'end' ? 0 : action.afterMs;
    });
    expect(waits).to.deep.equal([50, 100, 200, 400, 800]);
  });

  it('waits for a peer that restarts, some five seconds after an envelope was sent', () => {
    const waits = [1, 2, 3, 4, 5].map((submissions) => {
      const action = nextAction(status(faults.unavailable), progress({ submissions }));
      return action.next === 'end' ? 0 : action.afterMs;
    });
    expect(waits).to.deep.equal([200, 400, 800, 1600, 2000]);
  });

  it('never replaces an envelope that may have been ordered, and never calls it refused', () => {
    const doubtful = fc.constantFrom<Happening>(
      ...Object.values(faults)
        .filter((given) => typeof given !== 'function')
        .flatMap((fault) => [status(fault), submit(fault)]),
    );
    const after = fc.record({
      endorsements: fc.integer({ min: 1, max: 9 }),
      submissions: fc.integer({ min: 2, max: 9 }),
      statusRequests: fc.integer({ min: 1, max: 9 }),
      isOrdered: fc.boolean(),
    });
    fc.assert(
      fc.property(doubtful, after, (happening, given) => {
        expect(brief(nextAction(happening, given))).to.be.oneOf([
          'status',
          'submit',
          'end: unknown',
        ]);
      }),
    );
  });

  function last(changes: Partial<Progress> = {}): Progress {
    return progress({ endorsements: endorsementsMax, ...changes });
  }

  function submit(fault: (typeof faults)['late']): Happening {
    return { stage: 'submit', fault };
  }

  function status(fault: (typeof faults)['late']): Happening {
    return { stage: 'status', fault };
  }

  function commit(validation: string): Happening {
    return { stage: 'commit', validation };
  }
});
