import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { common } from '@hyperledger/fabric-protos';
import { expect } from 'chai';
import { askedFor } from '../../../../network/fabric/channel/config-update.ts';
import {
  changesIn,
  type ChannelUpdate,
  envelopeOf,
  mergeUpdates,
  missingSignatures,
  readUpdate,
  signersOf,
  signUpdate,
  writeUpdate,
} from '../../../../network/fabric/channel/update-file.ts';
import { ensureCrypto } from '../../../../network/identity/folder.ts';
import type { Signer } from '../../../../network/identity/signer.ts';
import { topologyOf } from '../../../../network/topology.ts';

const mspIds = ['AlphaMSP', 'AuthorityMSP', 'BetaMSP', 'GosCorpMSP', 'NitMSP'];

describe('a change of the channel that each signs on its own machine', () => {
  let dir: string;
  const admins = new Map<string, Signer>();
  const proposed: ChannelUpdate = {
    channel: 'kepil',
    what: 'admitting gamma',
    update: Buffer.from(admission()).toString('base64'),
    asked: { owners: [], majorities: [{ of: mspIds }] },
    signatures: [],
  };

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'kepil-update-'));
    const { organisations } = await ensureCrypto(join(dir, 'crypto'), topologyOf());
    for (const { name, users } of organisations) {
      const admin = users.find(({ role }) => role === 'admin');
      if (admin !== undefined) admins.set(name, admin.signer);
    }
  });
  after(async () => rm(dir, { recursive: true }));

  it('says what it does from its own bytes', () => {
    expect(changesIn(proposed)).to.eql([
      'Channel/Application: its members are then AlphaMSP, GammaMSP',
      'Channel/Application/GammaMSP: joins',
    ]);
  });

  it('goes from machine to machine as a file, and gathers signatures', async () => {
    const file = join(dir, 'gamma.update');
    await writeUpdate(file, proposed);
    for (const name of ['goscorp', 'nit']) {
      await writeUpdate(file, signUpdate(await readUpdate(file), admin(name)));
    }
    // Who signs twice has one signature.
    await writeUpdate(file, signUpdate(await readUpdate(file), admin('nit')));
    expect(signersOf(await readUpdate(file))).to.eql(['GosCorpMSP', 'NitMSP']);
  });

  it('is enough with more than half, from several copies too, and not before', () => {
    const [one, other] = ['goscorp', 'nit'].map((name) => signUpdate(proposed, admin(name)));
    if (one === undefined || other === undefined) throw new Error('no copies');
    const two = mergeUpdates([one, other]);
    expect(missingSignatures(two)).to.eql([
      'AlphaMSP, AuthorityMSP, BetaMSP, GosCorpMSP, NitMSP have 2 signatures and need 3',
    ]);
    expect(missingSignatures(signUpdate(two, admin('beta')))).to.eql([]);
  });

  it('asks the owner of a part that changes', () => {
    const owned = { ...proposed, asked: { owners: ['BetaMSP'], majorities: [] } };
    expect(missingSignatures(signUpdate(owned, admin('nit')))).to.have.length(1);
    expect(missingSignatures(signUpdate(owned, admin('beta')))).to.eql([]);
  });

  it('carries in its envelope the signatures over the very bytes', () => {
    const signed = signUpdate(proposed, admin('alpha'));
    const envelope = common.Envelope.deserializeBinary(envelopeOf(signed));
    const payload = common.Payload.deserializeBinary(envelope.getPayload_asU8());
    const content = common.ConfigUpdateEnvelope.deserializeBinary(payload.getData_asU8());
    expect(Buffer.from(content.getConfigUpdate_asU8())).to.eql(Buffer.from(admission()));
    expect(content.getSignaturesList()).to.have.length(1);
  });

  it('is not mixed with another change', () => {
    const other = { ...proposed, update: Buffer.from('other').toString('base64') };
    expect(() => mergeUpdates([proposed, other])).to.throw(/different changes/);
  });

  it('asks majorities for a section, and owners for their own part of it', () => {
    const group = (values: object = {}) => ({ groups: {}, values: { ...values } });
    const channel = (members: Readonly<Record<string, ReturnType<typeof group>>>) => ({
      groups: { Application: { groups: members }, Orderer: { groups: { NitMSP: group() } } },
    });
    const before = channel({ AlphaMSP: group(), BetaMSP: group() });
    const admitted = channel({ AlphaMSP: group(), BetaMSP: group(), GammaMSP: group() });
    expect(askedFor(before, admitted)).to.eql({
      owners: [],
      majorities: [{ of: ['AlphaMSP', 'BetaMSP'] }],
    });
    const anchored = channel({ AlphaMSP: group(), BetaMSP: group({ AnchorPeers: {} }) });
    expect(askedFor(before, anchored)).to.eql({ owners: ['BetaMSP'], majorities: [] });
  });

  function admin(name: string): Signer {
    const found = admins.get(name);
    if (found === undefined) throw new Error(`no admin of ${name}`);
    return found;
  }
});

/** What Fabric's program computes where an organisation joins one that is there. */
function admission(): Uint8Array {
  const read = new common.ConfigGroup();
  const readApplication = new common.ConfigGroup();
  readApplication.getGroupsMap().set('AlphaMSP', new common.ConfigGroup());
  read.getGroupsMap().set('Application', readApplication);
  const written = new common.ConfigGroup();
  const writtenApplication = new common.ConfigGroup();
  writtenApplication.setVersion(1);
  writtenApplication.getGroupsMap().set('AlphaMSP', new common.ConfigGroup());
  writtenApplication.getGroupsMap().set('GammaMSP', new common.ConfigGroup());
  written.getGroupsMap().set('Application', writtenApplication);
  const update = new common.ConfigUpdate();
  update.setChannelId('kepil');
  update.setReadSet(read);
  update.setWriteSet(written);
  return update.serializeBinary();
}
