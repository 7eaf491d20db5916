import { createHash } from 'node:crypto';
import { common, orderer } from '@hyperledger/fabric-protos';
import { expect } from 'chai';
import { headerBytes, headerHash, metadataAt } from '../../../../../network/local/engine/block.ts';
import { quorumOf } from '../../../../../network/local/engine/block-signing.ts';
import { NotesContract } from '../../../../support/notes-contract.ts';
import { unitMember } from '../../../../support/unit-identities.ts';
import { UnitLedger } from '../../../../support/unit-ledger.ts';

const { BlockMetadataIndex } = common;

/** What the genesis block says, found as an outside reader finds it. */
function configOf(genesis: common.Block): common.ConfigGroup {
  const [bytes = new Uint8Array()] = genesis.getData()?.getDataList_asU8() ?? [];
  const payload = common.Payload.deserializeBinary(
    common.Envelope.deserializeBinary(bytes).getPayload_asU8(),
  );
  const config = common.ConfigEnvelope.deserializeBinary(payload.getData_asU8()).getConfig();
  return config?.getChannelGroup() ?? new common.ConfigGroup();
}

function consentersOf(genesis: common.Block): readonly common.Consenter[] {
  const group = configOf(genesis).getGroupsMap().get('Orderer');
  const value = group?.getValuesMap().get('Orderers')?.getValue_asU8() ?? new Uint8Array();
  return common.Orderers.deserializeBinary(value).getConsenterMappingList();
}

describe('blocks', () => {
  let ledger: UnitLedger;
  let blocks: readonly common.Block[];

  before(async () => {
    ledger = await UnitLedger.create({ module: { contracts: [NotesContract] } });
    for (const key of ['a', 'b', 'c']) {
      await ledger.submit('notes', 'append', { key, value: '1' }, { org: 'AlphaMSP' });
    }
    const numbers = Array.from({ length: Number(ledger.channel.height()) }, (_, number) => number);
    const read = await Promise.all(numbers.map((number) => ledger.channel.block(BigInt(number))));
    blocks = read.flatMap((block) => block ?? []);
  });

  after(() => ledger.close());

  it('follow one another by the hash of the header', () => {
    expect(blocks.map((block) => block.getHeader()?.getNumber())).to.deep.equal([0, 1, 2, 3]);
    for (const [index, block] of blocks.slice(1).entries()) {
      const before = headerHash(blocks[index] ?? new common.Block());
      expect(Buffer.from(block.getHeader()?.getPreviousHash_asU8() ?? [])).to.deep.equal(before);
    }
  });

  it('name the hash of their envelopes', () => {
    for (const block of blocks) {
      const hash = createHash('sha256');
      for (const bytes of block.getData()?.getDataList_asU8() ?? []) hash.update(bytes);
      expect(Buffer.from(block.getHeader()?.getDataHash_asU8() ?? [])).to.deep.equal(hash.digest());
    }
  });

  it('are signed by a quorum of the orderers that the genesis block names', () => {
    const consenters = consentersOf(blocks[0] ?? new common.Block());
    expect(consenters).to.have.length(4);
    for (const block of blocks) {
      const metadata = common.Metadata.deserializeBinary(
        metadataAt(block, BlockMetadataIndex.SIGNATURES),
      );
      const signers = metadata.getSignaturesList().map((signature) => {
        const header = signature.getIdentifierHeader_asU8();
        const id = common.IdentifierHeader.deserializeBinary(header).getIdentifier();
        const consenter = consenters.find((each) => each.getId() === id);
        const identity = unitMember(consenter?.getMspId() ?? '').msp.identify(
          consenter?.getIdentity_asU8() ?? new Uint8Array(),
        );
        const message = Buffer.concat([metadata.getValue_asU8(), header, headerBytes(block)]);
        expect(identity.verify(message, signature.getSignature_asU8())).to.equal(true);
        return id;
      });
      expect(new Set(signers).size).to.equal(3);
      const value = common.OrdererBlockMetadata.deserializeBinary(metadata.getValue_asU8());
      expect(value.getLastConfig()?.getIndex()).to.equal(0);
    }
  });

  it('ask more signatures than could be false', () => {
    expect([1, 2, 3, 4, 5, 6, 7].map(quorumOf)).to.deep.equal([1, 2, 2, 3, 4, 4, 5]);
  });

  it("state the organisations' authorities and a BFT ordering service", () => {
    const config = configOf(blocks[0] ?? new common.Block());
    const application = config.getGroupsMap().get('Application');
    expect([...(application?.getGroupsMap().keys() ?? [])]).to.have.members([
      ...ledger.organisations,
    ]);
    const type = config.getGroupsMap().get('Orderer')?.getValuesMap().get('ConsensusType');
    expect(
      orderer.ConsensusType.deserializeBinary(type?.getValue_asU8() ?? new Uint8Array()).getType(),
    ).to.equal('BFT');
  });

  it('carry a chain of commit hashes from the first block on', () => {
    const hashes = blocks.map((block) =>
      Buffer.from(metadataAt(block, BlockMetadataIndex.COMMIT_HASH)).toString('hex'),
    );
    expect(hashes[0]).to.equal('');
    expect(new Set(hashes).size).to.equal(4);
  });
});
