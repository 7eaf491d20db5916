import { expect } from 'chai';
import { WebSocket } from 'ws';
import { utf8Of } from '../../../../../chaincode/kernel/bytes.ts';
import { inspectionPolicy } from '../../../../../chaincode/kernel/eds/policy.ts';
import { roleOid, usageOids } from '../../../../../chaincode/kernel/eds/roles.ts';
import { trustOf } from '../../../../../chaincode/kernel/eds/trust.ts';
import { verify } from '../../../../../chaincode/kernel/eds/verify.ts';
import { knownInstant } from '../../../../../chaincode/kernel/instant.ts';
import { valueOrThrow } from '../../../../../chaincode/kernel/outcome.ts';
import { demoAuthority } from '../../../../../gateway/stands/eds/demo.ts';
import { people } from '../../../../../gateway/stands/eds/people.ts';
import {
  startNcaLayerStand,
  type NcaLayerStand,
} from '../../../../../gateway/stands/ncalayer/stand.ts';
import { NcaLayer, type SignRequest } from '../../../../../gateway/web/ncalayer.ts';

const at = knownInstant('2026-06-15T10:00:00.000Z');
const content = utf8Of('манифест');
const request: SignRequest = { contents: [content], attached: true, stamped: true, locale: 'kk' };

function judge(signature: Uint8Array, given?: Uint8Array) {
  const { issuer, timeStamper } = demoAuthority();
  const trust = trustOf({
    version: 'demonstration',
    authorities: [issuer.certificate],
    timeStampers: [timeStamper.certificate],
  });
  return verify({ signature }, given, valueOrThrow(trust), inspectionPolicy, {});
}

describe('signing in the browser', () => {
  let stand: NcaLayerStand;
  let layer: NcaLayer;

  before(async () => {
    const user = { person: 'pledgor', cancels: false } as const;
    stand = await startNcaLayerStand({ port: 0, user, clock: () => at });
    const connected = await NcaLayer.connect((address) => new WebSocket(address), stand.address);
    layer = connected ?? expect.fail('the stand does not answer');
  });

  after(async () => {
    layer.close();
    await stand.stop();
  });

  async function signatures(changes: Partial<SignRequest> = {}): Promise<readonly Uint8Array[]> {
    const outcome = await layer.sign({ ...request, ...changes });
    return outcome.kind === 'signed' ? outcome.signatures : expect.fail(JSON.stringify(outcome));
  }

  it('begins with the greeting, which tells the version', () => {
    expect(layer.version).to.equal('1.4');
  });

  it('gives a signature that the verifier accepts', async () => {
    const [signature = new Uint8Array()] = await signatures();
    const verdict = judge(signature);
    expect(verdict).to.deep.include({ ok: true, content: 'attached' });
    expect(verdict.signers[0]?.subject?.person?.iin).to.equal(people.pledgor.iin);
  });

  it('signs several texts at once, detached where asked', async () => {
    const contents = [content, utf8Of('екінші')];
    const made = await signatures({ contents, attached: false });
    const verdicts = made.map((signature, index) => judge(signature, contents[index]));
    expect(verdicts.map(({ ok, content: kind }) => [ok, kind])).to.deep.equal([
      [true, 'detached'],
      [true, 'detached'],
    ]);
  });

  it('takes the key of the person and role that are asked for', async () => {
    const extendedKeyUsages = [usageOids.signature, roleOid('head')];
    const [signature = new Uint8Array()] = await signatures({
      bin: people.betaHead.bin,
      extendedKeyUsages,
    });
    expect(judge(signature).signers[0]?.subject?.bin).to.equal(people.betaHead.bin);
  });

  it('says so when there is no such key', async () => {
    const outcome = await layer.sign({ ...request, iin: '000000000000' });
    expect(outcome).to.deep.include({ kind: 'failed', code: 'SIGNING_FAILURE' });
  });

  it('tells a user who cancels from a failure', async () => {
    stand.user = { person: 'pledgor', cancels: true };
    expect(await layer.sign(request)).to.deep.equal({ kind: 'cancelled' });
    stand.user = { person: 'pledgor', cancels: false };
  });

  it('takes one request at a time', async () => {
    const [first, second] = await Promise.all([layer.sign(request), layer.sign(request)]);
    expect([first.kind, second]).to.deep.equal([
      'signed',
      { kind: 'failed', code: 'BUSY', message: 'another request waits' },
    ]);
  });

  it('finds nobody where NCALayer does not run', async () => {
    const found = await NcaLayer.connect((address) => new WebSocket(address), 'ws://127.0.0.1:9');
    expect(found).to.equal(undefined);
  });

  it('answers pages of this machine and programs, and no page from elsewhere', async () => {
    const found = async (origin: string) => {
      const open = (address: string) => new WebSocket(address, { origin });
      const answers = await NcaLayer.connect(open, stand.address);
      answers?.close();
      return answers !== undefined;
    };
    for (const origin of ['http://localhost:3000', 'https://127.0.0.1', 'http://[::1]:8080']) {
      expect(await found(origin), origin).to.equal(true);
    }
    for (const origin of [
      'https://example.org',
      'http://localhost.example.org',
      'null',
      'file://',
    ]) {
      expect(await found(origin), origin).to.equal(false);
    }
  });

  it('is refused by name for a module or a message that is not known', async () => {
    const answers = await raw(['{"module":"kz.gov.pki.knca.other"}', 'no JSON', '--heartbeat--']);
    expect(answers.slice(1)).to.deep.equal([
      '{"status":false,"errorCode":"MODULE_NOT_FOUND","message":"kz.gov.pki.knca.other"}',
      '{"status":false,"code":"INVOCATION_ERROR","message":"The request is not understood.","details":""}',
      '--heartbeat--',
    ]);
  });

  /** Says something to the stand and takes down all that it says. */
  async function raw(messages: readonly string[]): Promise<readonly string[]> {
    const socket = new WebSocket(stand.address);
    const answers: string[] = [];
    await new Promise<void>((resolve) => {
      socket.on('open', () => messages.forEach((message) => socket.send(message)));
      socket.on('message', (data) => {
        answers.push((data as Buffer).toString());
        if (answers.length > messages.length) resolve();
      });
    });
    socket.close();
    return answers;
  }
});
