/** Batches by command on the local network. */
import { BatchCommands } from '../../support/batch-commands.ts';
import { localPlayground } from '../../support/playground.ts';

describe('kepil batch on the local network', function () {
  this.timeout(120_000);
  const { props, dir } = localPlayground();
  const commands = () => new BatchCommands(props(), dir(), dir());

  it('imports a portfolio from a file', () => commands().importsPortfolio());

  it('cedes it, killed among its parts and repeated, with nothing doubled', () =>
    commands().cedesThoughKilled());

  it('makes nothing of a file with a fault, ends a pledge, names the refused line', () =>
    commands().importsWithFaultAndTermination());
});
