import { expect } from 'chai';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseChaincodeServers, readCollections } from '../../../../network/local/config.ts';
import { StartError } from '../../../../network/local/start-error.ts';

describe('chaincode servers on a command line', () => {
  const parsed = (text: string) => {
    const { name, addresses } = parseChaincodeServers(text);
    return { name, ...Object.fromEntries(addresses) };
  };

  it('are one for all, or one for each organisation', () => {
    expect(parsed('basic=localhost:9999')).to.eql({ name: 'basic', '*': 'localhost:9999' });
    expect(parsed('basic=org1@127.0.0.1:9998,Org2MSP@[::1]:9999')).to.eql({
      name: 'basic',
      org1: '127.0.0.1:9998',
      Org2MSP: '[::1]:9999',
    });
  });

  it('are refused when they say less, more or something else', () => {
    const wrong = ['basic', '=a:1', 'basic=', 'basic=host', 'b c=h:1', 'b=h:1,h:2', 'b=o@h:1,h:2'];
    for (const text of [...wrong, 'b=o@h:1,o@h:2', 'b=@h:1', 'b=h:123456']) {
      expect(() => parseChaincodeServers(text), text).to.throw(StartError, '--chaincode');
    }
  });
});

describe('collections file', () => {
  let dir: string;

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'kepil-collections-'));
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  const read = (content: unknown) => {
    const path = join(dir, 'collections.json');
    writeFileSync(path, JSON.stringify(content));
    return readCollections(path);
  };

  it("is read with Fabric's names", () => {
    const policy = "OR('Org1MSP.member')";
    const endorsementPolicy = { signaturePolicy: policy };
    expect(read([{ name: 'one', policy, memberOnlyRead: true, endorsementPolicy }])).to.eql([
      {
        name: 'one',
        policy,
        requiredPeerCount: 0,
        maxPeerCount: 0,
        blockToLive: 0,
        memberOnlyRead: true,
        memberOnlyWrite: false,
        endorsementPolicy,
      },
    ]);
  });

  it('is refused with the place of the mistake', () => {
    expect(() => read([{ name: 'one' }])).to.throw(StartError, 'policy');
    expect(() => readCollections(join(dir, 'absent.json'))).to.throw(StartError, 'absent.json');
  });
});
