import { expect } from 'chai';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { WebSocket } from 'ws';
import { utf8Of } from '../../chaincode/kernel/bytes.ts';
import { inspectionPolicy } from '../../chaincode/kernel/eds/policy.ts';
import { trustOf } from '../../chaincode/kernel/eds/trust.ts';
import { verify } from '../../chaincode/kernel/eds/verify.ts';
import { valueOrThrow } from '../../chaincode/kernel/outcome.ts';
import { demoAuthority } from '../../gateway/stands/eds/demo.ts';
import { people } from '../../gateway/stands/eds/people.ts';
import { NcaLayer } from '../../gateway/web/ncalayer.ts';
import { freeBasePort } from '../../scripts/bench/free-ports.ts';
import { Running, start } from './newcomer.ts';

const startTimeoutMs = 90_000;

/** Signs as a web page does, by the page's own client, and gives the IIN of who signed. */
async function signedAt(address: string): Promise<string | undefined> {
  const open = (at: string) => new WebSocket(at, { origin: 'http://localhost:3000' });
  const layer = (await NcaLayer.connect(open, address)) ?? expect.fail(`nobody at ${address}`);
  try {
    const contents = [utf8Of('манифест')];
    const asked = { contents, attached: true, stamped: true, locale: 'kk' } as const;
    const outcome = await layer.sign(asked);
    if (outcome.kind !== 'signed') return expect.fail(JSON.stringify(outcome));
    const [signature = new Uint8Array()] = outcome.signatures;
    const { issuer, timeStamper } = demoAuthority();
    const authorities = [issuer.certificate];
    const timeStampers = [timeStamper.certificate];
    const trust = valueOrThrow(trustOf({ version: 'demonstration', authorities, timeStampers }));
    const verdict = verify({ signature }, undefined, trust, inspectionPolicy, {});
    expect(verdict.reasons).to.deep.equal([]);
    return verdict.signers[0]?.subject?.person?.iin;
  } finally {
    layer.close();
  }
}

function addressIn(output: string): string {
  return /ws:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0] ?? expect.fail(output);
}

describe('the stand for NCALayer', function () {
  this.timeout(2 * startTimeoutMs);
  const dir = mkdtempSync(path.join(tmpdir(), 'kepil-ncalayer-'));
  let running: Running | undefined;

  afterEach(() => running?.interrupt('SIGKILL'));
  after(() => rmSync(dir, { recursive: true, force: true }));

  it('is started and stopped by its command', async () => {
    running = new Running(['scripts/kepil.mjs', 'eds', 'ncalayer', '--port', '0']);
    await running.says(/ready/, startTimeoutMs);
    expect(await signedAt(addressIn(running.output))).to.equal(people.pledgor.iin);
    expect(await running.interrupt()).to.equal(0);
  });

  it('is there with `npm start`, and goes with it', async () => {
    running = start(dir, await freeBasePort());
    await running.says(/ready/, startTimeoutMs);
    const address = addressIn(running.output);
    expect(await signedAt(address)).to.equal(people.pledgor.iin);
    expect(await running.interrupt()).to.equal(0);
    expect(await NcaLayer.connect((at) => new WebSocket(at), address)).to.equal(undefined);
  });

  it('is left out where its port is taken: the start says so and goes on', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as { port: number };
    try {
      running = start(dir, await freeBasePort(), '--ncalayer-port', String(port));
      await running.says(/ready/, startTimeoutMs);
      expect(running.output).to.contain(`Port ${port} is taken`);
    } finally {
      other.close();
    }
  });
});
