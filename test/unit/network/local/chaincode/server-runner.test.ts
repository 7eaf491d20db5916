import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { expect } from 'chai';
import { serverRunner } from '../../../../../network/local/chaincode/server-runner.ts';
import type { StreamRunner } from '../../../../../network/local/chaincode/stream-runner.ts';
import { NotesContract } from '../../../../support/notes-contract.ts';
import { freePort } from '../../../../../network/local/ports.ts';
import { UnitLedger } from '../../../../support/unit-ledger.ts';

const program = new URL('../../../../support/notes-server.js', import.meta.url).pathname;
const alpha = { org: 'AlphaMSP', chaincode: 'served' };

describe('chaincode behind its own server', () => {
  let ledger: UnitLedger;
  let server: ChildProcess;
  let port: number;
  let runner: StreamRunner;

  const startServer = async (): Promise<void> => {
    server = spawn(process.execPath, [program, String(port)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    if (server.stdout) await once(server.stdout, 'data');
  };
  const stopServer = async (): Promise<void> => {
    server.kill('SIGKILL');
    await once(server, 'exit');
  };
  const put = (value: string) => ledger.submit('notes', 'put', { key: 'a', value }, alpha);

  before(async function () {
    this.timeout(20_000);
    port = await freePort(0, 'the chaincode server');
    await startServer();
    ledger = await UnitLedger.create({ module: { contracts: [NotesContract] } });
    runner = serverRunner('served', { address: `127.0.0.1:${port}` }, { startTimeoutMs: 5000 });
    ledger.channel.defineChaincode({ name: 'served', version: '1', runner: () => runner });
  });

  after(async () => {
    await ledger.close();
    await stopServer();
  });

  it('runs over gRPC as it does in this process', async () => {
    expect((await put('1')).code).to.equal('VALID');
    expect(ledger.state('a', 'served')).to.equal('1');
    const many = Array.from({ length: 20 }, (_, index) =>
      ledger.submit('notes', 'put', { key: `k${index}`, value: '1' }, alpha),
    );
    expect(new Set((await Promise.all(many)).map(({ code }) => code))).to.deep.equal(
      new Set(['VALID']),
    );
  });

  it('is found again after it was killed in a call', async function () {
    this.timeout(20_000);
    const waiting = ledger.evaluate('notes', 'wait', undefined, alpha);
    // Nothing tells that the call has reached the server.
    await new Promise((resolve) => setTimeout(resolve, 100));
    await stopServer();
    expect((await waiting).refusal).to.match(
      /^error in simulation: failed to execute transaction \w+: error sending: chaincode stream terminated$/,
    );
    expect((await put('2')).refusal).to.match(/could not launch chaincode served/);
    await startServer();
    let code: string | undefined;
    for (let attempt = 0; code !== 'VALID' && attempt < 20; attempt += 1)
      ({ code } = await put('3'));
    expect(code).to.equal('VALID');
  });
});
