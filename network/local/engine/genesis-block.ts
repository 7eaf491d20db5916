/**
 * The channel's first block: its configuration, as `configtxgen` writes one for a BFT channel.
 *
 * Nothing in the engine reads it back; readers of blocks find the organisations' authorities and
 * the orderers' certificates in it, by which every later block's signatures can be checked.
 */
import { common, msp, orderer, peer } from '@hyperledger/fabric-protos';
import { serializedIdentity } from '../../identity/signer.ts';
import { newBlock } from './block.ts';
import { quorumOf, signBlock } from './block-signing.ts';
import { noBytes } from './bytes.ts';
import { applicationPolicies, organisationPolicies, type Quantifier } from './channel-policies.ts';
import type { Consenter, Member } from './membership.ts';
import { outOf, parsePolicy } from './policy-language.ts';
import { bytesField, varintField } from './varint.ts';

/** What the configuration states. */
export type GenesisOptions = {
  readonly channel: string;
  readonly members: readonly Member[];
  readonly consenters: readonly Consenter[];
  readonly now: Date;
  readonly batching: { readonly intervalMs: number; readonly maxCount: number };
};

/** How wide the tree of data hashes is: Fabric knows one value. */
const hashingWidth = 0xffffffff;

const batchBytes = { absolute: 10 * 1024 * 1024, preferred: 2 * 1024 * 1024 };

export function genesisBlock(options: GenesisOptions): common.Block {
  const config = new common.Config();
  config.setSequence(0);
  config.setChannelGroup(channelGroup(options));
  const content = new common.ConfigEnvelope();
  content.setConfig(config);
  const envelope = new common.Envelope();
  envelope.setPayload(configPayload(options, content).serializeBinary());
  const block = newBlock(0, noBytes, [envelope.serializeBinary()]);
  signBlock(block, options.consenters, 0);
  return block;
}

function configPayload(
  { channel, now }: GenesisOptions,
  content: common.ConfigEnvelope,
): common.Payload {
  // Field 3 is the timestamp, whose class the published stubs do not give out.
  const timestamp = bytesField(3, varintField(1, Math.floor(now.getTime() / 1000)));
  const channelHeader = common.ChannelHeader.deserializeBinary(timestamp);
  channelHeader.setType(common.HeaderType.CONFIG);
  channelHeader.setVersion(1);
  channelHeader.setChannelId(channel);
  const header = new common.Header();
  header.setChannelHeader(channelHeader.serializeBinary());
  header.setSignatureHeader(new common.SignatureHeader().serializeBinary());
  const payload = new common.Payload();
  payload.setHeader(header);
  payload.setData(content.serializeBinary());
  return payload;
}

function channelGroup(options: GenesisOptions): common.ConfigGroup {
  const group = new common.ConfigGroup();
  const hashing = new common.HashingAlgorithm();
  hashing.setName('SHA256');
  const structure = new common.BlockDataHashingStructure();
  structure.setWidth(hashingWidth);
  putValue(group, 'HashingAlgorithm', hashing);
  putValue(group, 'BlockDataHashingStructure', structure);
  putValue(group, 'Capabilities', capabilities('V3_0'));
  putCounting(group, {
    Readers: ['ANY', 'Readers'],
    Writers: ['ANY', 'Writers'],
    Admins: ['MAJORITY', 'Admins'],
  });
  group.getGroupsMap().set('Application', applicationGroup(options));
  group.getGroupsMap().set('Orderer', ordererGroup(options));
  group.setModPolicy('Admins');
  return group;
}

function applicationGroup({ members }: GenesisOptions): common.ConfigGroup {
  const group = new common.ConfigGroup();
  putValue(group, 'Capabilities', capabilities('V2_5'));
  putCounting(group, applicationPolicies);
  for (const member of members) {
    const own = organisationGroup(member);
    const anchors = new peer.AnchorPeers();
    if (member.anchorPeer !== undefined) {
      const anchor = new peer.AnchorPeer();
      anchor.setHost(member.anchorPeer.host);
      anchor.setPort(member.anchorPeer.port);
      anchors.addAnchorPeers(anchor);
      putValue(own, 'AnchorPeers', anchors);
    }
    group.getGroupsMap().set(member.mspId, own);
  }
  group.setModPolicy('Admins');
  return group;
}

function ordererGroup({ members, consenters, batching }: GenesisOptions): common.ConfigGroup {
  const group = new common.ConfigGroup();
  putValue(group, 'ConsensusType', bftConsensus(batching));
  putValue(group, 'Orderers', consenterMapping(consenters));
  const size = new orderer.BatchSize();
  size.setMaxMessageCount(batching.maxCount);
  size.setAbsoluteMaxBytes(batchBytes.absolute);
  size.setPreferredMaxBytes(batchBytes.preferred);
  putValue(group, 'BatchSize', size);
  const timeout = new orderer.BatchTimeout();
  timeout.setTimeout(`${Math.max(batching.intervalMs, 1)}ms`);
  putValue(group, 'BatchTimeout', timeout);
  putValue(group, 'ChannelRestrictions', new orderer.ChannelRestrictions());
  putValue(group, 'Capabilities', capabilities('V2_0'));
  putCounting(group, {
    Readers: ['ANY', 'Readers'],
    Writers: ['ANY', 'Writers'],
    Admins: ['MAJORITY', 'Admins'],
  });
  putSignature(group, 'BlockValidation', quorumPolicy(consenters));
  const ordering = new Set(consenters.map(({ signer }) => signer.mspId));
  for (const member of members.filter(({ mspId }) => ordering.has(mspId))) {
    const own = organisationGroup(member);
    const endpoints = new common.OrdererAddresses();
    endpoints.setAddressesList(
      consenters
        .filter(({ signer }) => signer.mspId === member.mspId)
        .map(({ host, port }) => `${host}:${port}`),
    );
    putValue(own, 'Endpoints', endpoints);
    group.getGroupsMap().set(member.mspId, own);
  }
  group.setModPolicy('Admins');
  return group;
}

function organisationGroup(member: Member): common.ConfigGroup {
  const group = new common.ConfigGroup();
  putValue(group, 'MSP', mspConfig(member));
  for (const [name, text] of Object.entries(organisationPolicies(member.mspId))) {
    putSignature(group, name, parsePolicy(text));
  }
  group.setModPolicy('Admins');
  return group;
}

function mspConfig(member: Member): msp.MSPConfig {
  const pem = (texts: readonly string[]) => texts.map((text) => Buffer.from(text));
  const fabric = new msp.FabricMSPConfig();
  fabric.setName(member.mspId);
  fabric.setRootCertsList(pem(member.rootCertificatesPem));
  fabric.setTlsRootCertsList(pem(member.tlsRootCertificatesPem));
  const crypto = new msp.FabricCryptoConfig();
  crypto.setSignatureHashFamily('SHA2');
  crypto.setIdentityIdentifierHashFunction('SHA256');
  fabric.setCryptoConfig(crypto);
  fabric.setFabricNodeOus(nodeOus(member.rootCertificatesPem[0] ?? ''));
  const config = new msp.MSPConfig();
  config.setType(0);
  config.setConfig(fabric.serializeBinary());
  return config;
}

function nodeOus(rootPem: string): msp.FabricNodeOUs {
  const unit = (name: string) => {
    const identifier = new msp.FabricOUIdentifier();
    identifier.setCertificate(Buffer.from(rootPem));
    identifier.setOrganizationalUnitIdentifier(name);
    return identifier;
  };
  const units = new msp.FabricNodeOUs();
  units.setEnable(true);
  units.setClientOuIdentifier(unit('client'));
  units.setPeerOuIdentifier(unit('peer'));
  units.setAdminOuIdentifier(unit('admin'));
  units.setOrdererOuIdentifier(unit('orderer'));
  return units;
}

/** Fabric's sample values: nothing here reads them, and a BFT channel has to state them. */
function bftOptions({
  intervalMs,
  maxCount,
}: GenesisOptions['batching']): orderer.smartbft.Options {
  const options = new orderer.smartbft.Options();
  options.setRequestBatchMaxCount(maxCount);
  options.setRequestBatchMaxBytes(batchBytes.absolute);
  options.setRequestBatchMaxInterval(`${Math.max(intervalMs, 1)}ms`);
  options.setIncomingMessageBufferSize(200);
  options.setRequestPoolSize(100_000);
  options.setRequestForwardTimeout('5s');
  options.setRequestComplainTimeout('20s');
  options.setRequestAutoRemoveTimeout('3m0s');
  options.setRequestMaxBytes(batchBytes.absolute);
  options.setViewChangeResendInterval('5s');
  options.setViewChangeTimeout('20s');
  options.setLeaderHeartbeatTimeout('1m0s');
  options.setLeaderHeartbeatCount(10);
  options.setCollectTimeout('1s');
  options.setSyncOnStart(true);
  options.setLeaderRotation(orderer.smartbft.Options.Rotation.ROTATION_OFF);
  return options;
}

function bftConsensus(batching: GenesisOptions['batching']): orderer.ConsensusType {
  const type = new orderer.ConsensusType();
  type.setType('BFT');
  type.setState(orderer.ConsensusType.State.STATE_NORMAL);
  type.setMetadata(bftOptions(batching).serializeBinary());
  return type;
}

/** The numbers by which blocks name their signers. */
function consenterMapping(consenters: readonly Consenter[]): common.Orderers {
  const mapping = new common.Orderers();
  mapping.setConsenterMappingList(
    consenters.map(({ signer, host, port, tlsCertificatePem }, index) => {
      const consenter = new common.Consenter();
      consenter.setId(index + 1);
      consenter.setHost(host);
      consenter.setPort(port);
      consenter.setMspId(signer.mspId);
      consenter.setIdentity(Buffer.from(signer.certificatePem));
      consenter.setClientTlsCert(Buffer.from(tlsCertificatePem));
      consenter.setServerTlsCert(Buffer.from(tlsCertificatePem));
      return consenter;
    }),
  );
  return mapping;
}

function quorumPolicy(consenters: readonly Consenter[]): common.SignaturePolicyEnvelope {
  const envelope = new common.SignaturePolicyEnvelope();
  envelope.setIdentitiesList(
    consenters.map(({ signer }) => {
      const principal = new msp.MSPPrincipal();
      principal.setPrincipalClassification(msp.MSPPrincipal.Classification.IDENTITY);
      principal.setPrincipal(serializedIdentity(signer));
      return principal;
    }),
  );
  const rules = consenters.map((_, index) => {
    const rule = new common.SignaturePolicy();
    rule.setSignedBy(index);
    return rule;
  });
  envelope.setRule(outOf(quorumOf(consenters.length), rules));
  return envelope;
}

function capabilities(name: string): common.Capabilities {
  const message = new common.Capabilities();
  message.getCapabilitiesMap().set(name, new common.Capability());
  return message;
}

function putValue(
  group: common.ConfigGroup,
  name: string,
  message: { serializeBinary(): Uint8Array },
): void {
  const value = new common.ConfigValue();
  value.setValue(message.serializeBinary());
  value.setModPolicy('Admins');
  group.getValuesMap().set(name, value);
}

function putCounting(
  group: common.ConfigGroup,
  policies: Readonly<Record<string, readonly [Quantifier, string]>>,
): void {
  for (const [name, [quantifier, counted]] of Object.entries(policies)) {
    const policy = new common.ImplicitMetaPolicy();
    policy.setRule(common.ImplicitMetaPolicy.Rule[quantifier]);
    policy.setSubPolicy(counted);
    putPolicy(group, name, common.Policy.PolicyType.IMPLICIT_META, policy);
  }
}

function putSignature(
  group: common.ConfigGroup,
  name: string,
  envelope: common.SignaturePolicyEnvelope,
): void {
  putPolicy(group, name, common.Policy.PolicyType.SIGNATURE, envelope);
}

function putPolicy(
  group: common.ConfigGroup,
  name: string,
  type: common.Policy.PolicyTypeMap[keyof common.Policy.PolicyTypeMap],
  content: { serializeBinary(): Uint8Array },
): void {
  const policy = new common.Policy();
  policy.setType(type);
  policy.setValue(content.serializeBinary());
  const config = new common.ConfigPolicy();
  config.setPolicy(policy);
  config.setModPolicy('Admins');
  group.getPoliciesMap().set(name, config);
}
