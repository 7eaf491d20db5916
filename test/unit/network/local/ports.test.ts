import { expect } from 'chai';
import { createServer } from 'node:net';
import { freePort, withFreePorts } from '../../../../network/local/ports.ts';
import { StartError } from '../../../../network/local/start-error.ts';
import { topologyOf } from '../../../../network/topology.ts';

describe('ports', () => {
  it('that are taken are named', async () => {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as { port: number };
    try {
      const error = await freePort(port, 'peer0.alpha.kepil.test').catch(
        (thrown: unknown) => thrown,
      );
      expect(error).to.be.instanceOf(StartError);
      expect((error as StartError).message).to.equal(
        `Port ${port}, which peer0.alpha.kepil.test needs, is taken by another program.`,
      );
    } finally {
      server.close();
    }
  });

  it('are chosen where the topology leaves it open', async () => {
    const topology = topologyOf({ organisations: [{ name: 'alpha', mspId: 'AlphaMSP' }] });
    const [organisation] = topology.organisations;
    const open = {
      ...topology,
      organisations: [
        { ...organisation!, peers: [{ ...organisation!.peers[0]!, port: 0 }], orderers: [] },
      ],
    };
    const chosen = await withFreePorts(open);
    expect(chosen.organisations[0]?.peers[0]?.port).to.be.greaterThan(1023);
  });
});
