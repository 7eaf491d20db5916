import { expect } from 'chai';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChaincodeProcess } from '../../../../network/local/chaincode-processes.ts';
import { StartError } from '../../../../network/local/start-error.ts';
import { until } from '../../../support/until.ts';

const require = createRequire(import.meta.url);

/** A chaincode as anyone would write it, but for where it finds its library. */
const contract = `
const { Contract } = require(${JSON.stringify(require.resolve('fabric-contract-api'))});
class Trial extends Contract { async ping() { return 'pong'; } }
module.exports.contracts = [Trial];
`;

describe('chaincode process', () => {
  let dir: string;

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'kepil-chaincode-'));
    writeFileSync(
      join(dir, 'package.json'),
      '{"name":"trial","version":"1.0.0","main":"index.js"}',
    );
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  const start = (log: (line: string) => void = () => {}) =>
    ChaincodeProcess.start({ name: 'trial', version: '1.0', folder: dir }, dir, log);

  it('listens, is started again when it is killed, and ends when it is stopped', async () => {
    writeFileSync(join(dir, 'index.js'), contract);
    const lines: string[] = [];
    const running = await start((line) => lines.push(line));
    const first = running.pid!;
    process.kill(first, 'SIGKILL');
    const port = Number(running.address.split(':')[1]);
    const answersAgain = async () => (await answers(port)) && running.pid !== first;
    await until('another process', answersAgain);
    expect(lines[0]).to.match(/^chaincode trial ended \(SIGKILL\) and is started again/);
    await running.stop();
    expect(() => process.kill(running.pid!, 0)).to.throw();
  });

  it('that cannot start says why, in its own last words', async () => {
    writeFileSync(join(dir, 'index.js'), 'throw new Error("no such contract");');
    const error = await start().catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(StartError);
    expect((error as StartError).message).to.contain('no such contract');
  });
});

async function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
