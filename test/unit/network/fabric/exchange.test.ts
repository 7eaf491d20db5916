import { appendFile, cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { layoutOf } from '../../../../network/fabric/layout.ts';
import {
  awaited,
  fingerprintOf,
  receiveCertificates,
  receivedFolder,
  sendFolder,
  writeSent,
} from '../../../../network/fabric/machines/exchange.ts';
import { ensureCrypto } from '../../../../network/identity/folder.ts';
import { topologyOf } from '../../../../network/topology.ts';

describe('what organisations on machines of their own exchange', () => {
  const topology = topologyOf();
  const orderer = 'ordererOrganizations/nit.kepil.test/orderers/orderer0.nit.kepil.test';
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'kepil-exchange-'));
    for (const organisation of topology.organisations.slice(2, 4)) {
      const layout = at(organisation.name);
      await ensureCrypto(layout.crypto, topology, { own: organisation.name });
      await writeSent(layout.crypto, sendFolder(layout), organisation);
    }
    await cp(sendFolder(at('nit')), receivedFolder(at('alpha'), 'nit'), { recursive: true });
  });
  afterEach(async () => rm(dir, { recursive: true }));

  it('is taken over with the fingerprint that its owner sees, and no key with it', async () => {
    const [nit] = topology.organisations.slice(2);
    if (nit === undefined) throw new Error('no nit');
    const own = await fingerprintOf(sendFolder(at('nit')), nit);
    expect(await take()).to.eql([{ organisation: 'nit', fingerprint: own }]);
    // Once more does no harm.
    expect(await take()).to.have.length(1);
    expect(await awaited(at('alpha'), topology)).to.eql(['goscorp', 'authority', 'beta']);
    const files = await readdir(join(dir, 'alpha/crypto'), { recursive: true });
    const foreign = files.filter((file) => file.includes('nit') && /key|priv/.test(file));
    expect(foreign).to.eql([]);
  });

  it('is refused when a private key lies in it, wherever it hides', async () => {
    const key = await readFile(join(at('nit').crypto, orderer, 'tls/server.key'));
    await appendFile(join(receivedFolder(at('alpha'), 'nit'), 'notes.txt'), key);
    expect(await failure()).to.match(/notes\.txt holds a private key/);
    expect(await awaited(at('alpha'), topology)).to.include('nit');
  });

  it('is refused when another authority issued it, or it is cut short', async () => {
    const received = join(receivedFolder(at('alpha'), 'nit'), orderer, 'tls/server.crt');
    const ours = 'ordererOrganizations/alpha.kepil.test/orderers/orderer0.alpha.kepil.test';
    await cp(join(at('alpha').crypto, ours, 'tls/server.crt'), received);
    expect(await failure()).to.match(/was not issued by the authority of nit/);
    await rm(received);
    expect(await failure()).to.match(/server\.crt is missing/);
  });

  it('does not replace what was taken over before', async () => {
    await take();
    await rm(join(dir, 'nit'), { recursive: true });
    await ensureCrypto(at('nit').crypto, topology, { own: 'nit' });
    const [nit] = topology.organisations.slice(2);
    if (nit === undefined) throw new Error('no nit');
    await writeSent(at('nit').crypto, receivedFolder(at('alpha'), 'nit'), nit);
    expect(await failure()).to.match(/differs from what nit sent before/);
  });

  function at(name: string) {
    return layoutOf(join(dir, name), { oneMachine: false });
  }

  async function take() {
    return receiveCertificates(at('alpha'), topology, 'alpha');
  }

  async function failure(): Promise<string> {
    return take().then(
      () => 'taken',
      (error: unknown) => String(error),
    );
  }
});
