/** The evidence of signatures on the local network, over the wire. */
import { ownerKeepsTheProof } from '../../support/evidence-commands.ts';
import { evidenceHolds } from '../../support/evidence-story.ts';
import { localPlayground } from '../../support/playground.ts';

describe('evidence on the local network', function () {
  this.timeout(120_000);
  const { props, dir } = localPlayground();

  it('gives each holder the same verdict until the purge, and the owner of the file after it', () =>
    evidenceHolds(props()));

  it('is exported and verified by command, after the purge too', () =>
    ownerKeepsTheProof({ ...props(), slot: 2 }, dir()));
});
