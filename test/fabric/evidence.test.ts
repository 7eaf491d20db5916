/** The evidence of signatures on real Fabric: what must hold is what holds on the local network. */
import { ownerKeepsTheProof } from '../support/evidence-commands.ts';
import { evidenceHolds } from '../support/evidence-story.ts';
import { fabricPlayground } from './support/playground.ts';

describe('evidence on a Fabric network', function () {
  this.timeout(300_000);
  const { props, dir } = fabricPlayground();

  it('gives each holder the same verdict until the purge, and the owner of the file after it', () =>
    evidenceHolds(props()));

  it('is exported and verified by command, after the purge too', () =>
    ownerKeepsTheProof({ ...props(), slot: 2 }, dir()));
});
