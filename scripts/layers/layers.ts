/**
 * Which files may import what, as data: the arrows of the design, held by a machine.
 *
 * Every layer that a file lies in binds it. A target is a path from the root of the package, or a
 * package's name; `node:…` counts as a package.
 */
export type Layer = {
  /** Short name, which a finding shows. */
  readonly name: string;
  /** The files that it binds. */
  readonly holds: RegExp;
  /** Files of the package that they may import; all of them if left out. */
  readonly files?: readonly RegExp[];
  /** Files that they may not import, though `files` would let them. */
  readonly notFiles?: readonly RegExp[];
  /** Packages that they may import; all of them if left out. */
  readonly packages?: readonly RegExp[];
  readonly notPackages?: readonly RegExp[];
  readonly why: string;
};

const zod = /^zod$/;

export const layers: readonly Layer[] = [
  {
    name: 'chaincode',
    holds: /^chaincode\//,
    files: [/^chaincode\//],
    packages: [zod],
    why: 'the chaincode stands alone: every organisation builds and runs it without our gateway or network',
  },
  {
    name: 'kernel',
    holds: /^chaincode\/kernel\//,
    files: [/^chaincode\/kernel\//],
    why: 'the kernel holds words that all contracts share, so it can know none of them',
  },
  {
    name: 'rules',
    holds: /^chaincode\/(?!kernel\/)[^/]+\/rules\.ts$/,
    files: [/^chaincode\/kernel\//, /^chaincode\/[^/]+\/(rules|schema|refusals)\.ts$/],
    packages: [zod],
    why: 'rules decide from what they are given: what was loaded, never where it came from',
  },
  {
    name: 'schema',
    holds: /^chaincode\/(?!kernel\/)[^/]+\/schema\.ts$/,
    files: [
      /^chaincode\/kernel\//,
      /^chaincode\/[^/]+\/schema\.ts$/,
      /^chaincode\/ledger\/record\.ts$/,
    ],
    packages: [zod],
    why: 'the gateway imports schemas, so they must not bring the ledger with them',
  },
  {
    name: 'gateway',
    holds: /^gateway\//,
    files: [
      /^gateway\//,
      /^chaincode\/kernel\//,
      /^chaincode\/(operations|texts)\.ts$/,
      /^chaincode\/([^/]+\/)+(schema|operations|refusals)\.ts$/,
      // The schemas of pledges are many, and each stands in a file of its own.
      /^chaincode\/pledges\/(application|dossier|encumbrance|participants|shown-facts)\.ts$/,
      /^chaincode\/pledges\/portfolio\/(arrival|batch|batch-operations|part)\.ts$/,
      // What a subject is shown and signs.
      /^chaincode\/consents\/form\.ts$/,
      /^chaincode\/pledges\/(grounds|refusing|supplementing)\/(grounds|operations|reasons)\.ts$/,
      /^chaincode\/ledger\/(operation|request|record|institutions|keys)\.ts$/,
      /^network\/(topology|identity\/[^/]+)\.ts$/,
    ],
    why: 'the gateway knows the chaincode by its declared operations, and a network by its topology',
  },
  {
    name: 'adapters',
    holds: /^gateway\/(?!adapters\/|main\.ts$)/,
    notFiles: [/^gateway\/adapters\//],
    why: 'an adapter is reached through its port, so that a simulator can stand in for it',
  },
  {
    name: 'ports',
    holds: /^gateway\/ports\//,
    notFiles: [/^gateway\/(?!ports\/)/],
    why: 'a port says what is asked of the outside, not how the gateway is made',
  },
  {
    name: 'network',
    holds: /^network\//,
    files: [/^network\//, /^chaincode\/kernel\//],
    why: 'the network runs any chaincode, so it can know nothing of ours',
  },
  {
    name: 'engine',
    holds: /^network\/local\/engine\//,
    notFiles: [/^network\/local\/services\//],
    notPackages: [/^@grpc\//, /^node:(net|tls|http|https|http2|dgram)$/],
    why: 'the engine holds the rules of a ledger and speaks no wire protocol',
  },
  {
    name: 'tests',
    // The bench compares with the oracles of the tests.
    holds: /^(chaincode|gateway|network|scripts\/(?!bench\/))/,
    notFiles: [/^test\//],
    why: 'what ships does not depend on its tests',
  },
];

/** Files that are the one exception to a layer, each with its reason. */
export const exceptions: readonly {
  readonly layer: string;
  readonly holds: RegExp;
  readonly target: RegExp;
  readonly names?: readonly string[];
  readonly why: string;
}[] = [
  {
    layer: 'chaincode',
    holds: /^chaincode\/ledger\//,
    target: /^(fabric-shim|fabric-contract-api|@fidm\/x509|@hyperledger\/fabric-protos)$/,
    why: 'the ledger alone touches the stub and reads the caller’s certificate',
  },
  {
    layer: 'chaincode',
    holds: /^chaincode\/kernel\/sha256\.ts$/,
    target: /^node:crypto$/,
    names: ['hash'],
    why: 'SHA-256 is the same on every version of the platform',
  },
];
