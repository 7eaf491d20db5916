/** Extracts on the local network, by command. */
import { extractsProve } from '../../support/extract-commands.ts';
import { localPlayground } from '../../support/playground.ts';

describe('extracts on the local network', function () {
  this.timeout(180_000);
  const { props, dir } = localPlayground();

  it('prove a pledge and its end, and nothing that was changed', () =>
    extractsProve(props(), dir(), dir()));
});
