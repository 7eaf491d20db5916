/**
 * What the suite knows of a network: where its peers answer, who its members are, which chaincodes
 * stand on it. A driver for each network fills it in; the cases see nothing else.
 */
import { join } from 'node:path';

/** A member of an organisation with a key, who signs as a client. */
export type Member = {
  readonly mspId: string;
  readonly certificatePem: string;
  readonly keyPem: string;
};

/** An organisation of the channel, and where its peer answers. */
export type OrganisationHandle = {
  readonly name: string;
  readonly mspId: string;
  /** `127.0.0.1:7051`. */
  readonly endpoint: string;
  /** The name that the peer's TLS certificate carries. */
  readonly hostAlias: string;
  readonly tlsRootPem: string;
  /** Its authority, with which a case issues members that nobody would want. */
  readonly authority: { readonly certificatePem: string; readonly keyPem: string };
};

/** A running network with the suite's two chaincodes on it. */
export type NetworkHandle = {
  readonly kind: 'local' | 'fabric';
  readonly channel: string;
  readonly organisations: readonly OrganisationHandle[];
  /** Certificates of the orderers, one of whose quorums signs every block. */
  readonly ordererCertificatesPem: readonly string[];
  /** A user of the organisation by name: `User1`, `Admin`. */
  user(organisation: string, name: string): Member;
  /** Stops the organisation's peer, or a network of one process whole, and starts it again. */
  restart(organisation: string): Promise<void>;
  /** Has the next envelope ordered twice, where a network can be made to. */
  readonly orderTwice?: () => void;
  stop(): Promise<void>;
};

/** Folder of the suite's chaincode, as fabric-shim's server takes it. */
export const chaincodeFolder = join(process.cwd(), 'test', 'conformance', 'chaincode');

/** The chaincode that a transaction of the suite calls first, and the one that it calls. */
export const chaincodes = { caller: 'conformance', callee: 'callee' } as const;

/** Who must endorse a chaincode; the first one's policy is the channel's: a majority. */
export const endorsement = {
  callee: "OR('AlphaMSP.peer','BetaMSP.peer')",
} as const;

type Collection = {
  readonly name: string;
  readonly policy: string;
  readonly requiredPeerCount: number;
  readonly maxPeerCount: number;
  readonly blockToLive: number;
  readonly memberOnlyRead: boolean;
  readonly memberOnlyWrite: boolean;
  readonly endorsementPolicy?: { readonly signaturePolicy: string };
};

/** Every collection is of Alpha and GosCorp; each shows another setting. */
const shared = {
  policy: "OR('AlphaMSP.member','GosCorpMSP.member')",
  requiredPeerCount: 0,
  maxPeerCount: 3,
  blockToLive: 0,
  memberOnlyRead: false,
  memberOnlyWrite: false,
} as const;
const eitherMember = { signaturePolicy: "OR('AlphaMSP.peer','GosCorpMSP.peer')" };

/** The collections of the first chaincode, as `peer lifecycle chaincode` takes them. */
export const collections: readonly Collection[] = [
  {
    ...shared,
    name: 'pair',
    memberOnlyRead: true,
    memberOnlyWrite: true,
    endorsementPolicy: eitherMember,
  },
  { ...shared, name: 'open' },
  {
    ...shared,
    name: 'both',
    endorsementPolicy: { signaturePolicy: "AND('AlphaMSP.peer','GosCorpMSP.peer')" },
  },
  { ...shared, name: 'brief', blockToLive: 3, endorsementPolicy: eitherMember },
];
