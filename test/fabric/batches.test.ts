/** Batches by command on real Fabric: what must hold is what holds on the local network. */
import { BatchCommands } from '../support/batch-commands.ts';
import { fabricPlayground } from './support/playground.ts';

describe('kepil batch on a Fabric network', function () {
  this.timeout(300_000);
  const { props, dir } = fabricPlayground();

  it('imports a portfolio, cedes it though it is killed, and ends a pledge of it', async () => {
    const commands = new BatchCommands(props(), dir(), dir());
    await commands.importsPortfolio();
    await commands.cedesThoughKilled();
    await commands.importsWithFaultAndTermination();
  });
});
