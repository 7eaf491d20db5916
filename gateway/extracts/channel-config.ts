/** What a block of configuration says of a channel: its organisations, their roots, its orderers. */
import { common, msp } from '@hyperledger/fabric-protos';
import { type Identity, Msp } from '../../network/identity/msp.ts';
import { bytesOf, readable } from './bytes.ts';
import type { ExtractBlock } from './file.ts';

/** A node of the ordering service, by the number under which it signs blocks. */
type Consenter = { readonly identity: () => Identity | undefined };

/** The channel as one configuration has it. */
export type ChannelConfig = {
  /** The block that holds it. */
  readonly block: number;
  readonly channel: string;
  /** Grows by one with each change, so that none can be left out. */
  readonly sequence: number;
  /** The organisations that endorse. */
  readonly organisations: ReadonlyMap<string, Organisation>;
  /** Of how many organisations more than half have to agree. */
  readonly size: number;
  readonly consenters: ReadonlyMap<number, Consenter>;
};

/** An organisation by its certificate authorities, and whether the reader knows these. */
type Organisation = { readonly msp: () => Msp; readonly isVouchedFor: boolean };

/** Certificates of authorities that the reader has from elsewhere, by the organisation's MSP. */
export type Authorities = ReadonlyMap<string, readonly string[]>;

/** Reads the configuration that a block holds; nothing where it holds none that can be read. */
export function channelConfigOf(block: ExtractBlock): ChannelConfig | undefined {
  const [only, ...others] = block.data;
  if (only === undefined || others.length > 0) return undefined;
  return readable(() => parsed(block.number, bytesOf(only)));
}

function parsed(block: number, bytes: Uint8Array): ChannelConfig | undefined {
  const envelope = common.Envelope.deserializeBinary(bytes);
  const payload = common.Payload.deserializeBinary(envelope.getPayload_asU8());
  const header = common.ChannelHeader.deserializeBinary(
    payload.getHeader()?.getChannelHeader_asU8() ?? new Uint8Array(),
  );
  const config = common.ConfigEnvelope.deserializeBinary(payload.getData_asU8()).getConfig();
  const root = config?.getChannelGroup();
  if (header.getType() !== common.HeaderType.CONFIG || config === undefined || !root) {
    return undefined;
  }
  const ordering = root.getGroupsMap().get('Orderer');
  const organisations = organisationsOf(root.getGroupsMap().get('Application'));
  return {
    block,
    channel: header.getChannelId(),
    sequence: config.getSequence(),
    organisations,
    size: organisations.size,
    consenters: consentersOf(ordering, organisationsOf(ordering)),
  };
}

function organisationsOf(group: common.ConfigGroup | undefined): Map<string, Organisation> {
  const organisations = new Map<string, Organisation>();
  const groups = group?.getGroupsMap();
  for (const name of groups?.keys() ?? []) {
    const value = groups?.get(name)?.getValuesMap().get('MSP');
    const config = msp.MSPConfig.deserializeBinary(value?.getValue_asU8() ?? new Uint8Array());
    const fabric = msp.FabricMSPConfig.deserializeBinary(config.getConfig_asU8());
    const rootsPem = fabric.getRootCertsList_asU8().map((pem) => Buffer.from(pem).toString());
    const mspId = fabric.getName();
    organisations.set(mspId, { msp: mspOf(mspId, rootsPem), isVouchedFor: true });
  }
  return organisations;
}

/** The orderers that are members of the organisations which they are said to be of. */
function consentersOf(
  group: common.ConfigGroup | undefined,
  organisations: ReadonlyMap<string, Organisation>,
): Map<number, Consenter> {
  const value = group?.getValuesMap().get('Orderers');
  const mapping = common.Orderers.deserializeBinary(value?.getValue_asU8() ?? new Uint8Array());
  const consenters = new Map<number, Consenter>();
  for (const each of mapping.getConsenterMappingList()) {
    const organisation = organisations.get(each.getMspId());
    if (organisation === undefined) throw new Error('an orderer of no organisation');
    const idBytes = each.getIdentity_asU8();
    const identity = () => readable(() => organisation.msp().identify(idBytes));
    consenters.set(each.getId(), { identity });
  }
  return consenters;
}

/** The organisation's member behind a serialized identity, if it is one. */
export function memberOf(
  { organisations }: ChannelConfig,
  serialized: Uint8Array,
): Identity | undefined {
  return readable(() => {
    const identity = msp.SerializedIdentity.deserializeBinary(serialized);
    const organisation = organisations.get(identity.getMspid());
    return organisation?.msp().identify(identity.getIdBytes_asU8());
  });
}

/**
 * The same channel as a reader sees it who knows authorities: these take the place of those that the
 * configuration names, and only organisations that have one count.
 */
export function vouchedFor(config: ChannelConfig, authorities: Authorities): ChannelConfig {
  const organisations = new Map<string, Organisation>();
  for (const [mspId, own] of config.organisations) {
    const rootsPem = authorities.get(mspId);
    organisations.set(
      mspId,
      rootsPem === undefined
        ? { ...own, isVouchedFor: false }
        : { msp: mspOf(mspId, rootsPem), isVouchedFor: true },
    );
  }
  const strangers = [...authorities.keys()].filter((mspId) => !organisations.has(mspId));
  return { ...config, organisations, size: organisations.size + strangers.length };
}

/** Certificates are read when they are first needed: most of a forged extract is refused before. */
function mspOf(mspId: string, rootsPem: readonly string[]): () => Msp {
  let msp: Msp | undefined;
  return () => (msp ??= new Msp(mspId, rootsPem));
}
