/**
 * Keys and certificates of a whole network on disk, laid out as Fabric's `cryptogen` does, so that
 * applications written for Fabric's samples find theirs where they look.
 *
 * An organisation has one authority for identities and one for TLS, for its peers and its orderers
 * alike; `ordererOrganizations` repeats their certificates and not their keys.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Node, Organisation, Topology } from '../topology.ts';
import { ensureFolder, type Files, removeDrafts } from './atomic-folder.ts';
import { Authority, type CertificateRequest, type Issued, type Validity } from './authority.ts';
import { type Member, memberIn } from './member.ts';
import type { Role } from './msp.ts';
import { type Signer, signerOf } from './signer.ts';

/** Who works with an organisation's peer in development and in tests. */
export type UserRequest = {
  /** `User1` becomes `User1@alpha.kepil.test`. */
  readonly name: string;
  readonly role: Role;
  readonly attributes?: Readonly<Record<string, string>>;
};

/** Every organisation's demo users: by their `kepil.role` the chaincode tells duties apart. */
export const demoUsers: readonly UserRequest[] = [
  { name: 'Admin', role: 'admin', attributes: { 'kepil.role': 'admin' } },
  { name: 'User1', role: 'client' },
  { name: 'gateway', role: 'client', attributes: { 'kepil.role': 'gateway' } },
  { name: 'auditor', role: 'client', attributes: { 'kepil.role': 'auditor' } },
];

/** What may differ from the development default. */
export type CryptoOptions = {
  readonly users?: readonly UserRequest[];
  /** The present; certificates are valid from a year before it to ten years after. */
  readonly now?: Date;
  /** Further host names and addresses that every node's TLS certificate carries. */
  readonly hosts?: readonly string[];
  /** The one organisation whose keys are here, where the network stands on several machines. */
  readonly own?: string | undefined;
};

/** All keys and certificates of a network. */
export type Crypto = {
  readonly dir: string;
  /** Organisations whose keys are here, and that this machine acts for. */
  readonly organisations: readonly OrganisationCrypto[];
  /** All organisations of the channel, those among them, by their public certificates. */
  readonly members: readonly Member[];
};

/** Keys and certificates of one organisation. */
export type OrganisationCrypto = {
  readonly name: string;
  readonly mspId: string;
  readonly domain: string;
  /** PEM texts of the authorities of its identities and of its TLS. */
  readonly caRoots: readonly string[];
  readonly tlsRoots: readonly string[];
  /** Where a client finds the root that it trusts for this organisation's endpoints. */
  readonly tlsRootPath: string;
  /** The organisation's MSP as a channel's configuration takes it. */
  readonly mspDir: string;
  readonly peers: readonly NodeCrypto[];
  readonly orderers: readonly NodeCrypto[];
  /** TLS of its chaincode server, at `chaincode.DOMAIN`; dialled with the peer's own TLS key. */
  readonly chaincode: TlsCrypto;
  readonly users: readonly UserCrypto[];
};

/** A key for TLS with its certificate, as PEM texts and where they lie. */
export type TlsCrypto = {
  readonly host: string;
  /** Holds `ca.crt`, `server.crt` and `server.key`. */
  readonly tlsDir: string;
  readonly tlsCert: string;
  readonly tlsKey: string;
};

/** A peer or an orderer. */
export type NodeCrypto = TlsCrypto & {
  readonly node: Node;
  readonly signer: Signer;
  readonly mspDir: string;
};

/** A user's identity. */
export type UserCrypto = {
  readonly name: string;
  readonly role: Role;
  readonly certificatePath: string;
  readonly keyPath: string;
  readonly mspDir: string;
  readonly signer: Signer;
};

const yearMs = 365 * 24 * 3_600_000;

/**
 * Makes whatever of the network's crypto is missing, and reads it all. Safe to repeat and to run
 * twice at once; an organisation, node or user that was added to the data gets its own.
 */
export async function ensureCrypto(
  dir: string,
  topology: Topology,
  options: CryptoOptions = {},
): Promise<Crypto> {
  const organisations: OrganisationCrypto[] = [];
  for (const organisation of topology.organisations) {
    if (options.own !== undefined && options.own !== organisation.name) continue;
    organisations.push(await ensureOrganisation(dir, organisation, options));
  }
  const members = topology.organisations.map((organisation) => memberIn(dir, organisation));
  return { dir, organisations, members };
}

/** Makes and reads the crypto of one organisation. */
async function ensureOrganisation(
  dir: string,
  organisation: Organisation,
  options: CryptoOptions,
): Promise<OrganisationCrypto> {
  const { domain, mspId, name } = organisation;
  const now = options.now ?? new Date();
  const own = join(dir, 'peerOrganizations', domain);
  await Promise.all(['', 'peers', 'users'].map(async (folder) => removeDrafts(join(own, folder))));
  const ca = await ensureAuthority(own, 'ca', domain, now);
  const tlsCa = await ensureAuthority(own, 'tlsca', domain, now);
  const maker = new Maker(organisation, ca, tlsCa, leafValidity(now), options.hosts ?? []);

  await ensureFolder(join(own, 'msp'), () => maker.organisationMsp());
  const peers = organisation.peers.map((node) =>
    maker.ensureNode(join(own, 'peers', node.host), node, 'peer'),
  );
  const orderingDir = join(dir, 'ordererOrganizations', domain);
  if (organisation.orderers.length > 0) await ensureOrdering(orderingDir, maker);
  const orderers = organisation.orderers.map((node) =>
    maker.ensureNode(join(orderingDir, 'orderers', node.host), node, 'orderer'),
  );
  const users = (options.users ?? demoUsers).map((user) =>
    maker.ensureUser(join(own, 'users', `${user.name}@${domain}`), user),
  );
  return {
    name,
    mspId,
    domain,
    caRoots: [ca.certificatePem],
    tlsRoots: [tlsCa.certificatePem],
    tlsRootPath: join(own, 'tlsca', `tlsca.${domain}-cert.pem`),
    mspDir: join(own, 'msp'),
    peers: await Promise.all(peers),
    orderers: await Promise.all(orderers),
    chaincode: await maker.ensureTls(join(own, 'chaincode'), `chaincode.${domain}`),
    users: await Promise.all(users),
  };
}

/** What `cryptogen` also writes for an organisation that orders. */
async function ensureOrdering(dir: string, maker: Maker): Promise<void> {
  for (const [folder, files] of Object.entries(maker.authorityCertificates())) {
    await ensureFolder(join(dir, folder), () => files);
  }
  await ensureFolder(join(dir, 'msp'), () => maker.organisationMsp());
}

/** The authority's key is made once; everything else of the organisation follows from it. */
export async function ensureAuthority(
  own: string,
  kind: 'ca' | 'tlsca',
  domain: string,
  now: Date,
): Promise<Authority> {
  const certificateName = `${kind}.${domain}-cert.pem`;
  const folder = join(own, kind);
  await ensureFolder(folder, () => {
    const validity = { notBefore: back(now), notAfter: new Date(now.getTime() + 20 * yearMs) };
    const authority = Authority.create(`${kind}.${domain}`, domain, validity);
    return { [certificateName]: authority.certificatePem, priv_sk: authority.keyPem };
  });
  return Authority.load(await readIssued(folder, certificateName, 'priv_sk'));
}

/** A year back: the local network's clock may be turned back for a demonstration. */
function back(now: Date): Date {
  return new Date(now.getTime() - yearMs);
}

/** When a node's or user's certificate that is issued now is valid. */
export function leafValidity(now: Date): Validity {
  return { notBefore: back(now), notAfter: new Date(now.getTime() + 10 * yearMs) };
}

/** Makes the folders of one organisation's nodes and users. */
class Maker {
  readonly #organisation: Organisation;
  readonly #ca: Authority;
  readonly #tlsCa: Authority;
  readonly #validity: Validity;
  readonly #hosts: readonly string[];

  constructor(
    organisation: Organisation,
    ca: Authority,
    tlsCa: Authority,
    validity: Validity,
    hosts: readonly string[],
  ) {
    this.#organisation = organisation;
    this.#ca = ca;
    this.#tlsCa = tlsCa;
    this.#validity = validity;
    this.#hosts = hosts;
  }

  /** The certificates of both authorities, by folder. */
  authorityCertificates(): Readonly<Record<string, Files>> {
    const { domain } = this.#organisation;
    return {
      ca: { [`ca.${domain}-cert.pem`]: this.#ca.certificatePem },
      tlsca: { [`tlsca.${domain}-cert.pem`]: this.#tlsCa.certificatePem },
    };
  }

  organisationMsp(): Files {
    const { domain } = this.#organisation;
    return {
      [`cacerts/ca.${domain}-cert.pem`]: this.#ca.certificatePem,
      [`tlscacerts/tlsca.${domain}-cert.pem`]: this.#tlsCa.certificatePem,
      'config.yaml': nodeOus(`cacerts/ca.${domain}-cert.pem`),
    };
  }

  async ensureNode(dir: string, node: Node, role: 'peer' | 'orderer'): Promise<NodeCrypto> {
    const { host } = node;
    await ensureFolder(dir, () => ({
      ...this.#mspFiles({ commonName: host, purpose: { kind: 'identity', role } }),
      ...this.#tlsFiles(host, 'server', addressesOf(node)),
    }));
    const signer = await this.#signer(join(dir, 'msp'), host);
    return { node, signer, mspDir: join(dir, 'msp'), ...(await readTls(dir, host)) };
  }

  async ensureTls(dir: string, host: string): Promise<TlsCrypto> {
    await ensureFolder(dir, () => this.#tlsFiles(host, 'server'));
    return readTls(dir, host);
  }

  async ensureUser(dir: string, user: UserRequest): Promise<UserCrypto> {
    const { name, role, attributes } = user;
    const commonName = `${name}@${this.#organisation.domain}`;
    await ensureFolder(dir, () => ({
      ...this.#mspFiles({
        commonName,
        purpose: {
          kind: 'identity',
          role,
          ...(attributes === undefined ? {} : { attributes }),
        },
      }),
      ...this.#tlsFiles(commonName, 'client'),
    }));
    const mspDir = join(dir, 'msp');
    return {
      name,
      role,
      mspDir,
      certificatePath: join(mspDir, 'signcerts', `${commonName}-cert.pem`),
      keyPath: join(mspDir, 'keystore', 'priv_sk'),
      signer: await this.#signer(mspDir, commonName),
    };
  }

  #mspFiles(request: Omit<CertificateRequest, 'validity'>): Files {
    const issued = this.#ca.issue({ ...request, validity: this.#validity });
    const files = Object.entries({
      ...this.organisationMsp(),
      [`signcerts/${request.commonName}-cert.pem`]: issued.certificatePem,
      'keystore/priv_sk': issued.keyPem,
    });
    return Object.fromEntries(files.map(([path, text]) => [`msp/${path}`, text]));
  }

  #tlsFiles(commonName: string, as: 'server' | 'client', addresses: readonly string[] = []): Files {
    const further = [...addresses, ...this.#hosts];
    const hosts = as === 'server' ? [commonName, 'localhost', '127.0.0.1', ...further] : [];
    const issued = this.#tlsCa.issue({
      commonName,
      purpose: { kind: 'tls', hosts },
      validity: this.#validity,
    });
    return {
      'tls/ca.crt': this.#tlsCa.certificatePem,
      [`tls/${as}.crt`]: issued.certificatePem,
      [`tls/${as}.key`]: issued.keyPem,
    };
  }

  async #signer(mspDir: string, commonName: string): Promise<Signer> {
    const certificatePath = join('signcerts', `${commonName}-cert.pem`);
    const issued = await readIssued(mspDir, certificatePath, join('keystore', 'priv_sk'));
    return signerOf(this.#organisation.mspId, issued.certificatePem, issued.keyPem);
  }
}

/** The address by which others call a node, where that is not its name. */
export function addressesOf({ machine }: Node): readonly string[] {
  return machine === undefined ? [] : [machine.address];
}

async function readTls(dir: string, host: string): Promise<TlsCrypto> {
  const tlsDir = join(dir, 'tls');
  const { certificatePem, keyPem } = await readIssued(tlsDir, 'server.crt', 'server.key');
  return { host, tlsDir, tlsCert: certificatePem, tlsKey: keyPem };
}

async function readIssued(dir: string, certificate: string, key: string): Promise<Issued> {
  const [certificatePem, keyPem] = await Promise.all([
    readFile(join(dir, certificate), 'utf8'),
    readFile(join(dir, key), 'utf8'),
  ]);
  return { certificatePem, keyPem };
}

/** Roles by organisational unit, as Fabric reads them from an MSP's `config.yaml`. */
function nodeOus(certificate: string): string {
  const roles = ['client', 'peer', 'admin', 'orderer'];
  const identifiers = roles.map((role) =>
    [
      `  ${role.charAt(0).toUpperCase()}${role.slice(1)}OUIdentifier:`,
      `    Certificate: ${certificate}`,
      `    OrganizationalUnitIdentifier: ${role}`,
    ].join('\n'),
  );
  return ['NodeOUs:', '  Enable: true', ...identifiers, ''].join('\n');
}
