/** Fabric's chaincode lifecycle: install on every peer, approve by every organisation, commit. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OrganisationCrypto } from '../../identity/folder.ts';
import { firstPeer, type PeerAdmin, peerAdmin } from '../channel/peer-command.ts';
import type { Layout } from '../layout.ts';
import { type Flags, flags } from '../process/flags.ts';
import type { Programs } from '../programs.ts';
import { ProgramError } from '../process/run-program.ts';
import type { ChaincodePackage } from './package.ts';

/** What the organisations agree on for a chaincode. */
export type Definition = {
  readonly name: string;
  readonly version: string;
  readonly sequence: number;
  /** A signature policy; the channel's majority when absent. */
  readonly policy?: string | undefined;
  /** File of the collections, as `peer` takes it. */
  readonly collectionsFile?: string | undefined;
};

/** A definition that stands on the channel. */
export type Committed = { readonly version: string; readonly sequence: number };

/** The lifecycle of one channel's chaincodes. */
export class Lifecycle {
  readonly #layout: Layout;
  readonly #programs: Programs;
  readonly #channel: string;

  constructor(layout: Layout, programs: Programs, channel: string) {
    this.#layout = layout;
    this.#programs = programs;
    this.#channel = channel;
  }

  /** Installs the package on every peer of the organisation. */
  async install(organisation: OrganisationCrypto, code: ChaincodePackage): Promise<void> {
    await mkdir(this.#layout.packages, { recursive: true });
    const file = join(this.#layout.packages, `${code.label}.tgz`);
    await writeFile(file, code.bytes);
    await Promise.all(
      organisation.peers.map(async (peer) => {
        const admin = peerAdmin(this.#layout, this.#programs, organisation, peer);
        try {
          await admin.run('installing', 'lifecycle', 'chaincode', 'install', file);
        } catch (error) {
          if (!(error instanceof ProgramError)) throw error;
          // No code tells this apart; the peer's words have not changed since version 2.0.
          if (!error.output.stderr.includes('chaincode already successfully installed'))
            throw error;
        }
      }),
    );
  }

  /** Approves the definition for an organisation that runs this package. */
  async approve(
    organisation: OrganisationCrypto,
    definition: Definition,
    packageId: string,
    orderer: OrganisationCrypto,
  ): Promise<void> {
    await this.#admin(organisation).run(
      `approving ${definition.name}`,
      'lifecycle',
      'chaincode',
      'approveformyorg',
      ...flags({
        ...this.#definitionFlags(definition),
        ...this.#ordererFlags(orderer),
        'package-id': packageId,
      }),
    );
  }

  /** Commits what the organisations have approved. */
  async commit(
    organisations: readonly OrganisationCrypto[],
    definition: Definition,
    orderer: OrganisationCrypto,
  ): Promise<void> {
    const [first] = organisations;
    if (first === undefined) throw new Error('no organisation commits');
    const peers = organisations.flatMap((organisation) => {
      const { node, tlsDir } = firstPeer(organisation);
      const address = `${this.#layout.address(node)}:${node.port}`;
      return flags({ peerAddresses: address, tlsRootCertFiles: join(tlsDir, 'ca.crt') });
    });
    await this.#admin(first).run(
      `committing ${definition.name}`,
      'lifecycle',
      'chaincode',
      'commit',
      ...flags({ ...this.#definitionFlags(definition), ...this.#ordererFlags(orderer) }),
      ...peers,
    );
  }

  /** The definition that stands on the channel; absent when there is none. */
  async committed(organisation: OrganisationCrypto, name: string): Promise<Committed | undefined> {
    const { stdout } = await this.#admin(organisation).run(
      'asking for the definitions',
      'lifecycle',
      'chaincode',
      'querycommitted',
      ...flags({ channelID: this.#channel, output: 'json' }),
    );
    const { chaincode_definitions: all } = JSON.parse(stdout) as {
      chaincode_definitions?: readonly (Partial<Committed> & { readonly name: string })[];
    };
    const found = all?.find((one) => one.name === name);
    return found && { version: found.version ?? '', sequence: found.sequence ?? 0 };
  }

  #admin(organisation: OrganisationCrypto): PeerAdmin {
    return peerAdmin(this.#layout, this.#programs, organisation);
  }

  #definitionFlags(definition: Definition): Flags {
    const { name, version, sequence, policy, collectionsFile } = definition;
    return {
      channelID: this.#channel,
      name,
      version,
      sequence,
      'signature-policy': policy,
      'collections-config': collectionsFile,
    };
  }

  #ordererFlags(organisation: OrganisationCrypto): Flags {
    const [orderer] = organisation.orderers;
    if (orderer === undefined) throw new Error(`${organisation.name} has no orderer`);
    const address = `${this.#layout.address(orderer.node)}:${orderer.node.port}`;
    return { orderer: address, tls: true, cafile: join(orderer.tlsDir, 'ca.crt') };
  }
}
